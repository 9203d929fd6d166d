import { describe, expect, test } from 'vitest';
import type { BotEvent } from '../../src/telemetry/events.ts';
import type { ReportOutcome } from '../../src/tracker/reports.ts';
import { createWebhooks } from '../../src/tracker/webhooks.ts';
import { type Call, signCall, startServer } from './support.ts';

const NOW = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const webhooks = createWebhooks('https://music.example.org', 'root-secret');
const { secret } = webhooks.of('task-1');
const BODY = JSON.stringify({ code: 200, data: [], task_id: 'provider-1', platform: 'suno' });

/** A receiver, and every report that it believed. */
async function startReceiver(report: (taskId: string) => ReportOutcome = () => 'woken') {
  const reports: unknown[] = [];
  const events: BotEvent[] = [];
  const server = await startServer({
    webhooks: {
      webhooks,
      now: () => NOW,
      observe: (event) => events.push(event),
      tracker: {
        async report(taskId, providerTaskId) {
          reports.push([taskId, providerTaskId]);
          return report(taskId);
        },
      },
    },
  });
  async function post(call: Partial<Call> & { taskId?: string; headers?: Record<string, string> } = {}) {
    const { taskId = 'task-1', headers, ...rest } = call;
    const signed = { secret, body: BODY, at: NOW, ...rest };
    return await fetch(`${server.url}/webhooks/musicapi/${taskId}`, {
      method: 'POST',
      headers: { ...signCall(signed), ...headers },
      body: signed.body,
    });
  }
  return { ...server, reports, events, post };
}

describe('POST /webhooks/musicapi/<task id>', () => {
  test('a signed call reports the task with the name that MusicAPI gives it', async () => {
    const { post, reports } = await startReceiver();
    expect((await post()).status).toBe(200);
    expect(reports).toEqual([['task-1', 'provider-1']]);
  });

  test('is told of, whatever becomes of it', async () => {
    const found: ReportOutcome[] = ['woken', 'nothing', 'no-task'];
    const { post, events } = await startReceiver(() => found.shift() ?? 'woken');
    for (const id of ['a', 'b', 'c']) await post({ id, body: `{"task_id":"${id}"}` });
    await post({ id: 'a', body: '{"task_id":"a"}' });
    await post({ secret: 'guess' });
    expect(events.map((event) => 'outcome' in event && event.outcome)).toEqual([
      'woken',
      'known',
      'no_task',
      'repeated',
      'refused',
    ]);
    expect(events[0]).toEqual({
      kind: 'webhook',
      taskId: 'task-1',
      outcome: 'woken',
      ms: expect.any(Number),
    });
  });

  test('a body without a task id, or that is no JSON, still wakes: it is signed', async () => {
    const { post, reports } = await startReceiver();
    expect((await post({ body: '{"code":200}', id: 'a' })).status).toBe(200);
    expect((await post({ body: 'ö', id: 'b' })).status).toBe(200);
    expect(reports).toEqual([
      ['task-1', undefined],
      ['task-1', undefined],
    ]);
  });

  test.each<[string, Parameters<Awaited<ReturnType<typeof startReceiver>>['post']>[0]]>([
    ['signed with another secret', { secret: 'guess' }],
    ["signed with another task's secret", { secret: webhooks.of('task-2').secret }],
    ['signed for another task', { taskId: 'task-2' }],
    ['six minutes old', { at: NOW - 6 * MINUTE_MS }],
    ['six minutes ahead', { at: NOW + 6 * MINUTE_MS }],
    ['with another time than was signed', { headers: { 'x-webhook-timestamp': String(NOW / 1_000 - 1) } }],
    ['without a signature', { headers: { 'x-webhook-signature': '' } }],
    ['with half a signature', { headers: { 'x-webhook-signature': 'sha256=abcd' } }],
    ['with a time that is none', { headers: { 'x-webhook-timestamp': 'NaN' } }],
  ])('a call %s is refused and reports nothing', async (_, call) => {
    const { post, reports } = await startReceiver();
    const answer = await post(call);
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'Unauthorized' }]);
    expect(reports).toEqual([]);
  });

  test('a changed body is refused', async () => {
    const { url, reports } = await startReceiver();
    const answer = await fetch(`${url}/webhooks/musicapi/task-1`, {
      method: 'POST',
      headers: signCall({ secret, body: BODY, at: NOW }),
      body: BODY.replace('provider-1', 'provider-2'),
    });
    expect(answer.status).toBe(401);
    expect(reports).toEqual([]);
  });

  test('a repeated call is answered, and reports nothing more, also under another id', async () => {
    const { post, reports } = await startReceiver();
    await post();
    expect((await post()).status).toBe(200);
    expect((await post({ at: NOW - MINUTE_MS })).status).toBe(200);
    expect((await post({ headers: { 'x-webhook-id': 'other' } })).status).toBe(200);
    expect(reports).toHaveLength(1);
    expect((await post({ id: 'event-2', at: NOW + MINUTE_MS })).status).toBe(200);
    expect(reports).toHaveLength(2);
  });

  test('a task that nobody knows is 404, for those who can sign only', async () => {
    const { post } = await startReceiver(() => 'no-task');
    expect((await post()).status).toBe(404);
    expect((await post({ secret: 'guess' })).status).toBe(401);
  });

  test('a call that could not be taken in may be made again', async () => {
    let broken = true;
    const { post, reports } = await startReceiver(() => {
      if (broken) throw new Error('the database is away');
      return 'woken';
    });
    expect((await post()).status).toBe(503);
    broken = false;
    expect((await post()).status).toBe(200);
    expect(reports).toHaveLength(2);
  });

  test('a body that is too large is refused unread', async () => {
    const { post, reports } = await startReceiver();
    expect((await post({ body: 'x'.repeat(600_000) })).status).toBe(413);
    expect(reports).toEqual([]);
  });

  test('refusals are logged once, without the secret', async () => {
    const { post, lines } = await startReceiver();
    for (let index = 0; index < 5; index += 1) await post({ secret: 'guess', at: NOW - index });
    await post();
    expect(lines.filter((line) => line.reason === 'wrong signature')).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('is not there when webhooks are off, and takes nothing but POST', async () => {
    const { url } = await startServer();
    const body = BODY;
    const answer = await fetch(`${url}/webhooks/musicapi/task-1`, {
      method: 'POST',
      headers: signCall({ secret, body, at: NOW }),
      body,
    });
    expect(answer.status).toBe(404);
    const receiver = await startReceiver();
    expect((await fetch(`${receiver.url}/webhooks/musicapi/task-1`)).status).toBe(404);
  });
});
