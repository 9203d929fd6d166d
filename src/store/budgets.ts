import type { Selectable } from 'kysely';
import { BUDGET_HOLDERS, type Budget, EVERYWHERE } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';
import type { AccessTables } from './access-schema.ts';
import type { Executor } from './schema.ts';
import { StoredDataError } from './stored-data.ts';

/** Who asks, as far as budgets are concerned. */
export interface BudgetAsker {
  readonly accountId: string;
  /** Absent for a request with no server behind it. */
  readonly guildId?: string | undefined;
  readonly memberId: string;
}

/**
 * Every stored rule that may apply to a member of a server, with those of all its roles.
 *
 * @throws StoredDataError when one cannot be read: a rule that is not understood must not let anything pass.
 */
export async function listBudgets(
  executor: Executor,
  { accountId, guildId, memberId }: BudgetAsker,
): Promise<Budget[]> {
  const places = guildId === undefined ? [EVERYWHERE] : [EVERYWHERE, guildId];
  const rows = await executor
    .selectFrom('budgets')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('guild_id', 'in', places)
    .where((where) => where.or([where('holder', '!=', 'member'), where('holder_id', 'in', ['', memberId])]))
    .execute();
  return rows.map(parseBudget);
}

/**
 * The budgets that a server has set for itself: for all members, for roles, and for all together.
 *
 * @throws StoredDataError when one cannot be read.
 */
export async function listServerBudgets(
  executor: Executor,
  accountId: string,
  guildId: string,
): Promise<Budget[]> {
  const rows = await executor
    .selectFrom('budgets')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('guild_id', '=', guildId)
    .where((where) => where.or([where('holder', '!=', 'member'), where('holder_id', '=', '')]))
    .orderBy('holder')
    .orderBy('holder_id')
    .execute();
  return rows.map(parseBudget);
}

/** Sets a rule; the one that was there for the same holder is replaced. */
export async function saveBudget(
  executor: Executor,
  budget: Budget,
  set: { readonly by: string; readonly at: number },
): Promise<void> {
  const { period, credits } = budget;
  const values = {
    period: period.kind,
    hours: period.kind === 'rolling' ? period.hours : null,
    credits: credits === Number.POSITIVE_INFINITY ? null : credits,
    set_by: set.by,
    set_at: set.at,
  };
  await executor
    .insertInto('budgets')
    .values({ ...keyOf(budget), ...values })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'guild_id', 'holder', 'holder_id']).doUpdateSet(values),
    )
    .execute();
}

/** Takes a rule away, if there is one. */
export async function removeBudget(
  executor: Executor,
  budget: Pick<Budget, 'accountId' | 'guildId' | 'holder' | 'holderId'>,
): Promise<void> {
  const key = keyOf(budget);
  await executor
    .deleteFrom('budgets')
    .where('account_id', '=', key.account_id)
    .where('guild_id', '=', key.guild_id)
    .where('holder', '=', key.holder)
    .where('holder_id', '=', key.holder_id)
    .execute();
}

function parseBudget(row: Selectable<AccessTables['budgets']>): Budget {
  const id = `${row.guild_id} ${row.holder} ${row.holder_id}`;
  if (!BUDGET_HOLDERS.includes(row.holder)) throw new StoredDataError('budgets', 'holder', id, 'unknown');
  return {
    accountId: row.account_id,
    guildId: row.guild_id,
    holder: row.holder,
    holderId: row.holder_id,
    period: periodOf(row.period, row.hours, id),
    credits: row.credits ?? Number.POSITIVE_INFINITY,
  };
}

function keyOf(budget: Pick<Budget, 'accountId' | 'guildId' | 'holder' | 'holderId'>) {
  const { accountId, guildId, holder, holderId } = budget;
  return { account_id: accountId, guild_id: guildId, holder, holder_id: holderId };
}

function periodOf(kind: Period['kind'], hours: number | null, id: string): Period {
  switch (kind) {
    case 'day':
    case 'week':
    case 'month':
      return { kind };
    case 'rolling':
      if (hours !== null && hours > 0) return { kind, hours };
      throw new StoredDataError('budgets', 'hours', id, 'not a number of hours');
    default:
      kind satisfies never;
      throw new StoredDataError('budgets', 'period', id, 'this version does not know the period');
  }
}
