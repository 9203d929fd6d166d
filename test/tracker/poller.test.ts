import { describe, expect, test } from 'vitest';
import { AFTERLIFE_MS, type Task } from '../../src/domain/task.ts';
import type { ProviderTask } from '../../src/musicapi/types.ts';
import { findCard } from '../../src/store/cards.ts';
import { listClipsOfTask } from '../../src/store/clips.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { findTask } from '../../src/store/tasks.ts';
import { T0 } from '../support/tasks.ts';
import { createHarness, type Harness } from './harness.ts';
import { apiError, providerClip, STEMS } from './support.ts';

const NOT_READY: ProviderTask = { state: 'not-ready' };
const DONE: ProviderTask = { state: 'succeeded', clips: [providerClip('a'), providerClip('b')] };
const FAILED: ProviderTask = { state: 'failed', failure: { kind: 'task-failed', text: 'It broke.' } };

/** A harness with a running task, accepted now. */
async function following(settings: Parameters<typeof createHarness>[0] = {}, request = {}) {
  const harness = await createHarness(settings);
  await harness.tracker.start();
  const task = await start(harness, 'p1', request);
  return { ...harness, task };
}

async function start(harness: Harness, providerTaskId: string, request = {}): Promise<Task> {
  const task = await harness.ask(request);
  (await harness.api.submitted(harness.api.submits.length)).accept(providerTaskId);
  return await harness.reaches(task.id, 'running');
}

/** Waits until the poll's find is written. */
async function written(harness: Harness, taskId: string, polls: number): Promise<void> {
  await expect
    .poll(async () => {
      const task = await findTask(harness.store.db, taskId);
      return task && 'polls' in task ? task.polls : undefined;
    })
    .toBe(polls);
}

