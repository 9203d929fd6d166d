import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { type Answer, call, submit } from './client.ts';
import { makeWav, startFileServer } from './file-server.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [1, 2] } });
});

afterEach(() => api.close());

const CREATE = '/producer/create';
const SONG = { task_type: 'create_music', sound: 'emotional pop with gentle piano', title: 'City Dreams' };
const send = (body: object, path = CREATE) => call(api, 'POST', path, body);
const look = (taskId: string): Promise<Answer> => call(api, 'GET', `/producer/task/${taskId}`);

/** Starts a task, lets its time pass and returns its clips. */
async function finish(body: object, path = CREATE) {
  const taskId = await submit(api, body, path);
  api.advance(60_000);
  return (await look(taskId)).body.data;
}

/** Sends a body and expects that it is refused and costs nothing. */
async function expectRefusal(body: object, text: string, path = CREATE): Promise<void> {
  const answer = await send(body, path);
  expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(text)]);
  expect(api.tasks).toEqual([]);
  expect(api.credits().credits).toBe(1000);
}

describe('create_music', () => {
  it('answers with the task and charges 12 credits', async () => {
    expect(await send(SONG)).toMatchObject({
      status: 200,
      body: { message: 'success', task_id: api.tasks[0]?.taskId },
    });
    expect(api.tasks).toMatchObject([
      { operation: 'producer/create_music', engine: 'producer', price: 12, body: SONG },
    ]);
    expect(api.credits().credits).toBe(988);
  });

  it('yields one clip with every documented field', async () => {
    const clips = await finish(SONG);
    const { host } = api;
    expect(clips).toEqual([
      {
        clip_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        title: 'City Dreams',
        sound: SONG.sound,
        lyrics: expect.stringContaining('[Chorus]'),
        image_url: `http://${host}/media/image_${clips[0].clip_id}.png`,
        audio_url: `http://${host}/media/${clips[0].clip_id}.m4a`,
        video_url: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        mv: 'Lyria 3 Pro',
        seed: expect.stringMatching(/^\d+$/),
        duration: expect.any(Number),
        state: 'succeeded',
      },
    ]);
  });

  it('sends an M4A of the stated length', async () => {
    const [clip] = await finish(SONG);
    const response = await fetch(clip.audio_url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toBe('audio/mp4');
    expect((await fileTypeFromBuffer(bytes))?.ext).toBe('m4a');
    const { format } = await parseBuffer(bytes, { mimeType: 'audio/mp4' }, { duration: true });
    expect(Math.abs((format.duration ?? 0) - clip.duration)).toBeLessThan(0.12);
  });

  it('sings what it is given, and nothing where the words ask for no singer', async () => {
    const [sung] = await finish({ task_type: 'create_music', lyrics: '[Verse]\nStars' });
    expect([sung.lyrics, sung.sound]).toEqual(['[Verse]\nStars', null]);
    const [played] = await finish({ ...SONG, sound: 'piano, instrumental, no vocals', lyrics: undefined });
    expect(played.lyrics).toBe('[Instrumental]');
    expect(api.tasks[1]?.clips[0]?.audio.song.instrumental).toBe(true);
  });

  it('makes every clip different, also for the same words', async () => {
    const ids = [(await finish(SONG))[0], (await finish(SONG))[0]].map((clip) => clip.clip_id);
    expect(ids[0]).not.toBe(ids[1]);
    const [first, second] = api.tasks.map((task) => task.clips[0]?.audio.song.scoreSeed);
    expect(first).not.toBe(second);
  });

  it.each(['FUZZ-2.0', 'FUZZ-2.0 Pro', 'FUZZ-3-Demo', 'Lyria 3 preview', 'Lyria 3 Pro', 'lyria-3-pro'])(
    'maps the model %s to the one there is',
    async (mv) => {
      expect((await finish({ ...SONG, mv, make_instrumental: false, weirdness: 0.4 }))[0].mv).toBe(
        'Lyria 3 Pro',
      );
    },
  );

  it.each([
    [{ sound: undefined }, "The 'sound' field or the 'lyrics' field is required."],
    [{ title: 'a'.repeat(81) }, 'title character length should be less than 80'],
    [{ seed: 5 }, "'seed' field should be string"],
    [{ mv: 'sonic-v6' }, "The model should be 'Lyria 3 Pro'."],
    [{ task_type: undefined }, "'task_type' field is invalid"],
    [{ task_type: 'remix' }, "'task_type' field is invalid"],
  ])('is refused with %o', async (changes, text) => {
    await expectRefusal({ ...SONG, ...changes }, text);
  });

  it('is refused by moderation and by the balance', async () => {
    expect((await send({ ...SONG, sound: 'like the beatles' })).status).toBe(403);
    api.setCredits({ credits: 11 });
    expect((await send(SONG)).body.error).toContain('credits are not enough');
  });

  it.each(['music_variation', 'swap_music_vocals', 'swap_music_sound'])(
    'answers 410 for the retired %s',
    async (taskType) => {
      expect((await send({ task_type: taskType, clip_id: 'any' })).status).toBe(410);
      expect(api.credits().credits).toBe(1000);
    },
  );
});

describe('changes of a clip', () => {
  let clip: string;
  beforeEach(() => {
    clip = api.addForeignClip({ engine: 'producer', durationS: 60, lyrics: '[Verse]\nOld' });
  });
  const piecesOf = (task: number) =>
    api.tasks[task]?.clips[0]?.audio.song.pieces?.map(({ startS, lengthS }) => [startS, lengthS]);

  it('extends from a place on, and answers the whole song', async () => {
    const extension = { task_type: 'extend_music', clip_id: clip, starts_at: 45, instruction: 'add violins' };
    const [whole] = await finish({ ...extension, length: 30 });
    const [, part] = piecesOf(0) ?? [];
    expect(part).toEqual([45, expect.closeTo(3, 0)]);
    expect(whole.duration).toBeCloseTo(45 + (part?.[1] ?? 0), 2);
    expect(whole.sound).toBe('add violins');
    expect(api.credits().credits).toBe(988);
  });

  it('understands the older names of an extension', async () => {
    await finish({ task_type: 'extend_music', clip_id: clip, starts: 10, lyrics_text: '[Outro]\nNew' });
    expect(piecesOf(0)?.[1]?.[0]).toBe(10);
    expect(api.tasks[0]?.clips[0]?.lyrics).toBe('[Verse]\nOld\n\n[Outro]\nNew');
  });

  it('replaces a part, by the newer or the older names, or up to the end', async () => {
    const replace = { task_type: 'replace_music', clip_id: clip, instruction: 'heavy guitar' };
    const [replaced] = await finish({ ...replace, starts_at: 30, ends_at: 45 });
    await finish({ ...replace, starts: 30, ends: 45 });
    await finish({ ...replace, starts_at: 30 });
    const part = [
      [0, 30],
      [30, 15],
      [45, 15],
    ];
    expect([piecesOf(0), piecesOf(1), piecesOf(2)]).toEqual([
      part,
      part,
      [
        [0, 30],
        [30, 30],
      ],
    ]);
    expect(replaced.duration).toBe(60);
  });

  it('covers with the melody of the clip, unless it is told to go far from it', async () => {
    const cover = { task_type: 'cover_music', clip_id: clip, instruction: 'lofi piano remix' };
    await finish(cover);
    await finish({ ...cover, strength: 0.9 });
    await finish({ ...cover, cover_strength: 0.9 });
    const [near, far, alias] = api.tasks.map((task) => task.clips[0]?.audio.song);
    expect(near).toMatchObject({ scoreSeed: clip, melodySeed: clip, soundStyle: 'lofi piano remix' });
    expect(far?.scoreSeed).toBe(clip);
    expect([far?.melodySeed === clip, alias?.melodySeed === clip]).toEqual([false, false]);
  });

  it('goes on with a clip that this engine has made', async () => {
    const [made] = await finish(SONG);
    const [cover] = await finish({ task_type: 'cover_music', clip_id: made.clip_id, instruction: 'jazz' });
    expect(cover).toMatchObject({ title: made.title, sound: 'jazz', duration: made.duration });
  });

  it.each([
    [{ task_type: 'extend_music' }, "'starts_at' field is required for extend_music."],
    [{ task_type: 'extend_music', starts_at: 61 }, "'starts_at' field should lie inside the clip"],
    [{ task_type: 'extend_music', starts_at: 45, length: 0 }, "'length' field should be greater than 0"],
    [{ task_type: 'replace_music', ends_at: 45 }, "'starts_at' field is required for replace_music."],
    [{ task_type: 'replace_music', starts_at: 45, ends_at: 45 }, "'ends_at' field should be greater"],
    [{ task_type: 'replace_music', starts_at: 45, ends_at: 61 }, "'ends_at' field should lie inside"],
    [{ task_type: 'cover_music', strength: 1.1 }, "'strength' field should be a number between 0 and 1"],
    [{ task_type: 'cover_music', cover_strength: -1 }, "'cover_strength'"],
    [{ task_type: 'cover_music', clip_id: undefined }, "'clip_id' field is required"],
    [{ task_type: 'cover_music', clip_id: 'nobody' }, 'clip not found.'],
  ])('are refused with %o', async (changes, text) => {
    await expectRefusal({ clip_id: clip, instruction: 'more', ...changes }, text);
  });

  it('are refused for clips of sonic', async () => {
    const body = { task_type: 'cover_music', instruction: 'jazz', clip_id: api.addForeignClip() };
    await expectRefusal(body, 'clip not found.');
  });
});

describe('POST /producer/upload', () => {
  it('fetches the file and makes it a clip of this engine, polled like the others', async () => {
    const files = await startFileServer();
    const audioUrl = files.offer('mine.wav', { bytes: makeWav(8) });
    const [clip] = await finish({ audio_url: audioUrl }, '/producer/upload');
    await files.close();
    expect(clip).toMatchObject({ state: 'succeeded', duration: 8 });
    const sent = new Uint8Array(await (await fetch(clip.audio_url)).arrayBuffer());
    expect((await fileTypeFromBuffer(sent))?.ext).toBe('m4a');
    expect(api.tasks).toMatchObject([{ operation: 'producer/upload', price: 2 }]);
    const cover = { task_type: 'cover_music', clip_id: clip.clip_id, instruction: 'jazz' };
    expect((await send(cover)).status).toBe(200);
  });

  it('keeps the clip back until its task is done', async () => {
    const files = await startFileServer();
    await submit(api, { audio_url: files.offer('a.wav', { bytes: makeWav(1) }) }, '/producer/upload');
    await files.close();
    const clipId = api.tasks[0]?.clips[0]?.clipId;
    const cover = { task_type: 'cover_music', clip_id: clipId, instruction: 'jazz' };
    expect((await send(cover)).body.error).toBe('The clip is not ready yet.');
  });

  it.each([
    [{}, "'audio_url' field is required"],
    [{ audio_url: 'http://127.0.0.1:1/a.wav' }, 'The audio URL could not be reached.'],
  ])('is refused with %o', async (body, text) => {
    await expectRefusal(body, text, '/producer/upload');
  });
});

describe('POST /producer/download', () => {
  it.each(['mp3', 'wav'])('yields the address of a real %s', async (format) => {
    const clip = api.addForeignClip({ engine: 'producer', durationS: 2 });
    const [file] = await finish({ clip_id: clip, format }, '/producer/download');
    expect(file.clip_id).toBe(clip);
    const bytes = new Uint8Array(await (await fetch(file.audio_url)).arrayBuffer());
    expect((await fileTypeFromBuffer(bytes))?.ext).toBe(format);
    expect(api.credits().credits).toBe(998);
  });

  it.each([
    [{ format: 'mp3' }, "'clip_id' field is required"],
    [{ clip_id: 'CLIP', format: 'flac' }, "'format' field should be 'mp3' or 'wav'"],
    [{ clip_id: 'CLIP' }, "'format' field should be 'mp3' or 'wav'"],
    [{ clip_id: 'nobody', format: 'mp3' }, 'clip not found.'],
  ])('is refused with %o', async (body: { clip_id?: string; format?: string }, text) => {
    const clip = body.clip_id === 'CLIP' ? { clip_id: api.addForeignClip({ engine: 'producer' }) } : {};
    await expectRefusal({ ...body, ...clip }, text, '/producer/download');
  });
});

describe('GET /producer/task', () => {
  it('is not ready up to the end, and then done', async () => {
    const still = await startLocalMusicApi({
      now: () => 0,
      timeline: { notReadyMs: 100, firstMs: 200, lastMs: 300 },
    });
    const taskId = await submit(still, SONG, CREATE);
    const at = () => call(still, 'GET', `/producer/task/${taskId}`);
    still.advance(299);
    expect(await at()).toMatchObject({ status: 202, body: { code: 202, type: 'not_ready' } });
    still.advance(1);
    expect(await at()).toMatchObject({ status: 200, body: { code: 200, message: 'success' } });
    await still.close();
  });

  it('fails with 500 or 504, and the credits come back', async () => {
    api.nextTask({ kind: 'fail', error: 'Upstream said no.' });
    const failing = await submit(api, SONG, CREATE);
    api.nextTask('timeout', 'producer/create_music');
    const late = await submit(api, SONG, CREATE);
    api.advance(60_000);
    expect(await look(failing)).toMatchObject({
      status: 500,
      body: { type: 'failed', error: 'Upstream said no.' },
    });
    expect((await look(late)).status).toBe(504);
    expect(api.credits().credits).toBe(1000);
  });

  it('answers 404 for what is no task of this engine and this key', async () => {
    const mine = await submit(api, SONG, CREATE);
    const song = { custom_mode: false, mv: 'sonic-v6', gpt_description_prompt: 'x' };
    const sonic = await submit(api, song);
    for (const id of [sonic, 'nobody']) {
      expect(await look(id)).toMatchObject({ status: 404, body: { error: 'task not found.' } });
    }
    expect((await call(api, 'GET', `/producer/task/${mine}`, undefined, api.addKey())).status).toBe(404);
    expect((await look('')).body.error).toBe('missing task id.');
  });

  it('names another host, or has nothing to download, when the task was told so', async () => {
    api.nextTask({ kind: 'other-host', host: 'cdn.example.org' });
    expect((await finish(SONG))[0].audio_url).toMatch(/^https:\/\/cdn\.example\.org\/[0-9a-f-]+\.m4a$/);
    api.nextTask('audio-404');
    expect((await fetch((await finish(SONG))[0].audio_url)).status).toBe(404);
  });
});
