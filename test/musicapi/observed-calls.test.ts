import { describe, expect, it } from 'vitest';
import type { BotEvent, EventOf } from '../../src/telemetry/events.ts';
import { accepted, create, errorOf, open, running, serve, serveTcp, signal } from './client-support.ts';
import { answer, findDeadUrl } from './loopback.ts';

/** A client, and what it tells of its calls. */
function openObserved(url: string, changes: Parameters<typeof open>[1] = {}) {
  const calls: BotEvent[] = [];
  return { api: open(url, { observe: (event) => calls.push(event), ...changes }), calls };
}

const call = (facts: Partial<EventOf<'provider-call'>>) => ({
  kind: 'provider-call',
  attempt: 1,
  ms: expect.any(Number),
  ...facts,
});

describe('a call to MusicAPI', () => {
  it('is told of by its route, without ids, and with what MusicAPI calls it', async () => {
    const server = await serve(answer(200, { task_id: 'task-1' }, { 'x-request-id': 'req-1' }), running);
    const { api, calls } = openObserved(server.url);
    await api.submit(create, { signal });
    await api.getTask('sonic', 'f0f1f2f3', { signal });
    expect(calls).toEqual([
      call({ method: 'POST', route: '/sonic/create', outcome: 'ok', status: 200, requestId: 'req-1' }),
      call({ method: 'GET', route: '/sonic/task/:id', outcome: 'ok', status: 200 }),
    ]);
  });

  it('that is made again is another one', async () => {
    const server = await serve(answer(502, 'down'), answer(429, { error: 'slow' }), running);
    const { api, calls } = openObserved(server.url);
    await api.getTask('sonic', 't', { signal });
    const facts = { method: 'GET', route: '/sonic/task/:id' };
    expect(calls).toEqual([
      call({ ...facts, outcome: 'server_error', status: 502 }),
      call({ ...facts, outcome: 'rate_limited', status: 429, attempt: 2 }),
      call({ ...facts, outcome: 'ok', status: 200, attempt: 3 }),
    ]);
  });

  it.each([
    [401, { error: 'Invalid API key' }, 'not_authorised'],
    [403, { error: 'Insufficient credits' }, 'no_credits'],
    [403, { error: 'Moderation failure' }, 'moderation'],
    [400, { error: 'tags are too long' }, 'invalid_request'],
    [400, { error: 'clip not found' }, 'not_found'],
    [410, {}, 'gone'],
    [200, 'no JSON', 'malformed'],
  ])('that ends in %d %o counts as %s', async (status, body, outcome) => {
    const { api, calls } = openObserved((await serve(answer(status, body))).url);
    await errorOf(api.submit(create, { signal }));
    expect(calls).toEqual([
      call({ method: 'POST', route: '/sonic/create', outcome: outcome as never, status }),
    ]);
  });

  it('without an answer says whether it can have arrived', async () => {
    const cut = await serveTcp((socket) => socket.once('data', () => socket.destroy()));
    const lost = openObserved(cut.url);
    await errorOf(lost.api.submit(create, { signal }));
    const nowhere = openObserved(await findDeadUrl(), { retry: { tries: 1 } });
    await errorOf(nowhere.api.submit(create, { signal }));
    const outcomes = [...lost.calls, ...nowhere.calls].map((event) => 'outcome' in event && event.outcome);
    expect(outcomes).toEqual(['answer_lost', 'no_connection']);
  });

  it('that is broken off is told of as well', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort(new Error('enough')), accepted);
    const { api, calls } = openObserved(server.url);
    await expect(api.submit(create, { signal: controller.signal })).rejects.toThrow('enough');
    expect(calls).toEqual([call({ method: 'POST', route: '/sonic/create', outcome: 'aborted' })]);
  });
});
