import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, submit } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [2, 3] } });
});

afterEach(() => api.close());

const LYRICS = `[intro]\n[verse]\n${'la '.repeat(100)}`;
const VOCAL = {
  type: 'vocal',
  lyrics: LYRICS,
  gender: 'Female',
  genre: 'Pop',
  mood: 'Happy',
  timbre: 'Warm',
  duration: 120,
};
const BGM = {
  type: 'bgm',
  description: 'Intense and tense game battle background music',
  genre: ['video game', 'electronic'],
  mood: ['powerful', 'energetic'],
  instrument: ['drums', 'synth'],
  theme: ['achievement'],
  duration: 35,
};
const SEGMENTED = {
  type: 'bgm',
  version: 'v2.0',
  description: 'cinematic background score',
  duration: 90,
  segments: [
    { name: 'intro', duration: 20 },
    { name: 'verse', duration: 25 },
    { name: 'chorus', duration: 30 },
    { name: 'outro', duration: 15 },
  ],
};
const send = (body: unknown) => call(api, 'POST', '/nuro/create', body);
const look = (taskId: string) => call(api, 'GET', `/nuro/task/${taskId}`);

describe('POST /nuro/create', () => {
  it.each([
    ['a song', VOCAL, 'nuro/vocal'],
    ['background music', BGM, 'nuro/bgm'],
    ['background music in segments', SEGMENTED, 'nuro/bgm'],
  ])('answers with the task for %s and charges 10 credits', async (_what, body, operation) => {
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([
      200,
      { message: 'success', task_id: api.tasks[0]?.taskId },
    ]);
    expect(api.tasks).toMatchObject([{ operation, engine: 'nuro', price: 10, body }]);
    expect(api.credits().credits).toBe(990);
  });

  it.each([
    { type: 'vocal', lyrics: 'a'.repeat(300) },
    { type: 'vocal', lyrics: 'a'.repeat(2000), duration: 30 },
    { ...VOCAL, duration: 240, gender: 'Male', genre: 'R&B/Soul', mood: 'Sorrow/Sad', timbre: 'Sexy/Lazy' },
    { type: 'bgm', description: 'calm' },
    { type: 'bgm', description: 'calm', duration: 1 },
    { ...BGM, duration: 60, theme: ['1', '2', '3', '4', '5'] },
    { type: 'bgm', version: 'v2.0', description: 'calm' },
    { type: 'bgm', version: 'v2.0', description: 'a'.repeat(199), duration: 120 },
    { ...SEGMENTED, duration: undefined, segments: [{ name: 'inst', duration: 30 }] },
  ])('accepts every limit exactly (%#)', async (body) => {
    expect((await send(body)).status).toBe(200);
  });

  it.each([
    [VOCAL, { lyrics: undefined }, 'Lyrics are required for vocal songs'],
    [VOCAL, { lyrics: 'a'.repeat(299) }, 'Lyrics must be between 300 and 2000 characters'],
    [VOCAL, { lyrics: 'a'.repeat(2001) }, 'Lyrics must be between 300 and 2000 characters'],
    [VOCAL, { duration: 29 }, 'Duration must be between 30 and 240 seconds for vocal songs'],
    [VOCAL, { duration: 241 }, 'Duration must be between 30 and 240 seconds for vocal songs'],
    [VOCAL, { gender: 'f' }, 'Gender should be one of: Female, Male'],
    [VOCAL, { genre: 'Polka' }, 'Genre should be one of: Folk, Pop, '],
    [VOCAL, { mood: 'Angry' }, 'Mood should be one of: Happy, '],
    [VOCAL, { timbre: 'Soft' }, 'Timbre should be one of: Warm, '],
    [VOCAL, { type: 'song' }, "Type must be 'vocal' or 'bgm'"],
    [BGM, { description: undefined }, 'Description is required'],
    [BGM, { description: ' ' }, 'Description is required'],
    [BGM, { duration: 0.5 }, 'Duration must be between 1 and 60 seconds'],
    [BGM, { duration: 61 }, 'Duration must be between 1 and 60 seconds'],
    [BGM, { genre: ['1', '2', '3', '4', '5', '6'] }, 'Genre should be an array of at most 5 values'],
    [BGM, { mood: 'calm' }, 'Mood should be an array of at most 5 values'],
    [BGM, { version: 'v3.0' }, "Version must be 'v1.0' or 'v2.0'"],
    [SEGMENTED, { description: 'a'.repeat(200) }, 'Description must be shorter than 200 characters'],
    [SEGMENTED, { segments: undefined, duration: 29 }, 'Duration must be between 30 and 120 seconds'],
    [SEGMENTED, { segments: [] }, 'Segments need a name'],
    [SEGMENTED, { segments: [{ name: 'solo', duration: 40 }] }, 'Segments need a name'],
    [SEGMENTED, { segments: [{ name: 'intro', duration: 4 }] }, 'between 5 and 120 seconds for a segment'],
    [SEGMENTED, { segments: [{ name: 'intro', duration: 20 }] }, 'between 30 and 120 seconds together'],
  ])('is refused in its own words and costs nothing (%#)', async (base, changes, text) => {
    const answer = await send({ ...base, ...changes });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      type: 'bad_request',
      message: expect.stringContaining(text),
      refund_processed: false,
    });
    expect(api.tasks).toEqual([]);
    expect(api.credits().credits).toBe(1000);
  });

  it('is refused by moderation and by the balance as forbidden', async () => {
    const forbidden = { type: 'forbidden', message: expect.any(String), refund_processed: false };
    const moderated = await send({ ...VOCAL, lyrics: `${LYRICS} stolen line` });
    expect([moderated.status, moderated.body]).toEqual([403, forbidden]);
    api.setCredits({ credits: 9 });
    const poor = await send(VOCAL);
    expect([poor.status, poor.body]).toEqual([403, forbidden]);
    expect(poor.body.message).toContain('credits are not enough');
  });
});

