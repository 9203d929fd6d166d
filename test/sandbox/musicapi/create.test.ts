import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, finish, LYRIC_SONG, poll, SONG, submit } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [1, 2] }, seed: 'test' });
});

afterEach(() => api.close());

/** Sends a create body with changes; `undefined` removes a field. */
const send = (base: object, changes: object) => call(api, 'POST', '/sonic/create', { ...base, ...changes });

describe('a create that is in order', () => {
  it('answers with the documented form and charges at once', async () => {
    const answer = await call(api, 'POST', '/sonic/create', SONG);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code: 200,
      task_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: 'success',
    });
    expect((await call(api, 'GET', '/get-credits')).body).toEqual({ credits: 980, extra_credits: 0 });
    expect(api.tasks).toMatchObject([{ key: api.key, operation: 'create_music', price: 20, body: SONG }]);
  });

  it('yields two clips with every field of the newest documented form', async () => {
    const clips = await finish(api, {
      ...LYRIC_SONG,
      mv: 'sonic-v5',
      style_weight: 0.5,
      negative_tags: 'choir',
    });
    expect(clips).toHaveLength(2);
    expect(clips[0]).toEqual({
      clip_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      state: 'succeeded',
      title: 'Starry Night',
      tags: 'pop, dreamy',
      lyrics: LYRIC_SONG.prompt,
      image_url: `http://${api.host}/media/image_${clips[0].clip_id}.png`,
      audio_url: `http://${api.host}/media/${clips[0].clip_id}.mp3`,
      video_url: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      gpt_description_prompt: null,
      duration: expect.stringMatching(/^\d+\.\d\d$/),
      negative_tags: 'choir',
      style_weight: 0.5,
      weirdness_constraint: null,
      mv: 'sonic-v5',
    });
    expect(clips[0].clip_id).not.toBe(clips[1].clip_id);
  });

  it('writes title, tags and lyrics for a description', async () => {
    const [clip] = await finish(api, SONG);
    expect(clip.title).not.toBe('');
    expect(clip.tags).not.toBe('');
    expect(clip.lyrics).toContain('[Chorus]');
    expect(clip.gpt_description_prompt).toBe(SONG.gpt_description_prompt);
  });

  it('writes lyrics for a brief and keeps title and tags that were given', async () => {
    const [clip] = await finish(api, {
      ...LYRIC_SONG,
      auto_lyrics: true,
      prompt: 'a song about lighthouses',
    });
    expect(clip).toMatchObject({ title: 'Starry Night', tags: 'pop, dreamy' });
    expect(clip.lyrics).not.toBe('a song about lighthouses');
  });

  it('marks instrumentals with a bracket-only lyric', async () => {
    const [clip] = await finish(api, { ...SONG, make_instrumental: true });
    expect(clip.lyrics).toBe('[Instrumental]');
  });

  it('scales a requested duration down and stays near the target', async () => {
    const [short] = await finish(api, { ...SONG, duration: 30 });
    const [long] = await finish(api, { ...SONG, duration: 120 });
    expect(Number(short.duration)).toBeCloseTo(3, 0);
    expect(Number(long.duration)).toBeGreaterThan(11.6);
    expect(Number(long.duration)).toBeLessThan(12.4);
  });

  it('gives the same ids and songs for the same seed, and others for another', async () => {
    const plan = async (seed: string) => {
      const one = await startLocalMusicApi({ seed });
      await submit(one, SONG);
      await one.close();
      return one.tasks[0]?.clips.map((clip) => [clip.clipId, clip.audio.song]);
    };
    const first = await plan('a');
    expect(await plan('a')).toEqual(first);
    expect(await plan('b')).not.toEqual(first);
  });

  it('takes create_music for granted when no task type is named', async () => {
    expect((await send(SONG, { task_type: undefined })).status).toBe(200);
  });

  it('accepts every limit exactly', async () => {
    const full = {
      prompt: 'a'.repeat(5000),
      tags: 'b'.repeat(1000),
      title: 'c'.repeat(80),
      style_weight: 1,
      weirdness_constraint: 0,
    };
    expect((await send(LYRIC_SONG, full)).status).toBe(200);
    expect((await send(SONG, { gpt_description_prompt: 'd'.repeat(400), duration: 10 })).status).toBe(200);
  });
});

