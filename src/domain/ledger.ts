import type { Task, TaskState } from './task.ts';

/**
 * Kinds of ledger rows. Tasks write the first three; `adjust` is what a reconciliation with MusicAPI's balance found
 * beyond them, of no task and of nobody's budget.
 */
export type EntryKind = 'reserve' | 'charge' | 'refund' | 'adjust';

/**
 * One row of the ledger. Sums over `reserved` and `charged` are what a task holds and what it cost: every task
 * that ended has `reserved` 0 and `charged` either 0 or its price.
 */
export interface LedgerEntry {
  readonly accountId: string;
  readonly taskId: string;
  readonly kind: EntryKind;
  /** Change of the credits held for tasks that have not ended. */
  readonly reserved: number;
  /** Change of the credits spent. */
  readonly charged: number;
  readonly memberId: string;
  readonly guildId?: string | undefined;
  /** When the task's reservation was made: all rows of a task count in that moment's budget period. */
  readonly bookedAt: number;
  readonly at: number;
  /** Charged although the outcome is not known. */
  readonly flagged: boolean;
}

/** Length of the period that `BUDGET_MEMBER_DAY` and `BUDGET_SERVER_DAY` limit: any 24 hours. */
export const BUDGET_PERIOD_MS = 24 * 60 * 60_000;

/** What is held or spent on a task in a state. */
type Holding = 'reserved' | 'charged' | 'nothing';

/** The settlement table: what a task in each state holds of its price. */
export function holdingOf(task: Pick<Task, 'state'> & { readonly settled?: boolean }): Holding {
  const holdings: Record<TaskState, Holding> = {
    queued: 'reserved',
    submitting: 'reserved',
    running: 'reserved',
    succeeded: 'charged',
    failed: 'nothing',
    cancelled: 'nothing',
    expired: 'charged',
    abandoned: 'charged',
    unknown: task.settled ? 'charged' : 'reserved',
  };
  return holdings[task.state];
}

/** The row that a change of state writes, if any: the difference of what the two states hold. */
export function settle(before: Task | undefined, after: Task, now: number): LedgerEntry | undefined {
  const from = before ? holdingOf(before) : 'nothing';
  const to = holdingOf(after);
  if (from === to) return undefined;
  const reserved = (to === 'reserved' ? after.price : 0) - (from === 'reserved' ? after.price : 0);
  const charged = (to === 'charged' ? after.price : 0) - (from === 'charged' ? after.price : 0);
  return {
    accountId: after.accountId,
    taskId: after.id,
    kind: to === 'reserved' ? 'reserve' : to === 'charged' ? 'charge' : 'refund',
    reserved,
    charged,
    memberId: after.origin.userId,
    guildId: after.origin.guildId,
    bookedAt: after.createdAt,
    at: now,
    flagged: after.state === 'unknown',
  };
}
