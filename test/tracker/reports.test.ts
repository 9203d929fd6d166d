import { describe, expect, test } from 'vitest';
import type { ProviderTask } from '../../src/musicapi/types.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { findTask } from '../../src/store/tasks.ts';
import { createWebhooks } from '../../src/tracker/webhooks.ts';
import { T0 } from '../support/tasks.ts';
import { createHarness } from './harness.ts';
import { apiError, providerClip, STEMS } from './support.ts';

const NOT_READY: ProviderTask = { state: 'not-ready' };
const DONE: ProviderTask = { state: 'succeeded', clips: [providerClip('a'), providerClip('b')] };
const WEBHOOKS = createWebhooks('https://music.example.org', 'root-secret');

async function createReported() {
  const harness = await createHarness({ submitIntervalMs: 0 }, undefined, { webhooks: WEBHOOKS });
  await harness.tracker.start();
  return harness;
}

describe('a create with webhooks', () => {
  test('names the address of our task and a secret of its own, which stay the same', async () => {
    const { api, ask } = await createReported();
    const [first, second] = [await ask(), await ask()];
    const posts = [await api.submitted(0), await api.submitted(1)];
    expect(posts.map(({ webhook }) => webhook?.url)).toEqual(
      [first, second].map(({ id }) => `https://music.example.org/webhooks/musicapi/${id}`),
    );
    expect(posts[0]?.webhook?.secret).toBe(WEBHOOKS.of(first.id).secret);
    expect(posts[0]?.webhook?.secret).not.toBe(posts[1]?.webhook?.secret);
    expect(posts[0]?.webhook?.secret.length).toBeGreaterThan(40);
  });

  test('asks for none where the operation takes none', async () => {
    const { api, ask, store } = await createReported();
    const task = await ask({ request: STEMS });
    expect((await api.submitted(0)).webhook).toBeUndefined();
    expect(await findTask(store.db, task.id)).not.toHaveProperty('webhook', true);
  });

  test('is looked at half as often', async () => {
    const { api, ask, reaches } = await createReported();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    expect(await reaches(task.id, 'running')).toMatchObject({ nextPollAt: T0 + 30_000, webhook: true });
  });
});

describe('a report of MusicAPI', () => {
  test('brings the next look forward, and only the look decides', async () => {
    const { api, ask, reaches, tracker, store } = await createReported();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    expect(await tracker.report(task.id, 'p1')).toBe('woken');
    (await api.poll(0)).answer(NOT_READY);
    await expect.poll(async () => await findTask(store.db, task.id)).toMatchObject({ polls: 2 });
    expect(await tracker.report(task.id, 'another name')).toBe('woken');
    const poll = await api.poll(1);
    expect(poll.providerTaskId).toBe('p1');
    poll.answer(DONE);
    await reaches(task.id, 'succeeded');
    expect(await listDeliveriesOfTask(store.db, task.id)).toHaveLength(2);
  });

  test('during a look is not lost: the task is looked at again', async () => {
    const { api, ask, reaches, advance, tracker } = await createReported();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    advance(30_000);
    const early = await api.poll(0);
    await tracker.report(task.id, 'p1');
    early.answer(NOT_READY);
    (await api.poll(1)).answer(DONE);
    await reaches(task.id, 'succeeded');
  });

  test('that comes while a look finds the end changes nothing of it', async () => {
    const { api, ask, reaches, advance, tracker, store } = await createReported();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    advance(30_000);
    const poll = await api.poll(0);
    await tracker.report(task.id, 'p1');
    poll.answer(DONE);
    await reaches(task.id, 'succeeded');
    expect(await tracker.report(task.id, 'p1')).toBe('nothing');
    expect(await listDeliveriesOfTask(store.db, task.id)).toHaveLength(2);
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
  });

  test('that is faster than the answer of the POST begins the following, and the answer then changes nothing', async () => {
    const { api, ask, reaches, tracker, lines, settled } = await createReported();
    const task = await ask();
    const post = await api.submitted(0);
    expect(await tracker.report(task.id, undefined)).toBe('nothing');
    expect(await tracker.report(task.id, 'p1')).toBe('woken');
    expect(await reaches(task.id, 'running')).toMatchObject({ providerTaskId: 'p1', acceptedAt: T0 });
    const poll = await api.poll(0);
    post.accept('p1');
    await settled();
    poll.answer(DONE);
    await reaches(task.id, 'succeeded');
    expect(lines.filter((line) => String(line.msg).includes('after its task had changed'))).toEqual([]);
  });

  test('takes a task of which nothing was known to running, and its result is delivered and charged once', async () => {
    const { api, ask, reaches, tracker, store, advance } = await createReported();
    const task = await ask();
    (await api.submitted(0)).reject(apiError({ kind: 'answer-lost', delivered: 'maybe' }));
    expect(await reaches(task.id, 'unknown')).toMatchObject({ webhook: true });
    advance(90_000);
    expect(await tracker.report(task.id, undefined)).toBe('nothing');
    expect(await tracker.report(task.id, 'p1')).toBe('woken');
    expect(await reaches(task.id, 'running')).toMatchObject({ providerTaskId: 'p1', acceptedAt: T0 });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 20, charged: 0 });
    (await api.poll(0)).answer(DONE);
    await reaches(task.id, 'succeeded');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
  });

  test('is told to the other processes, one of which may be the one that looks', async () => {
    let rings = 0;
    const ring = () => {
      rings += 1;
    };
    const { tracker, api, ask, reaches } = await createHarness({}, (store) => ({ ...store, ring }));
    await tracker.start();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    const before = rings;
    await tracker.report(task.id, 'p1');
    expect(rings).toBe(before + 1);
  });

  test('of an expired task brings its late result sooner', async () => {
    const { api, ask, reaches, tracker, advance } = await createReported();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    advance(3_600_000);
    (await api.poll(0)).answer(NOT_READY);
    await reaches(task.id, 'expired');
    expect(await tracker.report(task.id, 'p1')).toBe('woken');
    (await api.poll(1)).answer(DONE);
    await reaches(task.id, 'succeeded');
  });

  test('of a task that nobody knows, or that waits to be sent, does nothing', async () => {
    const { ask, tracker, store } = await createHarness();
    const task = await ask();
    expect(await tracker.report('nobody', 'p1')).toBe('no-task');
    expect(await tracker.report(task.id, 'p1')).toBe('nothing');
    expect(await findTask(store.db, task.id)).toMatchObject({ state: 'queued' });
  });
});
