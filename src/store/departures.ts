import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { standInOf } from '../domain/forgotten.ts';
import type { Executor } from './schema.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** The longest calendar month. */
const MONTH_MS = 31 * DAY_MS;

/** A wish to be deleted. */
export interface Departure {
  readonly userId: string;
  /** Takes the place of the person's id in what stays: a new one for every deletion, which says nothing of who it was. */
  readonly standIn: string;
}

/** Writes down that a person wants to be deleted, so that it happens even if the process dies now. */
export async function wishDeparture(
  tx: Executor,
  userId: string,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<Departure> {
  await tx
    .insertInto('departures')
    .values({
      stand_in: standInOf(id),
      wanted_by: userId,
      wanted_at: at,
      salt: null,
      digest: null,
      ends_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const found = await findDeparture(tx, userId);
  if (!found) throw new Error('a wish was written and is not there');
  return found;
}

/** The wish of a person that is not fulfilled yet. */
export async function findDeparture(executor: Executor, userId: string): Promise<Departure | undefined> {
  const row = await executor
    .selectFrom('departures')
    .select('stand_in')
    .where('wanted_by', '=', userId)
    .executeTakeFirst();
  return row && { userId, standIn: row.stand_in };
}

/** The wishes of up to then (epoch ms) that are not fulfilled yet. */
export async function listDepartures(executor: Executor, until: number): Promise<readonly Departure[]> {
  const rows = await executor
    .selectFrom('departures')
    .select(['stand_in', 'wanted_by'])
    .where('wanted_by', 'is not', null)
    .where('wanted_at', '<=', until)
    .orderBy('wanted_at')
    .execute();
  return rows.flatMap(({ stand_in: standIn, wanted_by: userId }) => (userId ? [{ userId, standIn }] : []));
}

/**
 * Everything about the person is gone. As long as what they spent counts against a budget, a digest with a salt of its
 * own tells whether somebody is that person, so that nobody gets new credits, or rid of a block, by leaving. Of whom
 * nothing counts nothing is left.
 */
export async function endDeparture(tx: Executor, { userId, standIn }: Departure, now: number): Promise<void> {
  if (!(await isInBooks(tx, standIn))) {
    await tx.deleteFrom('departures').where('stand_in', '=', standIn).execute();
    return;
  }
  const salt = randomBytes(32).toString('base64');
  await tx
    .updateTable('departures')
    .set({
      wanted_by: null,
      salt,
      digest: digestOf(userId, salt),
      ends_at: now + (await findLongestPeriod(tx)),
    })
    .where('stand_in', '=', standIn)
    .execute();
}

/** Whether something that was spent, or decided about the person, may still count. */
async function isInBooks(tx: Executor, standIn: string): Promise<boolean> {
  for (const table of ['ledger', 'member_rules'] as const) {
    const found = await tx
      .selectFrom(table)
      .select('member_id')
      .where('member_id', '=', standIn)
      .limit(1)
      .executeTakeFirst();
    if (found) return true;
  }
  return false;
}

/** What stood for this person when they left before, as far as that still counts. */
export async function listFormerIds(executor: Executor, userId: string): Promise<readonly string[]> {
  const rows = await executor
    .selectFrom('departures')
    .select(['stand_in', 'salt', 'digest'])
    .where('digest', 'is not', null)
    .execute();
  return rows.flatMap(({ stand_in, salt, digest }) =>
    salt !== null && digest !== null && isSame(digestOf(userId, salt), digest) ? [stand_in] : [],
  );
}

/** Cuts the last link between people and what stands for them, where it is not needed any more. A block needs it. */
export async function forgetDepartures(tx: Executor, now: number): Promise<void> {
  const blocked = tx.selectFrom('member_rules').select('member_id').where('blocked_at', 'is not', null);
  const over = await tx
    .deleteFrom('departures')
    .where('ends_at', '<=', now)
    .where('stand_in', 'not in', blocked)
    .returning('stand_in')
    .execute();
  for (const { stand_in } of over)
    await tx.deleteFrom('member_rules').where('member_id', '=', stand_in).execute();
}

/** How long what was spent may count against a budget that there is; any 24 hours for those of the environment. */
async function findLongestPeriod(executor: Executor): Promise<number> {
  const rows = await executor.selectFrom('budgets').select(['period', 'hours']).distinct().execute();
  const lengths = rows.map(({ period, hours }) => {
    switch (period) {
      case 'day':
        return DAY_MS;
      case 'week':
        return 7 * DAY_MS;
      case 'month':
        return MONTH_MS;
      case 'rolling':
        return (hours ?? 0) * HOUR_MS;
      default:
        return MONTH_MS;
    }
  });
  return Math.max(DAY_MS, ...lengths);
}

function digestOf(userId: string, salt: string): string {
  return createHmac('sha256', salt).update(userId).digest('base64');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
