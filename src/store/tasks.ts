import type { QueuedTask, SubmittingTask, Task } from '../domain/task.ts';
import type { Executor, Lease } from './schema.ts';
import { attemptsOf, detailsOf, fixedColumnsOf, parseTask, stateColumnsOf } from './task-row.ts';

/**
 * Records a new task.
 *
 * @param cardDueAt - When the card has to be shown, if nobody has done it by then; undefined where the card of another
 *   task shows it.
 * @returns false when another task with the same request key is there already; nothing was written.
 */
export async function insertTask(
  executor: Executor,
  task: QueuedTask,
  cardDueAt: number | undefined,
): Promise<boolean> {
  const result = await executor
    .insertInto('tasks')
    .values({
      ...fixedColumnsOf(task),
      ...stateColumnsOf(task),
      card_due_at: cardDueAt ?? null,
      card_edits: 0,
      card_version: 0,
    })
    .onConflict((conflict) => conflict.column('request_key').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The task with this id. */
export async function findTask(executor: Executor, taskId: string): Promise<Task | undefined> {
  const row = await executor.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirst();
  return row && parseTask(row);
}

/** The same, as it is once nobody else is changing it any more: nobody does until the transaction ends. */
export async function lockTask(tx: Executor, taskId: string): Promise<Task | undefined> {
  const row = await tx
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', taskId)
    .forUpdate()
    .executeTakeFirst();
  return row && parseTask(row);
}

/** The task that this decision of a person made. */
export async function findTaskByRequestKey(executor: Executor, key: string): Promise<Task | undefined> {
  const row = await executor
    .selectFrom('tasks')
    .selectAll()
    .where('request_key', '=', key)
    .executeTakeFirst();
  return row && parseTask(row);
}

/** The tasks that were asked for together, the first of them first; empty when no group has this id. */
export async function listGroup(executor: Executor, groupId: string): Promise<Task[]> {
  return (await selectGroup(executor, groupId).execute()).map(parseTask);
}

/** The same, as they are once nobody else is changing one of them: nobody does until the transaction ends. */
export async function lockGroup(tx: Executor, groupId: string): Promise<Task[]> {
  return (await selectGroup(tx, groupId).forUpdate().execute()).map(parseTask);
}

function selectGroup(executor: Executor, groupId: string) {
  return executor.selectFrom('tasks').selectAll().where('group_id', '=', groupId).orderBy('id');
}

/**
 * Replaces a task by its next state, if it still is what `before` says: same state, same count of sends or
 * polls.
 *
 * @param lease - Who goes on working at it; without one the task is free for everybody.
 * @returns false when it had changed meanwhile; nothing was written.
 */
export async function updateTask(
  executor: Executor,
  before: Task,
  after: Task,
  lease?: Lease,
): Promise<boolean> {
  return (await replaceTask(executor, before, after, lease)) !== undefined;
}

/** Whose a task is, as its row says: they may have had themselves deleted since it was read. */
export interface Belonging {
  readonly requesterId: string;
  readonly accountId: string;
}

/**
 * The same.
 *
 * @returns whose it is; undefined when it had changed meanwhile: nothing was written.
 */
export async function replaceTask(
  executor: Executor,
  before: Task,
  after: Task,
  lease?: Lease,
): Promise<Belonging | undefined> {
  const row = await executor
    .updateTable('tasks')
    .set({
      ...stateColumnsOf(after),
      lease_owner: lease?.owner ?? null,
      lease_until: lease?.until ?? null,
    })
    .where('id', '=', before.id)
    .where('state', '=', before.state)
    .where('attempts', '=', attemptsOf(before))
    .returning(['requester_id', 'account_id'])
    .executeTakeFirst();
  return row && { requesterId: row.requester_id, accountId: row.account_id };
}

/** Writes down that a person wants to take back a task that is being sent. Whoever sends it keeps its lease. */
export async function noteWithdrawal(executor: Executor, task: SubmittingTask): Promise<void> {
  await executor
    .updateTable('tasks')
    .set({ details: detailsOf(task) })
    .where('id', '=', task.id)
    .where('state', '=', task.state)
    .where('attempts', '=', attemptsOf(task))
    .execute();
}
