import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalMusicApi, startLocalMusicApi } from '../../../sandbox/musicapi/server.ts';
import { call, poll, SONG, submit } from './client.ts';

let api: LocalMusicApi;

beforeEach(async () => {
  api = await startLocalMusicApi({ createIntervalMs: 0 });
});

afterEach(() => api.close());

const create = () => call(api, 'POST', '/sonic/create', SONG);

describe('faults of requests', () => {
  it('answers in place of the real work, as often as it was told to', async () => {
    api.fault({
      method: 'POST',
      path: '/sonic/create$',
      times: 2,
      answer: { status: 429, body: { error: 'busy' }, headers: { 'retry-after': '7' } },
    });
    for (let i = 0; i < 2; i++) {
      const answer = await create();
      expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
        429,
        '7',
        { error: 'busy' },
      ]);
    }
    expect(api.tasks).toHaveLength(0);
    expect((await create()).status).toBe(200);
  });

  it('leaves other methods and paths alone', async () => {
    const fault = api.fault({ method: 'get', path: /task/, answer: { status: 503 } });
    expect((await create()).status).toBe(200);
    expect((await call(api, 'GET', '/get-credits')).status).toBe(200);
    expect((await poll(api, 'any')).status).toBe(503);
    expect(fault.used).toBe(1);
  });

  it('cuts the connection before anything is done', async () => {
    api.fault({ path: 'create', answer: 'reset' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(api.tasks).toHaveLength(0);
    expect(api.credits().credits).toBe(1000);
    expect(api.requests[0]).toMatchObject({ method: 'POST', body: SONG, status: undefined });
  });

  it('loses the answer after everything is done', async () => {
    api.fault({ path: 'create', answer: 'lose-answer' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(api.tasks).toHaveLength(1);
    expect(api.credits().credits).toBe(980);
  });

  it('does the work and answers something else', async () => {
    api.fault({
      path: 'create',
      answer: { status: 200, body: '{"code":', contentType: 'application/json', afterwards: true },
    });
    const response = await fetch(`${api.url}/sonic/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(SONG),
    });
    expect([response.status, await response.text()]).toEqual([200, '{"code":']);
    expect(api.tasks).toHaveLength(1);
  });

  it('answers with a proxy page or with nothing', async () => {
    const headers = { authorization: `Bearer ${api.key}` };
    api.fault({ answer: 'html' });
    const page = await fetch(`${api.url}/get-credits`, { headers });
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
    api.fault({ answer: 'empty' });
    const empty = await fetch(`${api.url}/get-credits`, { headers });
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });

  it('waits before it goes on', async () => {
    api.fault({ path: 'credits', delayMs: 60 });
    const before = performance.now();
    expect((await call(api, 'GET', '/get-credits')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(55);
  });

  it('hits media as well', async () => {
    const clipId = api.addForeignClip({ durationS: 1 });
    api.fault({ path: '^/media/', answer: { status: 503 } });
    expect((await fetch(`http://${api.host}/media/${clipId}.mp3`)).status).toBe(503);
  });

  it('hits paths that do not exist here', async () => {
    api.fault({ path: '/sonic/flac$', answer: { status: 200, body: { data: { flac_url: 'x' } } } });
    expect((await call(api, 'POST', '/sonic/flac', {})).body).toEqual({ data: { flac_url: 'x' } });
    expect((await call(api, 'POST', '/sonic/flac', {})).status).toBe(404);
  });

  it('is switched off by clearing', async () => {
    api.fault({ times: 'all', answer: 'empty' });
    api.nextTask('fail');
    api.clearFaults();
    await submit(api, SONG);
    expect(api.tasks[0]?.behaviours).toEqual([]);
  });
});

describe('faults over HTTP', () => {
  it('switches faults on, lists them and switches them off', async () => {
    const fault = { method: 'GET', path: 'get-credits', times: 'all', answer: { status: 500 } };
    const { id } = (await call(api, 'POST', '/_faults', fault, null)).body;
    expect((await call(api, 'GET', '/get-credits')).status).toBe(500);
    expect((await call(api, 'GET', '/_faults', undefined, null)).body.faults).toMatchObject([
      { id, method: 'GET', path: 'get-credits', remaining: 'all', used: 1 },
    ]);
    await call(api, 'DELETE', `/_faults/${id}`, undefined, null);
    expect((await call(api, 'GET', '/get-credits')).status).toBe(200);
  });

  it('tells the next task, or a running one, how to behave and moves the clock', async () => {
    await call(api, 'POST', '/_faults', { task: 'next', behaviours: ['stuck-not-ready'] }, null);
    const taskId = await submit(api, SONG);
    await call(api, 'POST', '/_advance', { ms: 60_000 }, null);
    expect((await poll(api, taskId)).status).toBe(202);
    await call(api, 'POST', '/_faults', { task: taskId, behaviours: ['fail'] }, null);
    expect((await poll(api, taskId)).status).toBe(500);
    await call(api, 'POST', '/_faults', { task: 'next', behaviours: [{ kind: 'slow', factor: 3 }] }, null);
    expect((await call(api, 'GET', '/_faults', undefined, null)).body.next).toHaveLength(1);
    await call(api, 'DELETE', '/_faults', undefined, null);
    expect((await call(api, 'GET', '/_faults', undefined, null)).body.next).toHaveLength(0);
  });

  it.each([
    { path: '(' },
    { answer: 'explode' },
    { task: 'next', behaviours: ['dance'] },
    { task: 'nope', behaviours: [] },
    { times: 0 },
  ])('refuses %o', async (body) => {
    expect((await call(api, 'POST', '/_faults', body, null)).status).toBe(400);
  });

  it('refuses to turn the clock back', async () => {
    expect((await call(api, 'POST', '/_advance', { ms: -1 }, null)).status).toBe(400);
  });
});

describe('what is recorded', () => {
  it('keeps every request with its body, key and status, and leaves the control paths out', async () => {
    await create();
    await call(api, 'GET', '/_faults', undefined, null);
    await call(api, 'GET', '/nothing', undefined, 'wrong');
    expect(api.requests).toMatchObject([
      { method: 'POST', path: '/api/v1/sonic/create', key: api.key, body: SONG, status: 200 },
      { method: 'GET', path: '/api/v1/nothing', key: 'wrong', status: 404 },
    ]);
  });

  it('forgets the oldest requests beyond its limit', async () => {
    const small = await startLocalMusicApi({ rememberedRequests: 4 });
    for (let i = 0; i < 12; i++) await poll(small, String(i));
    expect(small.requests.length).toBeLessThanOrEqual(5);
    expect(small.requests.at(-1)?.path).toBe('/api/v1/sonic/task/11');
    await small.close();
  });
});

describe('closing', () => {
  it('ends hanging requests, delays and idle connections at once', async () => {
    const one = await startLocalMusicApi();
    one.fault({ path: 'credits', answer: 'hang' });
    one.fault({ path: 'task', delayMs: 60_000 });
    const hanging = expect(call(one, 'GET', '/get-credits')).rejects.toThrow();
    const delayed = expect(poll(one, 'x')).rejects.toThrow();
    const idle = connect(Number(one.host.split(':')[1]), '127.0.0.1');
    const idleEnded = new Promise((resolve) => idle.on('close', resolve));
    idle.on('error', () => undefined);
    await expect.poll(() => one.requests.filter((request) => request.fault !== undefined).length).toBe(2);
    // Whatever waited for its own end would outlast the test: the delay is a minute, the rest has none.
    await one.close();
    await Promise.all([hanging, delayed, idleEnded]);
  });
});
