import { describe, expect, it } from 'vitest';
import { errorOf, open, redirect, send, serve, signal, wav } from './download-support.ts';

describe('the hosts of a download', () => {
  it('are asked only when they are listed', async () => {
    let asked = 0;
    const host = await serve(() => (asked += 1));
    const error = await errorOf(open(['cdn1.suno.ai']).download(`http://${host}/`, { signal }));
    expect(error).toMatchObject({ kind: 'unlisted-host', host });
    expect(asked).toBe(0);
  });

  it.each([
    ['http://cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['https://cdn1.suno.ai@evil.example/a.mp3', 'evil.example'],
    ['https://user:secret@cdn1.suno.ai/a.mp3', 'cdn1.suno.ai'],
    ['https://evil.example./a.mp3', 'evil.example'],
    ['https://[2001:db8::1]:8443/a.mp3', '[2001:db8::1]:8443'],
  ])('are not asked by %s, and named without a password', async (url, host) => {
    const error = await errorOf(open(['cdn1.suno.ai']).download(url, { signal }));
    expect(error).toMatchObject({ kind: 'unlisted-host', host });
    expect(error.message).not.toContain('secret');
  });

  it('may be IPv6 addresses', async () => {
    const host = await serve(send(wav()), '::1');
    expect(await open([host]).download(`http://${host}/`, { signal })).toMatchObject({ extension: 'wav' });
  });

  it('may be written in capitals and with a dot at their end', async () => {
    const host = await serve(send(wav()));
    const port = host.split(':')[1];
    const downloader = open([`localhost:${port}`]);
    expect(await downloader.download(`http://LOCALHOST:${port}/`, { signal })).toMatchObject({
      extension: 'wav',
    });
    expect(await downloader.download(`http://localhost.:${port}/`, { signal })).toMatchObject({
      extension: 'wav',
    });
  });

  it('are none for an address that is none', async () => {
    expect((await errorOf(open(['x.example']).download('no address', { signal }))).kind).toBe('not-found');
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with %i is followed to a listed host', async (status) => {
    const target = await serve(send(wav()));
    const host = await serve(redirect(`http://${target}/b`, status));
    expect(await open([host, target]).download(`http://${host}/`, { signal })).toMatchObject({
      extension: 'wav',
    });
  });

  it('may be relative', async () => {
    const host = await serve((request, response) =>
      request.url === '/b' ? send(wav())(request, response) : redirect('b')(request, response),
    );
    expect(await open([host]).download(`http://${host}/a`, { signal })).toMatchObject({ extension: 'wav' });
  });

  it.each(['//', 'http://'])('to an unlisted host is not followed: %s', async (prefix) => {
    let asked = 0;
    const target = await serve(() => (asked += 1));
    const host = await serve(redirect(`${prefix}${target}/b`));
    const error = await errorOf(open([host]).download(`http://${host}/`, { signal }));
    expect(error).toMatchObject({ kind: 'unlisted-host', host: target });
    expect(asked).toBe(0);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'http://169.254.169.254/latest',
    'http://user@localhost/',
  ])('to %s is not followed', async (location) => {
    const host = await serve(redirect(location));
    const error = await errorOf(open([host, 'localhost']).download(`http://${host}/`, { signal }));
    expect(error.kind).toBe('unlisted-host');
  });

  it('in a circle ends', async () => {
    let asked = 0;
    const host = await serve((request, response) => {
      asked += 1;
      redirect('/again')(request, response);
    });
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('unavailable');
    expect(asked).toBe(6);
  });

  it('to nowhere is an error', async () => {
    const host = await serve((_, response) => response.writeHead(302).end());
    expect((await errorOf(open([host]).download(`http://${host}/`, { signal }))).kind).toBe('unavailable');
  });
});
