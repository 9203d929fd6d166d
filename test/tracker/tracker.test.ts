import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { listClipsOfTask } from '../../src/store/clips.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { findTask } from '../../src/store/tasks.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { createHarness } from './harness.ts';
import { providerClip } from './support.ts';

describe('Tracker.cancel', () => {
  test('takes a queued task back and gives its price back', async () => {
    const { tracker, ask, store, api, changes, settled } = await createHarness();
    const task = await ask();
    expect(await tracker.cancel(task.id, '501')).toMatchObject({ state: 'cancelled', cancelledBy: '501' });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
    expect(changes.map(({ state }) => state)).toEqual(['cancelled']);
    await tracker.start();
    await settled();
    expect(api.submits).toHaveLength(0);
  });

  test('leaves a task alone that is being sent or running, and says what it is', async () => {
    const { tracker, ask, api, reaches } = await createHarness();
    await tracker.start();
    const task = await ask();
    const post = await api.submitted(0);
    expect(await tracker.cancel(task.id, '500')).toMatchObject({ state: 'submitting' });
    post.accept('p1');
    await reaches(task.id, 'running');
    expect(await tracker.cancel(task.id, '500')).toMatchObject({ state: 'running' });
  });

  test('pressed at the same moment as the sending begins, exactly one of the two happens', async () => {
    const { tracker, ask, api, store } = await createHarness({ submitIntervalMs: 0 });
    await tracker.start();
    for (let round = 0; round < 20; round += 1) {
      const sentBefore = api.submits.length;
      const task = await ask();
      const after = await tracker.cancel(task.id, '500');
      if (after?.state === 'cancelled') {
        await expect.poll(async () => (await sums(store.db, task.id)).reserved).toBe(0);
        expect(api.submits).toHaveLength(sentBefore);
      } else {
        await api.submitted(sentBefore);
      }
    }
  });

  test('knows nothing of a task that does not exist', async () => {
    const { tracker } = await createHarness();
    expect(await tracker.cancel('nobody', '500')).toBeUndefined();
    expect(await tracker.abandon('nobody', '500')).toBeUndefined();
  });
});

describe('Tracker.abandon', () => {
  test('leaves a queued task alone', async () => {
    const { tracker, ask } = await createHarness();
    const task = await ask();
    expect(await tracker.abandon(task.id, '500')).toMatchObject({ state: 'queued' });
  });
});

describe('Tracker.stop', () => {
  test('is prompt while polls hang, and leaves them to the next start', async () => {
    const { tracker, ask, api, reaches, advance, restart, store } = await createHarness();
    await tracker.start();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    advance(15_000);
    const poll = await api.poll(0);
    // A grace that is longer than a test may take.
    await tracker.stop(3_600_000);
    expect(poll.signal.aborted).toBe(true);
    expect(await findTask(store.db, task.id)).toMatchObject({ state: 'running', polls: 0 });
    const rows = await store.db.selectFrom('tasks').select(['lease_owner', 'lease_until']).execute();
    expect(rows).toEqual([{ lease_owner: null, lease_until: null }]);
    await restart().start();
    (await api.poll(1)).answer({ state: 'succeeded', clips: [providerClip('a')] });
    await reaches(task.id, 'succeeded');
  });

  test('writes what the last polls found', async () => {
    const { tracker, ask, api, reaches, advance, store } = await createHarness();
    await tracker.start();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    advance(15_000);
    (await api.poll(0)).answer({ state: 'not-ready' });
    await tracker.stop();
    expect(await findTask(store.db, task.id)).toMatchObject({ state: 'running', polls: 1 });
  });

  test('lets a POST under way end within the grace period', async () => {
    const { tracker, ask, api, reaches } = await createHarness();
    await tracker.start();
    const task = await ask();
    const post = await api.submitted(0);
    const stopped = tracker.stop(10_000);
    // Long enough for the loops to end: only the POST is waited for now.
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(post.signal.aborted).toBe(false);
    post.accept('p1');
    await stopped;
    await reaches(task.id, 'running');
  });

  test('what is cut off after the grace period is unknown, and is not sent again', async () => {
    const { tracker, ask, api, reaches, restart, store, advance } = await createHarness();
    await tracker.start();
    const task = await ask();
    const post = await api.submitted(0);
    await tracker.stop(10);
    expect(post.signal.aborted).toBe(true);
    expect(await reaches(task.id, 'unknown')).toMatchObject({ failure: { kind: 'interrupted' } });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 20, charged: 0 });
    const next = restart();
    await next.start();
    advance(60_000);
    next.wake();
    const later = await ask();
    next.wake();
    await api.submitted(1);
    expect(await findTask(store.db, task.id)).toMatchObject({ state: 'unknown' });
    expect(await findTask(store.db, later.id)).toMatchObject({ state: 'submitting' });
  });

  test('begins nothing new', async () => {
    const { tracker, ask, api } = await createHarness();
    await tracker.start();
    await tracker.stop();
    await ask();
    tracker.wake();
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(api.submits).toHaveLength(0);
  });
});

