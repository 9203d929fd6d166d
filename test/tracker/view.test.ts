import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { findTask } from '../../src/store/tasks.ts';
import { createHistory } from '../../src/tracker/history.ts';
import { createPlaces } from '../../src/tracker/places.ts';
import { viewTask } from '../../src/tracker/view.ts';
import { CREATE, T0 } from '../support/tasks.ts';
import { createHarness } from './harness.ts';
import { apiError, providerClip } from './support.ts';

const TYPICAL_MS = 120_000;

async function createView(isProviderDown?: () => Promise<boolean>) {
  const harness = await createHarness();
  const deps = {
    history: createHistory(createCatalogue()),
    places: createPlaces(),
    submitIntervalMs: 3_000,
    isProviderDown,
  };
  const view = async (taskId: string) => {
    const task = await findTask(harness.store.db, taskId);
    if (!task) throw new Error(`there is no task ${taskId}`);
    return await viewTask(harness.store.db, deps, task, harness.clock.now);
  };
  return { ...harness, view };
}

describe('viewTask', () => {
  test('shows the fair place of a queued task and an estimate until it is done', async () => {
    const { ask, view, clock } = await createView();
    const first = await ask();
    const second = await ask();
    const other = await ask({ origin: { guildId: '301' } });
    clock.now += 2_000;
    expect(await view(first.id)).toEqual({
      place: 1,
      estimateMs: TYPICAL_MS,
      elapsedMs: 2_000,
      fraction: 0,
    });
    expect(await view(other.id)).toMatchObject({ place: 2, estimateMs: 3_000 + TYPICAL_MS });
    expect(await view(second.id)).toMatchObject({ place: 3, estimateMs: 6_000 + TYPICAL_MS });
  });

  test('shows the place in the order in which tasks are really sent', async () => {
    const { ask, view, tracker, api, reaches, advance } = await createView();
    const tasks = [await ask(), await ask(), await ask({ origin: { guildId: '301' } })];
    await tracker.start();
    (await api.submitted(0)).accept('p0');
    const [first, second, third] = tasks;
    if (!first || !second || !third) throw new Error('three tasks were asked for');
    await reaches(first.id, 'running');
    expect([await view(second.id), await view(third.id)]).toMatchObject([{ place: 2 }, { place: 1 }]);
    advance(3_000);
    (await api.submitted(1)).accept('p1');
    await reaches(third.id, 'running');
  });

  test('the estimate counts a pause after a refusal: that of the account, and the one of the task itself', async () => {
    const { ask, view, tracker, api, reaches, store, clock } = await createView();
    const { id } = await ask();
    await tracker.start();
    (await api.submitted(0)).reject(
      apiError({ kind: 'rate-limited', status: 429, retryAfterMs: 20_000, method: 'POST' }),
    );
    await reaches(id, 'queued');
    expect(await view(id)).toMatchObject({ place: 1, estimateMs: 20_000 + TYPICAL_MS });
    await tracker.stop(0);
    await store.db.updateTable('accounts').set({ next_create_at: T0 }).execute();
    clock.now += 1_000;
    expect(await view(id)).toMatchObject({ place: 1, estimateMs: 19_000 + TYPICAL_MS });
  });

  test('progress of a running task stops below the end, and without an estimate when it takes longer', async () => {
    const { ask, view, tracker, api, reaches, clock } = await createView();
    const task = await ask();
    await tracker.start();
    (await api.submitted(0)).accept('p0');
    await reaches(task.id, 'running');
    clock.now = T0 + 30_000;
    expect(await view(task.id)).toEqual({ estimateMs: 90_000, elapsedMs: 30_000, fraction: 0.25 });
    clock.now = T0 + 200_000;
    expect(await view(task.id)).toEqual({ estimateMs: undefined, elapsedMs: 200_000, fraction: 0.95 });
  });

  test('while MusicAPI does not answer, a task that waits for it has no estimate, and one that ended is as ever', async () => {
    const { ask, view, tracker } = await createView(async () => true);
    const task = await ask();
    const waiting = await view(task.id);
    expect(waiting).toMatchObject({ place: 1, providerDown: true });
    expect(waiting.estimateMs).toBeUndefined();
    await tracker.cancel(task.id, '500');
    expect(await view(task.id)).toEqual({ elapsedMs: 0, fraction: 0 });
  });

  test('estimates follow our own history once there is some', async () => {
    const { ask, tracker, api, reaches, advance, store, clock } = await createView();
    const task = await ask();
    await tracker.start();
    (await api.submitted(0)).accept('p0');
    await reaches(task.id, 'running');
    advance(45_000);
    (await api.poll(0)).answer({ state: 'succeeded', clips: [providerClip('a')] });
    await reaches(task.id, 'succeeded');
    // It would be sent at once.
    await tracker.stop(0);
    const next = await ask();
    const history = createHistory(createCatalogue());
    const shown = await viewTask(
      store.db,
      { history, places: createPlaces(), submitIntervalMs: 3_000 },
      next,
      clock.now,
    );
    expect(shown.estimateMs).toBe(45_000);
  });

  test('the history of one model says nothing of another', async () => {
    const { ask, view, tracker, api, reaches, advance } = await createView();
    await tracker.start();
    const models = [
      ['sonic-v6-mini', 45_000],
      ['sonic-v6-wild', 200_000],
    ] as const;
    for (const [index, [model, durationMs]] of models.entries()) {
      const task = await ask({ request: { ...CREATE, model } });
      (await api.submitted(index)).accept(`p${index}`);
      await reaches(task.id, 'running');
      advance(durationMs);
      (await api.poll(index)).answer({ state: 'succeeded', clips: [providerClip(`clip-${index}`)] });
      await reaches(task.id, 'succeeded');
    }
    await tracker.stop(0);
    const estimates = [];
    for (const [model] of models) {
      const next = await ask({ request: { ...CREATE, model } });
      estimates.push((await view(next.id)).estimateMs);
    }
    // The second is sent three seconds after the first.
    expect(estimates).toEqual([45_000, 200_000 + 3_000]);
  });

  test('an ended task shows how long it took', async () => {
    const { ask, view, tracker, clock } = await createView();
    const task = await ask();
    clock.now += 5_000;
    await tracker.cancel(task.id, '500');
    clock.now += 60_000;
    expect(await view(task.id)).toEqual({ elapsedMs: 5_000, fraction: 0 });
  });
});