describe('a create that is not in order', () => {
  it.each([
    [LYRIC_SONG, { mv: undefined }, "The 'mv' field is invalid."],
    [LYRIC_SONG, { mv: 'sonic-v4-5-all' }, "'sonic-v6' or 'sonic-v6-wild' or 'sonic-v6-mini'"],
    [LYRIC_SONG, { prompt: 'a'.repeat(5001) }, 'The prompt character length should be less than 5000.'],
    [LYRIC_SONG, { tags: 'a'.repeat(1001) }, 'The tags character length should be less than 1000.'],
    [LYRIC_SONG, { title: 'a'.repeat(81) }, 'The title character length should be less than 80.'],
    [LYRIC_SONG, { prompt: ' ' }, "'prompt' field is required"],
    [LYRIC_SONG, { prompt: 7 }, "'prompt' field should be string"],
    [SONG, { gpt_description_prompt: 'a'.repeat(401) }, 'length should be less than 400.'],
    [SONG, { gpt_description_prompt: undefined }, "'gpt_description_prompt' field is required"],
    [SONG, { custom_mode: undefined }, "'custom_mode' field is required"],
    [SONG, { custom_mode: 'false' }, "'custom_mode' field should be boolean"],
    [SONG, { make_instrumental: 1 }, "'make_instrumental' field should be boolean"],
    [SONG, { auto_lyrics: true }, "'auto_lyrics' field requires"],
    [SONG, { use_suno_cdn: 'false' }, "'use_suno_cdn' field should be boolean"],
    [SONG, { vocal_gender: 'x' }, "'vocal_gender'"],
    [SONG, { style_weight: 1.01 }, "'style_weight'"],
    [SONG, { weirdness_constraint: -0.01 }, "'weirdness_constraint'"],
    [SONG, { audio_weight: '0.5' }, "'audio_weight'"],
    [SONG, { duration: 9 }, "'duration'"],
    [SONG, { duration: 361 }, "'duration'"],
    [SONG, { duration: 30.5 }, "'duration'"],
    [SONG, { task_type: 'remix' }, "'task_type'"],
  ])('is refused and costs nothing (%#)', async (base, changes, text) => {
    const answer = await send(base, changes);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(text);
    expect(api.credits()).toEqual({ credits: 1000, extraCredits: 0 });
    expect(api.tasks).toEqual([]);
  });

  it('is refused when the body is no JSON object', async () => {
    expect((await call(api, 'POST', '/sonic/create', '{"custom_mode":')).status).toBe(400);
    expect((await call(api, 'POST', '/sonic/create', '[]')).body.error).toBe(
      'The request body should be a JSON object.',
    );
  });

  it.each([
    [SONG, { tags: 'in the style of The Beatles' }, "contains artist names: 'the beatles'"],
    [SONG, { gpt_description_prompt: 'a BADWORD song' }, 'moderation review'],
    [LYRIC_SONG, { prompt: 'oh badword' }, "The lyrics contain inappropriate content: 'badword'."],
    [LYRIC_SONG, { prompt: 'a stolen line' }, "The lyrics contain copyrighted content: 'stolen line'."],
  ])('is refused by moderation with 403 (%#)', async (base, changes, text) => {
    const answer = await send(base, changes);
    expect(answer.status).toBe(403);
    expect(answer.body.error).toContain(text);
    expect(api.tasks).toEqual([]);
  });

  it('lets an artist name in lyrics pass', async () => {
    expect((await send(LYRIC_SONG, { prompt: 'The Beatles on the radio' })).status).toBe(200);
  });
});

