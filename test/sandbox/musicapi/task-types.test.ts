import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { composeScore } from '../../../sandbox/musicapi/synth/score.ts';
import { call, finish, LYRIC_SONG, poll, submit } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [2, 3] }, seed: 'test' });
});

afterEach(() => api.close());

const send = (body: object) => call(api, 'POST', '/sonic/create', body);
const songOf = (task: number, clip = 0) => {
  const song = api.tasks[task]?.clips[clip]?.audio.song;
  if (song === undefined) throw new Error(`task ${task} has no clip ${clip}`);
  return song;
};

describe('concat_music', () => {
  const extend = async () => {
    const [source] = await finish(api, LYRIC_SONG);
    const body = {
      ...LYRIC_SONG,
      task_type: 'extend_music',
      continue_clip_id: source.clip_id,
      continue_at: 2,
    };
    const [extension] = await finish(api, { ...body, prompt: '[Verse]\nA second verse' });
    return { source, extension };
  };

  it('joins an extension to what came before it, as one clip at 2 credits', async () => {
    const { extension } = await extend();
    const before = api.credits().credits;
    const clips = await finish(api, { task_type: 'concat_music', continue_clip_id: extension.clip_id });
    expect(api.credits().credits).toBe(before - 2);
    expect(clips).toHaveLength(1);
    expect(Number(clips[0].duration)).toBeCloseTo(2 + Number(extension.duration), 2);
    expect(clips[0].lyrics).toBe(`${LYRIC_SONG.prompt}\n\n[Verse]\nA second verse`);
  });

  it('plays the notes of both parts, one after the other', async () => {
    const { extension } = await extend();
    await finish(api, { task_type: 'concat_music', continue_clip_id: extension.clip_id });
    const drums = (hits: ReturnType<typeof composeScore>) => hits.hits.get('Drums') ?? [];
    const whole = drums(composeScore(songOf(2)));
    const first = drums(composeScore(songOf(0))).filter(({ startS }) => startS < 2);
    const second = drums(composeScore(songOf(1))).filter(
      ({ startS }) => startS >= 0 && startS < songOf(1).lengthS,
    );
    expect(whole).toEqual([...first, ...second.map((hit) => ({ ...hit, startS: hit.startS + 2 }))]);
  });

  it('can be downloaded and is followed up like any other clip', async () => {
    const { extension } = await extend();
    const [whole] = await finish(api, { task_type: 'concat_music', continue_clip_id: extension.clip_id });
    expect((await (await fetch(whole.audio_url)).arrayBuffer()).byteLength).toBeGreaterThan(10_000);
    const cover = { ...LYRIC_SONG, task_type: 'cover_music', continue_clip_id: whole.clip_id };
    expect((await finish(api, cover))[0].duration).toBe(whole.duration);
  });

  it('is refused for a clip that is no extension, and for a song that was joined already', async () => {
    const { source, extension } = await extend();
    const [whole] = await finish(api, { task_type: 'concat_music', continue_clip_id: extension.clip_id });
    for (const { clip_id: id } of [source, whole]) {
      const answer = await send({ task_type: 'concat_music', continue_clip_id: id });
      expect(answer).toMatchObject({
        status: 400,
        body: { error: 'concat_music needs the clip of an extension.' },
      });
    }
    expect((await send({ task_type: 'concat_music' })).body.error).toContain("'continue_clip_id' field");
  });
});

it('refuses a concat whose beginning is gone, and takes nothing for it', async () => {
  const [source] = await finish(api, LYRIC_SONG);
  const body = { ...LYRIC_SONG, task_type: 'extend_music', continue_clip_id: source.clip_id, continue_at: 2 };
  const [extension] = await finish(api, body);
  api.removeClip(source.clip_id);
  const before = api.credits().credits;
  const concat = { task_type: 'concat_music', continue_clip_id: extension.clip_id };
  expect(await send(concat)).toMatchObject({
    status: 400,
    body: { error: 'The clip that was extended is no longer available.' },
  });
  expect(api.credits().credits).toBe(before);
});

