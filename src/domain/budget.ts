import type { Period } from './period.ts';

/** Whose spending a budget limits. */
export const BUDGET_HOLDERS = ['member', 'role', 'server'] as const;
export type BudgetHolder = (typeof BUDGET_HOLDERS)[number];

/**
 * Stands for "everywhere" in place of a server's id. What is set there is the operator's, and the only thing that
 * raises the limits of the environment; what is set for a server can only lower them.
 */
export const EVERYWHERE = '';

/** A stored rule about credits in a period. */
export interface Budget {
  readonly accountId: string;
  /** A server's id, or `EVERYWHERE`. */
  readonly guildId: string;
  readonly holder: BudgetHolder;
  /** Id of the member, role or server; empty: every member of the server. A member's own row is a grant. */
  readonly holderId: string;
  readonly period: Period;
  /** Infinity = unlimited. */
  readonly credits: number;
}