describe('follow-ups', () => {
  it('extends a clip at its price and answers with the new part only', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    const before = api.credits().credits;
    const extension = {
      ...LYRIC_SONG,
      task_type: 'extend_music',
      continue_clip_id: source.clip_id,
      continue_at: 0.5,
    };
    const clips = await finish(api, extension);
    expect(api.credits().credits).toBe(before - 15);
    expect(clips.map((clip) => clip.state)).toEqual(['succeeded', 'succeeded']);
    const [first] = api.tasks[1]?.clips ?? [];
    expect(first?.audio.song).toMatchObject({
      startS: 0.5,
      scoreSeed: api.tasks[0]?.clips[0]?.audio.song.scoreSeed,
      lengthS: first?.durationS,
    });
  });

  it('covers a clip with the same melody and another sound', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    await finish(api, {
      ...LYRIC_SONG,
      task_type: 'cover_music',
      continue_clip_id: source.clip_id,
      tags: 'jazz',
    });
    const original = api.tasks[0]?.clips[0]?.audio.song;
    const cover = api.tasks[1]?.clips[0]?.audio.song;
    expect(cover).toMatchObject({
      melodySeed: original?.melodySeed,
      scoreSeed: original?.scoreSeed,
      soundStyle: 'jazz',
    });
    expect(cover?.soundSeed).not.toBe(original?.soundSeed);
  });

  it('keeps title and tags of the clip when a follow-up names none', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    const cover = { ...LYRIC_SONG, task_type: 'cover_music', title: undefined, tags: undefined };
    const [clip] = await finish(api, { ...cover, continue_clip_id: source.clip_id });
    expect(clip).toMatchObject({ title: source.title, tags: source.tags });
  });

  it('accepts the end of a clip as the place to continue', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    const at = {
      task_type: 'extend_music',
      continue_clip_id: source.clip_id,
      continue_at: Number(source.duration),
    };
    expect((await send(LYRIC_SONG, at)).status).toBe(200);
  });

  it.each([
    ['extend_music', {}, "'continue_clip_id' field is required"],
    ['extend_music', { continue_clip_id: 'SOURCE' }, "'continue_at' field is required"],
    ['extend_music', { continue_clip_id: 'SOURCE', continue_at: 99 }, 'should lie inside the clip'],
    ['extend_music', { continue_clip_id: 'SOURCE', continue_at: 0 }, 'greater than 0'],
    ['extend_music', { continue_clip_id: 'UPLOAD', continue_at: 1 }, 'Please use extend_upload_music'],
    ['extend_upload_music', { continue_clip_id: 'SOURCE', continue_at: 1 }, 'needs an uploaded clip'],
    ['cover_music', {}, "'continue_clip_id' field is required"],
    ['cover_music', { continue_clip_id: 'UPLOAD' }, 'Please use cover_upload_music'],
    ['cover_upload_music', { continue_clip_id: 'SOURCE' }, 'needs an uploaded clip'],
    ['cover_music', { continue_clip_id: '8ce9770b-ec3b-4029-a3e3-4b8db20da7d1' }, 'clip not found.'],
  ])('refuses %s with %o', async (taskType, changes: { continue_clip_id?: string }, text) => {
    const ids: Record<string, string> = {
      UPLOAD: api.addForeignClip({ uploaded: true }),
      SOURCE: api.addForeignClip(),
    };
    const named = changes.continue_clip_id;
    const clip = named === undefined ? {} : { continue_clip_id: ids[named] ?? named };
    const answer = await send(LYRIC_SONG, { task_type: taskType, ...changes, ...clip });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(text);
    expect(api.credits().credits).toBe(1000);
  });

  it('extends an upload from 0.1 s and covers it', async () => {
    const upload = { continue_clip_id: api.addForeignClip({ uploaded: true }) };
    const extension = { task_type: 'extend_upload_music', continue_at: 0.1, ...upload };
    expect((await send(LYRIC_SONG, extension)).status).toBe(200);
    expect(
      (await send(LYRIC_SONG, { task_type: 'cover_upload_music', audio_weight: 0.6, ...upload })).status,
    ).toBe(200);
  });

  it('refuses a clip that is still being made, and one of another key', async () => {
    const taskId = await submit(api, LYRIC_SONG);
    const clipId = api.tasks[0]?.clips[0]?.clipId;
    const cover = { ...LYRIC_SONG, task_type: 'cover_music', continue_clip_id: clipId };
    expect((await send(cover, {})).body.error).toBe('The clip is not ready yet.');
    api.advance(60_000);
    expect((await poll(api, taskId)).status).toBe(200);
    const other = await call(api, 'POST', '/sonic/create', cover, api.addKey());
    expect(other.body.error).toBe('clip not found.');
    expect((await send(cover, {})).status).toBe(200);
  });

  it('splits a clip into four or twelve stems that are named by their titles', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    const basic = await finish(api, { clip_id: source.clip_id }, '/sonic/stems/basic');
    expect(basic.map((stem) => stem.title)).toEqual(['Vocals', 'Drums', 'Bass', 'Other']);
    const full = await finish(api, { clip_id: source.clip_id }, '/sonic/stems/full');
    expect(new Set(full.map((stem) => stem.title)).size).toBe(12);
    expect(new Set([...basic, ...full].map((stem) => stem.clip_id)).size).toBe(16);
    expect(api.credits().credits).toBe(1000 - 20 - 30 - 75);
  });

  it('refuses stems without a clip, of an unknown clip and of a stem', async () => {
    const stems = (body: unknown) => call(api, 'POST', '/sonic/stems/basic', body);
    expect((await stems({})).body.error).toBe("The 'clip_id' field is required.");
    expect((await stems({ clip_id: 'nope' })).status).toBe(400);
    const [stem] = await finish(api, { clip_id: api.addForeignClip() }, '/sonic/stems/basic');
    expect((await stems({ clip_id: stem.clip_id })).body.error).toBe('The clip is a stem already.');
  });

  it('knows clips of elsewhere when it is told to', async () => {
    const clipId = '8ce9770b-ec3b-4029-a3e3-4b8db20da7d1';
    const open = await startLocalMusicApi({ foreignClips: true });
    const listed = await startLocalMusicApi({ foreignClips: [clipId] });
    for (const one of [open, listed]) {
      expect((await call(one, 'POST', '/sonic/stems/basic', { clip_id: clipId })).status).toBe(200);
      await one.close();
    }
  });
});
