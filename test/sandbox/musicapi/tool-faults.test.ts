import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call } from './client.ts';
import { type FileServer, makeWav, startFileServer } from './file-server.ts';

let api: LocalMusicApi;
let files: FileServer;

beforeAll(async () => {
  files = await startFileServer();
});

afterAll(() => files.close());

beforeEach(async () => {
  api = await startLocalMusicApi({ seed: 'tool-faults' });
});

afterEach(() => api.close());

const TOOLS = [
  ['upload', 2, () => ({ url: files.offer('fault.wav', { bytes: makeWav(11) }) })],
  ['wav', 2, () => ({ clip_id: api.addForeignClip() })],
  ['midi', 1, () => ({ clip_id: api.addForeignClip() })],
  ['bpm', 1, () => ({ clip_id: api.addForeignClip() })],
  ['vox', 1, () => ({ clip_id: api.addForeignClip() })],
  ['aligned-lyrics', 1, () => ({ clip_id: api.addForeignClip({ lyrics: 'la la' }) })],
  ['upsample-tags', 1, () => ({ tags: 'pop' })],
  ['lyrics', 2, () => ({ description: 'the sea' })],
  ['persona', 1, () => ({ name: 'Ann', clip_id: api.addForeignClip() })],
  ['create-voice', 4, () => ({ audio_url: files.offer('fault.wav', { bytes: makeWav(11) }) })],
] as const;

const spent = () => 1000 - api.credits().credits;

describe.each(TOOLS)('a fault on /sonic/%s', (path, price, makeBody) => {
  const send = () => call(api, 'POST', `/sonic/${path}`, makeBody());

  it.each([429, 500])('answers %i instead, free of charge', async (status) => {
    api.fault({ method: 'POST', path: `/sonic/${path}$`, answer: { status, body: { error: 'no' } } });
    const answer = await send();
    expect([answer.status, answer.body]).toEqual([status, { error: 'no' }]);
    expect(spent()).toBe(0);
    expect((await send()).status).toBe(200);
  });

  it('loses the answer after the work was done and charged', async () => {
    api.fault({ path: `/sonic/${path}$`, answer: 'lose-answer' });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(spent()).toBe(price);
  });

  it('cuts the connection before anything was done', async () => {
    api.fault({ path: `/sonic/${path}$`, answer: 'reset' });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(spent()).toBe(0);
  });

  it('lets the work be done and charged after the connection was lost', async () => {
    api.fault({ path: `/sonic/${path}$`, answer: 'late-answer', delayMs: 60_000 });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(spent()).toBe(0);
    api.fault({ path: `/sonic/${path}$`, answer: 'late-answer', delayMs: 10 });
    await expect(send()).rejects.toThrow('fetch failed');
    await expect.poll(spent, { interval: 5 }).toBe(price);
    expect(api.requests).toMatchObject([
      { fault: 'fault-1', status: undefined },
      { fault: 'fault-2', status: 200 },
    ]);
  });

  it('answers late', async () => {
    api.fault({ path: `/sonic/${path}$`, delayMs: 40 });
    const before = performance.now();
    expect((await send()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(35);
  });
});

describe('a fault on the files of tools', () => {
  it('hits them like other media', async () => {
    const clipId = api.addForeignClip({ durationS: 1 });
    api.fault({ path: '^/files/', answer: { status: 404 } });
    expect((await fetch(`http://${api.host}/files/${clipId}.wav`)).status).toBe(404);
    expect((await fetch(`http://${api.host}/files/${clipId}.wav`)).status).toBe(200);
    expect((await fetch(`http://${api.host}/files/nobody.wav`)).status).toBe(404);
    expect((await fetch(`http://${api.host}/files/${clipId}.flac`)).status).toBe(404);
  });
});
