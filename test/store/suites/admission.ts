import { describe, expect, it, onTestFinished } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import type { Origin } from '../../../src/domain/origin.ts';
import { cancelTask } from '../../../src/domain/transitions.ts';
import { UserError } from '../../../src/errors.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { saveBudget } from '../../../src/store/budgets.ts';
import { saveMemberRule } from '../../../src/store/member-rules.ts';
import { DatabaseUnavailableError } from '../../../src/store/unavailable.ts';
import { advanceTask } from '../../../src/tracker/advance.ts';
import { createHistory } from '../../../src/tracker/history.ts';
import { type IntakeDeps, requestTask } from '../../../src/tracker/intake.ts';
import { createPlaces } from '../../../src/tracker/places.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { openTestStore } from '../../support/store.ts';
import { originOf } from '../../support/tasks.ts';

/** A Wednesday at noon, UTC. */
const NOON = Date.UTC(2026, 10, 18, 12);
const HOUR_MS = 60 * 60_000;
const UNLIMITED = Number.POSITIVE_INFINITY;
const NO_LIMIT = { running: UNLIMITED, queued: UNLIMITED };

async function openIntake(createDatabase: CreateDatabase, changes: Partial<IntakeDeps> = {}) {
  const clock = { now: NOON };
  const { store, cleanup } = await openTestStore({ now: () => clock.now, createDatabase });
  onTestFinished(cleanup);
  const deps: IntakeDeps = {
    store,
    catalogue: createCatalogue(),
    budgets: { memberDay: UNLIMITED, serverDay: UNLIMITED },
    limits: { member: NO_LIMIT, server: NO_LIMIT },
    ...changes,
  };
  let keys = 0;
  const ask = async (origin: Partial<Origin> = {}, roleIds: readonly string[] = []) => {
    keys += 1;
    const request = { operation: 'create', engine: 'sonic', prompt: 'rain' } as const;
    const from = { origin: originOf(origin), requestKey: `key-${keys}`, accountId: OPERATOR_ACCOUNT };
    // On a busy machine a database may let somebody wait too long: they ask once more, for the same decision.
    for (let tries = 1; ; tries += 1) {
      try {
        return (await requestTask(deps, { request, ...from, roleIds })).task;
      } catch (error) {
        if (!(error instanceof DatabaseUnavailableError) || tries === 20) throw error;
      }
    }
  };
  const set = async (budget: Partial<Budget>) => {
    const rule: Budget = {
      accountId: OPERATOR_ACCOUNT,
      guildId: '300',
      holder: 'member',
      holderId: '',
      period: { kind: 'day' },
      credits: 20,
      ...budget,
    };
    await saveBudget(store.db, rule, { by: '900', at: NOON });
  };
  /** The refusal's words. */
  const refused = async (origin: Partial<Origin> = {}, roleIds: readonly string[] = []) => {
    const error = await ask(origin, roleIds).then(
      () => new Error('it was taken in'),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  };
  return { store, clock, ask, set, refused };
}

/** Whether requests are taken in, on every database. */
export function describeAdmission(createDatabase: CreateDatabase): void {
  describe('admission', () => {
    it('lets exactly ten of 200 requests at once through against a budget for ten', async () => {
      const { store, ask, set } = await openIntake(createDatabase);
      await set({ credits: 200 });
      const ends = await Promise.allSettled(Array.from({ length: 200 }, () => ask()));
      const refusals = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
      expect(refusals).toHaveLength(190);
      for (const reason of refusals) expect(reason).toBeInstanceOf(UserError);
      const rows = await store.db.selectFrom('ledger').select('reserved').execute();
      expect(rows.map((row) => row.reserved)).toEqual(Array.from({ length: 10 }, () => 20));
    });

    it('refuses with the rule, the figures and the end of the period, and takes it in from then on', async () => {
      const { clock, ask, set, refused } = await openIntake(createDatabase);
      await set({});
      await ask();
      expect(await refused()).toBe(
        'Your budget in this server is 20 credits per day (UTC): 20 used, 0 left; this costs 20. ' +
          `Enough is free again <t:${Date.UTC(2026, 10, 19) / 1_000}:R>. Nothing was spent.`,
      );
      // Somebody else, and the same member elsewhere, have budgets of their own.
      await ask({ userId: '501' });
      await ask({ guildId: '301' });
      clock.now = Date.UTC(2026, 10, 19) - 1;
      await refused();
      clock.now += 1;
      await ask();
    });

    it.each([
      [{ kind: 'rolling', hours: 3 }, NOON + 3 * HOUR_MS],
      [{ kind: 'week' }, Date.UTC(2026, 10, 23)],
      [{ kind: 'month' }, Date.UTC(2026, 11, 1)],
    ] as const)('has budgets for a period of %j', async (period, freeAt) => {
      const { clock, ask, set, refused } = await openIntake(createDatabase);
      await set({ period, holder: 'server' });
      await ask();
      const words = await refused({ userId: '501' });
      expect(words).toContain("This server's own budget is 20 credits");
      expect(words).toContain(`<t:${freeAt / 1_000}:R>`);
      clock.now = freeAt - 1;
      await refused();
      clock.now = freeAt;
      await ask();
    });

    it('takes the most generous of the roles, and a grant on top of it', async () => {
      const { ask, set, refused } = await openIntake(createDatabase);
      await set({});
      await set({ holder: 'role', holderId: '70', credits: 40 });
      await set({ holder: 'role', holderId: '71', credits: 60 });
      for (let count = 0; count < 3; count += 1) await ask({}, ['70', '71']);
      expect(await refused({}, ['70', '71'])).toMatch(/by the role <@&7[01]>, is/);
      await set({ holderId: '500', period: { kind: 'month' }, credits: 80 });
      await ask({}, ['70', '71']);
      expect(await refused({}, ['70', '71'])).toContain('60 credits per day');
    });

    it("lets only the operator's grants go above the environment's limit", async () => {
      const budgets = { memberDay: 20, serverDay: 60 };
      const { ask, set, refused } = await openIntake(createDatabase, { budgets });
      await ask();
      await set({ credits: 10 });
      await set({ holderId: '500', credits: 1_000 });
      expect(await refused()).toContain('Your budget is 20 credits in any 24 hours');
      await set({ guildId: '', holderId: '500', credits: 1_000 });
      await ask();
      await ask();
      expect(await refused()).toContain("This server's budget is 60 credits in any 24 hours");
      await set({ guildId: '', holder: 'server', holderId: '300', credits: 80 });
      await ask();
      expect(await refused()).toMatch(/^This server's budget/);
    });

    it('counts from the last reset: a server resets its own budget, the operator the limit over all servers', async () => {
      const { store, clock, ask, set, refused } = await openIntake(createDatabase, {
        budgets: { memberDay: 40, serverDay: UNLIMITED },
      });
      await set({});
      await ask();
      await refused();
      clock.now += 1_000;
      await saveMemberRule(store.db, '301', '500', { resetAt: clock.now });
      expect(await refused()).toContain('Your budget in this server');
      await saveMemberRule(store.db, '300', '500', { resetAt: clock.now });
      clock.now += 1;
      await ask();
      await saveMemberRule(store.db, '300', '500', { resetAt: clock.now });
      clock.now += 1;
      expect(await refused()).toContain('Your budget is 40 credits in any 24 hours: 40 used');
      await saveMemberRule(store.db, '', '500', { resetAt: clock.now });
      clock.now += 1;
      await ask();
    });

    it('refuses a blocked member in one sentence, in that server only', async () => {
      const { store, ask, refused } = await openIntake(createDatabase);
      await saveMemberRule(store.db, '300', '500', { blockedAt: NOON });
      expect(await refused()).toContain('has blocked you');
      await ask({ guildId: '301' });
      await ask({ userId: '501' });
      await saveMemberRule(store.db, '300', '500', { blockedAt: null });
      await ask();
    });

    it('refuses everything while a rule cannot be read', async () => {
      const { store, ask, set } = await openIntake(createDatabase);
      await set({ credits: 1_000 });
      await store.db.updateTable('budgets').set({ period: 'rolling', hours: 0 }).execute();
      await expect(ask()).rejects.toThrow('cannot be read');
      expect(await store.db.selectFrom('tasks').select('id').execute()).toEqual([]);
    });

    it('refuses what the queue of a member or a server does not take, and says when to come back', async () => {
      const tracking = {
        history: createHistory(createCatalogue()),
        places: createPlaces(),
        submitIntervalMs: 3_000,
      };
      const limits = { member: { running: 3, queued: 2 }, server: { running: 3, queued: 3 } };
      const { store, clock, ask, refused } = await openIntake(createDatabase, { limits, tracking });
      await ask({ userId: '501', guildId: '301' });
      const first = await ask();
      await ask();
      // Second in the queue: one turn of three seconds lies before it.
      expect(await refused()).toBe(
        'You have 2 tasks waiting in the queue already, and more do not fit in. ' +
          `Come back <t:${(NOON + 3_000) / 1_000}:R>, when the next of them has probably been sent; ` +
          '/tasks shows yours. Nothing was spent.',
      );
      await ask({ userId: '501' });
      expect(await refused({ userId: '502' })).toContain('This server has 3 tasks waiting');
      clock.now += 1_000;
      if (first.state !== 'queued') throw new Error('it has just been queued');
      const cancelled = cancelTask(first, '500', clock.now);
      await store.transaction((tx) => advanceTask(tx, first, cancelled, clock.now));
      await ask();
    });
  });
}
