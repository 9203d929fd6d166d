import { type SqlBool, sql } from 'kysely';
import type { Executor } from './schema.ts';
import type { Lane } from './task-lists.ts';

// Literally the condition of the partial index.
const WAS_SENT = sql<SqlBool>`sent_at is not null`;

/** The last time that a task of a member in a server was sent (epoch ms). */
export interface LastTurn {
  /** Absent for requests with no server behind them. */
  readonly guildId: string | undefined;
  readonly memberId: string;
  readonly at: number;
}

/**
 * Records that a task is being sent, and so that its member and server had their turn.
 *
 * @param at - undefined takes it back: the task is queued again.
 */
export async function saveTurn(executor: Executor, taskId: string, at: number | undefined): Promise<void> {
  await executor
    .updateTable('tasks')
    .set({ sent_at: at ?? null })
    .where('id', '=', taskId)
    .execute();
}

/** Who had a turn on an account and lane after `since` (epoch ms), and when last. */
export async function listTurns(
  executor: Executor,
  accountId: string,
  lane: Lane,
  since: number,
): Promise<LastTurn[]> {
  const rows = await executor
    .selectFrom('tasks')
    .select((select) => ['guild_id', 'requester_id', select.fn.max('sent_at').as('at')])
    .where(WAS_SENT)
    .where('account_id', '=', accountId)
    .where('sent_at', '>', since)
    .where('is_direct', '=', lane === 'direct' ? 1 : 0)
    .groupBy(['guild_id', 'requester_id'])
    .execute();
  return rows.map((row) => ({
    guildId: row.guild_id ?? undefined,
    memberId: row.requester_id,
    at: Number(row.at),
  }));
}
