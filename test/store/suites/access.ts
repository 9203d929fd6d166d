import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import {
  expireTask,
  failTask,
  loseTask,
  settleUnknown,
  startSubmitting,
} from '../../../src/domain/transitions.ts';
import { ensureAccount, memberAccount, OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { findReading, isBalanceMoving, saveReading, sumBooks } from '../../../src/store/bookkeeping.ts';
import { listBudgets, removeBudget, saveBudget } from '../../../src/store/budgets.ts';
import { countInFlight, countRunning } from '../../../src/store/in-flight.ts';
import { addEntry } from '../../../src/store/ledger.ts';
import { findStanding, saveMemberRule } from '../../../src/store/member-rules.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { entryOf, putTask, runningTask, useStore } from '../support.ts';

const BY = { by: '900', at: T0 };

function budget(changes: Partial<Budget> = {}): Budget {
  return {
    accountId: OPERATOR_ACCOUNT,
    guildId: '300',
    holder: 'member',
    holderId: '',
    period: { kind: 'week' },
    credits: 50,
    ...changes,
  };
}

/** What the tables of access and book-keeping have to do on every database. */
export function describeAccess(createDatabase: CreateDatabase): void {
  describe('budgets', () => {
    it('gives the rules that may apply to a member: of the server, its roles, the member, and everywhere', async () => {
      const { db } = await useStore(createDatabase);
      const rules = [
        budget(),
        budget({
          holderId: '500',
          period: { kind: 'rolling', hours: 12 },
          credits: Number.POSITIVE_INFINITY,
        }),
        budget({ holder: 'role', holderId: '70' }),
        budget({ guildId: '', holderId: '500' }),
      ];
      const others = [
        budget({ holderId: '501' }),
        budget({ guildId: '301' }),
        budget({ guildId: '', holderId: '501' }),
      ];
      for (const rule of [...rules, ...others]) await saveBudget(db, rule, BY);
      const asker = { accountId: OPERATOR_ACCOUNT, guildId: '300', memberId: '500' };
      const found = await listBudgets(db, asker);
      expect(found).toHaveLength(4);
      expect(found).toEqual(expect.arrayContaining(rules));
      expect(await listBudgets(db, { ...asker, guildId: undefined })).toEqual([rules[3]]);
      expect(await listBudgets(db, { ...asker, accountId: 'another' })).toEqual([]);
    });

    it('has one rule per holder: the last one that was set', async () => {
      const { db } = await useStore(createDatabase);
      await saveBudget(db, budget({ period: { kind: 'rolling', hours: 5 } }), BY);
      await saveBudget(db, budget({ period: { kind: 'day' }, credits: 7 }), BY);
      const asker = { accountId: OPERATOR_ACCOUNT, guildId: '300', memberId: '500' };
      expect(await listBudgets(db, asker)).toEqual([budget({ period: { kind: 'day' }, credits: 7 })]);
      await removeBudget(db, budget());
      expect(await listBudgets(db, asker)).toEqual([]);
    });

    it('throws when a rule cannot be read: what is not understood lets nothing pass', async () => {
      const { db } = await useStore(createDatabase);
      await saveBudget(db, budget(), BY);
      await db.updateTable('budgets').set({ period: 'rolling', hours: null }).execute();
      await expect(
        listBudgets(db, { accountId: OPERATOR_ACCOUNT, guildId: '300', memberId: '500' }),
      ).rejects.toThrow('budgets.hours of 300 member  cannot be read');
    });
  });

  describe('member rules', () => {
    it('hold in their server, or everywhere, and keep what they are not told to change', async () => {
      const { db } = await useStore(createDatabase);
      const free = { isBlocked: false, resetHereAt: 0, resetEverywhereAt: 0 };
      await saveMemberRule(db, '300', '500', { blockedAt: T0 });
      await saveMemberRule(db, '300', '500', { resetAt: T0 + 5 });
      expect(await findStanding(db, '300', '500')).toEqual({ ...free, isBlocked: true, resetHereAt: T0 + 5 });
      for (const [guildId, memberId] of [
        ['301', '500'],
        ['300', '501'],
        [undefined, '500'],
      ] as const) {
        expect(await findStanding(db, guildId, memberId)).toEqual(free);
      }
      await saveMemberRule(db, '300', '500', { blockedAt: null });
      await saveMemberRule(db, '', '500', { blockedAt: T0, resetAt: T0 + 9 });
      const everywhere = { isBlocked: true, resetEverywhereAt: T0 + 9 };
      expect(await findStanding(db, '300', '500')).toEqual({ ...everywhere, resetHereAt: T0 + 5 });
      expect(await findStanding(db, undefined, '500')).toMatchObject(everywhere);
    });
  });

  describe('tasks in flight', () => {
    it('are counted by member over all servers, and by server', async () => {
      const { db } = await useStore(createDatabase);
      const elsewhere = { guildId: '301' };
      await putTask(db, queuedTask('q1'));
      await putTask(db, queuedTask('q2', { origin: { userId: '501' } }));
      await putTask(db, startSubmitting(queuedTask('s1'), T0));
      await putTask(db, runningTask('r1', T0, { origin: elsewhere }));
      await putTask(db, failTask(runningTask('f1'), { kind: 'task-failed', text: '' }, T0));
      const of = { accountId: OPERATOR_ACCOUNT };
      expect(await countInFlight(db, { ...of, memberId: '500' })).toEqual({ queued: 1, running: 2 });
      expect(await countInFlight(db, { ...of, guildId: '300' })).toEqual({ queued: 2, running: 1 });
      const who = { memberIds: ['500', '501'], guildIds: ['300', '301', '302'] };
      expect(await countRunning(db, { ...of, ...who })).toEqual({
        members: new Map([['500', 2]]),
        servers: new Map([
          ['300', 1],
          ['301', 1],
        ]),
      });
    });

    it('are those of one account: what a member pays with a key of their own holds nobody back', async () => {
      const { db } = await useStore(createDatabase);
      const own = memberAccount('500');
      await ensureAccount(db, own, T0);
      await putTask(db, { ...queuedTask('q1'), accountId: own });
      await putTask(db, { ...runningTask('r1'), accountId: own });
      const of = { accountId: OPERATOR_ACCOUNT };
      const nothing = { queued: 0, running: 0 };
      expect(await countInFlight(db, { ...of, memberId: '500' })).toEqual(nothing);
      expect(await countInFlight(db, { ...of, guildId: '300' })).toEqual(nothing);
      expect(await countRunning(db, { ...of, memberIds: ['500'], guildIds: ['300'] })).toEqual({
        members: new Map(),
        servers: new Map(),
      });
    });
  });

  describe('book-keeping', () => {
    it('adds up what tasks hold and cost, by their rows and by their states, without adjustments', async () => {
      const { db } = await useStore(createDatabase);
      const failure = { kind: 'answer-lost', text: '' } as const;
      const unknown = (id: string) =>
        loseTask(startSubmitting(queuedTask(id, { price: 7 }), T0), failure, T0);
      await putTask(db, queuedTask('q', { price: 1 }));
      await putTask(db, runningTask('r', T0, { price: 2 }));
      await putTask(db, unknown('u'));
      await putTask(db, settleUnknown(unknown('s')));
      await putTask(db, expireTask(runningTask('e', T0, { price: 30 }), T0, T0));
      await putTask(db, failTask(queuedTask('f', { price: 500 }), failure, T0));
      await addEntry(db, entryOf({ taskId: 'q', reserved: 11, charged: 3 }));
      await addEntry(db, entryOf({ taskId: 'x', kind: 'adjust', reserved: 0, charged: 1_000 }));
      expect(await sumBooks(db, OPERATOR_ACCOUNT)).toEqual({
        reserved: { ledger: 11, tasks: 10 },
        charged: { ledger: 3, tasks: 37 },
      });
    });

    it('knows when the balance may be changing', async () => {
      for (const [task, moves] of [
        [queuedTask('q'), false],
        [startSubmitting(queuedTask('s'), T0), true],
        [runningTask('r'), true],
        [expireTask(runningTask('e'), T0, T0), false],
      ] as const) {
        const { db } = await useStore(createDatabase);
        await putTask(db, task);
        expect(await isBalanceMoving(db, OPERATOR_ACCOUNT)).toBe(moves);
        expect(await isBalanceMoving(db, 'another')).toBe(false);
      }
      const lost = loseTask(startSubmitting(queuedTask('u'), T0), { kind: 'answer-lost', text: '' }, T0);
      const { db } = await useStore(createDatabase);
      await putTask(db, lost);
      expect(await isBalanceMoving(db, OPERATOR_ACCOUNT)).toBe(true);
      await putTask(db, settleUnknown({ ...lost, id: 'v', requestKey: 'v' }));
      await db.deleteFrom('tasks').where('id', '=', 'u').execute();
      expect(await isBalanceMoving(db, OPERATOR_ACCOUNT)).toBe(false);
    });

    it('replaces a reading only when nobody else has done so', async () => {
      const { db } = await useStore(createDatabase);
      const first = { accountId: OPERATOR_ACCOUNT, balance: 100, charged: 0, readAt: T0 };
      const second = { ...first, balance: 80, charged: 20, readAt: T0 + 1 };
      expect(await saveReading(db, undefined, first)).toBe(true);
      expect(await saveReading(db, undefined, second)).toBe(false);
      expect(await saveReading(db, first, second)).toBe(true);
      expect(await saveReading(db, first, { ...second, balance: 1 })).toBe(false);
      expect(await findReading(db, OPERATOR_ACCOUNT)).toEqual(second);
    });
  });
}
