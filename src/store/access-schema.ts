import type { BudgetHolder } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';

/** Rules about credits. An empty `guild_id` means everywhere. */
interface BudgetsTable {
  account_id: string;
  guild_id: string;
  holder: BudgetHolder;
  /** Empty: every member of the server. */
  holder_id: string;
  period: Period['kind'];
  /** Of a rolling period; null for those of the calendar. */
  hours: number | null;
  /** Null = unlimited. */
  credits: number | null;
  set_by: string;
  set_at: number;
}

/** What applies to a single member of a server, or everywhere. */
interface MemberRulesTable {
  guild_id: string;
  member_id: string;
  /** Null = not blocked. */
  blocked_at: number | null;
  /** Spending up to then no longer counts. */
  reset_at: number | null;
}

interface AuditTable {
  id: string;
  guild_id: string;
  actor_id: string;
  target_id: string;
  act: string;
  detail: string;
  at: number;
}

/** The last balance that MusicAPI told of an account, and what the ledger had charged at that moment. */
interface BalanceReadingsTable {
  account_id: string;
  balance: number;
  charged: number;
  read_at: number;
}

/** Differences that were found in the books. */
interface LedgerFindingsTable {
  id: string;
  account_id: string;
  kind: 'reserved' | 'charged' | 'balance';
  expected: number;
  found: number;
  at: number;
}

/** The tables of the access migration. */
export interface AccessTables {
  budgets: BudgetsTable;
  member_rules: MemberRulesTable;
  audit: AuditTable;
  balance_readings: BalanceReadingsTable;
  ledger_findings: LedgerFindingsTable;
}
