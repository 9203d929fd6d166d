import { expect, it } from 'vitest';
import type { BotEvent } from '../../src/telemetry/events.ts';
import { errorOf, findDeadHost, open, send, serve, signal, wav } from './download-support.ts';

it('tells of every download by the host that had the last word, and never by its address', async () => {
  const target = await serve(send(wav()));
  const start = await serve((_, response) => {
    response.writeHead(302, { location: `http://${target}/song.wav?signature=secret` }).end();
  });
  const gone = await serve((_, response) => response.writeHead(403).end());
  const page = await serve(send(Buffer.from('<html>')));
  const dead = await findDeadHost();
  const events: BotEvent[] = [];
  const downloader = open([start, target, gone, page, dead], { observe: (event) => events.push(event) });
  const bytes = wav().length;
  await downloader.download(`http://${start}/`, { signal });
  for (const host of [gone, page, dead, 'unlisted.example.org']) {
    await errorOf(downloader.download(`http://${host}/`, { signal }));
  }
  await errorOf(downloader.download(`http://${target}/`, { signal, maxBytes: 10 }));
  const download = { kind: 'download', bytes: 0, ms: expect.any(Number) };
  expect(events).toEqual([
    { ...download, host: target, status: 200, outcome: 'ok', bytes },
    { ...download, host: gone, status: 403, outcome: 'not_found' },
    { ...download, host: page, status: 200, outcome: 'not_audio' },
    { ...download, host: dead, status: undefined, outcome: 'unavailable' },
    { ...download, host: 'unlisted.example.org', status: undefined, outcome: 'unlisted_host' },
    { ...download, host: target, status: 200, outcome: 'too_large' },
  ]);
});
