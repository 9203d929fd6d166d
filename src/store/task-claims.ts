import { type SqlBool, sql } from 'kysely';
import type { FollowedTask, SubmittingTask, UnknownTask } from '../domain/task.ts';
import { claimable, element, inOrder, jsonList, jsonRows } from './dialect.ts';
import type { Executor, Lease } from './schema.ts';
import { type BrokenRowListener, parseRows, StoredDataError } from './stored-data.ts';
import { detailsOf, parseFollowedTask, parseTask, type TaskRow } from './task-row.ts';

/** What a loop asks for when it takes work. */
export interface Claim {
  /** Epoch ms: rows that are due by then and whose lease is over. */
  readonly now: number;
  readonly limit: number;
  readonly owner: string;
  /** Epoch ms at which others may take over. */
  readonly leaseUntil: number;
  /** Told of rows that cannot be read: they stay claimed, and the others are not held up. @defaultValue throw */
  readonly onBroken?: BrokenRowListener | undefined;
}

// Literally the conditions of the partial indexes: with parameters in their place SQLite would not use them.
const IS_FOLLOWED = sql<SqlBool>`state in ('running', 'expired', 'abandoned') and due_at is not null`;
const IS_UNKNOWN = sql<SqlBool>`state in ('submitting', 'unknown') and state = 'unknown'`;
const IS_SUBMITTING = sql<SqlBool>`state in ('submitting', 'unknown') and state = 'submitting'`;

/** Takes followed tasks whose poll is due, the longest overdue first. */
export async function claimFollowed(executor: Executor, claim: Claim): Promise<FollowedTask[]> {
  const rows = await claimDue(executor, IS_FOLLOWED, claim);
  return parseRows(rows, parseFollowedTask, claim.onBroken);
}

/** When the next followed task that nobody has claimed is due (epoch ms). */
export async function findNextFollowedDue(executor: Executor, now: number): Promise<number | undefined> {
  const row = await executor
    .selectFrom('tasks')
    .select('due_at')
    .where(IS_FOLLOWED)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? undefined;
}

/** Takes unknown tasks whose reservation has been held long enough. */
export async function claimUnknownDue(executor: Executor, claim: Claim): Promise<UnknownTask[]> {
  const rows = await claimDue(executor, IS_UNKNOWN, claim);
  return parseRows(rows, (row) => expectState(row, 'unknown'), claim.onBroken);
}

/**
 * Tasks whose sending was begun by a process that is gone: whether they were taken is not known.
 *
 * @param onBroken - Told of rows that cannot be read and are left out. @defaultValue throw
 */
export async function listSubmittingWithoutLease(
  executor: Executor,
  now: number,
  onBroken?: BrokenRowListener,
): Promise<SubmittingTask[]> {
  const rows = await executor
    .selectFrom('tasks')
    .selectAll()
    .where(IS_SUBMITTING)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
    .orderBy('created_at')
    .execute();
  return parseRows(rows, (row) => expectState(row, 'submitting'), onBroken);
}

/**
 * Writes the next polls of many tasks in one statement and frees them. Each task is as it shall be: it has
 * exactly one poll more than the stored one.
 *
 * @returns ids of those that were written; the others had changed meanwhile.
 */
export async function rescheduleTasks(
  executor: Executor,
  tasks: readonly FollowedTask[],
): Promise<ReadonlySet<string>> {
  if (tasks.length === 0) return new Set();
  const values = tasks.map((task) => [
    task.id,
    task.state,
    task.polls,
    task.nextPollAt ?? null,
    detailsOf(task),
  ]);
  const polls = element<number>(2, 'integer');
  const held = inOrder(tasks.map((task) => task.id));
  const { rows } = await sql<{ id: string }>`
    ${held.with}
    update tasks
    set attempts = ${polls}, due_at = ${element(3, 'bigint')}, details = ${element(4, 'text')},
      lease_owner = null, lease_until = null
    from ${jsonRows(values)} as v ${held.from}
    where tasks.id = ${element(0, 'text')} and tasks.state = ${element(1, 'text')}
      and tasks.attempts = ${polls} - 1 ${held.where}
    returning tasks.id`.execute(executor);
  return new Set(rows.map((row) => row.id));
}

const FREE = { lease_owner: null, lease_until: null };

/** Prolongs an owner's leases on these tasks; returns how many it still has. */
export async function renewLeases(
  executor: Executor,
  lease: Lease,
  taskIds: readonly string[],
): Promise<number> {
  const result = await executor
    .updateTable('tasks')
    .set({ lease_until: lease.until })
    .where('id', 'in', jsonList(taskIds))
    .where('lease_owner', '=', lease.owner)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Frees the tasks that an owner has claimed; without an owner: what anybody has. */
export async function releaseTasks(executor: Executor, owner?: string): Promise<void> {
  for (const claimed of [IS_FOLLOWED, IS_UNKNOWN, IS_SUBMITTING]) {
    await executor
      .updateTable('tasks')
      .set(FREE)
      .where(claimed)
      .where((where) => (owner ? where('lease_owner', '=', owner) : where('lease_owner', 'is not', null)))
      .execute();
  }
}

/** Frees what an owner has claimed (tasks, cards, deliveries); without an owner: what anybody has. */
export async function releaseLeases(executor: Executor, owner?: string): Promise<void> {
  await releaseTasks(executor, owner);
  await executor
    .updateTable('tasks')
    .set({ card_lease_owner: null, card_lease_until: null })
    .where('card_due_at', 'is not', null)
    .where((where) =>
      owner ? where('card_lease_owner', '=', owner) : where('card_lease_owner', 'is not', null),
    )
    .execute();
  await executor
    .updateTable('deliveries')
    .set(FREE)
    .where(sql<SqlBool>`state in ('pending', 'delivering')`)
    .where((where) => (owner ? where('lease_owner', '=', owner) : where('lease_owner', 'is not', null)))
    .execute();
}

async function claimDue(
  executor: Executor,
  kind: typeof IS_FOLLOWED,
  { now, limit, owner, leaseUntil }: Claim,
): Promise<TaskRow[]> {
  const rows = await executor
    .updateTable('tasks')
    .set({ lease_owner: owner, lease_until: leaseUntil })
    .where('id', 'in', (from) =>
      claimable(
        from
          .selectFrom('tasks')
          .select('id')
          .where(kind)
          .where('due_at', '<=', now)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
          .orderBy('due_at')
          .limit(limit),
      ),
    )
    .returningAll()
    .execute();
  return rows.sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0));
}

function expectState<S extends 'submitting' | 'unknown'>(row: TaskRow, state: S) {
  const task = parseTask(row);
  if (isInState(task, state)) return task;
  throw new StoredDataError('tasks', 'state', row.id, `${task.state} is not ${state}`);
}

function isInState<T extends { readonly state: string }, S extends T['state']>(
  task: T,
  state: S,
): task is Extract<T, { readonly state: S }> {
  return task.state === state;
}
