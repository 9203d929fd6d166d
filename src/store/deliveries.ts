import { type Insertable, type Selectable, type SqlBool, sql } from 'kysely';
import type { Delivery, DeliverySetback } from '../domain/delivery.ts';
import { claimable, jsonList } from './dialect.ts';
import { ATTEMPT, CLIP_IDS, POSTED } from './json.ts';
import type { DeliveriesTable, Executor, Lease } from './schema.ts';
import { parseRows, parseStored } from './stored-data.ts';
import type { Claim } from './task-claims.ts';

// Literally the condition of the partial index: with parameters in its place SQLite would not use it.
const IS_UNFINISHED = sql<SqlBool>`state in ('pending', 'delivering')`;

/** Records planned deliveries. */
export async function insertDeliveries(executor: Executor, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await executor
    .insertInto('deliveries')
    .values(
      deliveries.map((delivery) => ({
        id: delivery.id,
        task_id: delivery.taskId,
        kind: delivery.kind,
        clip_ids: JSON.stringify(delivery.clipIds),
        is_copy: delivery.isCopy ? 1 : 0,
        created_at: delivery.createdAt,
        ...stateColumnsOf(delivery),
      })),
    )
    .execute();
}

/** The delivery with this id. */
export async function findDelivery(executor: Executor, deliveryId: string): Promise<Delivery | undefined> {
  const row = await executor
    .selectFrom('deliveries')
    .selectAll()
    .where('id', '=', deliveryId)
    .executeTakeFirst();
  return row && parseDelivery(row);
}

/**
 * All deliveries of a task but the copies of them, in the order of their ids, which is the order in which they were
 * planned.
 */
export async function listDeliveriesOfTask(executor: Executor, taskId: string): Promise<Delivery[]> {
  const rows = await executor
    .selectFrom('deliveries')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('is_copy', '=', 0)
    .orderBy('id')
    .execute();
  return rows.map(parseDelivery);
}

/** A delivery, and the server that its task was asked for in. */
export interface PlacedDelivery {
  readonly delivery: Delivery;
  readonly guildId?: string | undefined;
}

/** All deliveries of these tasks but the copies of them. */
export async function listDeliveriesOfTasks(
  executor: Executor,
  taskIds: readonly string[],
): Promise<readonly PlacedDelivery[]> {
  const rows = await executor
    .selectFrom('deliveries')
    .innerJoin('tasks', 'tasks.id', 'deliveries.task_id')
    .selectAll('deliveries')
    .select('tasks.guild_id')
    .where('deliveries.task_id', 'in', jsonList(taskIds))
    .where('deliveries.is_copy', '=', 0)
    .orderBy('deliveries.id')
    .execute();
  return rows.map(({ guild_id, ...row }) => ({
    delivery: parseDelivery(row),
    guildId: guild_id ?? undefined,
  }));
}

/** Whether a delivery of one of the tasks that were asked for together mentions the person. */
export async function isGroupMentioned(executor: Executor, groupId: string): Promise<boolean> {
  const row = await executor
    .selectFrom('deliveries')
    .select('deliveries.id')
    .where('task_id', 'in', (from) =>
      from.selectFrom('tasks').select('tasks.id').where('group_id', '=', groupId),
    )
    .where('mention', '=', 1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** An earlier delivery of a task that gets nowhere for this long does not hold up the later ones any more. */
const ORDER_PATIENCE_MS = 10 * 60_000;

/**
 * Takes deliveries that are to be tried now, the longest overdue first. A task's messages come in their order, whoever
 * brings them: the later ones wait for the earlier ones, also where those were tried and will be again in a moment, but
 * not for one that waits for a reason of its own (`setback`).
 */
export async function claimDueDeliveries(
  executor: Executor,
  { now, limit, owner, leaseUntil, onBroken }: Claim,
): Promise<Delivery[]> {
  const rows = await executor
    .updateTable('deliveries')
    .set({ lease_owner: owner, lease_until: leaseUntil })
    .where('id', 'in', (from) =>
      claimable(
        from
          .selectFrom('deliveries')
          .select('id')
          .where(IS_UNFINISHED)
          .where('due_at', '<=', now)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('deliveries as earlier')
                  .select('earlier.id')
                  .whereRef('earlier.task_id', '=', 'deliveries.task_id')
                  .whereRef('earlier.id', '<', 'deliveries.id')
                  .where((earlier) =>
                    earlier.or([
                      earlier.and([
                        earlier('earlier.lease_owner', '!=', owner),
                        earlier('earlier.lease_until', '>', now),
                      ]),
                      earlier.and([
                        earlier('earlier.state', 'in', ['pending', 'delivering']),
                        earlier('earlier.setback', 'is', null),
                        earlier(
                          earlier.fn.coalesce('earlier.troubled_since', 'earlier.created_at'),
                          '>',
                          now - ORDER_PATIENCE_MS,
                        ),
                      ]),
                    ]),
                  ),
              ),
            ),
          )
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit),
      ),
    )
    .returningAll()
    .execute();
  rows.sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0) || (a.id < b.id ? -1 : 1));
  return parseRows(rows, parseDelivery, onBroken);
}

