import { parseBuffer } from 'music-metadata';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, finish, LYRIC_SONG, SONG, submit } from './client.ts';

let api: LocalMusicApi;
let clipId: string;
let credits: number;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0, lengths: { songSeconds: [1, 2] }, seed: 'tools' });
  const [clip] = await finish(api, LYRIC_SONG);
  clipId = clip.clip_id;
  credits = api.credits().credits;
});

afterEach(() => api.close());

const tool = (path: string, body: unknown) => call(api, 'POST', `/sonic/${path}`, body);
const spent = () => credits - api.credits().credits;
const download = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());
const getLengthS = () => api.tasks[0]?.clips[0]?.durationS ?? 0;

describe('every tool on a clip', () => {
  const TOOLS = ['wav', 'midi', 'bpm', 'vox', 'aligned-lyrics'];

  it.each(TOOLS)('%s refuses a body without a clip, an unknown clip and one of another key', async (path) => {
    for (const body of [undefined, [], {}, { clip_id: 7 }, { clip_id: '' }]) {
      const answer = await tool(path, body);
      expect([answer.status, answer.body.error]).toEqual([400, "The 'clip_id' field is required."]);
    }
    const unknown = await tool(path, { clip_id: '8ce9770b-ec3b-4029-a3e3-4b8db20da7d1' });
    expect([unknown.status, unknown.body.error]).toEqual([400, 'clip not found.']);
    const foreign = await call(api, 'POST', `/sonic/${path}`, { clip_id: clipId }, api.addKey());
    expect([foreign.status, foreign.body.error]).toEqual([400, 'clip not found.']);
    expect(spent()).toBe(0);
  });

  it.each(TOOLS)('%s refuses a clip that is still being made', async (path) => {
    await submit(api, SONG);
    const running = api.tasks[1]?.clips[0]?.clipId;
    expect((await tool(path, { clip_id: running })).body.error).toBe('The clip is not ready yet.');
    expect(spent()).toBe(20);
  });

  it.each(TOOLS)('%s wants a key and credits', async (path) => {
    expect((await call(api, 'POST', `/sonic/${path}`, { clip_id: clipId }, null)).status).toBe(401);
    api.setCredits({ credits: 0 });
    const answer = await tool(path, { clip_id: clipId });
    expect([answer.status, answer.body.error]).toEqual([
      403,
      expect.stringContaining('credits are not enough'),
    ]);
  });

  it.each(TOOLS)('%s does not wait for the create rate and does not use it up', async (path) => {
    await api.close();
    api = await startLocalMusicApi({ createIntervalMs: 60_000 });
    const foreign = { clip_id: api.addForeignClip({ lyrics: 'la la la' }) };
    await submit(api, SONG);
    expect((await tool(path, foreign)).status).toBe(200);
    api.advance(60_000);
    expect((await tool(path, foreign)).status).toBe(200);
    await submit(api, SONG);
  });
});

describe('POST /sonic/wav', () => {
  it('names a WAV file of the whole clip, for two credits', async () => {
    const answer = await tool('wav', { clip_id: clipId });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      message: 'success',
      data: { wav_url: `http://${api.host}/files/${clipId}.wav` },
    });
    expect(spent()).toBe(2);
    const response = await fetch(answer.body.data.wav_url);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    const { format } = await parseBuffer(Buffer.from(await response.arrayBuffer()), undefined);
    expect(format).toMatchObject({ container: 'WAVE', sampleRate: 44_100, numberOfChannels: 2 });
    expect(format.duration).toBeCloseTo(getLengthS(), 2);
  });
});

describe('POST /sonic/download', () => {
  /** Asks until the files are there; the number of 202 comes first. */
  const ask = async (body: object) => {
    for (let preparing = 0; preparing < 5; preparing++) {
      const answer = await tool('download', body);
      if (answer.status !== 202) return { preparing, answer };
      expect(answer.body).toEqual({});
      expect(spent()).toBe(0);
    }
    throw new Error('never ready');
  };

  it('answers 202 once or twice, free of charge, and then names every file for two credits', async () => {
    const { preparing, answer } = await ask({ clip_id: clipId, formats: ['m4a', 'mp3', 'wav'] });
    expect([1, 2]).toContain(preparing);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: {
        files: ['m4a', 'mp3', 'wav'].map((format) => ({
          format,
          url: `http://${api.host}/files/${clipId}.${format}`,
        })),
      },
    });
    expect(spent()).toBe(2);
    const containers = [];
    for (const { url } of answer.body.data.files) {
      const { format } = await parseBuffer(await download(url), undefined, { duration: true });
      expect(Math.abs((format.duration ?? 0) - getLengthS())).toBeLessThan(0.12);
      containers.push(format.container);
    }
    expect(containers).toEqual(['M4A/mp42/isom', 'MPEG', 'WAVE']);
  });

  it('is ready at once and charged once more when it is asked for again', async () => {
    await ask({ clip_id: clipId, formats: ['wav'] });
    expect((await tool('download', { clip_id: clipId, formats: ['wav', 'wav'] })).status).toBe(200);
    expect(spent()).toBe(4);
  });

  it('is a 404 when the source is gone', async () => {
    api.removeClip(clipId);
    const answer = await tool('download', { clip_id: clipId, formats: ['mp3'] });
    expect([answer.status, answer.body.error]).toEqual([
      404,
      'The source of this clip is no longer available.',
    ]);
    expect(spent()).toBe(0);
    expect((await tool('wav', { clip_id: clipId })).status).toBe(400);
    expect((await fetch(`http://${api.host}/files/${clipId}.mp3`)).status).toBe(404);
    expect((await fetch(`http://${api.host}/media/${clipId}.mp3`)).status).toBe(404);
  });

  it.each([
    [{}, "'clip_id'"],
    [{ clip_id: 'x' }, "'formats'"],
    [{ clip_id: 'x', formats: [] }, "'formats'"],
    [{ clip_id: 'x', formats: ['flac'] }, "'formats'"],
    [{ clip_id: 'x', formats: 'wav' }, "'formats'"],
  ])('refuses %o', async (body, text) => {
    const answer = await tool('download', body);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(text)]);
  });

  it('is refused with 403 when it cannot be paid', async () => {
    api.setCredits({ credits: 1 });
    credits = 1;
    expect((await ask({ clip_id: clipId, formats: ['wav'] })).answer.status).toBe(403);
  });
});