describe('Tracker.start', () => {
  test('takes up every task where a process that died had left it, and submits none of them twice', async () => {
    const { tracker, ask, api, reaches, advance, store, lines } = await createHarness({
      submitIntervalMs: 0,
    });
    await tracker.start();
    const running = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(running.id, 'running');
    const sending = await ask();
    await api.submitted(1);
    // The process dies here: what it holds in memory is gone, its rows stay as they are.
    expect(await findTask(store.db, sending.id)).toMatchObject({ state: 'submitting' });
    const heir = createTracker({
      store,
      catalogue: createCatalogue(),
      provider: () => api,
      settings: { pollIntervalMs: 15_000, submitIntervalMs: 0, deadlineMs: 3_600_000 },
      log: createLogger({ level: 'info', destination: { write: (line) => lines.push(JSON.parse(line)) } }),
      owner: 'heir',
    });
    await heir.start();
    try {
      expect(await reaches(sending.id, 'unknown')).toMatchObject({ failure: { kind: 'interrupted' } });
      advance(16_500);
      heir.wake();
      const poll = await api.poll(0);
      expect(poll.providerTaskId).toBe('p1');
      poll.answer({ state: 'succeeded', clips: [providerClip('a')] });
      await reaches(running.id, 'succeeded');
      expect(api.submits).toHaveLength(2);
    } finally {
      await heir.stop(0);
    }
  });

  test('results are written once, also when a second tracker finds them too', async () => {
    const { tracker, ask, api, reaches, advance, store, restart } = await createHarness();
    await tracker.start();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    advance(15_000);
    const first = await api.poll(0);
    const second = restart();
    await second.start();
    second.wake();
    const again = await api.poll(1);
    const found = { state: 'succeeded', clips: [providerClip('a'), providerClip('b')] } as const;
    first.answer(found);
    again.answer(found);
    await reaches(task.id, 'succeeded');
    await tracker.stop();
    await second.stop();
    expect(await listClipsOfTask(store.db, task.id)).toHaveLength(2);
    expect(await listDeliveriesOfTask(store.db, task.id)).toHaveLength(2);
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
  });

  test('a listener that throws does not end the following', async () => {
    const { store, api, ask, reaches } = await createHarness();
    const task = await ask();
    const lines: string[] = [];
    const tracker = createTracker({
      store,
      catalogue: createCatalogue(),
      provider: () => api,
      settings: { pollIntervalMs: 15_000, submitIntervalMs: 0, deadlineMs: 3_600_000 },
      log: createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } }),
      owner: 'test',
      onChange: () => {
        throw new Error('mistake of a listener');
      },
    });
    await tracker.start();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    await tracker.stop();
    expect(lines.join('')).toContain('mistake of a listener');
  });
});