describe('GET /nuro/task', () => {
  it('is one flat object: pending, running with its progress, succeeded', async () => {
    const still = await startLocalMusicApi({
      now: () => 0,
      timeline: { notReadyMs: 100, firstMs: 200, lastMs: 400 },
    });
    const taskId = await submit(still, VOCAL, '/nuro/create');
    const at = async () => (await call(still, 'GET', `/nuro/task/${taskId}`)).body;
    const nothing = { audio_url: '', lyrics: '', duration: 0, genre: '', mood: '', gender: '', timbre: '' };
    expect(await at()).toEqual({ task_id: taskId, status: 'pending', progress: 0, ...nothing });
    still.advance(180);
    expect(await at()).toEqual({ task_id: taskId, status: 'running', progress: 45, ...nothing });
    still.advance(220);
    const clipId = still.tasks[0]?.clips[0]?.clipId;
    expect(await at()).toEqual({
      task_id: taskId,
      status: 'succeeded',
      progress: 100,
      audio_url: `http://${still.host}/media/${clipId}.wav`,
      lyrics: LYRICS,
      duration: still.tasks[0]?.clips[0]?.durationS,
      genre: 'Pop',
      mood: 'Happy',
      gender: 'Female',
      timbre: 'Warm',
    });
    await still.close();
  });

  it('leads to a real WAV of the stated length, without a singer for background music', async () => {
    const taskId = await submit(api, BGM, '/nuro/create');
    api.advance(60_000);
    const { audio_url: url, duration, genre, gender, lyrics } = (await look(taskId)).body;
    expect([genre, gender, lyrics]).toEqual(['video game, electronic', '', '']);
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect((await fileTypeFromBuffer(bytes))?.ext).toBe('wav');
    const { format } = await parseBuffer(bytes, { mimeType: 'audio/wav' }, { duration: true });
    expect(format.duration).toBeCloseTo(duration, 2);
    expect(duration).toBeCloseTo(3.5, 0);
    expect(api.tasks[0]?.clips[0]?.audio.song.instrumental).toBe(true);
  });

  it('fails as an error with the refund said', async () => {
    api.nextTask({ kind: 'fail', error: 'Upstream said no.' });
    const failing = await submit(api, VOCAL, '/nuro/create');
    api.nextTask('timeout');
    const late = await submit(api, VOCAL, '/nuro/create');
    api.advance(60_000);
    const failed = await look(failing);
    expect([failed.status, failed.body]).toEqual([
      500,
      { type: 'api_error', message: 'Upstream said no.', refund_processed: true },
    ]);
    expect(await look(late)).toMatchObject({
      status: 504,
      body: { type: 'timeout', refund_processed: true },
    });
    expect(api.credits().credits).toBe(1000);
  });

  it('fails by its status where the server was set up so', async () => {
    const flat = await startLocalMusicApi({ nuroFailure: 'status' });
    flat.nextTask('fail');
    const taskId = await submit(flat, VOCAL, '/nuro/create');
    flat.advance(60_000);
    const answer = await call(flat, 'GET', `/nuro/task/${taskId}`);
    expect([answer.status, answer.body.status, answer.body.audio_url]).toEqual([200, 'failed', '']);
    expect(flat.credits().credits).toBe(1000);
    await flat.close();
  });

  it('answers 404 for what is no task of this engine and this key', async () => {
    const mine = await submit(api, VOCAL, '/nuro/create');
    const notFound = {
      status: 404,
      body: { type: 'not_found', message: 'Task not found', refund_processed: false },
    };
    expect(await look('nobody')).toMatchObject(notFound);
    expect(await call(api, 'GET', `/nuro/task/${mine}`, undefined, api.addKey())).toMatchObject(notFound);
    expect((await call(api, 'GET', `/sonic/task/${mine}`)).status).toBe(400);
  });
});

describe('engines that are gone', () => {
  it('lets nuro answer 410 to creates and polls when it is retired', async () => {
    const retired = await startLocalMusicApi({ nuroRetired: true });
    for (const [method, path, body] of [
      ['POST', '/nuro/create', VOCAL],
      ['GET', '/nuro/task/any', undefined],
    ] as const) {
      const answer = await call(retired, method, path, body);
      expect([answer.status, answer.body.type, answer.body.refund_processed]).toEqual([410, 'gone', false]);
    }
    expect(retired.credits().credits).toBe(1000);
    await retired.close();
  });

  it.each([
    ['POST', '/riffusion/create', 410],
    ['GET', '/riffusion/task/any', 410],
    ['POST', '/studio/create', 404],
    ['GET', '/studio/task/any', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    const answer = await call(api, method, path, method === 'POST' ? {} : undefined);
    expect([answer.status, typeof answer.body.error]).toEqual([status, 'string']);
  });
});
