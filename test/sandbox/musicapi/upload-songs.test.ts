import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, finish, poll, submit } from './client.ts';
import { type FileServer, makeWav, startFileServer } from './file-server.ts';

let api: LocalMusicApi;
let files: FileServer;
let url: string;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [1, 2] } });
  files = await startFileServer();
  url = files.offer('mine.wav', { bytes: makeWav(4) });
});

afterEach(async () => {
  await api.close();
  await files.close();
});

const EXTEND = { continue_at: 2, custom_mode: true, mv: 'sonic-v6', prompt: '[Verse]\nMore', tags: 'pop' };
const COVER = { audio_weight: 0.6, custom_mode: true, mv: 'sonic-v6', prompt: '[Verse]\nMine', tags: 'jazz' };
const send = (kind: 'extend' | 'cover', body: object) => call(api, 'POST', `/sonic/upload-${kind}`, body);

describe('POST /sonic/upload-extend', () => {
  it('probes and fetches the file, answers with a task and charges', async () => {
    const answer = await send('extend', { url, ...EXTEND });
    expect(answer).toMatchObject({ status: 200, body: { message: 'success' } });
    expect(answer.body.task_id).toBe(api.tasks[0]?.taskId);
    expect(files.requests).toEqual(['HEAD /mine.wav', 'GET /mine.wav']);
    expect(api.tasks).toMatchObject([
      { operation: 'upload-extend', price: 15, body: { url, continue_at: 2 } },
    ]);
    expect(api.credits().credits).toBe(985);
  });

  it('yields the new part, which goes on where it was told to', async () => {
    const clips = await finish(api, { url, ...EXTEND }, '/sonic/upload-extend');
    expect(clips.map((clip) => [clip.state, clip.lyrics, clip.tags])).toEqual([
      ['succeeded', '[Verse]\nMore', 'pop'],
      ['succeeded', '[Verse]\nMore', 'pop'],
    ]);
    expect(api.tasks[0]?.clips.map((clip) => clip.audio.song.startS)).toEqual([2, 2]);
    const whole = await finish(api, { task_type: 'concat_music', continue_clip_id: clips[0].clip_id });
    expect(Number(whole[0].duration)).toBeCloseTo(2 + Number(clips[0].duration), 2);
  });

  it('pairs the new part with the whole song, which is null while it is joined', async () => {
    const taskId = await submit(api, { url, ...EXTEND, auto_concat: true }, '/sonic/upload-extend');
    api.advance(7_000);
    const early = (await poll(api, taskId)).body.data;
    expect(early).toMatchObject([
      { extended: { state: 'succeeded' }, full: null },
      { extended: {}, full: null },
    ]);
    api.advance(60_000);
    const pairs = (await poll(api, taskId)).body.data;
    expect(pairs).toHaveLength(2);
    for (const { extended, full } of pairs) {
      expect(full).toMatchObject({ state: 'succeeded', title: extended.title });
      expect(Number(full.duration)).toBeCloseTo(2 + Number(extended.duration), 2);
      expect((await fetch(full.audio_url)).status).toBe(200);
    }
    const ids = pairs.flatMap(({ extended, full }: Record<string, { clip_id: string }>) => [
      extended?.clip_id,
      full?.clip_id,
    ]);
    expect(new Set(ids).size).toBe(4);
  });

  it('answers the whole songs as ordinary clips where the server was set up so', async () => {
    const flat = await startLocalMusicApi({ autoConcat: 'flat', lengths: { songSeconds: [1, 2] } });
    const clips = await finish(flat, { url, ...EXTEND, auto_concat: true }, '/sonic/upload-extend');
    await flat.close();
    expect(clips).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
    expect(Number(clips[0].duration)).toBeGreaterThanOrEqual(3);
  });

  it.each([
    [{ continue_at: undefined }, "'continue_at' field is required"],
    [{ continue_at: 5 }, 'should lie inside the clip, which is 4 seconds long'],
    [{ continue_at: 0 }, 'greater than 0'],
    [{ auto_concat: 'yes' }, "'auto_concat' field should be boolean"],
    [{ custom_mode: undefined }, "'custom_mode' field is required"],
    [{ mv: 'x' }, "'mv' field is invalid"],
    [{ title: 'a'.repeat(81) }, 'title character length'],
    [{ duration: 5 }, "'duration'"],
    [{ url: undefined }, "'url' field is required"],
    [{ url: 'mine.wav' }, "'url' field should be a public URL"],
    [{ url: 'ftp://127.0.0.1/mine.wav' }, "'url' field should be a public URL"],
  ])('is refused with %o and costs nothing', async (changes, text) => {
    const answer = await send('extend', { url, ...EXTEND, ...changes });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(text);
    expect(api.tasks).toEqual([]);
    expect(api.credits().credits).toBe(1000);
  });

  it('is refused when the probe fails, and for what is no audio or too long', async () => {
    const bytes = makeWav(1);
    const refused = async (file: string) => (await send('extend', { url: file, ...EXTEND })).body.error;
    expect(await refused(files.offer('probe.wav', { bytes, headStatus: 403 }))).toBe(
      'The audio URL could not be reached.',
    );
    expect(files.requests).toEqual(['HEAD /probe.wav']);
    expect(await refused(files.offer('page.wav', { bytes: Buffer.from('<html></html>') }))).toContain(
      'could not be read',
    );
    expect(await refused(files.offer('long.wav', { bytes: makeWav(481, 100) }))).toContain('8 minutes');
    expect(await refused('http://203.0.113.7/mine.wav')).toBe('The audio URL could not be reached.');
  });

  it('is refused by moderation and by the balance', async () => {
    expect((await send('extend', { url, ...EXTEND, tags: 'taylor swift' })).status).toBe(403);
    api.setCredits({ credits: 14 });
    expect((await send('extend', { url, ...EXTEND })).body.error).toContain('credits are not enough');
  });
});

describe('POST /sonic/upload-cover', () => {
  it('makes two takes with the melody of the upload and its length', async () => {
    const clips = await finish(api, { url, ...COVER }, '/sonic/upload-cover');
    expect(clips.map((clip) => [clip.tags, clip.duration])).toEqual([
      ['jazz', '4.00'],
      ['jazz', '4.00'],
    ]);
    const songs = api.tasks[0]?.clips.map((clip) => clip.audio.song) ?? [];
    expect(new Set(songs.map((song) => song.melodySeed)).size).toBe(1);
    expect(new Set(songs.map((song) => song.soundSeed)).size).toBe(2);
    expect(api.tasks).toMatchObject([{ operation: 'upload-cover', price: 15 }]);
  });

  it('takes a duration and refuses one out of bounds', async () => {
    const [clip] = await finish(api, { url, ...COVER, duration: 60 }, '/sonic/upload-cover');
    expect(Number(clip.duration)).toBeCloseTo(6, 0);
    expect((await send('cover', { url, ...COVER, duration: 361 })).status).toBe(400);
  });

  it.each([
    [{ audio_weight: 1.1 }, "'audio_weight'"],
    [{ url: undefined }, "'url' field is required"],
    [{ custom_mode: false, prompt: undefined }, "'gpt_description_prompt' field is required"],
  ])('is refused with %o', async (changes, text) => {
    const answer = await send('cover', { url, ...COVER, ...changes });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(text)]);
    expect(api.credits().credits).toBe(1000);
  });
});
