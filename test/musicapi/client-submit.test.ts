import { describe, expect, it } from 'vitest';
import { submissionOutcome } from '../../src/musicapi/errors.ts';
import { accepted, create, errorOf, KEY, open, running, serve, serveTcp, signal } from './client-support.ts';
import { answer, findDeadUrl } from './loopback.ts';

describe('submit', () => {
  it('posts the request with the key and gives the provider task', async () => {
    const server = await serve(accepted);
    await expect(open(server.url).submit(create, { signal })).resolves.toEqual({ providerTaskId: 'task-1' });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', url: '/api/v1/sonic/create' });
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
    });
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      task_type: 'create_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: false,
      gpt_description_prompt: 'a song about rain',
    });
  });

  it('asks for reports of songs at an address with a secret, which no error repeats; of stems it asks for none', async () => {
    const webhook = { url: 'https://music.example.org/webhooks/musicapi/1', secret: 'secret-of-the-task' };
    const refused = answer(400, { error: `The 'webhook_secret' field secret-of-the-task is wrong.` });
    const server = await serve(accepted, accepted, refused);
    const api = open(server.url);
    await api.submit(create, { signal, webhook });
    const clip = { clipId: 'clip-1', engine: 'sonic', source: 'generated' } as const;
    await api.submit({ operation: 'stems-full', engine: 'sonic', clip }, { signal, webhook });
    const bodies = server.seen.map(({ body }) => JSON.parse(body));
    expect(bodies[0]).toMatchObject({ webhook_url: webhook.url, webhook_secret: webhook.secret });
    expect(bodies[1]).toEqual({ clip_id: 'clip-1' });
    const error = await errorOf(api.submit(create, { signal, webhook }));
    expect(error.text).toBe("The 'webhook_secret' field [secret] is wrong.");
  });

  it('takes a base address with a slash at its end', async () => {
    const server = await serve(accepted);
    await open(`${server.url}/`).submit(create, { signal });
    expect(server.seen[0]?.url).toBe('/api/v1/sonic/create');
  });

  it('never uses a connection twice, while polls share one', async () => {
    const server = await serve(running, running, accepted, accepted, running);
    const api = open(server.url);
    await api.getTask('sonic', 't', { signal });
    await api.getTask('sonic', 't', { signal });
    await api.submit(create, { signal });
    await api.submit(create, { signal });
    await api.getTask('sonic', 't', { signal });
    const [poll1, poll2, post1, post2, poll3] = server.seen.map(({ port }) => port);
    expect([poll1, poll2]).toContain(poll3);
    expect(new Set([poll1, poll2, post1]).has(post2)).toBe(false);
    expect([poll1, poll2]).not.toContain(post1);
  });

  it.each([400, 401, 402, 403, 404, 410, 413, 422])('is refused by %i and not sent again', async (status) => {
    const server = await serve(answer(status, { error: 'no' }));
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect(submissionOutcome(error)).toBe('refused');
    expect(error).toMatchObject({
      status,
      text: 'no',
      method: 'POST',
      path: '/sonic/create',
      delivered: 'yes',
    });
    expect(server.seen).toHaveLength(1);
  });

  it('leaves a 429 to the caller, with the wait that was asked for', async () => {
    const server = await serve(answer(429, { error: 'slow down' }, { 'retry-after': '7' }));
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect(submissionOutcome(error)).toBe('rate-limited');
    expect(error.retryAfterMs).toBe(7_000);
    expect(server.seen).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])('is unknown after %i and not sent again', async (status) => {
    const server = await serve(answer(status, '<html>oops</html>'));
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect(error).toMatchObject({ kind: 'unavailable', text: `HTTP ${status} without a reason` });
    expect(submissionOutcome(error)).toBe('unknown');
    expect(server.seen).toHaveLength(1);
  });

  it.each(['<html>', '{"message":"success"}', '{"task_id":null}', '[]', ''])(
    'is unknown after a success that cannot be read: %s',
    async (body) => {
      const server = await serve(answer(200, body));
      const error = await errorOf(open(server.url).submit(create, { signal }));
      expect([error.kind, submissionOutcome(error)]).toEqual(['malformed', 'unknown']);
      expect(server.seen).toHaveLength(1);
    },
  );

  it('is unknown when the connection ends after sending, and is sent exactly once', async () => {
    const server = await serveTcp((socket) => socket.once('data', () => socket.destroy()));
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect([error.kind, error.delivered, submissionOutcome(error)]).toEqual([
      'answer-lost',
      'maybe',
      'unknown',
    ]);
    expect(server.connections()).toBe(1);
  });

  it('is unknown when the connection is reset after sending', async () => {
    const server = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect([error.kind, submissionOutcome(error)]).toEqual(['answer-lost', 'unknown']);
    expect(server.connections()).toBe(1);
  });

  it('is unknown when the answer breaks off in the middle', async () => {
    const server = await serveTcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"task_id":')),
    );
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect([error.kind, submissionOutcome(error)]).toEqual(['answer-lost', 'unknown']);
    expect(server.connections()).toBe(1);
  });

  it('is refused when only the words of a refusal break off', async () => {
    const server = await serveTcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 100\r\n\r\n{"err')),
    );
    const error = await errorOf(open(server.url).submit(create, { signal }));
    expect([error.kind, error.status, submissionOutcome(error)]).toEqual(['invalid-request', 400, 'refused']);
  });

  it('is unknown when the answer does not come in time', async () => {
    const server = await serve(() => {});
    const error = await errorOf(
      open(server.url, { timeouts: { headersMs: 100 } }).submit(create, { signal }),
    );
    expect([error.kind, submissionOutcome(error)]).toEqual(['answer-lost', 'unknown']);
    expect(error.text).toContain('UND_ERR_HEADERS_TIMEOUT');
    expect(server.seen).toHaveLength(1);
  });

  it('is tried again, then not sent, when nothing listens', async () => {
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const retry = { tries: 3, baseMs: 500, capMs: 8_000 };
    const error = await errorOf(open(await findDeadUrl(), { sleep, retry }).submit(create, { signal }));
    expect([error.kind, error.delivered, submissionOutcome(error)]).toEqual([
      'unavailable',
      'no',
      'not-sent',
    ]);
    expect(error.text).toContain('ECONNREFUSED');
    expect(waits).toEqual([500, 1_000]);
  });

  it('is not sent when the name of the host has no address', async () => {
    const error = await errorOf(
      open('http://nowhere.invalid/api/v1', { retry: { tries: 1 } }).submit(create, { signal }),
    );
    expect([error.kind, submissionOutcome(error)]).toEqual(['unavailable', 'not-sent']);
  });

  it('is not sent when the TLS handshake breaks off, although that looks like a reset', async () => {
    const server = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const url = server.url.replace('http:', 'https:');
    const error = await errorOf(open(url, { retry: { tries: 1 } }).submit(create, { signal }));
    expect([error.kind, submissionOutcome(error)]).toEqual(['unavailable', 'not-sent']);
  });

  it('is not sent when no connection comes about in time', async () => {
    // Accepts the connection but never shakes hands.
    const server = await serveTcp(() => {});
    const url = server.url.replace('http:', 'https:');
    const options = { timeouts: { connectMs: 100 }, retry: { tries: 1 } };
    const error = await errorOf(open(url, options).submit(create, { signal }));
    expect(error.text).toContain('UND_ERR_CONNECT_TIMEOUT');
    expect([error.kind, submissionOutcome(error)]).toEqual(['unavailable', 'not-sent']);
  });
});
