import { sql } from 'kysely';
import { AFTERLIFE_MS } from '../domain/task.ts';
import type { Executor } from './schema.ts';

/** What an account spent in a time. */
export interface Spending {
  /** Credits, less what was given back; without adjustments. */
  readonly credits: number;
  /** When the account spent something for the first time ever (epoch ms); undefined = it never did. */
  readonly firstAt: number | undefined;
}

/** What the ledger charged to an account after `since` (epoch ms). */
export async function findSpending(executor: Executor, accountId: string, since: number): Promise<Spending> {
  const spent = executor
    .selectFrom('ledger')
    .where('account_id', '=', accountId)
    // Literally the condition of the partial index.
    .where(sql<boolean>`charged <> 0`)
    .where('kind', '!=', 'adjust');
  const first = await spent.select('at').orderBy('at').limit(1).executeTakeFirst();
  const { credits } = await spent
    .where('at', '>', since)
    .select(sql<number | string>`coalesce(sum(charged), 0)`.as('credits'))
    .executeTakeFirstOrThrow();
  return { credits: Number(credits), firstAt: first?.at };
}

/** What became of tasks while MusicAPI did not answer. */
export interface Waiting {
  /** Tasks that were open at some moment of that time. */
  readonly waited: number;
  /** Those of which it is not known whether MusicAPI took them. */
  readonly inDoubt: number;
}

/** Counts the tasks that waited from `since` until now (epoch ms). */
export async function countWaiting(executor: Executor, since: number): Promise<Waiting> {
  const { rows } = await sql<{ waited: number | string; in_doubt: number | string }>`
    select
      (select count(*) from tasks
        where state in ('queued', 'submitting', 'running') or ended_at >= ${since}) as waited,
      (select count(*) from tasks
        where state in ('submitting', 'unknown') and state = 'unknown'
          and due_at >= ${since + AFTERLIFE_MS}) as in_doubt
  `.execute(executor);
  const { waited = 0, in_doubt = 0 } = rows[0] ?? {};
  return { waited: Number(waited) + Number(in_doubt), inDoubt: Number(in_doubt) };
}
