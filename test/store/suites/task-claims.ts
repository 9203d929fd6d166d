import { describe, expect, it } from 'vitest';
import type { FollowedTask } from '../../../src/domain/task.ts';
import {
  abandonTask,
  expireTask,
  loseTask,
  rescheduleTask,
  settleUnknown,
  startSubmitting,
} from '../../../src/domain/transitions.ts';
import { claimDueDeliveries, insertDeliveries } from '../../../src/store/deliveries.ts';
import type { Executor } from '../../../src/store/schema.ts';
import { StoredDataError } from '../../../src/store/stored-data.ts';
import {
  type Claim,
  claimFollowed,
  claimUnknownDue,
  findNextFollowedDue,
  listSubmittingWithoutLease,
  releaseLeases,
  renewLeases,
  rescheduleTasks,
} from '../../../src/store/task-claims.ts';
import { findTask, updateTask } from '../../../src/store/tasks.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { deliveryOf, putTask, runningTask, useStore } from '../support.ts';

const DAY_MS = 24 * 60 * 60_000;

function claimAt(now: number, changes: Partial<Claim> = {}): Claim {
  return { now, limit: 100, owner: 'process-1', leaseUntil: now + 30_000, ...changes };
}

async function claimIds(db: Executor, claim: Claim): Promise<string[]> {
  return (await claimFollowed(db, claim)).map((task) => task.id);
}

