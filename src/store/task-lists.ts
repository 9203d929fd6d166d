import { type SqlBool, sql } from 'kysely';
import type { Engine, OperationId } from '../domain/request.ts';
import type { QueuedTask, SubmittingTask, Task } from '../domain/task.ts';
import type { TimedWord } from '../domain/tool-result.ts';
import type { Executor } from './schema.ts';
import { type BrokenRowListener, parseRows } from './stored-data.ts';
import { parseTask } from './task-row.ts';

// Literally the conditions of the partial indexes: with parameters in their place SQLite would not use them.
const IS_QUEUED = sql<SqlBool>`state = 'queued'`;
const IS_QUEUED_CREATE = sql<SqlBool>`state = 'queued' and is_direct = 0`;
const IS_QUEUED_DIRECT = sql<SqlBool>`state = 'queued' and is_direct = 1`;
const IS_OPEN = sql<SqlBool>`state in ('queued', 'submitting', 'running')`;

/** How many successes the usual durations are taken from: enough to be steady, few enough to follow a change. */
const HISTORY_SIZE = 20;

/** What the fair order of a queue is made from. */
export interface QueueEntry {
  readonly id: string;
  /** Absent for a request with no server behind it. */
  readonly guildId: string | undefined;
  readonly memberId: string;
  readonly createdAt: number;
  readonly notBefore: number;
  readonly tries: number;
}

/**
 * The two ways to MusicAPI: what waits for its account's create bucket, and what is direct, so that MusicAPI answers it
 * at once and no bucket holds it up.
 */
export type Lane = 'create' | 'direct';

function isQueuedIn(lane: Lane | undefined) {
  if (lane === undefined) return IS_QUEUED;
  return lane === 'direct' ? IS_QUEUED_DIRECT : IS_QUEUED_CREATE;
}

/**
 * Everything that waits to be sent, oldest first, also what may not be sent yet.
 *
 * @param lane - Without one: of both.
 */
export async function listQueued(executor: Executor, accountId: string, lane?: Lane): Promise<QueueEntry[]> {
  const rows = await executor
    .selectFrom('tasks')
    .select(['id', 'guild_id', 'requester_id', 'created_at', 'due_at', 'attempts'])
    .where(isQueuedIn(lane))
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    guildId: row.guild_id ?? undefined,
    memberId: row.requester_id,
    createdAt: row.created_at,
    notBefore: row.due_at ?? 0,
    tries: row.attempts,
  }));
}

/** An account that has something to send, and when its bucket allows the next create (epoch ms). */
export interface WaitingAccount {
  readonly accountId: string;
  readonly nextCreateAt: number;
}

/** Accounts with a task in this lane that may be sent by now. */
export async function listAccountsWithQueued(
  executor: Executor,
  lane: Lane,
  now: number,
): Promise<WaitingAccount[]> {
  const rows = await executor
    .selectFrom('accounts')
    .select(['id', 'next_create_at'])
    .where((where) =>
      where.exists(
        where
          .selectFrom('tasks')
          .select('tasks.id')
          .where(isQueuedIn(lane))
          .whereRef('tasks.account_id', '=', 'accounts.id')
          .where('tasks.due_at', '<=', now),
      ),
    )
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ accountId: row.id, nextCreateAt: row.next_create_at }));
}

/** Whose open tasks to count; all that is left out does not matter. */
export interface OpenTaskFilter {
  readonly requesterId?: string | undefined;
  readonly guildId?: string | undefined;
  readonly accountId?: string | undefined;
}

/** How many tasks are queued, being sent, or running. */
export async function countOpen(executor: Executor, filter: OpenTaskFilter = {}): Promise<number> {
  let query = executor
    .selectFrom('tasks')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where(IS_OPEN);
  if (filter.requesterId !== undefined) query = query.where('requester_id', '=', filter.requesterId);
  if (filter.guildId !== undefined) query = query.where('guild_id', '=', filter.guildId);
  if (filter.accountId !== undefined) query = query.where('account_id', '=', filter.accountId);
  const { count } = await query.executeTakeFirstOrThrow();
  return Number(count);
}

/** Every task, of all accounts, that has not been sent for certain, the oldest first. */
export async function listUnsent(executor: Executor): Promise<(QueuedTask | SubmittingTask)[]> {
  const rows = await executor
    .selectFrom('tasks')
    .selectAll()
    .where(IS_OPEN)
    .where('state', '!=', 'running')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(parseTask).filter((task) => task.state === 'queued' || task.state === 'submitting');
}

/**
 * A person's tasks that are queued, being sent, or running; the newest last.
 *
 * @param onBroken - told of rows that cannot be read, which are left out then
 */
export async function listOpenTasksOf(
  executor: Executor,
  userId: string,
  onBroken?: BrokenRowListener,
): Promise<Task[]> {
  const rows = await executor
    .selectFrom('tasks')
    .selectAll()
    .where(IS_OPEN)
    .where('requester_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return parseRows(rows, parseTask, onBroken);
}

// Literally the condition of the partial index.
const IS_TOOL = sql<SqlBool>`state = 'succeeded' and is_direct = 1`;

/** Whether a tool has succeeded on a clip before, on the same account. */
export async function hasToolSucceeded(
  executor: Executor,
  accountId: string,
  operation: OperationId,
  clipId: string,
): Promise<boolean> {
  const row = await selectTools(executor, accountId, operation, clipId).select('id').executeTakeFirst();
  return row !== undefined;
}

/** When the words of a clip are sung, where that was asked for before on the same account; the latest answer. */
export async function findTimeline(
  executor: Executor,
  accountId: string,
  clipId: string,
): Promise<readonly TimedWord[] | undefined> {
  const row = await selectTools(executor, accountId, 'timeline', clipId)
    .selectAll()
    .orderBy('ended_at', 'desc')
    .executeTakeFirst();
  const task = row && parseTask(row);
  return task?.state === 'succeeded' && task.tool?.kind === 'timeline' ? task.tool.words : undefined;
}

/** The successes of a tool on a clip. */
function selectTools(executor: Executor, accountId: string, operation: OperationId, clipId: string) {
  const pattern = `%"clipId":${JSON.stringify(clipId)}%`.replaceAll('_', '\\_');
  return executor
    .selectFrom('tasks')
    .where(IS_TOOL)
    .where('account_id', '=', accountId)
    .where('operation', '=', operation)
    .where(sql<SqlBool>`request like ${pattern} escape '\\'`)
    .limit(1);
}

/** Whose successes to look at: of an operation, or of its requests for these models (null = none was named). */
export interface DurationFilter {
  readonly engine: Engine;
  readonly operation: OperationId;
  readonly models?: readonly (string | null)[] | undefined;
}

/** How long the last successes took, from acceptance to success, in ms; the newest first. */
export async function listDurations(
  executor: Executor,
  { engine, operation, models }: DurationFilter,
): Promise<number[]> {
  const history = executor
    .selectFrom('tasks')
    .select(['duration_ms', 'ended_at'])
    .where('engine', '=', engine)
    .where('operation', '=', operation)
    .where('duration_ms', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(HISTORY_SIZE);
  // One query for each model: each follows an index to its newest rows, which an `or` would not.
  const queries = models?.map((model) =>
    model === null ? history.where('model', 'is', null) : history.where('model', '=', model),
  ) ?? [history];
  const rows = await Promise.all(queries.map((query) => query.execute()));
  return rows
    .flat()
    .sort((a, b) => (b.ended_at ?? 0) - (a.ended_at ?? 0))
    .slice(0, HISTORY_SIZE)
    .map((row) => row.duration_ms ?? 0);
}
