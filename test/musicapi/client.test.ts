import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { MockAgent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createAccountApi, createMusicApi } from '../../src/musicapi/client.ts';
import { createTransport } from '../../src/musicapi/transport.ts';
import { accepted, create, errorOf, KEY, open, serve, signal } from './client-support.ts';
import { answer, findDeadUrl, type Step } from './loopback.ts';

describe('an abort', () => {
  const reason = new Error('shutting down');

  it('ends a call in flight with the reason of the signal', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort(reason));
    await expect(open(server.url).submit(create, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('ends a wait between tries at once', async () => {
    const controller = new AbortController();
    const server = await serve((response) => {
      answer(503, {})(response, response.req);
      setTimeout(() => controller.abort(reason), 50);
    });
    // Longer than a test may take.
    const call = open(server.url, { retry: { baseMs: 3_600_000, capMs: 3_600_000 } }).getTask('sonic', 't', {
      signal: controller.signal,
    });
    await expect(call).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  it('ends the reading of a body', async () => {
    const controller = new AbortController();
    const server = await serve((response) => {
      response.writeHead(200);
      response.write('{');
      setTimeout(() => controller.abort(reason), 50);
    });
    await expect(open(server.url).getCredits({ signal: controller.signal })).rejects.toBe(reason);
  });

  it('that came before sends nothing', async () => {
    const server = await serve(accepted);
    await expect(open(server.url).submit(create, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.seen).toEqual([]);
  });
});

describe('an error', () => {
  it.each<[string, Step]>([
    ['a text that repeats it', answer(401, { error: `Invalid key ${KEY}.` })],
    ['a success that repeats it', answer(200, `key ${KEY}`)],
    ['a lost connection', (response) => response.destroy()],
  ])('never contains the key: %s', async (_, step) => {
    const server = await serve(step);
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(KEY);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(KEY);
  });

  it('never contains the key when nothing listens', async () => {
    const error = await errorOf(open(await findDeadUrl()).getCredits({ signal }));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(KEY);
  });

  it('is not avoided by hiding the key in a success, where it may be part of an id', async () => {
    const server = await serve(answer(200, { task_id: 'task-1' }));
    expect(await open(server.url, { key: 'task' }).submit(create, { signal })).toEqual({
      providerTaskId: 'task-1',
    });
  });

  it('cuts the text of the provider', async () => {
    const server = await serve(answer(400, { error: '🎵'.repeat(5_000) }));
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect(error.text).toBe('🎵'.repeat(500));
  });
});

describe('createAccountApi', () => {
  it('lets several accounts share the connections, each with its own key', async () => {
    const server = await serve(answer(200, { credits: 1 }));
    const transport = createTransport({ url: server.url });
    onTestFinished(transport.close);
    const catalogue = createCatalogue();
    for (const key of ['key-one', 'key-two']) {
      await createAccountApi(transport, key, catalogue).getCredits({ signal });
      // A connection is free again one turn after its answer was read.
      await setImmediate();
    }
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer key-one',
      'Bearer key-two',
    ]);
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(1);
  });

  it.each(['', 'with space', 'line\nbreak', 'ключ'])('refuses the key %j', (key) => {
    expect(() => createMusicApi({ url: 'http://127.0.0.1:1', key })).toThrow(
      /^The MusicAPI key is empty or contains/,
    );
  });
});

describe('a dispatcher of the caller', () => {
  it('carries the calls and is left open', async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    onTestFinished(() => agent.close());
    const pool = agent.get('https://api.example');
    pool.intercept({ path: '/v1/get-credits' }).reply(502, 'bad gateway');
    pool.intercept({ path: '/v1/get-credits' }).reply(200, { credits: 5, extra_credits: 1 });
    const api = open('https://api.example/v1', { dispatcher: agent });
    expect(await api.getCredits({ signal })).toEqual({ plan: 5, extra: 1 });
    await api.close();
    agent.assertNoPendingInterceptors();
    pool.intercept({ path: '/v1/get-credits' }).reply(200, { credits: 4 });
    expect(await api.getCredits({ signal })).toEqual({ plan: 4, extra: 0 });
  });
});