/** What claims and leases have to do on every database. */
export function describeTaskClaims(createDatabase: CreateDatabase): void {
  describe('claims of tasks', () => {
    it('takes due tasks that are followed, the longest overdue first, and nothing else', async () => {
      const { db } = await useStore(createDatabase);
      const expired = expireTask(runningTask('expired'), T0, T0 + 20);
      await putTask(db, queuedTask('queued'));
      await putTask(db, runningTask('late', T0 + 30));
      await putTask(db, expired);
      await putTask(db, abandonTask(runningTask('abandoned', T0 + 10), '500', T0));
      await putTask(db, runningTask('not-yet', T0 + 31));
      await putTask(db, { ...expired, id: 'forgotten', requestKey: 'forgotten', nextPollAt: undefined });
      expect(await claimIds(db, claimAt(T0 + 30))).toEqual(['abandoned', 'expired', 'late']);
    });

    it('takes no more than it was asked for', async () => {
      const { db } = await useStore(createDatabase);
      for (const id of ['a', 'b', 'c']) await putTask(db, runningTask(id));
      expect(await claimIds(db, claimAt(T0, { limit: 2 }))).toHaveLength(2);
      expect(await claimIds(db, claimAt(T0, { limit: 2 }))).toHaveLength(1);
    });

    it('gives every task to one of many that claim at once', async () => {
      const store = await useStore(createDatabase);
      const ids = Array.from({ length: 60 }, (_, index) => `task-${index}`);
      for (const id of ids) await putTask(store.db, runningTask(id));
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          claimIds(store.db, claimAt(T0, { owner: `process-${index}`, limit: 10 })),
        ),
      );
      expect(claims.flat().sort()).toEqual([...ids].sort());
    });

    it('leaves a task to its owner until the lease is over', async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, runningTask('task-1'));
      expect(await claimIds(db, claimAt(T0))).toEqual(['task-1']);
      expect(await claimIds(db, claimAt(T0 + 29_999, { owner: 'process-2' }))).toEqual([]);
      expect(await claimIds(db, claimAt(T0 + 30_000, { owner: 'process-2' }))).toEqual(['task-1']);
    });

    it('prolongs the leases that the owner still has', async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, runningTask('mine'));
      await putTask(db, runningTask('theirs', T0 + 1));
      await claimIds(db, claimAt(T0));
      await claimIds(db, claimAt(T0 + 1, { owner: 'process-2' }));
      const lease = { owner: 'process-1', until: T0 + 90_000 };
      expect(await renewLeases(db, lease, ['mine', 'theirs', 'nobody'])).toBe(1);
      expect(await claimIds(db, claimAt(T0 + 60_000, { owner: 'process-3' }))).toEqual(['theirs']);
    });

    it('frees what one owner has, or what everybody has', async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, runningTask('task-1'));
      await putTask(db, runningTask('task-2', T0 + 1));
      await insertDeliveries(db, [deliveryOf('delivery-1')]);
      await claimIds(db, claimAt(T0));
      await claimIds(db, claimAt(T0 + 1, { owner: 'process-2' }));
      await claimDueDeliveries(db, claimAt(T0));
      await releaseLeases(db, 'process-1');
      expect(await claimIds(db, claimAt(T0 + 1))).toEqual(['task-1']);
      expect(await claimDueDeliveries(db, claimAt(T0))).toHaveLength(1);
      await releaseLeases(db);
      expect(await claimIds(db, claimAt(T0 + 1))).toEqual(['task-1', 'task-2']);
    });

    it('knows when the next task is due that nobody has', async () => {
      const { db } = await useStore(createDatabase);
      expect(await findNextFollowedDue(db, T0)).toBeUndefined();
      await putTask(db, runningTask('first', T0));
      await putTask(db, runningTask('second', T0 + 500));
      await claimIds(db, claimAt(T0));
      expect(await findNextFollowedDue(db, T0)).toBe(T0 + 500);
    });

    it('goes on with all others when a row cannot be read', async () => {
      const { db } = await useStore(createDatabase);
      for (const id of ['good', 'broken']) await putTask(db, runningTask(id));
      await db.updateTable('tasks').set({ origin: '{' }).where('id', '=', 'broken').execute();
      const broken: string[] = [];
      const onBroken = (error: StoredDataError) => broken.push(error.id);
      expect(await claimIds(db, claimAt(T0, { onBroken }))).toEqual(['good']);
      expect(broken).toEqual(['broken']);
      await releaseLeases(db);
      await expect(claimFollowed(db, claimAt(T0))).rejects.toBeInstanceOf(StoredDataError);
    });

    it('takes unknown tasks once their day is over, until they are settled', async () => {
      const { db } = await useStore(createDatabase);
      const failure = { kind: 'answer-lost', text: 'socket hang up' } as const;
      const unknown = loseTask(startSubmitting(queuedTask('task-1'), T0), failure, T0);
      await putTask(db, unknown);
      expect(await claimUnknownDue(db, claimAt(T0 + DAY_MS - 1))).toEqual([]);
      expect(await claimUnknownDue(db, claimAt(T0 + DAY_MS))).toEqual([unknown]);
      await updateTask(db, unknown, settleUnknown(unknown));
      expect(await claimUnknownDue(db, claimAt(T0 + 2 * DAY_MS))).toEqual([]);
    });

    it('lists tasks whose sending was begun by a process that is gone', async () => {
      const { db } = await useStore(createDatabase);
      const abandoned = startSubmitting(queuedTask('abandoned'), T0);
      await putTask(db, abandoned);
      const lease = { owner: 'process-1', until: T0 + 30_000 };
      await putTask(db, startSubmitting(queuedTask('under-way', { createdAt: T0 + 1 }), T0 + 1), lease);
      expect(await listSubmittingWithoutLease(db, T0)).toEqual([abandoned]);
      expect(await listSubmittingWithoutLease(db, T0 + 30_000)).toHaveLength(2);
      await db.updateTable('tasks').set({ details: '{}' }).where('id', '=', 'under-way').execute();
      const broken: string[] = [];
      const found = await listSubmittingWithoutLease(db, T0 + 30_000, (error) => broken.push(error.id));
      expect(found).toEqual([abandoned]);
      expect(broken).toEqual(['under-way']);
    });
  });

  describe('rescheduleTasks', () => {
    it('writes many polls at once and frees the tasks', async () => {
      const store = await useStore(createDatabase);
      const tasks = Array.from({ length: 600 }, (_, index) => runningTask(`task-${index}`));
      await store.transaction(async (tx) => {
        for (const task of tasks) await putTask(tx, task);
      });
      await claimFollowed(store.db, claimAt(T0, { limit: 1_000 }));
      const after = tasks.map((task) => rescheduleTask(task, T0 + 15_000, `https://hear/${task.id}?a="b"`));
      expect((await rescheduleTasks(store.db, after)).size).toBe(600);
      expect(await findTask(store.db, 'task-599')).toEqual(after[599]);
      expect(await claimIds(store.db, claimAt(T0 + 14_999))).toEqual([]);
      expect(await claimIds(store.db, claimAt(T0 + 15_000, { limit: 1_000 }))).toHaveLength(600);
    });

    it('leaves out tasks that changed meanwhile and says which it wrote', async () => {
      const { db } = await useStore(createDatabase);
      const [kept, polled, left] = [runningTask('kept'), runningTask('polled'), runningTask('left')];
      for (const task of [kept, polled, left]) await putTask(db, task);
      await rescheduleTasks(db, [rescheduleTask(polled, T0 + 1)]);
      await updateTask(db, left, abandonTask(left, '500', T0));
      const again = [kept, polled, left].map((task) => rescheduleTask(task, T0 + 99));
      expect([...(await rescheduleTasks(db, again))]).toEqual(['kept']);
      expect(await findTask(db, 'polled')).toMatchObject({ nextPollAt: T0 + 1 });
      expect(await findTask(db, 'left')).toMatchObject({ state: 'abandoned', nextPollAt: T0 });
    });

    it('can end the looking at an expired task', async () => {
      const { db } = await useStore(createDatabase);
      const task: FollowedTask = expireTask(runningTask('task-1'), T0, T0);
      await putTask(db, task);
      await rescheduleTasks(db, [rescheduleTask(task, undefined)]);
      expect(await findTask(db, 'task-1')).toMatchObject({ state: 'expired', nextPollAt: undefined });
      expect(await claimIds(db, claimAt(T0 + DAY_MS))).toEqual([]);
    });

    it('writes nothing for no tasks', async () => {
      const { db } = await useStore(createDatabase);
      expect((await rescheduleTasks(db, [])).size).toBe(0);
      expect(await renewLeases(db, { owner: 'process-1', until: T0 }, [])).toBe(0);
    });
  });
}
