/** Rows of every kind with the least that a test has to say, and a store per test. */
import { onTestFinished } from 'vitest';
import type { Clip } from '../../src/domain/clip.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { RunningTask, Task } from '../../src/domain/task.ts';
import { acceptTask, queueTask, startSubmitting } from '../../src/domain/transitions.ts';
import type { Store } from '../../src/store/open.ts';
import type { Executor, Lease } from '../../src/store/schema.ts';
import { insertTask, updateTask } from '../../src/store/tasks.ts';
import { type CreateDatabase, openTestStore } from '../support/store.ts';
import { queuedTask, T0, type TaskChanges } from '../support/tasks.ts';

/** Opens a store that is closed and removed when the running test has finished. */
export async function useStore(createDatabase?: CreateDatabase): Promise<Store> {
  const { store, cleanup } = await openTestStore(createDatabase ? { createDatabase } : {});
  onTestFinished(cleanup);
  return store;
}

/** A task that was accepted the moment it was asked for. */
export function runningTask(id: string, nextPollAt = T0, changes: TaskChanges = {}): RunningTask {
  const task = queuedTask(id, changes);
  return acceptTask(startSubmitting(task, task.createdAt), `provider-${id}`, task.createdAt, nextPollAt);
}

/** Writes a task in any state, as the row that a life up to there would have left. */
export async function putTask(executor: Executor, task: Task, lease?: Lease): Promise<void> {
  const queued = queueTask(task, task.createdAt);
  await insertTask(executor, queued, task.createdAt);
  await updateTask(executor, queued, task, lease);
}

/** A song that member 500 made. */
export function clipOf(clipId: string, changes: Partial<Clip> = {}): Clip {
  return {
    clipId,
    accountId: 'operator',
    engine: 'sonic',
    source: 'generated',
    kind: 'song',
    taskId: 'task-1',
    take: 1,
    ownerId: '500',
    createdAt: T0,
    ...changes,
  };
}

/** A delivery that may be tried at `T0`. */
export function deliveryOf(id: string, changes: Partial<Delivery> = {}): Delivery {
  return {
    id,
    taskId: 'task-1',
    kind: 'clip',
    clipIds: ['clip-1'],
    state: 'pending',
    mention: true,
    generation: 0,
    posted: [],
    tries: 0,
    dueAt: T0,
    createdAt: T0,
    ...changes,
  };
}

/** A reservation of 20 credits. */
export function entryOf(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    accountId: 'operator',
    taskId: 'task-1',
    kind: 'reserve',
    reserved: 20,
    charged: 0,
    memberId: '500',
    guildId: '300',
    bookedAt: T0,
    at: T0,
    flagged: false,
    ...changes,
  };
}
