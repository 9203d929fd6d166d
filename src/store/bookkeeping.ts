import { type SqlBool, sql } from 'kysely';
import type { Engine, OperationId } from '../domain/request.ts';
import type { Executor } from './schema.ts';

// Literally the condition of the partial index, so that ended tasks are counted from the index alone.
const IS_CHARGED = sql<SqlBool>`state in ('succeeded', 'expired', 'abandoned')`;
const IS_OPEN = sql<SqlBool>`state in ('queued', 'submitting', 'running')`;
const IS_UNKNOWN = sql<SqlBool>`state in ('submitting', 'unknown') and state = 'unknown'`;

/** An account's books, once as its ledger rows say and once as the states of its tasks say. */
export interface Books {
  readonly reserved: { readonly ledger: number; readonly tasks: number };
  /** Without adjustments. */
  readonly charged: { readonly ledger: number; readonly tasks: number };
}

/** Adds the books of an account up, all in one statement: the ledger and the tasks of one and the same moment. */
export async function sumBooks(executor: Executor, accountId: string): Promise<Books> {
  const prices = (condition: typeof IS_OPEN) => sql<number>`(
    select coalesce(sum(price), 0) from tasks where account_id = ${accountId} and ${condition})`;
  const { rows } = await sql<Record<keyof typeof parts, number | string>>`
    select ${sumOf('reserved', accountId)} as reserved, ${sumOf('charged', accountId)} as charged,
      ${prices(IS_OPEN)} as open, ${prices(IS_CHARGED)} as ended,
      ${prices(sql`${IS_UNKNOWN} and attempts = 0`)} as held, ${prices(sql`${IS_UNKNOWN} and attempts > 0`)} as doubtful
  `.execute(executor);
  const parts = { reserved: 0, charged: 0, open: 0, ended: 0, held: 0, doubtful: 0 };
  const row = rows[0] ?? parts;
  return {
    reserved: { ledger: Number(row.reserved), tasks: Number(row.open) + Number(row.held) },
    charged: { ledger: Number(row.charged), tasks: Number(row.ended) + Number(row.doubtful) },
  };
}

function sumOf(column: 'reserved' | 'charged', accountId: string) {
  return sql<number>`(
    select coalesce(sum(${sql.ref(column)}), 0) from ledger
    where account_id = ${accountId} and kind != 'adjust')`;
}

/** Whether MusicAPI may be about to change the balance: something is being sent, made, or was sent in doubt. */
export async function isBalanceMoving(executor: Executor, accountId: string): Promise<boolean> {
  for (const isMoving of [sql<SqlBool>`${IS_OPEN} and state != 'queued'`, IS_UNKNOWN]) {
    const row = await executor
      .selectFrom('tasks')
      .select('id')
      .where(isMoving)
      .where('account_id', '=', accountId)
      .where((where) => where.or([where('state', '!=', 'unknown'), where('attempts', '=', 0)]))
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

/** What MusicAPI said of an account's balance, and what the ledger had charged at that moment. */
export interface BalanceReading {
  readonly accountId: string;
  readonly balance: number;
  /** Without adjustments. */
  readonly charged: number;
  /** Epoch ms. */
  readonly readAt: number;
}

/** The last reading of an account. */
export async function findReading(
  executor: Executor,
  accountId: string,
): Promise<BalanceReading | undefined> {
  const row = await executor
    .selectFrom('balance_readings')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row && { accountId, balance: row.balance, charged: row.charged, readAt: row.read_at };
}

/**
 * Replaces the last reading, if that is still `before`.
 *
 * @returns false when another process has replaced it: nothing was written.
 */
export async function saveReading(
  executor: Executor,
  before: BalanceReading | undefined,
  { accountId, balance, charged, readAt }: BalanceReading,
): Promise<boolean> {
  const values = { balance, charged, read_at: readAt };
  if (!before) {
    const result = await executor
      .insertInto('balance_readings')
      .values({ account_id: accountId, ...values })
      .onConflict((conflict) => conflict.column('account_id').doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  }
  const result = await executor
    .updateTable('balance_readings')
    .set(values)
    .where('account_id', '=', accountId)
    .where('read_at', '=', before.readAt)
    .where('balance', '=', before.balance)
    .where('charged', '=', before.charged)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A difference in the books. */
export interface Finding {
  readonly id: string;
  readonly accountId: string;
  /** Which sum: what is held, what was charged, or the balance at MusicAPI. */
  readonly kind: 'reserved' | 'charged' | 'balance';
  readonly expected: number;
  readonly found: number;
  /** Epoch ms. */
  readonly at: number;
}

/** Writes a difference down. */
export async function addFinding(executor: Executor, finding: Finding): Promise<void> {
  const { id, accountId, kind, expected, found, at } = finding;
  await executor
    .insertInto('ledger_findings')
    .values({ id, account_id: accountId, kind, expected, found, at })
    .execute();
}

/** What an account was charged for one operation. */
export interface Charges {
  readonly engine: Engine;
  readonly operation: OperationId;
  /** How many tasks. */
  readonly tasks: number;
  readonly charged: number;
  /** All of them succeeded: MusicAPI has taken what they cost, whatever that is. */
  readonly isCertain: boolean;
}

/** What the ledger charged after `since` (epoch ms), by operation. */
export async function listCharges(executor: Executor, accountId: string, since: number): Promise<Charges[]> {
  const rows = await executor
    .selectFrom('ledger')
    .innerJoin('tasks', 'tasks.id', 'ledger.task_id')
    .select((select) => [
      'tasks.engine',
      'tasks.operation',
      select.fn.countAll<number | string>().as('tasks'),
      select.fn.sum<number | string>('ledger.charged').as('charged'),
      sql<
        number | string
      >`sum(case when tasks.state = 'succeeded' and ledger.flagged = 0 then 0 else 1 end)`.as('doubts'),
    ])
    .where(sql<SqlBool>`ledger.kind = 'charge'`)
    .where('ledger.account_id', '=', accountId)
    .where('ledger.at', '>', since)
    .groupBy(['tasks.engine', 'tasks.operation'])
    .execute();
  return rows.map((row) => ({
    engine: row.engine,
    operation: row.operation,
    tasks: Number(row.tasks),
    charged: Number(row.charged),
    isCertain: Number(row.doubts) === 0,
  }));
}

/** Whether a task that was given back after `since` (epoch ms) had been sent: MusicAPI may have taken something for it. */
export async function hasSentRefund(executor: Executor, accountId: string, since: number): Promise<boolean> {
  const row = await executor
    .selectFrom('ledger')
    .innerJoin('tasks', 'tasks.id', 'ledger.task_id')
    .select('tasks.id')
    .where('ledger.account_id', '=', accountId)
    .where('ledger.kind', '=', 'refund')
    .where('ledger.at', '>', since)
    .where('tasks.sent_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** When a task of the account was sent last (epoch ms). */
export async function findLastSent(executor: Executor, accountId: string): Promise<number | undefined> {
  const row = await executor
    .selectFrom('tasks')
    .select('sent_at')
    .where('account_id', '=', accountId)
    .where(sql<SqlBool>`sent_at is not null`)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sent_at ?? undefined;
}
