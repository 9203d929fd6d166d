import { ulid } from 'ulid';
import { type Budget, EVERYWHERE } from '../domain/budget.ts';
import { ANY_24_HOURS, countsAfter, type Period } from '../domain/period.ts';
import type { Task } from '../domain/task.ts';
import { failTask } from '../domain/transitions.ts';
import type { Logger } from '../log.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { type AuditEntry, addAudit } from '../store/audit.ts';
import { listBudgets, removeBudget, saveBudget } from '../store/budgets.ts';
import { spentBy } from '../store/ledger.ts';
import { findStanding, saveMemberRule } from '../store/member-rules.ts';
import type { Store } from '../store/open.ts';
import type { Executor } from '../store/schema.ts';
import { listOpenTasksOf } from '../store/task-lists.ts';
import type { Observe } from '../telemetry/events.ts';
import { formatPeriod } from '../words/periods.ts';
import { speak } from '../words/words.ts';
import { loadUsage } from './admission.ts';
import { leaveQueue } from './advance.ts';
import type { BudgetRule, Budgets } from './budget.ts';
import { createChanges } from './changes.ts';
import { BLOCKED } from './take-head.ts';

/** What deciding about members needs. */
export interface MembersDeps {
  readonly store: Store;
  readonly budgets: Budgets;
  readonly log: Logger;
  /** Called after every committed change of a task. */
  readonly onChange: (task: Task) => void;
  /** Is told of the same. @defaultValue nobody */
  readonly observe?: Observe;
  /** Ids of audit entries. @defaultValue ULIDs */
  readonly newId?: () => string;
}

/** Somebody's decision about a member of a server. That they have the right to it was checked before. */
export interface MemberDeed {
  readonly guildId: string;
  readonly actorId: string;
  readonly targetId: string;
  /** The operator's grants and resets hold for the limits over all servers too; a manager's never do. */
  readonly isOperator: boolean;
}

/** What a grant gives. */
export interface Grant {
  /** 0 takes the grant back; Infinity = unlimited. */
  readonly credits: number;
  readonly period: Period;
}

/** How a member stands in a server. */
export interface MemberView {
  readonly isBlocked: boolean;
  /** The limits over all servers, and how much of each is used. */
  readonly everywhere: readonly { readonly rule: BudgetRule; readonly spent: number }[];
  /** Credits used in this server in the last 24 hours. */
  readonly usedHere: number;
  /** The server's own grant. */
  readonly grant?: Budget | undefined;
  /** Whether the server limits its members at all, by a rule for all of them or for a role. */
  readonly hasOwnRules: boolean;
}

/** What managers of a server and the operator decide about single members. Each act is written into the audit. */
export class Members {
  readonly #deps: MembersDeps;

  constructor(deps: MembersDeps) {
    this.#deps = deps;
  }

  /**
   * Sets what a member may spend in each period. A manager's grant raises the server's own limit of members, up to
   * the environment's; the operator's raises both.
   */
  async grant(deed: MemberDeed, { credits, period }: Grant): Promise<void> {
    const amount = credits === Number.POSITIVE_INFINITY ? 'unlimited' : `${credits} credits`;
    // What is written down does not depend on who reads it.
    const detail = credits === 0 ? 'taken back' : `${amount} ${speak('en', () => formatPeriod(period))}`;
    await this.#act(deed, 'grant', detail, async (tx, now) => {
      for (const guildId of deed.isOperator ? [deed.guildId, EVERYWHERE] : [deed.guildId]) {
        const key = {
          accountId: OPERATOR_ACCOUNT,
          guildId,
          holder: 'member',
          holderId: deed.targetId,
        } as const;
        if (credits === 0) await removeBudget(tx, key);
        else await saveBudget(tx, { ...key, period, credits }, { by: deed.actorId, at: now });
      }
    });
  }

  /** What the member has used so far no longer counts. */
  async reset(deed: MemberDeed): Promise<void> {
    await this.#act(
      deed,
      'reset',
      deed.isOperator ? 'over all servers' : 'in this server',
      async (tx, now) => {
        await saveMemberRule(tx, deed.guildId, deed.targetId, { resetAt: now });
        if (deed.isOperator) await saveMemberRule(tx, EVERYWHERE, deed.targetId, { resetAt: now });
      },
    );
  }

  /** The member can ask for nothing more in this server; what waits in the queue ends, with its price given back. */
  async block(deed: MemberDeed): Promise<void> {
    const changes = createChanges(this.#deps);
    const ended = await this.#act(deed, 'block', '', async (tx, now) => {
      await saveMemberRule(tx, deed.guildId, deed.targetId, { blockedAt: now });
      return await failQueued(tx, deed, now);
    });
    for (const { before, after, now } of ended) changes.announce(before, after, now);
  }

  /** The member can ask again. */
  async unblock(deed: MemberDeed): Promise<void> {
    await this.#act(deed, 'unblock', '', async (tx) => {
      await saveMemberRule(tx, deed.guildId, deed.targetId, { blockedAt: null });
    });
  }

  /** How the member stands. */
  async look(guildId: string, memberId: string): Promise<MemberView> {
    const { store, budgets } = this.#deps;
    const now = await store.now();
    const accountId = OPERATOR_ACCOUNT;
    const standing = await findStanding(store.db, guildId, memberId);
    const applicant = { accountId, origin: { guildId, userId: memberId }, roleIds: [] };
    const usages = await loadUsage(store.db, budgets, applicant, { standing, now });
    const stored = await listBudgets(store.db, { accountId, guildId, memberId });
    const here = stored.filter((budget) => budget.guildId === guildId);
    const { formerIds } = standing;
    const since = Math.max(countsAfter(ANY_24_HOURS, now), standing.resetHereAt);
    return {
      isBlocked: standing.isBlocked,
      everywhere: usages.find(({ limit }) => limit.scope === 'member-everywhere')?.states ?? [],
      usedHere: await spentBy(store.db, { accountId, memberId, formerIds, guildId, since }),
      grant: here.find(({ holder, holderId }) => holder === 'member' && holderId === memberId),
      hasOwnRules: here.some(
        ({ holder, holderId }) => holder === 'role' || (holder === 'member' && !holderId),
      ),
    };
  }

  /** Does it and writes it down, or neither. */
  async #act<T>(
    { guildId, actorId, targetId }: MemberDeed,
    act: AuditEntry['act'],
    detail: string,
    work: (tx: Executor, now: number) => Promise<T>,
  ): Promise<T> {
    const { store, log, newId = ulid } = this.#deps;
    const result = await store.transaction(async (tx) => {
      const at = await store.now(tx);
      await addAudit(tx, { id: newId(), guildId, actorId, targetId, act, detail, at });
      return await work(tx, at);
    });
    log.info({ guildId, actorId, targetId, act, detail }, 'decided about a member');
    return result;
  }
}

async function failQueued(tx: Executor, { guildId, targetId }: MemberDeed, now: number) {
  const ended = [];
  for (const before of await listOpenTasksOf(tx, targetId)) {
    if (before.state !== 'queued' || before.origin.guildId !== guildId) continue;
    const after = failTask(before, BLOCKED, now);
    if (await leaveQueue(tx, before, after, now)) ended.push({ before, after, now });
  }
  return ended;
}
