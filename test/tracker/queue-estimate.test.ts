import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { findTask } from '../../src/store/tasks.ts';
import { createHistory } from '../../src/tracker/history.ts';
import { createPlaces } from '../../src/tracker/places.ts';
import { estimateStartMs } from '../../src/tracker/view.ts';
import { createHarness, NO_LIMITS } from './harness.ts';

const SUBMIT_INTERVAL_MS = 3_000;

/** Guild and member of each request, in the order in which they come; no guild = a direct message. */
const FIRST = [
  ['301', '501'],
  ['301', '501'],
  ['301', '501'],
  ['301', '502'],
  ['302', '503'],
  ['302', '503'],
  ['303', '501'],
  [undefined, '504'],
  [undefined, '504'],
] as const;
const LATER = [
  ['304', '505'],
  ['301', '506'],
  ['302', '503'],
] as const;

async function createQueue() {
  const harness = await createHarness({ submitIntervalMs: SUBMIT_INTERVAL_MS });
  const { ask, store, clock } = harness;
  const deps = {
    history: createHistory(createCatalogue()),
    places: createPlaces(NO_LIMITS),
    submitIntervalMs: SUBMIT_INTERVAL_MS,
  };
  /** When each task is said to be sent (epoch ms), by the first word after the queue was joined last. */
  const said = new Map<string, number>();
  async function join(requesters: readonly (readonly [string | undefined, string])[]): Promise<void> {
    const tasks: Task[] = [];
    for (const [guildId, userId] of requesters) tasks.push(await ask({ origin: { guildId, userId } }));
    for (const id of [...said.keys(), ...tasks.map((task) => task.id)]) {
      const task = await findTask(store.db, id);
      if (task?.state !== 'queued') continue;
      said.set(id, clock.now + (await estimateStartMs(store.db, deps, task, clock.now)));
    }
  }
  return { ...harness, said, join };
}

describe('estimateStartMs', () => {
  test('is when a task is really sent, to within one interval, for everybody in a queue that is drained', async () => {
    const { api, tracker, advance, settled, join, said, store } = await createQueue();
    await join(FIRST);
    await tracker.start();
    /** Takes what is sent, second by second, until as many have been sent. */
    async function drain(count: number): Promise<void> {
      for (let taken = api.submits.length; taken < count; advance(1_000)) {
        await settled();
        for (; taken < api.submits.length; taken += 1) api.submits[taken]?.accept(`p${taken}`);
      }
    }
    await drain(4);
    await join(LATER);
    await drain(FIRST.length + LATER.length);

    expect(said.size).toBe(FIRST.length + LATER.length);
    for (const row of await store.db.selectFrom('tasks').select(['id', 'sent_at']).execute()) {
      const lateMs = (row.sent_at ?? Number.NaN) - (said.get(row.id) ?? Number.NaN);
      expect(Math.abs(lateMs)).toBeLessThanOrEqual(SUBMIT_INTERVAL_MS);
    }
  });
});
