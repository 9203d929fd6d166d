import { describe, expect, it } from 'vitest';
import { BUDGET_PERIOD_MS, settle } from '../../../src/domain/ledger.ts';
import {
  acceptTask,
  loseTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
} from '../../../src/domain/transitions.ts';
import { addEntry, freesUpAt, spentBy, sums } from '../../../src/store/ledger.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { entryOf, useStore } from '../support.ts';

/** What the ledger has to do on every database. */
export function describeLedger(createDatabase: CreateDatabase): void {
  describe('ledger', () => {
    it('adds up what a task holds and what it cost', async () => {
      const { db } = await useStore(createDatabase);
      expect(await sums(db, 'task-1')).toEqual({ reserved: 0, charged: 0 });
      await addEntry(db, entryOf());
      expect(await sums(db, 'task-1')).toEqual({ reserved: 20, charged: 0 });
      await addEntry(db, entryOf({ kind: 'charge', reserved: -20, charged: 20 }));
      expect(await sums(db, 'task-1')).toEqual({ reserved: 0, charged: 20 });
    });

    it('never takes a second reservation of the same task', async () => {
      const { db } = await useStore(createDatabase);
      await addEntry(db, entryOf());
      await expect(addEntry(db, entryOf({ at: T0 + 1 }))).rejects.toThrow(/unique/i);
      await addEntry(db, entryOf({ taskId: 'task-2' }));
    });

    it('takes every row of a task that was charged as unknown and found running after all', async () => {
      const { db } = await useStore(createDatabase);
      const queued = queuedTask('task-1');
      const submitting = startSubmitting(queued, T0);
      const unknown = loseTask(submitting, { kind: 'answer-lost', text: '' }, T0);
      const settled = settleUnknown(unknown);
      const running = acceptTask(settled, 'provider-1', T0, T0);
      const life = [undefined, queued, submitting, unknown, settled, running, succeedTask(running, T0)];
      for (const [index, after] of life.entries()) {
        const entry = after && settle(life[index - 1], after, T0 + index);
        if (entry) await addEntry(db, entry);
      }
      expect(await sums(db, 'task-1')).toEqual({ reserved: 0, charged: 20 });
    });

    it('counts what a member spends over all servers, and what a server spends', async () => {
      const { db } = await useStore(createDatabase);
      const since = T0 - 1;
      await addEntry(db, entryOf({ taskId: 'a', reserved: 10 }));
      await addEntry(db, entryOf({ taskId: 'b', reserved: 5, guildId: '301' }));
      await addEntry(db, entryOf({ taskId: 'c', reserved: 2, memberId: '501' }));
      await addEntry(db, entryOf({ taskId: 'd', reserved: 1, guildId: undefined }));
      const accountId = 'operator';
      expect(await spentBy(db, { accountId, memberId: '500', since })).toBe(16);
      expect(await spentBy(db, { accountId, guildId: '300', since })).toBe(12);
      expect(await spentBy(db, { accountId, memberId: '500', guildId: '300', since })).toBe(10);
      expect(await spentBy(db, { accountId, since })).toBe(18);
      expect(await spentBy(db, { accountId: 'nobody', since })).toBe(0);
    });

    it('forgets a task as a whole when its reservation leaves the period', async () => {
      const { db } = await useStore(createDatabase);
      await addEntry(db, entryOf());
      await addEntry(db, entryOf({ kind: 'charge', reserved: -20, charged: 20, at: T0 + 90_000 }));
      const spender = { accountId: 'operator', memberId: '500' };
      expect(await spentBy(db, { ...spender, since: T0 - 1 })).toBe(20);
      expect(await spentBy(db, { ...spender, since: T0 })).toBe(0);
    });

    it('says when enough of the oldest bookings will have left the period', async () => {
      const { db } = await useStore(createDatabase);
      await addEntry(db, entryOf({ taskId: 'a', reserved: 10, bookedAt: T0 }));
      await addEntry(db, entryOf({ taskId: 'b', reserved: 10, bookedAt: T0 + 1_000 }));
      await addEntry(db, entryOf({ taskId: 'c', reserved: 20, bookedAt: T0 + 2_000 }));
      // Refunded: its leaving frees nothing.
      const refunded = { taskId: 'b', kind: 'refund', reserved: -10, bookedAt: T0 + 1_000 } as const;
      await addEntry(db, entryOf(refunded));
      const spender = { accountId: 'operator', memberId: '500', since: T0 - 1 };
      expect(await freesUpAt(db, spender, 10)).toBe(T0 + BUDGET_PERIOD_MS);
      expect(await freesUpAt(db, spender, 11)).toBe(T0 + 2_000 + BUDGET_PERIOD_MS);
      expect(await freesUpAt(db, spender, 31)).toBeUndefined();
      const freedAt = (await freesUpAt(db, spender, 10)) ?? 0;
      expect(await spentBy(db, { ...spender, since: freedAt - BUDGET_PERIOD_MS })).toBe(20);
    });
  });
}
