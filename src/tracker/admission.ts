import { countsAfter, leavesAt } from '../domain/period.ts';
import type { Request } from '../domain/request.ts';
import { UserError } from '../errors.ts';
import { OPERATOR_ACCOUNT, ownerOf } from '../store/accounts.ts';
import { listBudgets } from '../store/budgets.ts';
import { freesUpAt, type Spender, spentBy } from '../store/ledger.ts';
import { findStanding, type MemberStanding } from '../store/member-rules.ts';
import type { Executor } from '../store/schema.ts';
import { words } from '../words/words.ts';
import {
  type BudgetExcess,
  type BudgetRule,
  type Budgets,
  createBudgetError,
  findExcess,
  type Limit,
  type LimitScope,
  listLimits,
} from './budget.ts';
import { type RuleAsker, requireRules } from './rules.ts';

/** The refusal of whoever a manager has blocked, whatever they try. */
export class BlockedError extends UserError {
  constructor() {
    super(words().budgets.blocked);
  }
}

/** A request before it is taken in. */
export interface Applicant extends RuleAsker {
  readonly accountId: string;
}

/**
 * Checks that the member is not blocked, that the server's rules allow it, and that every budget has room for the
 * price. All of it is read in the transaction that reserves the price; what cannot be read refuses.
 *
 * @throws UserError with the reason, its figures and the time at which it would fit.
 */
export async function admit(
  tx: Executor,
  budgets: Budgets,
  applicant: Applicant,
  { price, now, requests }: Asked,
): Promise<void> {
  const { guildId, userId } = applicant.origin;
  const standing = await findStanding(tx, guildId, userId);
  if (standing.isBlocked) throw new BlockedError();
  await requireRules(tx, applicant, requests);
  for (const { limit, states } of await loadUsage(tx, budgets, applicant, { standing, now })) {
    const excesses = states.map((state) => findExcess(price, state));
    if (excesses.some((excess) => excess === undefined)) continue;
    throw await explain(tx, limit.scope, applicant, excesses as BudgetExcess[], { standing, now });
  }
}

/** What is asked for. */
interface Asked {
  readonly requests: readonly Request[];
  /** Of all together. */
  readonly price: number;
  readonly now: number;
}

/** A limit, with what has been used of each of its rules. */
export interface LimitUsage {
  readonly limit: Limit;
  readonly states: readonly { readonly rule: BudgetRule; readonly spent: number }[];
}

interface Context {
  readonly standing: MemberStanding;
  readonly now: number;
}

/**
 * Every limit of somebody's spending, and how much of it is used. The environment's hold on the operator's account;
 * those that a server has set for itself, on its own key too. What a member pays with a key of their own nobody limits.
 */
export async function loadUsage(
  executor: Executor,
  budgets: Budgets,
  applicant: Applicant,
  { standing, now }: Context,
): Promise<readonly LimitUsage[]> {
  const { accountId, origin, roleIds } = applicant;
  const member = { guildId: origin.guildId, memberId: origin.userId };
  const payer = ownerOf(accountId);
  if (payer.kind === 'member') return [];
  const stored = await listBudgets(executor, { accountId: OPERATOR_ACCOUNT, ...member });
  const usages: LimitUsage[] = [];
  for (const limit of listLimits(budgets, stored, { ...member, roleIds })) {
    if (payer.kind === 'server' && !isOwn(limit)) continue;
    const states = [];
    for (const rule of limit.rules) {
      const spender = spenderOf(limit.scope, rule, applicant, { standing, now });
      states.push({ rule, spent: await spentBy(executor, spender) });
    }
    usages.push({ limit, states });
  }
  return usages;
}

/** Whether a server has set a limit for itself. */
function isOwn({ rules }: Limit): boolean {
  return rules.every(({ source }) => source.startsWith('own-'));
}

/** Whose bookings a rule counts: those of its period, and of a member only those after the last reset. */
function spenderOf(
  scope: LimitScope,
  rule: BudgetRule,
  { accountId, origin }: Applicant,
  { standing, now }: Context,
): Spender {
  const since = countsAfter(rule.period, now);
  const { guildId, userId: memberId } = origin;
  const { formerIds } = standing;
  switch (scope) {
    case 'member-everywhere':
      return { accountId, memberId, formerIds, since: Math.max(since, standing.resetEverywhereAt) };
    case 'member-here':
      return { accountId, memberId, formerIds, guildId, since: Math.max(since, standing.resetHereAt) };
    case 'server':
      return { accountId, guildId, since };
    default:
      return scope satisfies never;
  }
}

/** Names the rule of a limit in which the price fits first. */
async function explain(
  tx: Executor,
  scope: LimitScope,
  applicant: Applicant,
  excesses: readonly BudgetExcess[],
  context: Context,
): Promise<UserError> {
  const found = [];
  for (const excess of excesses) {
    const fitsAt = await findFit(tx, scope, applicant, excess, context);
    found.push({ excess, fitsAt });
  }
  const [first] = found.sort(
    (a, b) => timeOf(a.fitsAt) - timeOf(b.fitsAt) || b.excess.rule.credits - a.excess.rule.credits,
  );
  if (!first) throw new Error('a limit has at least one rule');
  return createBudgetError(first.excess, first.fitsAt);
}

async function findFit(
  tx: Executor,
  scope: LimitScope,
  applicant: Applicant,
  { rule, mustFree }: BudgetExcess,
  context: Context,
): Promise<number | undefined> {
  if (mustFree === undefined) return undefined;
  if (rule.period.kind !== 'rolling') return leavesAt(rule.period, context.now);
  return await freesUpAt(tx, spenderOf(scope, rule, applicant, context), mustFree, rule.period);
}

/** A moment that never comes is the last of all. */
function timeOf(fitsAt: number | undefined): number {
  return fitsAt ?? Number.MAX_SAFE_INTEGER;
}
