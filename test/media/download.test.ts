import { describe, expect, it } from 'vitest';
import { errorOf, findDeadHost, open, send, serve, signal, wav } from './download-support.ts';

/** The beginning of an MP4 file with one track of a kind. */
function mp4(handler: 'soun' | 'vide'): Buffer {
  const type = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1');
  const track = Buffer.from(`\0\0\0\x20hdlr\0\0\0\0\0\0\0\0${handler}\0\0\0\0\0\0\0\0\0\0\0\0`, 'latin1');
  return Buffer.concat([type, track]);
}

const id3 = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0]);
const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);

describe('download', () => {
  it('fetches a file and says what it is by its bytes', async () => {
    const host = await serve(send(wav(), { 'content-type': 'text/html' }));
    const media = await open([host]).download(`http://${host}/a.mp3?x=1`, { signal });
    expect(media).toEqual({ bytes: wav(), extension: 'wav', mime: 'audio/wav', contentType: 'audio/wav' });
  });

  it.each([
    ['an MP3 file', mp3, 'mp3', 'audio/mpeg'],
    ['an MP3 file with tags', Buffer.concat([id3, mp3]), 'mp3', 'audio/mpeg'],
    [
      'an MP3 file with tags and padding',
      Buffer.concat([id3, Buffer.alloc(3_000), mp3]),
      'mp3',
      'audio/mpeg',
    ],
    ['an MP4 file without a picture', mp4('soun'), 'm4a', 'audio/mp4'],
  ])('takes %s for audio', async (_, bytes, extension, mime) => {
    const host = await serve(send(bytes));
    expect(await open([host]).download(`http://${host}/`, { signal })).toMatchObject({
      extension,
      mime,
      contentType: mime,
    });
  });

  it.each([
    ['a page that claims to be audio', '<!doctype html><html></html>'],
    ['a film', mp4('vide')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['nothing', ''],
    ['a page in disguise', '<html>ID3</html>'],
    ['a line of text', 'not here'],
  ])('refuses %s', async (_, bytes) => {
    const host = await serve(send(bytes, { 'content-type': 'audio/mpeg' }));
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('not-audio');
  });

  it('takes anything where anything is asked for', async () => {
    const host = await serve(send('la la la'));
    const media = await open([host]).download(`http://${host}/`, { signal, expect: 'anything' });
    expect(media).toMatchObject({ extension: 'bin', mime: 'application/octet-stream' });
    expect(media.bytes.toString()).toBe('la la la');
  });

  it.each([401, 403, 404, 410])('says that a file is gone after %i', async (status) => {
    const host = await serve((_, response) => response.writeHead(status).end('x'.repeat(100_000)));
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('not-found');
  });

  it.each([206, 400, 429, 500, 503])('leaves open what is later after %i', async (status) => {
    const host = await serve((_, response) => response.writeHead(status).end('x'));
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('unavailable');
  });
});

describe('the size of a download', () => {
  it('is refused before it is fetched when the host tells it', async () => {
    const host = await serve((_, response) =>
      response.writeHead(200, { 'content-length': 1e12 }).write('RIFF'),
    );
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('too-large');
  });

  it('is bounded when the host does not tell it', async () => {
    let sent = 0;
    const host = await serve((_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024);
      const pump = () => {
        do sent += chunk.length;
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pump);
      pump();
    });
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('too-large');
    expect(sent).toBeLessThan(50_000_000);
  });

  it('may be exactly the limit, and can be lowered for one download', async () => {
    const host = await serve((_, response) => {
      response.writeHead(200);
      response.end(wav());
    });
    const downloader = open([host], { maxBytes: wav().length });
    expect((await downloader.download(`http://${host}/`, { signal })).bytes).toHaveLength(244);
    const refused = downloader.download(`http://${host}/`, { signal, maxBytes: 243 });
    expect((await errorOf(refused)).kind).toBe('too-large');
  });
});

describe('the end of a download', () => {
  it('comes when the host is slow', async () => {
    const host = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const error = await errorOf(open([host], { timeoutMs: 200 }).download(`http://${host}/`, { signal }));
    expect(error).toMatchObject({ kind: 'unavailable', message: 'took longer than 200 ms' });
  });

  it('comes when the host says nothing', async () => {
    const host = await serve(() => {});
    const error = await errorOf(open([host], { timeoutMs: 200 }).download(`http://${host}/`, { signal }));
    expect(error.kind).toBe('unavailable');
  });

  it('is an error when the file breaks off', async () => {
    const host = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write(wav());
      setTimeout(() => response.destroy(), 20);
    });
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('unavailable');
  });

  it('is an error when nothing listens', async () => {
    const host = await findDeadHost();
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('unavailable');
  });

  it('comes at once with an abort, with the reason of the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('shutting down');
    const host = await serve((_, response) => {
      response.writeHead(200).write('RIFF');
      setTimeout(() => controller.abort(reason), 30);
    });
    await expect(open([host]).download(`http://${host}/`, { signal: controller.signal })).rejects.toBe(
      reason,
    );
    await expect(open([host]).download(`http://${host}/`, { signal: controller.signal })).rejects.toBe(
      reason,
    );
  });
});
