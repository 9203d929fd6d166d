import { describe, expect, it } from 'vitest';
import { errorOf, open, running, serve, signal } from './client-support.ts';
import { answer, type Step } from './loopback.ts';

describe('getTask', () => {
  it('looks at the task of its id', async () => {
    const server = await serve(running);
    const task = await open(server.url).getTask('sonic', 'abc-1', { signal });
    expect(task).toMatchObject({ state: 'running', clips: [{ clipId: 'clip-c', state: 'running' }] });
    expect(server.seen[0]?.url).toBe('/api/v1/sonic/task/abc-1');
  });

  it('takes 202, 500 with type failed, and 504 as they are, without asking again', async () => {
    const server = await serve(
      answer(202, { type: 'not_ready' }),
      answer(500, { type: 'failed', error: 'upstream' }),
      answer(504, { error: 'Task failed due to timeout.' }),
    );
    const api = open(server.url);
    expect(await api.getTask('sonic', 't', { signal })).toEqual({ state: 'not-ready' });
    const failure = { kind: 'task-failed', text: 'upstream' };
    expect(await api.getTask('sonic', 't', { signal })).toEqual({ state: 'failed', failure });
    expect(await api.getTask('sonic', 't', { signal })).toMatchObject({ failure: { kind: 'task-timeout' } });
    expect(server.seen).toHaveLength(3);
  });

  it('asks again after 5xx and lost connections, with growing waits', async () => {
    const drop: Step = (response) => response.destroy();
    const server = await serve(answer(502, 'bad gateway'), drop, running);
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const api = open(server.url, { sleep, retry: {} });
    expect(await api.getTask('sonic', 't', { signal })).toMatchObject({ state: 'running' });
    expect(waits).toEqual([500, 1_000]);
  });

  it('gives up after a few tries', async () => {
    const server = await serve(answer(503, { error: 'busy' }));
    const error = await errorOf(open(server.url).getTask('sonic', 't', { signal }));
    expect(error).toMatchObject({ kind: 'unavailable', status: 503, text: 'busy' });
    expect(server.seen).toHaveLength(3);
  });

  it('waits as long as a 429 asks for', async () => {
    const server = await serve(answer(429, {}, { 'retry-after': '2' }), running);
    const waits: number[] = [];
    await open(server.url, { sleep: async (ms) => void waits.push(ms) }).getTask('sonic', 't', { signal });
    expect(waits).toEqual([2_000]);
  });

  it('does not wait when a 429 asks for more than the cap, but tells the caller', async () => {
    const server = await serve(answer(429, {}, { 'retry-after': '3600' }));
    const error = await errorOf(open(server.url).getTask('sonic', 't', { signal }));
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 600_000 });
    expect(server.seen).toHaveLength(1);
  });

  it('does not ask again what will not change', async () => {
    const server = await serve(answer(400, { error: 'task not found.' }));
    const error = await errorOf(open(server.url).getTask('sonic', 't', { signal }));
    expect(error).toMatchObject({ kind: 'not-found', delivered: 'yes' });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['a/b', 'a%2Fb'],
    ['../../get-credits', '..%2F..%2Fget-credits'],
    ['%2e%2e', '%252e%252e'],
    ['a?b#c', 'a%3Fb%23c'],
    ['a b\r\nx: y', 'a%20b%0D%0Ax%3A%20y'],
    ['...', '...'],
  ])('keeps the id %j one segment of the path', async (id, segment) => {
    const server = await serve(running);
    await open(server.url).getTask('sonic', id, { signal });
    expect(server.seen[0]?.url).toBe(`/api/v1/sonic/task/${segment}`);
  });

  it.each(['', '.', '..'])('knows without asking that no task has the id %j', async (id) => {
    const server = await serve(running);
    expect((await errorOf(open(server.url).getTask('sonic', id, { signal }))).kind).toBe('not-found');
    expect(server.seen).toEqual([]);
  });

  it('does not read an answer without end', async () => {
    const flood: Step = (response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(256 * 1024, ' ');
      const pump = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pump);
      pump();
    };
    const server = await serve(flood);
    const error = await errorOf(open(server.url).getTask('sonic', 't', { signal }));
    expect(error).toMatchObject({ kind: 'malformed', status: 200 });
    expect(server.seen).toHaveLength(1);
  });

  it('does not wait for ever for a body that drips', async () => {
    const drip: Step = (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    };
    const server = await serve(drip);
    const options = { timeouts: { bodyMs: 150 }, retry: { tries: 1 } };
    const error = await errorOf(open(server.url, options).getTask('sonic', 't', { signal }));
    expect(error).toMatchObject({ kind: 'answer-lost', delivered: 'maybe' });
  });
});

describe('getCredits', () => {
  it('reads numbers and decimal strings, and no extra credits as none', async () => {
    const server = await serve(answer(200, { credits: '50' }), answer(200, { credits: 7, extra_credits: 3 }));
    const api = open(server.url);
    expect(await api.getCredits({ signal })).toEqual({ plan: 50, extra: 0 });
    expect(await api.getCredits({ signal })).toEqual({ plan: 7, extra: 3 });
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/api/v1/get-credits', body: '' });
  });

  it('says that an answer without a balance is malformed', async () => {
    const server = await serve(answer(200, { credits: null }));
    expect((await errorOf(open(server.url).getCredits({ signal }))).kind).toBe('malformed');
  });
});
