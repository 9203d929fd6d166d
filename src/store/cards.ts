import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Task } from '../domain/task.ts';
import { claimable, jsonList } from './dialect.ts';
import type { Executor, Lease, TasksTable } from './schema.ts';
import { parseRows } from './stored-data.ts';
import type { Claim } from './task-claims.ts';
import { parseTask } from './task-row.ts';

/** What is known of the message that shows a task. */
export interface TaskCard {
  /** Absent until the first content was shown. */
  readonly channelId: string | undefined;
  readonly messageId: string | undefined;
  /** Epoch ms; absent = nothing left to show. */
  readonly dueAt: number | undefined;
  /** Stands for what the card shows. */
  readonly digest: string | undefined;
  readonly edits: number;
  readonly editedAt: number | undefined;
  /** Grows with every `touchCard`. */
  readonly version: number;
}

/** A task whose card has to be shown. */
export interface DueCard {
  readonly task: Task;
  readonly card: TaskCard;
}

/** A card after a look at it. Fields that are left out stay as they are. */
export interface SavedCard {
  /** The version that was shown: when the card was touched since, it stays due. */
  readonly version: number;
  /** The next look (epoch ms); undefined = none until it is touched. */
  readonly dueAt: number | undefined;
  readonly channelId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly digest?: string | undefined;
  readonly edits?: number | undefined;
  readonly editedAt?: number | undefined;
  /** The result that it holds could be brought to nobody (epoch ms). */
  readonly lostAt?: number | undefined;
}

/** Takes tasks whose cards are due, the longest overdue first. */
export async function claimDueCards(
  executor: Executor,
  { now, limit, owner, leaseUntil, onBroken }: Claim,
): Promise<DueCard[]> {
  const rows = await executor
    .updateTable('tasks')
    .set({ card_lease_owner: owner, card_lease_until: leaseUntil })
    .where('id', 'in', (from) =>
      claimable(
        from
          .selectFrom('tasks')
          .select('id')
          .where('card_due_at', 'is not', null)
          .where('card_due_at', '<=', now)
          .where((where) =>
            where.or([where('card_lease_until', 'is', null), where('card_lease_until', '<=', now)]),
          )
          .orderBy('card_due_at')
          .limit(limit),
      ),
    )
    .returningAll()
    .execute();
  rows.sort((a, b) => (a.card_due_at ?? 0) - (b.card_due_at ?? 0));
  return parseRows(rows, (row) => ({ task: parseTask(row), card: cardOf(row) }), onBroken);
}

/**
 * Prolongs an owner's claims on the cards of these tasks.
 *
 * @returns the ids of those that were still claimed by it.
 */
export async function renewCards(
  executor: Executor,
  lease: Lease,
  taskIds: readonly string[],
): Promise<string[]> {
  const rows = await executor
    .updateTable('tasks')
    .set({ card_lease_until: lease.until })
    .where('id', 'in', jsonList(taskIds))
    .where('card_lease_owner', '=', lease.owner)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The card that shows a task: of those asked for together it is the first one's. */
export async function findCard(executor: Executor, taskId: string): Promise<TaskCard | undefined> {
  const row = await executor
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', shownBy(taskId))
    .executeTakeFirst();
  return row && cardOf(row);
}

/**
 * Records what the card shows now and frees it, if `owner` still has it.
 *
 * @returns false when somebody else took it over meanwhile; nothing was written.
 */
export async function saveCard(
  executor: Executor,
  taskId: string,
  owner: string,
  card: SavedCard,
): Promise<boolean> {
  const result = await executor
    .updateTable('tasks')
    .set({
      card_lease_owner: null,
      card_lease_until: null,
      card_due_at: sql`case when card_version = ${card.version} then ${card.dueAt ?? null} else card_due_at end`,
      ...(card.channelId === undefined ? {} : { card_channel_id: card.channelId }),
      ...(card.messageId === undefined ? {} : { card_message_id: card.messageId }),
      ...(card.digest === undefined ? {} : { card_digest: card.digest }),
      ...(card.edits === undefined ? {} : { card_edits: card.edits }),
      ...(card.editedAt === undefined ? {} : { card_edited_at: card.editedAt }),
      ...(card.lostAt === undefined ? {} : { card_lost_at: card.lostAt }),
    })
    .where('id', '=', taskId)
    .where('card_lease_owner', '=', owner)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The card has to be shown at `dueAt` (epoch ms) whatever it shows; `digest` stands for what is left of that. */
export async function redoCard(
  executor: Executor,
  taskId: string,
  digest: string,
  dueAt: number,
): Promise<void> {
  await executor.updateTable('tasks').set({ card_digest: digest }).where('id', '=', taskId).execute();
  await touchCard(executor, taskId, dueAt);
}

/** How many cards of a person's tasks have something to show that they do not show yet. */
export async function countDueCards(executor: Executor, userId: string, now: number): Promise<number> {
  const { count } = await executor
    .selectFrom('tasks')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('card_due_at', 'is not', null)
    .where('card_due_at', '<=', now)
    .where('requester_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Id of the task whose card shows this one. */
function shownBy(taskId: string) {
  return sql<string>`(select coalesce(group_id, id) from tasks where id = ${taskId})`;
}

/** The card that shows a task has something new to show at `dueAt` (epoch ms), or earlier if it was due earlier. */
export async function touchCard(executor: Executor, taskId: string, dueAt: number): Promise<void> {
  await executor
    .updateTable('tasks')
    .set({
      card_version: sql`card_version + 1`,
      card_due_at: sql`case when card_due_at < ${dueAt} then card_due_at else ${dueAt} end`,
    })
    .where('id', '=', shownBy(taskId))
    .execute();
}

/** The cards of tasks that somebody waits for have something new to show; of the newest tasks, at most `limit`. */
export async function touchOpenCards(executor: Executor, dueAt: number, limit: number): Promise<void> {
  await executor
    .updateTable('tasks')
    .set({
      card_version: sql`card_version + 1`,
      card_due_at: sql`case when card_due_at < ${dueAt} then card_due_at else ${dueAt} end`,
    })
    .where('id', 'in', (from) =>
      from
        .selectFrom('tasks')
        .select(sql<string>`coalesce(group_id, id)`.as('id'))
        .where(sql<SqlBool>`state in ('queued', 'submitting', 'running')`)
        .orderBy('created_at', 'desc')
        .limit(limit),
    )
    .execute();
}

/** The cards of those who have waited longest for an account's bucket have something new to show; at most `limit`. */
export async function touchQueuedCards(
  executor: Executor,
  accountId: string,
  dueAt: number,
  limit: number,
): Promise<void> {
  const rows = await executor
    .selectFrom('tasks')
    .select(sql<string>`coalesce(group_id, id)`.as('card'))
    .where(sql<SqlBool>`state = 'queued'`)
    .where('is_direct', '=', 0)
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .limit(limit)
    .execute();
  for (const id of new Set(rows.map(({ card }) => card))) await touchCard(executor, id, dueAt);
}

function cardOf(row: Selectable<TasksTable>): TaskCard {
  return {
    channelId: row.card_channel_id ?? undefined,
    messageId: row.card_message_id ?? undefined,
    dueAt: row.card_due_at ?? undefined,
    digest: row.card_digest ?? undefined,
    edits: row.card_edits,
    editedAt: row.card_edited_at ?? undefined,
    version: row.card_version,
  };
}
