import { type Budget, EVERYWHERE } from '../domain/budget.ts';
import { ANY_24_HOURS, type Period } from '../domain/period.ts';
import { UserError } from '../errors.ts';
import { formatPeriod } from '../words/periods.ts';
import { words } from '../words/words.ts';

/** Credits that may be spent in any 24 hours on the operator's account; Infinity = unlimited. */
export interface Budgets {
  readonly memberDay: number;
  readonly serverDay: number;
}

/** Where a rule comes from, which is how a refusal names it. */
export type RuleSource =
  /** The environment's limits. */
  | 'member'
  | 'server'
  /** The operator's grants, which raise them. */
  | 'member-grant'
  | 'server-grant'
  /** The server's own, which can only lower them. */
  | 'own-server'
  | 'own-member'
  | 'own-role'
  | 'own-grant';

/** One budget that a member may spend from. */
export interface BudgetRule {
  readonly source: RuleSource;
  /** Of a role's budget. */
  readonly roleId?: string | undefined;
  readonly period: Period;
  readonly credits: number;
}

/** Whose bookings count against a limit. */
export type LimitScope = 'member-everywhere' | 'member-here' | 'server';

/** A limit that a price has to keep to: there is room if any one of its rules has room. */
export interface Limit {
  readonly scope: LimitScope;
  readonly rules: readonly BudgetRule[];
}

/** Who spends, as far as rules differ by it. */
export interface Spending {
  readonly guildId?: string | undefined;
  readonly memberId: string;
  readonly roleIds: readonly string[];
}

/**
 * All limits that somebody's spending has to keep to. The environment's are the ceiling, which only the operator's
 * grants (stored for everywhere) raise. Below it a server has limits of its own: one for all its members together,
 * and one for each member, which is that of the member's roles (the most generous counts), else that of every
 * member; a grant of the server raises this one.
 */
export function listLimits(
  budgets: Budgets,
  stored: readonly Budget[],
  { guildId, memberId, roleIds }: Spending,
): readonly Limit[] {
  const find = (place: string, holder: Budget['holder'], holderId: string, source: RuleSource) =>
    stored
      .filter((one) => one.guildId === place && one.holder === holder && one.holderId === holderId)
      .map(({ period, credits }): BudgetRule => ({ source, period, credits }));
  const ceiling = (source: RuleSource, credits: number) => ({ source, period: ANY_24_HOURS, credits });
  const limits: Limit[] = [
    {
      scope: 'member-everywhere',
      rules: [ceiling('member', budgets.memberDay), ...find(EVERYWHERE, 'member', memberId, 'member-grant')],
    },
  ];
  if (guildId === undefined) return limits;
  limits.push({
    scope: 'server',
    rules: [ceiling('server', budgets.serverDay), ...find(EVERYWHERE, 'server', guildId, 'server-grant')],
  });
  const ofRoles = [...new Set(roleIds)].flatMap((roleId) =>
    find(guildId, 'role', roleId, 'own-role').map((rule) => ({ ...rule, roleId })),
  );
  const ofMembers = ofRoles.length > 0 ? ofRoles : find(guildId, 'member', '', 'own-member');
  if (ofMembers.length > 0) {
    const grants = find(guildId, 'member', memberId, 'own-grant');
    limits.push({ scope: 'member-here', rules: [...ofMembers, ...grants] });
  }
  const own = find(guildId, 'server', '', 'own-server');
  if (own.length > 0) limits.push({ scope: 'server', rules: own });
  return limits;
}

/** A rule as it stands before a request. */
export interface BudgetState {
  readonly rule: BudgetRule;
  /** Credits held or spent in the period. */
  readonly spent: number;
}

/** A rule that a price does not fit in. */
export interface BudgetExcess extends BudgetState {
  readonly price: number;
  readonly left: number;
  /** Credits that have to leave the period first; undefined = the price is above the whole budget. */
  readonly mustFree: number | undefined;
}

/** What is missing in a rule for a price; undefined = it fits. */
export function findExcess(price: number, { rule, spent }: BudgetState): BudgetExcess | undefined {
  const { credits } = rule;
  if (spent + price <= credits) return undefined;
  const mustFree = price > credits ? undefined : spent + price - credits;
  return { rule, spent, price, left: Math.max(0, credits - spent), mustFree };
}

/** The refusal, with its figures and the moment (epoch ms) from which the price fits again. */
export function createBudgetError(excess: BudgetExcess, fitsAt: number | undefined): UserError {
  const { rule, spent, price, left, mustFree } = excess;
  const { budgets } = words();
  const figures = budgets.figures({ rule: formatRule(rule), spent, left, price });
  return new UserError(`${figures} ${mustFree === undefined ? budgets.never : formatFit(fitsAt)}`);
}

/** Discord shows the time in the reader's own language. */
function formatFit(fitsAt: number | undefined): string {
  const { budgets } = words();
  return fitsAt === undefined
    ? budgets.later
    : budgets.fitsAt({ when: `<t:${Math.ceil(fitsAt / 1_000)}:R>` });
}

/** Whose budget it is, how much, and for how long. */
function formatRule({ source, roleId, credits, period }: BudgetRule): string {
  const { amount, rule } = words().budgets;
  const figures = amount({ credits, period: formatPeriod(period) });
  return rule[source]({ amount: figures, role: `<@&${roleId ?? ''}>` });
}