describe('Poller', () => {
  test('looks first one interval after acceptance, and ends the task with clips and deliveries', async () => {
    const { api, advance, reaches, store, task, settled, changes, lines } = await following();
    advance(14_999);
    await settled();
    expect(api.polls).toHaveLength(0);
    advance(1);
    const poll = await api.poll(0);
    expect(poll).toMatchObject({ engine: 'sonic', providerTaskId: 'p1' });
    poll.answer(DONE);
    expect(await reaches(task.id, 'succeeded')).toMatchObject({ providerTaskId: 'p1', endedAt: T0 + 15_000 });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
    expect((await listClipsOfTask(store.db, task.id)).map(({ clipId }) => clipId)).toEqual(['a', 'b']);
    const deliveries = await listDeliveriesOfTask(store.db, task.id);
    expect(deliveries.map(({ clipIds, mention, state }) => [clipIds, mention, state])).toEqual([
      [['a'], true, 'pending'],
      [['b'], false, 'pending'],
    ]);
    await expect.poll(() => changes.at(-1)).toMatchObject({ id: task.id, state: 'succeeded' });
    expect(lines).toContainEqual(
      expect.objectContaining({
        taskId: task.id,
        operation: 'create',
        from: 'running',
        to: 'succeeded',
        providerTaskId: 'p1',
        durationMs: 15_000,
      }),
    );
  });

  test('delivers all stems together', async () => {
    const { api, advance, reaches, store, task } = await following({}, { request: STEMS });
    advance(15_000);
    const clips = ['Vocals', 'Drums', 'Bass'].map((part) => providerClip(part.toLowerCase(), { part }));
    (await api.poll(0)).answer({ state: 'succeeded', clips });
    await reaches(task.id, 'succeeded');
    expect(await listDeliveriesOfTask(store.db, task.id)).toEqual([
      expect.objectContaining({ kind: 'stems', clipIds: ['vocals', 'drums', 'bass'] }),
    ]);
  });

  test('goes on looking while it is not ready', async () => {
    const harness = await following();
    const { api, advance, reaches, task } = harness;
    for (const index of [0, 1, 2]) {
      advance(15_000);
      (await api.poll(index)).answer(NOT_READY);
      await written(harness, task.id, index + 1);
    }
    advance(15_000);
    (await api.poll(3)).answer(DONE);
    await reaches(task.id, 'succeeded');
  });

  test('a failure at MusicAPI gives the price back', async () => {
    const { api, advance, reaches, store, task } = await following();
    advance(15_000);
    (await api.poll(0)).answer(FAILED);
    expect(await reaches(task.id, 'failed')).toMatchObject({ failure: { text: 'It broke.' } });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
  });

  test('one poll that hangs holds up no other', async () => {
    const harness = await following();
    const { api, advance, reaches } = harness;
    advance(3_000);
    const other = await start(harness, 'p2');
    advance(30_000);
    const hanging = await api.poll(0);
    const second = await api.poll(1);
    expect(hanging.providerTaskId).toBe('p1');
    second.answer(DONE);
    await reaches(other.id, 'succeeded');
    expect(hanging.signal.aborted).toBe(false);
  });

  test('a poll that takes too long is given up, and the task is looked at again', async () => {
    const harness = await following({ pollTimeoutMs: 20 });
    const { api, advance, reaches, task } = harness;
    advance(15_000);
    const hanging = await api.poll(0);
    await written(harness, task.id, 1);
    expect(hanging.signal.aborted).toBe(true);
    advance(15_000);
    (await api.poll(1)).answer(DONE);
    await reaches(task.id, 'succeeded');
  });

  test('a task is never polled twice at the same time', async () => {
    const { api, advance, settled } = await following();
    advance(15_000);
    await api.poll(0);
    for (let index = 0; index < 5; index += 1) {
      advance(15_000);
      await settled();
    }
    expect(api.polls).toHaveLength(1);
  });

  test('polls no more at a time than is allowed, and loses none of the others', async () => {
    const harness = await createHarness({ pollConcurrency: 2, submitIntervalMs: 0 });
    const { tracker, api, advance, reaches } = harness;
    await tracker.start();
    const tasks = [];
    for (let index = 0; index < 9; index += 1) tasks.push(await start(harness, `p${index}`));
    advance(15_000);
    for (let index = 0; index < 9; index += 1) {
      const poll = await api.poll(index);
      expect(api.polls.length - index).toBeLessThanOrEqual(2);
      poll.answer({ state: 'succeeded', clips: [providerClip(`clip-${poll.providerTaskId}`)] });
    }
    for (const task of tasks) await reaches(task.id, 'succeeded');
  });

  test('errors of polls end nothing, are slowed down, and are logged once', async () => {
    const harness = await following();
    const { api, advance, reaches, task, lines, settled } = harness;
    for (const index of [0, 1, 2]) {
      advance(60_000);
      (await api.poll(index)).reject(apiError({ kind: 'unavailable', status: 503 }));
      await written(harness, task.id, index + 1);
    }
    expect(lines.filter((line) => line.cause === 'operator unavailable 503')).toHaveLength(1);
    advance(59_000);
    await settled();
    expect(api.polls).toHaveLength(3);
    advance(1_000);
    (await api.poll(3)).answer(DONE);
    await reaches(task.id, 'succeeded');
  });

  test('an unknown state at MusicAPI means still running, and is logged once', async () => {
    const harness = await following();
    const { api, advance, task, lines } = harness;
    for (const index of [0, 1]) {
      advance(15_000);
      (await api.poll(index)).answer({ state: 'running', clips: [], unrecognised: 'dreaming' });
      await written(harness, task.id, index + 1);
    }
    expect(lines.filter((line) => String(line.cause).includes('dreaming'))).toHaveLength(1);
  });

  test('the first address to listen at is told at once, and only the first', async () => {
    const harness = await following();
    const { api, advance, task, store, changes } = harness;
    const listening = (url: string): ProviderTask => ({
      state: 'running',
      clips: [providerClip('a', { state: 'running', audioUrl: url })],
    });
    const version = async () => (await findCard(store.db, task.id))?.version ?? 0;
    const before = await version();
    const told = changes.length;
    advance(15_000);
    (await api.poll(0)).answer(listening('https://audiopipe.suno.ai/?item_id=a'));
    await written(harness, task.id, 1);
    await expect.poll(() => changes.length).toBe(told + 1);
    advance(15_000);
    (await api.poll(1)).answer(listening('https://audiopipe.suno.ai/?item_id=a&again'));
    await written(harness, task.id, 2);
    expect(await findTask(store.db, task.id)).toMatchObject({
      listenUrl: 'https://audiopipe.suno.ai/?item_id=a',
    });
    expect(await version()).toBe(before + 1);
    expect(changes).toHaveLength(told + 1);
  });

  test('never gives up a paid task: the late result of an expired one is still delivered', async () => {
    const harness = await following();
    const { api, advance, reaches, store, task } = harness;
    advance(3_600_000);
    (await api.poll(0)).answer(NOT_READY);
    await reaches(task.id, 'expired');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
    advance(3_600_000);
    (await api.poll(1)).answer(NOT_READY);
    await written(harness, task.id, 1);
    advance(3_600_000);
    (await api.poll(2)).answer(DONE);
    await reaches(task.id, 'succeeded');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
    expect(await listDeliveriesOfTask(store.db, task.id)).toHaveLength(2);
  });

  test('an expired task that fails later gives its price back', async () => {
    const { api, advance, reaches, store, task } = await following();
    advance(3_600_000);
    (await api.poll(0)).answer(NOT_READY);
    await reaches(task.id, 'expired');
    advance(60_000);
    (await api.poll(1)).answer(FAILED);
    await reaches(task.id, 'failed');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
  });

  test('an expired task is left alone after a day', async () => {
    const harness = await following();
    const { api, advance, reaches, task, store, settled } = harness;
    advance(3_600_000);
    (await api.poll(0)).answer(NOT_READY);
    await reaches(task.id, 'expired');
    advance(AFTERLIFE_MS);
    (await api.poll(1)).answer(NOT_READY);
    await written(harness, task.id, 1);
    expect(await findTask(store.db, task.id)).toMatchObject({ nextPollAt: undefined });
    advance(AFTERLIFE_MS);
    await settled();
    expect(api.polls).toHaveLength(2);
  });

  test('what a person abandoned while it was looked at goes silently into the library', async () => {
    const { api, advance, reaches, store, task, tracker } = await following();
    advance(15_000);
    const poll = await api.poll(0);
    expect(await tracker.abandon(task.id, '500')).toMatchObject({ state: 'abandoned', abandonedBy: '500' });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
    poll.answer(DONE);
    await reaches(task.id, 'succeeded');
    expect(await listClipsOfTask(store.db, task.id)).toHaveLength(2);
    expect(await listDeliveriesOfTask(store.db, task.id)).toEqual([]);
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
  });

  test('a task that was abandoned while a poll found it unfinished is followed on', async () => {
    const { api, advance, reaches, task, tracker, store } = await following();
    advance(15_000);
    const poll = await api.poll(0);
    await tracker.abandon(task.id, '500');
    poll.answer(NOT_READY);
    advance(60_000);
    (await api.poll(1)).answer(FAILED);
    await reaches(task.id, 'failed');
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
  });

  test('a row that cannot be read does not hold up the others', async () => {
    const harness = await following();
    const { api, advance, reaches, store, task } = harness;
    await store.db.updateTable('tasks').set({ origin: 'not json' }).where('id', '=', task.id).execute();
    advance(3_000);
    const other = await start(harness, 'p2');
    advance(60_000);
    const poll = await api.poll(0);
    expect(poll.providerTaskId).toBe('p2');
    poll.answer(DONE);
    await reaches(other.id, 'succeeded');
  });
});
