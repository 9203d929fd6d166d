import { getEventListeners, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REST } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { DiscordApi } from '../../../src/discord/api/api.ts';
import { restOptions } from '../../../src/discord/api/rest-options.ts';
import { unobserved } from '../../../src/telemetry/events.ts';

const INTERACTION = { id: '1', applicationId: '2', token: 'a-token' };
const UPLOADS = 10;
const FILES = [{ name: 'a.mp3', bytes: Buffer.alloc(1_000), contentType: 'audio/mpeg' }];

/** Every way to send files, by the id of an interaction's token or a channel. */
function listWays(api: DiscordApi, upload: Parameters<DiscordApi['followUp']>[2]) {
  return [
    (id: string) => api.followUp({ ...INTERACTION, token: id }, {}, upload),
    (id: string) => api.post(id, { nonce: id }, upload),
    (id: string) => api.editAnswer({ ...INTERACTION, token: id }, {}, undefined, upload),
    (id: string) => api.editMessage(id, '9', {}, upload),
  ];
}

/** The bot's way to a Discord that answers as `listener` likes. */
async function startApi(listener: RequestListener): Promise<DiscordApi> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // TCP: never a pipe's name
  const api = `http://127.0.0.1:${port}/api`;
  return new DiscordApi(new REST(restOptions(api, unobserved)).setToken('a-bot-token'), api);
}

it('acknowledges over a new connection when one has died without a word', async () => {
  const routes: string[] = [];
  const api = await startApi((request, response) => {
    routes.push(`${request.method} ${request.url}`);
    // The first one is never answered.
    if (routes.length > 1) response.writeHead(204).end();
  });
  await api.defer(INTERACTION, 'public');
  expect(routes).toEqual(Array(2).fill('POST /api/v10/interactions/1/a-token/callback'));
  expect(api.findAcknowledged(INTERACTION)).toBeDefined();
});

it('takes a refusal of the second try for the sign that the first had arrived', async () => {
  let count = 0;
  const api = await startApi((request, response) => {
    count += 1;
    if (count === 1) return request.socket.destroy();
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end('{"code":40060,"message":"Interaction has already been acknowledged."}');
  });
  await api.defer(INTERACTION, 'private');
  expect(count).toBe(2);
});

it('has at most four uploads under way, whatever they are for', async () => {
  let open = 0;
  const seen: number[] = [];
  const waiting: (() => void)[] = [];
  const api = await startApi((request, response) => {
    open += 1;
    seen.push(open);
    waiting.push(() => {
      open -= 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"9"}');
    });
    request.resume();
  });
  // Each by a route of its own, so that it is not Discord's limits that hold them back.
  const ways = listWays(api, { files: FILES });
  const uploads = Array.from({ length: UPLOADS }, (_, index) =>
    ways[index % ways.length]?.(`${100 + index}`),
  );
  for (let ended = 0; ended < UPLOADS; ended += 1) {
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(Math.min(4, UPLOADS - ended));
    waiting.shift()?.();
  }
  await Promise.all(uploads);
  expect(Math.max(...seen)).toBe(4);
});

it('leaves nothing on a signal that outlives the request', async () => {
  const api = await startApi((request, response) => {
    request.resume();
    if (request.url?.includes('broken')) return request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"9"}');
  });
  const { signal } = new AbortController();
  for (const send of listWays(api, { files: FILES, signal })) {
    await send('100');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  }
  const [followUp] = listWays(api, { files: FILES, signal });
  await expect(followUp?.('broken')).rejects.toThrow();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('breaks an upload off', async () => {
  const stopping = new AbortController();
  const api = await startApi((request) => void request.once('end', () => stopping.abort()).resume());
  for (const send of listWays(api, { files: FILES, signal: stopping.signal })) {
    await expect(send('100')).rejects.toThrow(/abort/i);
  }
});
