import { type Insertable, type Selectable, sql } from 'kysely';
import type { Request } from '../domain/request.ts';
import { dueAtOf, type FollowedTask, type Task } from '../domain/task.ts';
import { DETAILS, ORIGIN, REQUEST } from './json.ts';
import type { TasksTable } from './schema.ts';
import { parseStored, requireColumn, StoredDataError } from './stored-data.ts';

/** A row of `tasks`. */
export type TaskRow = Selectable<TasksTable>;

/** Who asked, for whoever looks for all of somebody's tasks: only so is the index of them used. */
export const REQUESTER = sql<string>`tasks.requester_id || ''`;

/** Sends or polls so far: what guards an update against a change in the meantime, together with the state. */
export function attemptsOf(task: Task): number {
  switch (task.state) {
    case 'queued':
    case 'submitting':
      return task.tries;
    case 'running':
    case 'expired':
    case 'abandoned':
      return task.polls;
    case 'unknown':
      return task.settled ? 1 : 0;
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return 0;
    default:
      return task satisfies never;
  }
}

/** Columns of what never changes in a task's life. */
export function fixedColumnsOf(task: Task) {
  return {
    id: task.id,
    request_key: task.requestKey,
    account_id: task.accountId,
    engine: task.request.engine,
    operation: task.request.operation,
    model: modelOf(task.request),
    requester_id: task.origin.userId,
    guild_id: task.origin.guildId ?? null,
    price: task.price,
    is_direct: task.isDirect ? 1 : 0,
    group_id: task.groupId ?? null,
    created_at: task.createdAt,
    request: JSON.stringify(task.request),
    origin: JSON.stringify(task.origin),
    token_until: task.origin.tokenExpiresAt,
  } satisfies Partial<Insertable<TasksTable>>;
}

/** Ids of models are compared without regard to case. */
function modelOf(request: Request): string | null {
  return request.model?.trim().toLowerCase() || null;
}

/** Columns of the state. */
export function stateColumnsOf(task: Task) {
  const acceptedAt = 'acceptedAt' in task ? task.acceptedAt : undefined;
  const succeeded = task.state === 'succeeded' && acceptedAt !== undefined;
  return {
    state: task.state,
    attempts: attemptsOf(task),
    due_at: dueAtOf(task) ?? null,
    provider_task_id: ('providerTaskId' in task ? task.providerTaskId : undefined) ?? null,
    accepted_at: acceptedAt ?? null,
    ended_at: 'endedAt' in task ? task.endedAt : null,
    duration_ms: succeeded ? task.endedAt - acceptedAt : null,
    details: detailsOf(task),
  } satisfies Partial<Insertable<TasksTable>>;
}

/** `tasks.details` of a task. */
export function detailsOf(task: Task): string {
  return JSON.stringify(DETAILS[task.state].parse(task));
}

/**
 * The task that a row holds.
 *
 * @throws StoredDataError naming the column that cannot be read.
 */
export function parseTask(row: TaskRow): Task {
  const base = {
    id: row.id,
    requestKey: row.request_key,
    accountId: row.account_id,
    request: parseStored(REQUEST, row.request, placeOf(row, 'request')),
    origin: parseStored(ORIGIN, row.origin, placeOf(row, 'origin')),
    price: row.price,
    ...(row.is_direct ? { isDirect: true as const } : {}),
    ...(row.group_id === null ? {} : { groupId: row.group_id }),
    createdAt: row.created_at,
  };
  const place = placeOf(row, 'details');
  const { state } = row;
  switch (state) {
    case 'queued':
      return { ...base, state, ...parseStored(DETAILS.queued, row.details, place), ...sendsOf(row) };
    case 'submitting':
      return {
        ...base,
        state,
        ...parseStored(DETAILS.submitting, row.details, place),
        tries: row.attempts,
      };
    case 'running':
      return {
        ...base,
        state,
        ...acceptanceOf(row),
        ...parseStored(DETAILS.running, row.details, place),
        nextPollAt: requireColumn(row.due_at, placeOf(row, 'due_at')),
      };
    case 'expired':
      return {
        ...base,
        state,
        ...acceptanceOf(row),
        ...parseStored(DETAILS.expired, row.details, place),
        nextPollAt: row.due_at ?? undefined,
      };
    case 'abandoned':
      return {
        ...base,
        state,
        ...acceptanceOf(row),
        ...parseStored(DETAILS.abandoned, row.details, place),
        nextPollAt: row.due_at ?? undefined,
      };
    case 'unknown':
      return { ...base, state, ...parseStored(DETAILS.unknown, row.details, place) };
    case 'succeeded':
      return {
        ...base,
        state,
        ...parseStored(DETAILS.succeeded, row.details, place),
        providerTaskId: row.provider_task_id ?? undefined,
        acceptedAt: row.accepted_at ?? undefined,
        endedAt: endOf(row),
      };
    case 'failed':
      return {
        ...base,
        state,
        ...parseStored(DETAILS.failed, row.details, place),
        providerTaskId: row.provider_task_id ?? undefined,
        endedAt: endOf(row),
      };
    case 'cancelled':
      return { ...base, state, ...parseStored(DETAILS.cancelled, row.details, place), endedAt: endOf(row) };
    default:
      state satisfies never;
      throw new StoredDataError('tasks', 'state', row.id, 'this version does not know the state');
  }
}

/** The task of a row that is known to be followed. */
export function parseFollowedTask(row: TaskRow): FollowedTask {
  const task = parseTask(row);
  if (task.state === 'running' || task.state === 'expired' || task.state === 'abandoned') return task;
  throw new StoredDataError('tasks', 'state', row.id, `${task.state} is not followed`);
}

function placeOf(row: TaskRow, column: string) {
  return { table: 'tasks', column, id: row.id };
}

function sendsOf(row: TaskRow) {
  return { tries: row.attempts, notBefore: requireColumn(row.due_at, placeOf(row, 'due_at')) };
}

function acceptanceOf(row: TaskRow) {
  return {
    providerTaskId: requireColumn(row.provider_task_id, placeOf(row, 'provider_task_id')),
    acceptedAt: requireColumn(row.accepted_at, placeOf(row, 'accepted_at')),
    polls: row.attempts,
  };
}

function endOf(row: TaskRow): number {
  return requireColumn(row.ended_at, placeOf(row, 'ended_at'));
}
