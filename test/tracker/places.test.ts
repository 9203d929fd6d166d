import { describe, expect, test } from 'vitest';
import { createPlaces } from '../../src/tracker/places.ts';
import { createHarness } from './harness.ts';

async function createQueue() {
  const { ask, store, clock, tracker } = await createHarness();
  const tasks = [await ask(), await ask(), await ask()] as const;
  const places = createPlaces();
  const listPlaces = async () => {
    const found = [];
    for (const task of tasks) found.push((await places.get(store.db, task, clock.now)).place);
    return found;
  };
  return { tasks, places, listPlaces, clock, tracker };
}

describe('places', () => {
  test('are those of a moment ago while a queue is long, and true a moment later', async () => {
    const { tasks, listPlaces, clock, tracker } = await createQueue();
    expect(await listPlaces()).toEqual([1, 2, 3]);
    await tracker.cancel(tasks[0].id, '500');
    expect(await listPlaces()).toEqual([1, 2, 3]);
    clock.now += 12;
    expect((await listPlaces()).slice(1)).toEqual([1, 2]);
  });

  test('are true at once for everybody behind a task that left the queue out of its turn', async () => {
    const { tasks, places, listPlaces, tracker } = await createQueue();
    expect(await listPlaces()).toEqual([1, 2, 3]);
    await tracker.cancel(tasks[0].id, '500');
    places.forget(tasks[0].accountId);
    expect((await listPlaces()).slice(1)).toEqual([1, 2]);
  });
});