/** Prolongs an owner's claims on these deliveries. */
export async function renewDeliveries(
  executor: Executor,
  lease: Lease,
  deliveryIds: readonly string[],
): Promise<void> {
  await executor
    .updateTable('deliveries')
    .set({ lease_until: lease.until })
    .where('id', 'in', jsonList(deliveryIds))
    .where('lease_owner', '=', lease.owner)
    .execute();
}

/**
 * Replaces a delivery by its next state, if it still is what `before` says.
 *
 * @param lease - Who goes on working at it, and until when; without one it is free for everybody.
 * @returns false when it had changed meanwhile; nothing was written.
 */
export async function updateDelivery(
  executor: Executor,
  before: Delivery,
  after: Delivery,
  lease?: Lease,
): Promise<boolean> {
  const seen = stateColumnsOf(before);
  const result = await executor
    .updateTable('deliveries')
    .set({
      ...stateColumnsOf(after),
      lease_owner: lease?.owner ?? null,
      lease_until: lease?.until ?? null,
    })
    .where('id', '=', before.id)
    .where('state', '=', seen.state)
    .where('generation', '=', seen.generation)
    .where('tries', '=', seen.tries)
    .where('posted', '=', seen.posted)
    .where('attempt', 'is not distinct from', seen.attempt)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Lets every delivery that waits for this reason be tried at `dueAt`; returns how many there are. */
export async function wakeDeliveries(
  executor: Executor,
  setback: DeliverySetback,
  dueAt: number,
): Promise<number> {
  const result = await executor
    .updateTable('deliveries')
    .set({ due_at: dueAt })
    .where(IS_UNFINISHED)
    .where('setback', '=', setback)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Through the schemas, so that the same content is always the same text. */
function stateColumnsOf(delivery: Delivery) {
  return {
    state: delivery.state,
    mention: delivery.mention ? 1 : 0,
    generation: delivery.generation,
    posted: JSON.stringify(POSTED.parse(delivery.posted)),
    attempt: delivery.attempt ? JSON.stringify(ATTEMPT.parse(delivery.attempt)) : null,
    tries: delivery.tries,
    due_at: delivery.dueAt ?? null,
    setback: delivery.setback ?? null,
    detail: delivery.detail ?? null,
    troubled_since: delivery.troubledSince ?? null,
  } satisfies Partial<Insertable<DeliveriesTable>>;
}

function parseDelivery(row: Selectable<DeliveriesTable>): Delivery {
  const place = (column: string) => ({ table: 'deliveries', column, id: row.id });
  return {
    id: row.id,
    taskId: row.task_id,
    kind: row.kind,
    clipIds: parseStored(CLIP_IDS, row.clip_ids, place('clip_ids')),
    state: row.state,
    mention: row.mention === 1,
    generation: row.generation,
    posted: parseStored(POSTED, row.posted, place('posted')),
    attempt: row.attempt === null ? undefined : parseStored(ATTEMPT, row.attempt, place('attempt')),
    tries: row.tries,
    dueAt: row.due_at ?? undefined,
    setback: row.setback ?? undefined,
    detail: row.detail ?? undefined,
    troubledSince: row.troubled_since ?? undefined,
    ...(row.is_copy === 1 ? { isCopy: true as const } : {}),
    createdAt: row.created_at,
  };
}
