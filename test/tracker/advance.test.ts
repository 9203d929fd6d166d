import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Failure, Task, TaskState } from '../../src/domain/task.ts';
import {
  abandonTask,
  acceptTask,
  cancelTask,
  expireTask,
  failTask,
  loseTask,
  requeueTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
} from '../../src/domain/transitions.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { findCard } from '../../src/store/cards.ts';
import { listClipsOfTask } from '../../src/store/clips.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { findTask } from '../../src/store/tasks.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import { requestTask } from '../../src/tracker/intake.ts';
import { planResults } from '../../src/tracker/results.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { CREATE, originOf, T0 } from '../support/tasks.ts';
import { NO_LIMITS } from './harness.ts';
import { providerClip } from './support.ts';

const FAILURE: Failure = { kind: 'task-failed', text: 'It broke.' };
const HELD = { reserved: 20, charged: 0 };
const CHARGED = { reserved: 0, charged: 20 };
const NOTHING = { reserved: 0, charged: 0 };

/** What the ledger holds of a task in each state. */
const TABLE: Record<TaskState, typeof HELD> = {
  queued: HELD,
  submitting: HELD,
  running: HELD,
  unknown: HELD,
  succeeded: CHARGED,
  expired: CHARGED,
  abandoned: CHARGED,
  failed: NOTHING,
  cancelled: NOTHING,
};

let testStore: TestStore;
let keys = 0;

beforeEach(async () => {
  testStore = await openTestStore({ now: () => T0 });
});

afterEach(async () => {
  await testStore.cleanup();
});

async function newTask(): Promise<Task> {
  const unlimited = { memberDay: Number.POSITIVE_INFINITY, serverDay: Number.POSITIVE_INFINITY };
  keys += 1;
  const { task } = await requestTask(
    { store: testStore.store, catalogue: createCatalogue(), budgets: unlimited, limits: NO_LIMITS },
    { request: CREATE, origin: originOf(), requestKey: `key-${keys}`, accountId: OPERATOR_ACCOUNT },
  );
  return task;
}

/** Every state that may come next. */
function followers(task: Task): Task[] {
  switch (task.state) {
    case 'queued':
      return [startSubmitting(task, T0), cancelTask(task, '500', T0), failTask(task, FAILURE, T0)];
    case 'submitting':
      return [
        acceptTask(task, 'p1', T0, T0),
        requeueTask(task, 'rate-limited', T0),
        failTask(task, FAILURE, T0),
        loseTask(task, FAILURE, T0),
        succeedTask(task, T0),
      ];
    case 'running':
      return [
        succeedTask(task, T0),
        failTask(task, FAILURE, T0),
        expireTask(task, T0, T0),
        abandonTask(task, '500', T0),
      ];
    case 'expired':
    case 'abandoned':
      return [succeedTask(task, T0), failTask(task, FAILURE, T0)];
    case 'unknown':
      return [acceptTask(task, 'p1', T0, T0), ...(task.settled ? [] : [settleUnknown(task)])];
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return [];
    default:
      return task satisfies never;
  }
}

describe('advanceTask', () => {
  test('whatever way a task takes, the ledger holds what its state says, to the credit', async () => {
    const { store } = testStore;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 10 }), async (choices) => {
        let task = await newTask();
        for (const choice of choices) {
          const next = followers(task);
          const after = next[choice % Math.max(next.length, 1)];
          if (!after) break;
          const before = task;
          expect(await store.transaction((tx) => advanceTask(tx, before, after, T0))).toBe(true);
          task = after;
          const settled = task.state === 'unknown' && task.settled;
          expect(await sums(store.db, task.id)).toEqual(settled ? CHARGED : TABLE[task.state]);
        }
        expect(await findTask(store.db, task.id)).toEqual(task);
      }),
      { numRuns: 60 },
    );
  });

  test('a change that comes too late writes nothing at all', async () => {
    const { store } = testStore;
    const queued = await newTask();
    if (queued.state !== 'queued') throw new Error('a new task is queued');
    const submitting = startSubmitting(queued, T0);
    const running = acceptTask(submitting, 'p1', T0, T0);
    for (const [before, after] of [
      [queued, submitting],
      [submitting, running],
      [running, failTask(running, FAILURE, T0)],
    ] as const) {
      await store.transaction((tx) => advanceTask(tx, before, after, T0));
    }
    const card = await findCard(store.db, queued.id);
    const extra = planResults({
      task: running,
      found: { clips: [providerClip('a')] },
      result: 'clips',
      now: T0,
      newId: () => 'd1',
    });
    const late = succeedTask(running, T0);
    expect(await store.transaction((tx) => advanceTask(tx, running, late, T0, extra))).toBe(false);
    expect(await findTask(store.db, queued.id)).toMatchObject({ state: 'failed' });
    expect(await sums(store.db, queued.id)).toEqual(NOTHING);
    expect(await listClipsOfTask(store.db, queued.id)).toEqual([]);
    expect(await listDeliveriesOfTask(store.db, queued.id)).toEqual([]);
    expect(await findCard(store.db, queued.id)).toEqual(card);
  });

  test('of many changes at once exactly one is written', async () => {
    const { store } = testStore;
    const task = await newTask();
    if (task.state !== 'queued') throw new Error('a new task is queued');
    const changes = Array.from({ length: 20 }, (_, index) => cancelTask(task, `${index}`, T0));
    const done = await Promise.all(
      changes.map((after) => store.transaction((tx) => advanceTask(tx, task, after, T0))),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await sums(store.db, task.id)).toEqual(NOTHING);
  });

  test('nothing of it stays when the transaction around it fails', async () => {
    const { store } = testStore;
    const task = await newTask();
    if (task.state !== 'queued') throw new Error('a new task is queued');
    const failing = store.transaction(async (tx) => {
      await advanceTask(tx, task, cancelTask(task, '500', T0), T0);
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await findTask(store.db, task.id)).toEqual(task);
    expect(await sums(store.db, task.id)).toEqual(HELD);
  });
});
