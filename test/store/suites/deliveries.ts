import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import {
  claimDueDeliveries,
  findDelivery,
  insertDeliveries,
  listDeliveriesOfTask,
  updateDelivery,
  wakeDeliveries,
} from '../../../src/store/deliveries.ts';
import type { Executor } from '../../../src/store/schema.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { deliveryOf, putTask, useStore } from '../support.ts';

const POSTED = { part: 0, count: 1, route: 'channel', channelId: '400', messageId: '600' } as const;
const ATTEMPT = { part: 1, count: 3, route: 'follow-up', channelId: '400', startedAt: T0 } as const;

async function claim(db: Executor, now: number, owner = 'process-1'): Promise<readonly Delivery[]> {
  return await claimDueDeliveries(db, { now, limit: 10, owner, leaseUntil: now + 30_000 });
}

/** What the repository of deliveries has to do on every database. */
export function describeDeliveries(createDatabase: CreateDatabase): void {
  async function openWithTask(): Promise<Executor> {
    const { db } = await useStore(createDatabase);
    await putTask(db, queuedTask('task-1'));
    return db;
  }

  describe('deliveries', () => {
    it('keeps a delivery with all that belongs to it', async () => {
      const db = await openWithTask();
      const full = deliveryOf('delivery-2', {
        kind: 'stems',
        clipIds: ['a', 'b', 'c', 'd'],
        state: 'delivering',
        mention: false,
        generation: 2,
        posted: [POSTED],
        attempt: ATTEMPT,
        tries: 3,
        dueAt: undefined,
        setback: 'unlisted-host',
        detail: 'cdn.example.org',
      });
      await insertDeliveries(db, [full, deliveryOf('delivery-1')]);
      expect(await findDelivery(db, 'delivery-2')).toEqual(full);
      expect(await listDeliveriesOfTask(db, 'task-1')).toEqual([deliveryOf('delivery-1'), full]);
      expect(await findDelivery(db, 'nobody')).toBeUndefined();
      await insertDeliveries(db, []);
    });

    it('takes what is unfinished, due and free, the longest overdue first', async () => {
      const db = await openWithTask();
      for (const id of ['task-2', 'task-3']) await putTask(db, queuedTask(id));
      await insertDeliveries(db, [
        deliveryOf('second', { state: 'delivering' }),
        deliveryOf('first', { taskId: 'task-2', dueAt: T0 - 1 }),
        deliveryOf('later', { taskId: 'task-3', dueAt: T0 + 1 }),
        deliveryOf('waits-for-a-person', { state: 'undecided' }),
        deliveryOf('waits-for-the-operator', { dueAt: undefined, setback: 'unlisted-host' }),
        deliveryOf('done', { state: 'delivered' }),
      ]);
      expect((await claim(db, T0)).map((delivery) => delivery.id)).toEqual(['first', 'second']);
      expect(await claim(db, T0, 'process-2')).toEqual([]);
      expect(await claim(db, T0 + 30_000, 'process-2')).toHaveLength(3);
    });

    it('takes a later one of a task only when the earlier one has ended', async () => {
      const db = await openWithTask();
      const first = deliveryOf('a');
      await insertDeliveries(db, [first, deliveryOf('b')]);
      expect((await claim(db, T0)).map(({ id }) => id)).toEqual(['a']);
      expect(await claim(db, T0)).toEqual([]);
      expect(await claim(db, T0, 'process-2')).toEqual([]);
      expect((await claim(db, T0 + 30_000, 'process-2')).map(({ id }) => id)).toEqual(['a']);
      await updateDelivery(db, first, { ...first, state: 'delivered', dueAt: undefined });
      expect((await claim(db, T0 + 30_000)).map(({ id }) => id)).toEqual(['b']);
    });

    it.each<[string, Partial<Delivery>, number]>([
      ['is tried again in a moment', { tries: 1, troubledSince: T0, dueAt: T0 + 5_000 }, 0],
      ['gets nowhere for ten minutes', { tries: 9, troubledSince: T0 - 600_000, dueAt: T0 + 5_000 }, 1],
      ['waits for a reason of its own', { tries: 1, dueAt: undefined, setback: 'unlisted-host' }, 1],
      ['waits for a person', { state: 'undecided', dueAt: undefined }, 1],
    ])('takes a later one of a task, or leaves it, when the earlier one %s', async (_, change, taken) => {
      const db = await openWithTask();
      await insertDeliveries(db, [deliveryOf('a', change), deliveryOf('b')]);
      expect(await claim(db, T0)).toHaveLength(taken);
    });

    it('leaves a later one of a task alone while somebody works at an earlier one, however old', async () => {
      const db = await openWithTask();
      const createdAt = T0 - 3_600_000;
      await insertDeliveries(db, [
        deliveryOf('a', { createdAt }),
        deliveryOf('b', { createdAt, dueAt: T0 + 1 }),
      ]);
      expect(await claim(db, T0)).toHaveLength(1);
      expect(await claim(db, T0 + 1, 'process-2')).toEqual([]);
      const ids = (await claim(db, T0 + 30_000, 'process-2')).map(({ id }) => id);
      expect(ids).toEqual(['a', 'b']);
    });

    it('stays claimed while its owner goes on, and is free without a lease', async () => {
      const db = await openWithTask();
      const before = deliveryOf('delivery-1');
      await insertDeliveries(db, [before]);
      await claim(db, T0);
      const attempted: Delivery = { ...before, state: 'delivering', attempt: ATTEMPT };
      const lease = { owner: 'process-1', until: T0 + 60_000 };
      expect(await updateDelivery(db, before, attempted, lease)).toBe(true);
      expect(await claim(db, T0 + 59_999)).toEqual([]);
      const waiting: Delivery = { ...attempted, tries: 1, setback: 'discord' };
      expect(await updateDelivery(db, attempted, waiting)).toBe(true);
      expect(await claim(db, T0)).toEqual([waiting]);
    });

    it.each<[string, Partial<Delivery>]>([
      ['another state', { state: 'undecided' }],
      ['another message wanted', { generation: 1 }],
      ['another try', { tries: 1 }],
      ['a message more', { posted: [POSTED] }],
      ['a try written down', { attempt: ATTEMPT }],
    ])('refuses a change that was made before %s', async (_, change) => {
      const db = await openWithTask();
      const before = deliveryOf('delivery-1');
      await insertDeliveries(db, [before]);
      const after = { ...before, ...change };
      expect(await updateDelivery(db, before, after)).toBe(true);
      expect(await updateDelivery(db, before, { ...before, state: 'delivered' })).toBe(false);
      expect(await findDelivery(db, 'delivery-1')).toEqual(after);
      expect(await updateDelivery(db, after, { ...after, state: 'delivered' })).toBe(true);
    });

    it('recognises the same content, whatever the order of its fields', async () => {
      const db = await openWithTask();
      const posted = { messageId: '600', channelId: '400', route: 'channel', count: 1, part: 0 } as const;
      await insertDeliveries(db, [deliveryOf('delivery-1', { posted: [posted] })]);
      const before = deliveryOf('delivery-1', { posted: [POSTED] });
      expect(await updateDelivery(db, before, { ...before, state: 'delivered' })).toBe(true);
    });

    it('wakes what waits for one reason', async () => {
      const db = await openWithTask();
      await insertDeliveries(db, [
        deliveryOf('host', { dueAt: undefined, setback: 'unlisted-host' }),
        deliveryOf('gone', { dueAt: undefined, setback: 'unlisted-host', state: 'undeliverable' }),
        deliveryOf('audio', { dueAt: T0 + 99, setback: 'audio-missing' }),
      ]);
      expect(await wakeDeliveries(db, 'unlisted-host', T0)).toBe(1);
      expect((await claim(db, T0)).map((delivery) => delivery.id)).toEqual(['host']);
    });

    it('goes on with all others when a row cannot be read', async () => {
      const db = await openWithTask();
      await putTask(db, queuedTask('task-2'));
      await insertDeliveries(db, [deliveryOf('broken'), deliveryOf('good', { taskId: 'task-2' })]);
      await db.updateTable('deliveries').set({ posted: '[{}]' }).where('id', '=', 'broken').execute();
      const broken: string[] = [];
      const found = await claimDueDeliveries(db, {
        now: T0,
        limit: 10,
        owner: 'process-1',
        leaseUntil: T0 + 1,
        onBroken: (error) => broken.push(error.message),
      });
      expect(found.map((delivery) => delivery.id)).toEqual(['good']);
      expect(broken).toEqual([expect.stringContaining('deliveries.posted of broken cannot be read')]);
    });
  });
}
