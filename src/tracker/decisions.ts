import type { Task } from '../domain/task.ts';
import { abandonTask, cancelTask, withdrawTask } from '../domain/transitions.ts';
import { lockAccount } from '../store/accounts.ts';
import type { Executor } from '../store/schema.ts';
import { lockGroup, lockTask, noteWithdrawal } from '../store/tasks.ts';
import { advanceTask, leaveQueue } from './advance.ts';
import type { TrackerContext } from './settings.ts';

/** What people decide about tasks under way. A task that is not in the state for it stays as it is. */
export interface Decisions {
  /**
   * Takes a queued task back; one that is being sent is taken back if MusicAPI does not take it. Gives the task as it
   * is then.
   */
  cancel(taskId: string, by: string): Promise<Task | undefined>;
  /** Stops waiting for a running task. Gives the task as it is then. */
  abandon(taskId: string, by: string): Promise<Task | undefined>;
  /** The same for all of those asked for together. Gives all of them as they are then. */
  cancelGroup(groupId: string, by: string): Promise<readonly Task[]>;
  /** Stops waiting for what is running of those asked for together. Gives all of them as they are then. */
  abandonGroup(groupId: string, by: string): Promise<readonly Task[]>;
}

/** The tasks that a decision is about; a look at one of them that ends just now must not make it void. */
type Find = (tx: Executor) => Promise<readonly Task[]>;

/** What becomes of a task; undefined = it stays as it is. */
type Next = (task: Task, at: number) => Task | undefined;

/** Creates the way in which people's decisions are carried out. */
export function createDecisions({
  store,
  changes,
  now: clock,
}: Pick<TrackerContext, 'store' | 'changes' | 'now'>): Decisions {
  /** All of it in one transaction. Gives the tasks as they are then. */
  async function decide(find: Find, next: Next) {
    const { tasks, done } = await store.transaction(async (tx) => {
      const at = await clock(tx);
      const written = [];
      for (const before of await find(tx)) {
        const after = next(before, at);
        if (after && (await apply(tx, before, after, at))) written.push({ before, after, at });
      }
      return { tasks: await find(tx), done: written };
    });
    for (const { before, after, at } of done) changes.announce(before, after, at);
    return tasks;
  }

  /** What is being sent comes back into the queue, or does not, while nobody else has the account. */
  async function takeBack(find: Find, by: string) {
    const tasks = await decide(find, cancelBy(by));
    if (!tasks.some(({ state }) => state === 'submitting')) return tasks;
    const accountIds = new Set(tasks.map(({ accountId }) => accountId));
    await store.transaction(async (tx) => {
      for (const accountId of accountIds) await lockAccount(tx, accountId);
      for (const task of await find(tx)) {
        if (task.state === 'submitting') await noteWithdrawal(tx, withdrawTask(task, by));
      }
    });
    // One may have come back just before that.
    return await decide(find, cancelBy(by));
  }

  const findOne = (taskId: string) => async (tx: Executor) => {
    const task = await lockTask(tx, taskId);
    return task ? [task] : [];
  };
  const findAll = (groupId: string) => (tx: Executor) => lockGroup(tx, groupId);
  const cancelBy =
    (by: string): Next =>
    (task, at) =>
      task.state === 'queued' ? cancelTask(task, by, at) : undefined;
  const abandonBy =
    (by: string): Next =>
    (task, at) =>
      task.state === 'running' ? abandonTask(task, by, at) : undefined;

  return {
    cancel: async (taskId, by) => (await takeBack(findOne(taskId), by))[0],
    abandon: async (taskId, by) => (await decide(findOne(taskId), abandonBy(by)))[0],
    cancelGroup: (groupId, by) => takeBack(findAll(groupId), by),
    abandonGroup: (groupId, by) => decide(findAll(groupId), abandonBy(by)),
  };
}

function apply(tx: Executor, before: Task, after: Task, at: number): Promise<boolean> {
  if (before.state !== 'queued' || after.state !== 'cancelled') return advanceTask(tx, before, after, at);
  return leaveQueue(tx, before, after, at);
}
