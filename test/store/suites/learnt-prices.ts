import { describe, expect, it } from 'vitest';
import {
  cancelTask,
  expireTask,
  failTask,
  startSubmitting,
  succeedTask,
} from '../../../src/domain/transitions.ts';
import { OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { findLastSent, hasSentRefund, listCharges } from '../../../src/store/bookkeeping.ts';
import {
  type LearntPrice,
  listLearntPrices,
  removeLearntPrice,
  saveLearntPrice,
} from '../../../src/store/learnt-prices.ts';
import { addEntry } from '../../../src/store/ledger.ts';
import { saveTurn } from '../../../src/store/turns.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { entryOf, putTask, runningTask, useStore } from '../support.ts';

const STEMS = {
  operation: 'stems-basic',
  engine: 'sonic',
  clip: { clipId: 'clip-1', engine: 'sonic', source: 'generated' },
} as const;

/** What prices are learnt from, on every database. */
export function describeLearntPrices(createDatabase: CreateDatabase): void {
  describe('learnt prices', () => {
    it('are kept by account and operation, the last one only', async () => {
      const { db } = await useStore(createDatabase);
      const create: LearntPrice = {
        accountId: OPERATOR_ACCOUNT,
        engine: 'sonic',
        operation: 'create',
        price: 25,
        learntAt: T0,
      };
      await saveLearntPrice(db, create);
      const stems = { ...create, operation: 'stems-basic', price: 0, learntAt: T0 + 1 } as const;
      await saveLearntPrice(db, stems);
      expect(await listLearntPrices(db)).toEqual([create, stems]);
      const later = { ...create, price: 30, learntAt: T0 + 2 };
      await saveLearntPrice(db, later);
      expect(await listLearntPrices(db)).toEqual([stems, later]);
      await removeLearntPrice(db, stems);
      await removeLearntPrice(db, stems);
      expect(await listLearntPrices(db)).toEqual([later]);
    });

    it('come from what was charged after a moment, by operation, with whether all of it is sure', async () => {
      const { db } = await useStore(createDatabase);
      const charge = (taskId: string, at: number, price = 20) =>
        addEntry(db, entryOf({ taskId, kind: 'charge', reserved: -price, charged: price, at }));
      for (const id of ['early', 'a', 'b']) await putTask(db, succeedTask(runningTask(id), T0));
      await putTask(db, expireTask(runningTask('stems', T0, { request: STEMS }), T0, T0));
      await charge('early', T0);
      await charge('a', T0 + 1);
      await charge('b', T0 + 2);
      await charge('stems', T0 + 2, 15);
      const found = await listCharges(db, OPERATOR_ACCOUNT, T0);
      expect(found.sort((a, b) => a.tasks - b.tasks)).toEqual([
        { engine: 'sonic', operation: 'stems-basic', tasks: 1, charged: 15, isCertain: false },
        { engine: 'sonic', operation: 'create', tasks: 2, charged: 40, isCertain: true },
      ]);
      expect(await listCharges(db, 'somebody-else', T0)).toEqual([]);
    });

    it('are in doubt when something that had been sent was given back', async () => {
      const { db } = await useStore(createDatabase);
      const refund = (taskId: string, at: number) =>
        addEntry(db, entryOf({ taskId, kind: 'refund', reserved: -20, at }));
      await putTask(db, cancelTask(queuedTask('cancelled'), '500', T0));
      await refund('cancelled', T0 + 1);
      expect(await hasSentRefund(db, OPERATOR_ACCOUNT, T0)).toBe(false);
      await putTask(db, failTask(runningTask('failed'), { kind: 'task-failed', text: '' }, T0));
      await saveTurn(db, 'failed', T0);
      await refund('failed', T0 + 1);
      expect(await hasSentRefund(db, OPERATOR_ACCOUNT, T0)).toBe(true);
      expect(await hasSentRefund(db, OPERATOR_ACCOUNT, T0 + 1)).toBe(false);
    });

    it('want a moment in which nothing was sent', async () => {
      const { db } = await useStore(createDatabase);
      expect(await findLastSent(db, OPERATOR_ACCOUNT)).toBeUndefined();
      for (const id of ['a', 'b']) await putTask(db, startSubmitting(queuedTask(id), T0));
      await saveTurn(db, 'a', T0 + 2);
      await saveTurn(db, 'b', T0 + 1);
      expect(await findLastSent(db, OPERATOR_ACCOUNT)).toBe(T0 + 2);
    });
  });
}
