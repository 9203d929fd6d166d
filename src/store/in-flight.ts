import { type SqlBool, sql } from 'kysely';
import { jsonList } from './dialect.ts';
import type { Executor } from './schema.ts';

// Literally the condition of the partial indexes: with parameters in its place SQLite would not use them.
const IS_OPEN = sql<SqlBool>`state in ('queued', 'submitting', 'running')`;
const IS_SUBMITTING = sql<SqlBool>`state in ('submitting', 'unknown') and state = 'submitting'`;

/** Whose tasks: of one member over all servers, or of one server. */
export type InFlightOf =
  | { readonly accountId: string; readonly memberId: string }
  | { readonly accountId: string; readonly guildId: string };

/** Tasks that have not ended. */
export interface InFlightCount {
  readonly queued: number;
  /** Being sent, or made. */
  readonly running: number;
}

/** How many tasks of an account are waiting, and under way, in both lanes. */
export async function countInFlight(executor: Executor, of: InFlightOf): Promise<InFlightCount> {
  const query = executor
    .selectFrom('tasks')
    .select((select) => ['state', select.fn.countAll<number | string>().as('count')])
    .where(IS_OPEN)
    .where('account_id', '=', of.accountId)
    .groupBy('state');
  const rows = await ('memberId' in of
    ? query.where('requester_id', '=', of.memberId)
    : query.where('guild_id', '=', of.guildId)
  ).execute();
  let queued = 0;
  let running = 0;
  for (const { state, count } of rows) {
    if (state === 'queued') queued += Number(count);
    else running += Number(count);
  }
  return { queued, running };
}

/** How many tasks of an account are being sent or made, in both lanes. */
export async function countUnderWay(executor: Executor, accountId: string): Promise<number> {
  const { count } = await executor
    .selectFrom('tasks')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where(IS_OPEN)
    .where('state', '!=', 'queued')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many direct tasks of an account are being sent. */
export async function countDirectSending(executor: Executor, accountId: string): Promise<number> {
  const { count } = await executor
    .selectFrom('tasks')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where(IS_SUBMITTING)
    .where('is_direct', '=', 1)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Who waits in a queue. */
export interface Waiting {
  readonly accountId: string;
  readonly memberIds: readonly string[];
  readonly guildIds: readonly string[];
}

/** Creates that are being sent or made, by member over all servers, and by server; nobody's 0 is listed. */
export interface Running {
  readonly members: ReadonlyMap<string, number>;
  readonly servers: ReadonlyMap<string, number>;
}

/** How many creates of those who wait are being sent or made. What is direct ends at once and holds nobody back. */
export async function countRunning(
  executor: Executor,
  { accountId, memberIds, guildIds }: Waiting,
): Promise<Running> {
  const count = async (column: 'requester_id' | 'guild_id', ids: readonly string[]) => {
    const rows = await executor
      .selectFrom('tasks')
      .select((select) => [column, select.fn.countAll<number | string>().as('count')])
      .where(IS_OPEN)
      .where('state', '!=', 'queued')
      .where('is_direct', '=', 0)
      .where(column, 'in', jsonList(ids))
      .where('account_id', '=', accountId)
      .groupBy(column)
      .execute();
    return new Map(rows.map((row) => [row[column] ?? '', Number(row.count)]));
  };
  return { members: await count('requester_id', memberIds), servers: await count('guild_id', guildIds) };
}
