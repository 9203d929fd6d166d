import { describe, expect, it } from 'vitest';
import {
  abandonTask,
  expireTask,
  loseTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
} from '../../../src/domain/transitions.ts';
import { saveReading } from '../../../src/store/bookkeeping.ts';
import { insertDeliveries } from '../../../src/store/deliveries.ts';
import { countStored } from '../../../src/store/stored-counts.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { deliveryOf, putTask, runningTask, useStore } from '../support.ts';

/** What is under way, on every database. */
export function describeStoredCounts(createDatabase: CreateDatabase): void {
  describe('what is under way', () => {
    it('is nothing in an empty database', async () => {
      const store = await useStore(createDatabase);
      expect(await countStored(store.db, T0)).toEqual({
        tasks: { queued: 0, submitting: 0, running: 0, unknown: 0, late: 0 },
        oldestQueuedMs: 0,
        openDeliveries: 0,
        oldestDeliveryMs: 0,
        balance: undefined,
      });
    });

    it('is counted by state, with the age of the oldest', async () => {
      const store = await useStore(createDatabase);
      const submitting = (id: string) => startSubmitting(queuedTask(id), T0);
      const unknown = loseTask(submitting('unknown'), { kind: 'answer-lost', text: 'lost' }, T0);
      for (const task of [
        queuedTask('queued-1', { createdAt: T0 - 5_000 }),
        queuedTask('queued-2'),
        submitting('submitting'),
        runningTask('running-1'),
        runningTask('running-2'),
        runningTask('running-3'),
        expireTask(runningTask('expired'), T0, T0 + 1),
        abandonTask(runningTask('abandoned'), '500', T0),
        { ...expireTask(runningTask('left alone'), T0, T0 + 1), nextPollAt: undefined },
        unknown,
        settleUnknown({ ...unknown, id: 'settled', requestKey: 'key-settled' }),
        succeedTask(runningTask('task-1'), T0),
      ]) {
        await putTask(store.db, task);
      }
      await insertDeliveries(store.db, [
        deliveryOf('delivery-1', { createdAt: T0 - 60_000 }),
        deliveryOf('delivery-2', { clipIds: ['clip-2'], state: 'delivered', createdAt: T0 - 90_000 }),
      ]);
      const readAt = T0 - 7_000;
      await saveReading(store.db, undefined, { accountId: 'operator', balance: 750, charged: 0, readAt });
      expect(await countStored(store.db, T0)).toEqual({
        tasks: { queued: 2, submitting: 1, running: 3, unknown: 1, late: 2 },
        oldestQueuedMs: 5_000,
        openDeliveries: 1,
        oldestDeliveryMs: 60_000,
        balance: { credits: 750, ageMs: 7_000 },
      });
    });
  });
}
