import { describe, expect, test } from 'vitest';
import type { Tracker } from '../../src/tracker/tracker.ts';
import { createWebhooks } from '../../src/tracker/webhooks.ts';
import { signCall, startServer } from '../http/support.ts';
import { T0 } from '../support/tasks.ts';
import { createHarness } from './harness.ts';
import { providerClip } from './support.ts';

const WEBHOOKS = createWebhooks('https://music.example.org', 'root-secret');

/** A song that is being made, its genuine call, and receivers that know nothing of each other's calls. */
async function createReceivers() {
  const harness = await createHarness({ submitIntervalMs: 0 }, undefined, { webhooks: WEBHOOKS });
  const { store, tracker, ask, api, reaches, restart } = harness;
  await tracker.start();
  const task = await ask();
  (await api.submitted(0)).accept('p0');
  await reaches(task.id, 'running');

  const body = JSON.stringify({ code: 200, data: [], task_id: 'p0' });
  const headers = signCall({ secret: WEBHOOKS.of(task.id).secret, body, at: T0 });
  async function startReceiver(of: Tracker) {
    const { url } = await startServer({
      webhooks: { webhooks: WEBHOOKS, tracker: of, now: () => T0, observe: () => {} },
    });
    return async (signature = headers['x-webhook-signature'] ?? '') => {
      const answer = await fetch(`${url}/webhooks/musicapi/${task.id}`, {
        method: 'POST',
        headers: { ...headers, 'x-webhook-signature': signature },
        body,
      });
      return answer.status;
    };
  }
  /** Everything that is recorded of the task, of what was paid and of what is delivered. */
  const rows = async () => ({
    tasks: await store.db.selectFrom('tasks').selectAll().execute(),
    ledger: await store.db.selectFrom('ledger').selectAll().execute(),
    clips: await store.db.selectFrom('clips').selectAll().execute(),
    deliveries: await store.db.selectFrom('deliveries').selectAll().execute(),
  });
  const call = await startReceiver(tracker);
  const replay = await startReceiver(restart());
  return { ...harness, task, headers, call, replay, rows };
}

describe('a genuine call that is repeated at another process', () => {
  test('while the song is being made brings a look, and changes neither what was paid nor what is delivered', async () => {
    const { call, replay, rows, api, reaches, task, settled } = await createReceivers();
    expect(await call()).toBe(200);
    (await api.poll(0)).answer({ state: 'not-ready' });
    await settled();
    const before = await rows();
    expect(await replay()).toBe(200);
    (await api.poll(1)).answer({ state: 'not-ready' });
    await settled();
    await reaches(task.id, 'running');
    const { tasks: _, ...after } = await rows();
    expect({ tasks: before.tasks, ...after }).toEqual(before);
  });

  test('changes nothing at all when the song is there', async () => {
    const { call, replay, rows, api, reaches, task, settled } = await createReceivers();
    expect(await call()).toBe(200);
    (await api.poll(0)).answer({ state: 'succeeded', clips: [providerClip('a'), providerClip('b')] });
    await reaches(task.id, 'succeeded');
    await settled();
    const before = await rows();
    expect(before.deliveries).toHaveLength(2);
    expect(await replay()).toBe(200);
    await settled();
    expect(await rows()).toEqual(before);
    expect(api.polls).toHaveLength(1);
  });
});

describe('a call whose signature is wrong in its last digit only', () => {
  test('is refused, and brings no look', async () => {
    const { headers, call, replay, rows, api, settled } = await createReceivers();
    const before = await rows();
    const signature = headers['x-webhook-signature'] ?? '';
    const forged = `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`;
    expect([await call(forged), await replay(forged)]).toEqual([401, 401]);
    await settled();
    expect(await rows()).toEqual(before);
    expect(api.polls).toEqual([]);
  });
});
