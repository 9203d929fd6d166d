import { parseBuffer } from 'music-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { createScene, api as discordApi, ROOMY } from '../discord/support.ts';
import { call, LYRIC_SONG, submit } from './client.ts';
import { type FileServer, makeWav, startFileServer } from './file-server.ts';

let api: LocalMusicApi;
let files: FileServer;

beforeAll(async () => {
  files = await startFileServer();
});

afterAll(() => files.close());

beforeEach(async () => {
  api = await startLocalMusicApi({
    createIntervalMs: 3_000,
    seed: 'upload',
    lengths: { songSeconds: [1, 2] },
  });
});

afterEach(() => api.close());

const upload = (body: unknown) => call(api, 'POST', '/sonic/upload', body);
const download = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

describe('POST /sonic/upload', () => {
  it('probes the address, fetches the file and answers at once with the id of a clip', async () => {
    const url = files.offer('mine.wav', { bytes: makeWav(2) });
    const answer = await upload({ url });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      code: 200,
      clip_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: 'success',
    });
    expect(files.requests.filter((line) => line.endsWith('/mine.wav'))).toEqual([
      'HEAD /mine.wav',
      'GET /mine.wav',
    ]);
    expect(api.credits().credits).toBe(998);
    expect(api.tasks).toEqual([]);
  });

  it('keeps what was uploaded and makes other kinds of files of it', async () => {
    const bytes = makeWav(3, 44_100);
    const url = files.offer('kept.wav', { bytes });
    const { clip_id: clipId } = (await upload({ url })).body;
    for (const path of ['files', 'media'])
      expect((await download(`http://${api.host}/${path}/${clipId}.wav`)).equals(bytes)).toBe(true);
    for (const [extension, container] of [
      ['mp3', 'MPEG'],
      ['m4a', 'M4A/mp42/isom'],
    ]) {
      const converted = await download(`http://${api.host}/files/${clipId}.${extension}`);
      const { format } = await parseBuffer(converted, undefined, { duration: true });
      expect(format.container).toBe(container);
      expect(Math.abs((format.duration ?? 0) - 3)).toBeLessThan(0.12);
    }
  });

  it('makes an upload of which follow-ups take the types for uploads', async () => {
    const { clip_id: clipId } = (await upload({ url: files.offer('f.wav', { bytes: makeWav(4) }) })).body;
    const wrong = { ...LYRIC_SONG, task_type: 'extend_music', continue_clip_id: clipId, continue_at: 1 };
    expect((await call(api, 'POST', '/sonic/create', wrong)).body.error).toContain('extend_upload_music');
    const late = { ...wrong, task_type: 'extend_upload_music', continue_at: 4.2 };
    expect((await call(api, 'POST', '/sonic/create', late)).body.error).toContain('4 seconds long');
    await submit(api, { ...wrong, task_type: 'extend_upload_music' });
  });

  it("takes an attachment from the local Discord's signed address, and refuses it once that has run out", async () => {
    const { discord, channel } = await createScene(ROOMY);
    const sent = await discordApi(
      discord,
      'POST',
      `/channels/${channel.id}/messages`,
      {},
      {
        files: [{ name: 'mine.wav', data: makeWav(1) }],
      },
    );
    const [{ url }] = sent.body.attachments;
    expect((await upload({ url })).status).toBe(200);
    discord.advance(25 * 3_600_000);
    expect((await upload({ url })).body.error).toContain('could not be reached');
  });

  it('leaves the create rate alone', async () => {
    const url = files.offer('rate.wav', { bytes: makeWav(1) });
    await submit(api, LYRIC_SONG);
    expect((await upload({ url })).status).toBe(200);
    expect((await upload({ url })).status).toBe(200);
    expect((await call(api, 'POST', '/sonic/create', LYRIC_SONG)).status).toBe(429);
  });

  it('takes eight minutes', async () => {
    const url = files.offer('eight.wav', { bytes: makeWav(480, 1_000) });
    expect((await upload({ url })).status).toBe(200);
  });

  it.each([
    ['no address', {}, "'url' field is required"],
    ['an address that is a number', { url: 7 }, "'url' field is required"],
    ['a word', { url: 'song.mp3' }, 'public URL'],
    ['another scheme', { url: 'file:///etc/hosts' }, 'public URL'],
    ['the wide world', { url: 'https://example.com/song.mp3' }, 'could not be reached'],
    ['a dead port', { url: 'http://127.0.0.1:1/song.mp3' }, 'could not be reached'],
  ])('refuses %s', async (_what, body, text) => {
    const answer = await upload(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(text);
    expect(api.credits().credits).toBe(1000);
  });

  it.each([
    ['a failed probe', { bytes: makeWav(1), headStatus: 403 }, 'could not be reached'],
    ['a failed download', { bytes: makeWav(1), getStatus: 500 }, 'could not be reached'],
    ['text', { bytes: Buffer.from('these are not the sounds you are looking for') }, 'could not be read'],
    ['more than eight minutes', { bytes: makeWav(481, 1_000) }, '8 minutes'],
  ])('refuses %s', async (what, file, text) => {
    const answer = await upload({ url: files.offer(encodeURIComponent(what), file) });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(text);
    expect(api.credits().credits).toBe(1000);
  });

  it('is refused with 403 when it cannot be paid', async () => {
    api.setCredits({ credits: 1 });
    const answer = await upload({ url: files.offer('poor.wav', { bytes: makeWav(1) }) });
    expect([answer.status, answer.body.error]).toEqual([
      403,
      expect.stringContaining('credits are not enough'),
    ]);
    expect(api.credits().credits).toBe(1);
  });
});