describe('persona_music', () => {
  const personaId = 'c08806c1-34fa-4290-a78d-0c623eb1dd1c';
  const song = { ...LYRIC_SONG, task_type: 'persona_music', persona_id: personaId };

  it('is refused without a persona, and with one that nobody made', async () => {
    expect((await send({ ...song, persona_id: undefined })).body.error).toBe(
      "The 'persona_id' field is required for persona_music.",
    );
    expect(await send(song)).toMatchObject({ status: 400, body: { error: 'persona not found.' } });
    expect((await send({ ...song, prompt: undefined })).body.error).toContain("'prompt' field is required");
    expect(api.credits().credits).toBe(1000);
  });

  it('sings with the persona that was made of a clip', async () => {
    const clipId = api.addForeignClip({ lyrics: '[Verse]\nla' });
    const made = await call(api, 'POST', '/sonic/persona', { name: 'Nora', clip_id: clipId, styles: 'soul' });
    const before = api.credits().credits;
    const clips = await finish(api, { ...song, persona_id: made.body.persona_id, tags: undefined });
    expect(api.credits().credits).toBe(before - 15);
    expect(clips.map((clip) => clip.tags)).toEqual(['soul', 'soul']);
    expect([songOf(0, 0).voice, songOf(0, 1).voice]).toEqual(['f', 'f']);
    expect((await call(api, 'POST', '/sonic/create', song, api.addKey())).body.error).toBe(
      'persona not found.',
    );
  });
});

describe('remaster', () => {
  const remaster = { task_type: 'remaster', mv: 'sonic-v6' };

  it('plays the same song once more, twice differently', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    const before = api.credits().credits;
    const clips = await finish(api, {
      ...remaster,
      continue_clip_id: source.clip_id,
      variation_category: 'subtle',
    });
    expect(api.credits().credits).toBe(before - 15);
    expect(clips).toMatchObject([
      { title: source.title, lyrics: source.lyrics, duration: source.duration },
      { title: source.title, lyrics: source.lyrics, duration: source.duration },
    ]);
    const { melodySeed, scoreSeed } = songOf(0);
    expect(songOf(1)).toMatchObject({ melodySeed, scoreSeed });
    expect(new Set([songOf(0), songOf(1), songOf(1, 1)].map(({ soundSeed }) => soundSeed)).size).toBe(3);
  });

  it('changes the melody only when much variation is asked for', async () => {
    const [source] = await finish(api, LYRIC_SONG);
    await finish(api, { ...remaster, continue_clip_id: source.clip_id, variation_category: 'high' });
    expect(songOf(1).melodySeed).not.toBe(songOf(0).melodySeed);
  });

  it.each([
    [{}, "'continue_clip_id' field is required for remaster."],
    [{ continue_clip_id: 'SOURCE', mv: undefined }, "The 'mv' field is invalid."],
    [{ continue_clip_id: 'SOURCE', variation_category: 'wild' }, "'variation_category'"],
    [{ continue_clip_id: 'SOURCE', duration: 30 }, "'duration' field is not supported for remaster."],
    [{ continue_clip_id: 'UPLOAD' }, 'remaster does not accept uploaded clips.'],
  ])('is refused with %o', async (changes: { continue_clip_id?: string }, text) => {
    await expectRefusal(remaster, changes, text);
  });
});

describe('add_vocals and add_instrumental', () => {
  const vocals = { task_type: 'add_vocals', mv: 'sonic-v6', prompt: '[Verse]\nOh' };
  const instrumental = { task_type: 'add_instrumental', mv: 'sonic-v6' };

  it('lets somebody sing to an upload', async () => {
    const upload = api.addForeignClip({ uploaded: true, durationS: 6 });
    const clips = await finish(api, {
      ...vocals,
      continue_clip_id: upload,
      vocal_gender: 'm',
      overpainting_start_s: 1,
      overpainting_end_s: 5,
    });
    expect(clips.map(({ lyrics, duration }) => [lyrics, duration])).toEqual([
      ['[Verse]\nOh', '6.00'],
      ['[Verse]\nOh', '6.00'],
    ]);
    expect(songOf(0)).toMatchObject({
      scoreSeed: upload,
      soundSeed: upload,
      instrumental: false,
      voice: 'm',
    });
    expect(songOf(0).melodySeed).not.toBe(songOf(0, 1).melodySeed);
    expect(api.credits().credits).toBe(985);
  });

  it('puts a band behind an upload', async () => {
    const upload = api.addForeignClip({ uploaded: true, lyrics: '[Verse]\nMine' });
    const clips = await finish(api, { ...instrumental, continue_clip_id: upload, tags: 'jazz' });
    expect(clips[0]).toMatchObject({ lyrics: '[Verse]\nMine', tags: 'jazz' });
    expect(songOf(0)).toMatchObject({ melodySeed: upload, soundStyle: 'jazz', instrumental: false });
    expect(songOf(0).soundSeed).not.toBe(upload);
    expect(api.credits().credits).toBe(985);
  });

  it.each([
    [vocals, { continue_clip_id: 'UPLOAD', prompt: undefined }, "'prompt' field is required for add_vocals."],
    [vocals, { continue_clip_id: 'SOURCE' }, 'add_vocals needs an uploaded clip.'],
    [vocals, {}, "'continue_clip_id' field is required"],
    [instrumental, { continue_clip_id: 'SOURCE' }, 'add_instrumental needs an uploaded clip.'],
    [instrumental, { continue_clip_id: 'UPLOAD', overpainting_start_s: -1 }, "'overpainting_start_s'"],
    [instrumental, { continue_clip_id: 'UPLOAD', overpainting_end_s: 99 }, 'should lie inside the clip'],
    [
      instrumental,
      { continue_clip_id: 'UPLOAD', overpainting_start_s: 5, overpainting_end_s: 4 },
      "'overpainting_end_s' field should be greater than the 'overpainting_start_s' field.",
    ],
    [instrumental, { continue_clip_id: 'UPLOAD', audio_weight: 2 }, "'audio_weight'"],
    [instrumental, { continue_clip_id: 'UPLOAD', duration: 60 }, "'duration' field is not supported"],
  ])('are refused (%#)', async (base, changes: { continue_clip_id?: string }, text) => {
    await expectRefusal(base, changes, text);
  });
});

