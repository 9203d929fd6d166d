import { type RawBuilder, sql } from 'kysely';
import type { LedgerEntry } from '../domain/ledger.ts';
import { ANY_24_HOURS, leavesAt, type Period } from '../domain/period.ts';
import type { Executor } from './schema.ts';

/** Writes one row. A second reservation of the same task is refused by the database. */
export async function addEntry(executor: Executor, entry: LedgerEntry): Promise<void> {
  await executor
    .insertInto('ledger')
    .values({
      account_id: entry.accountId,
      task_id: entry.taskId,
      kind: entry.kind,
      reserved: entry.reserved,
      charged: entry.charged,
      member_id: entry.memberId,
      guild_id: entry.guildId ?? null,
      booked_at: entry.bookedAt,
      at: entry.at,
      flagged: entry.flagged ? 1 : 0,
    })
    .execute();
}

/** Credits that a task holds and that it cost. */
export interface LedgerSums {
  readonly reserved: number;
  readonly charged: number;
}

/** What all rows of a task come to. */
export async function sums(executor: Executor, taskId: string): Promise<LedgerSums> {
  const row = await executor
    .selectFrom('ledger')
    .select([total(sql`reserved`).as('reserved'), total(sql`charged`).as('charged')])
    .where('task_id', '=', taskId)
    .executeTakeFirstOrThrow();
  return { reserved: Number(row.reserved), charged: Number(row.charged) };
}

/** Whose bookings to look at: of one member over all servers, or of one server. */
export interface Spender {
  readonly accountId: string;
  readonly memberId?: string | undefined;
  /** What stands for the member besides: who had themselves deleted has not spent less. */
  readonly formerIds?: readonly string[] | undefined;
  readonly guildId?: string | undefined;
  /** Epoch ms: only what was booked after this moment counts. */
  readonly since: number;
}

/** Credits held and spent in the period. */
export async function spentBy(executor: Executor, spender: Spender): Promise<number> {
  const row = await bookingsOf(executor, spender)
    .select(total(sql`reserved + charged`).as('credits'))
    .executeTakeFirstOrThrow();
  return Number(row.credits);
}

/**
 * When `need` credits more will have left the period, the oldest bookings first (epoch ms).
 * Undefined = the period does not hold that many.
 */
export async function freesUpAt(
  executor: Executor,
  spender: Spender,
  need: number,
  period: Period = ANY_24_HOURS,
): Promise<number | undefined> {
  const bookings = await bookingsOf(executor, spender)
    .select(['booked_at', total(sql`reserved + charged`).as('credits')])
    .groupBy('booked_at')
    .orderBy('booked_at')
    .execute();
  let freed = 0;
  for (const booking of bookings) {
    freed += Number(booking.credits);
    if (freed >= need) return leavesAt(period, booking.booked_at);
  }
  return undefined;
}

function bookingsOf(executor: Executor, { accountId, memberId, formerIds = [], guildId, since }: Spender) {
  let query = executor
    .selectFrom('ledger')
    .where('account_id', '=', accountId)
    .where('booked_at', '>', since);
  if (memberId !== undefined) query = query.where('member_id', 'in', [memberId, ...formerIds]);
  if (guildId !== undefined) query = query.where('guild_id', '=', guildId);
  return query;
}

/** A sum that is 0 for no rows; PostgreSQL gives it as text. */
function total(credits: RawBuilder<unknown>): RawBuilder<number | string> {
  return sql`coalesce(sum(${credits}), 0)`;
}
