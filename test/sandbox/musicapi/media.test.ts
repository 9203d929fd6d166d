import { inflateSync } from 'node:zlib';
import { parseBuffer } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRange } from '../../../sandbox/musicapi/media/range.ts';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { finish, LYRIC_SONG, poll, SONG, submit } from './client.ts';

let api: LocalMusicApi;

beforeAll(async () => {
  api = await startLocalMusicApi({
    createIntervalMs: 0,
    account: { credits: 10_000 },
    lengths: { songSeconds: [1, 2] },
  });
});

afterAll(() => api.close());

const download = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

describe('audio files', () => {
  it('are MP3 of the stated duration, and the takes differ', async () => {
    const clips = await finish(api, LYRIC_SONG);
    const files = await Promise.all(clips.map((clip) => download(clip.audio_url)));
    for (const [index, file] of files.entries()) {
      const { format } = await parseBuffer(file, { mimeType: 'audio/mpeg' }, { duration: true });
      expect(format).toMatchObject({ container: 'MPEG', sampleRate: 44_100, numberOfChannels: 2 });
      expect(Math.abs((format.duration ?? 0) - Number(clips[index].duration))).toBeLessThan(0.12);
    }
    expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(false);
  });

  it('answer HEAD and GET with type and length, and GET twice with the same bytes', async () => {
    const [clip] = await finish(api, SONG);
    const head = await fetch(clip.audio_url, { method: 'HEAD' });
    const first = await fetch(clip.audio_url);
    const bytes = Buffer.from(await first.arrayBuffer());
    for (const response of [head, first]) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('audio/mpeg');
      expect(response.headers.get('accept-ranges')).toBe('bytes');
      expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
    }
    expect((await download(clip.audio_url)).equals(bytes)).toBe(true);
  });

  it('are sent in parts', async () => {
    const [clip] = await finish(api, SONG);
    const whole = await download(clip.audio_url);
    const part = await fetch(clip.audio_url, { headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 200))).toBe(true);
    const beyond = await fetch(clip.audio_url, { headers: { range: `bytes=${whole.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
  });

  it('are not there before the clip has succeeded, but stream in chunks', async () => {
    const taskId = await submit(api, SONG);
    api.advance(3_000);
    const [clip] = (await poll(api, taskId)).body.data;
    expect((await fetch(`http://${api.host}/media/${clip.clip_id}.mp3`)).status).toBe(404);
    const stream = await fetch(clip.audio_url);
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
    expect(stream.headers.get('content-length')).toBeNull();
    expect((await fetch(clip.audio_url, { method: 'HEAD' })).headers.get('content-type')).toBe('audio/mpeg');
    const streamed = Buffer.from(await stream.arrayBuffer());
    api.advance(60_000);
    expect((await download(`http://${api.host}/media/${clip.clip_id}.mp3`)).equals(streamed)).toBe(true);
  });

  it('are 404 for clips that nobody made', async () => {
    expect((await fetch(`http://${api.host}/media/nobody.mp3`)).status).toBe(404);
    expect((await fetch(`http://${api.host}/media/image_nobody.png`)).status).toBe(404);
    expect((await fetch(`http://${api.host}/media/readme.txt`)).status).toBe(404);
  });

  it('of every stem can be downloaded', async () => {
    const [clip] = await finish(api, LYRIC_SONG);
    const stems = await finish(api, { clip_id: clip.clip_id }, '/sonic/stems/full');
    const files = await Promise.all(stems.map((stem) => download(stem.audio_url)));
    const sizes = files.map((file) => file.length);
    expect(Math.min(...sizes)).toBeGreaterThan(10_000);
    expect(new Set(files.map((file) => file.toString('base64'))).size).toBe(12);
  });

  it('do not hold polls up while they are rendered', async () => {
    const taskId = await submit(api, { ...SONG, duration: 120 });
    api.advance(60_000);
    const [clip] = (await poll(api, taskId)).body.data;
    let rendered = false;
    const rendering = download(clip.audio_url).then((file) => {
      rendered = true;
      return file;
    });
    for (let i = 0; i < 5; i++) await poll(api, taskId);
    expect(rendered).toBe(false);
    expect((await rendering).length).toBeGreaterThan(150_000);
  });
});

describe('cover pictures', () => {
  it('are PNG with whole rows, and every take has its own', async () => {
    const clips = await finish(api, SONG);
    const [first, second] = await Promise.all(clips.map((clip) => download(clip.image_url)));
    if (first === undefined || second === undefined) throw new Error('two takes have two pictures');
    expect(first.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([first.readUInt32BE(16), first.readUInt32BE(20)]).toEqual([256, 256]);
    const data = first.subarray(41, 41 + first.readUInt32BE(33));
    expect(inflateSync(data).length).toBe(256 * (256 * 3 + 1));
    expect(first.equals(second)).toBe(false);
    expect((await fetch(clips[0].image_url)).headers.get('content-type')).toBe('image/png');
  });
});

describe('parseRange', () => {
  it.each([
    [undefined, undefined],
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['bytes=90-200', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
  ])('reads %s of 100 bytes', (header, range) => {
    expect(parseRange(header, 100)).toEqual(range);
  });
});