describe('older models', () => {
  it.each(['sonic-v5-5', 'sonic-v5', 'sonic-v4-5-plus', 'sonic-v4-5', 'sonic-v4', 'sonic-v3-5'])(
    'accepts %s and names it in the clips',
    async (mv) => {
      const [clip] = await finish(api, { ...LYRIC_SONG, mv });
      expect(clip.mv).toBe(mv);
    },
  );

  it('keeps the shorter texts of the oldest', async () => {
    const tooLong = { prompt: 'a'.repeat(3001) };
    expect((await send({ ...LYRIC_SONG, mv: 'sonic-v4', ...tooLong })).body.error).toBe(
      'The prompt character length should be less than 3000.',
    );
    expect((await send({ ...LYRIC_SONG, mv: 'sonic-v3-5', tags: 'a'.repeat(201) })).body.error).toBe(
      'The tags character length should be less than 200.',
    );
    expect((await send({ ...LYRIC_SONG, mv: 'sonic-v4-5', ...tooLong })).status).toBe(200);
  });
});

describe('a cover', () => {
  it('needs the mode that its page asks for, although a guide leaves it out', async () => {
    const body = {
      task_type: 'cover_music',
      continue_clip_id: api.addForeignClip(),
      tags: 'lo-fi, acoustic',
      mv: 'sonic-v6',
    };
    expect((await send(body)).body.error).toContain("'custom_mode' field is required");
    const [clip] = await finish(api, { ...body, custom_mode: true });
    expect(clip.tags).toBe('lo-fi, acoustic');
  });

  it('sings the lyrics of its clip when it is given none', async () => {
    const source = api.addForeignClip({ lyrics: '[Verse]\nMine' });
    const body = { ...LYRIC_SONG, task_type: 'cover_music', continue_clip_id: source, prompt: undefined };
    expect((await finish(api, body))[0].lyrics).toBe('[Verse]\nMine');
  });
});

it('keeps clips of other engines from sonic', async () => {
  const clipId = api.addForeignClip({ engine: 'producer' });
  const cover = { ...LYRIC_SONG, task_type: 'cover_music', continue_clip_id: clipId };
  expect((await send(cover)).body.error).toBe('clip not found.');
  const task = await submit(api, { task_type: 'create_music', sound: 'pop' }, '/producer/create');
  expect((await poll(api, task)).body.error).toBe('task not found.');
});

/** Sends a body whose clip is `SOURCE` (generated) or `UPLOAD` and expects that it is refused and costs nothing. */
async function expectRefusal(
  base: object,
  changes: { readonly continue_clip_id?: string },
  text: string,
): Promise<void> {
  const ids: Record<string, string> = {
    UPLOAD: api.addForeignClip({ uploaded: true }),
    SOURCE: api.addForeignClip(),
  };
  const named = changes.continue_clip_id;
  const clip = named === undefined ? {} : { continue_clip_id: ids[named] ?? named };
  const answer = await send({ ...base, ...changes, ...clip });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain(text);
  expect(api.credits().credits).toBe(1000);
  expect(api.tasks).toEqual([]);
}
