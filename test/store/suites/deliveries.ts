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
      await insertDeliveries(db, [
        deliveryOf('second', { state: 'delivering' }),
        deliveryOf('first', { dueAt: T0 - 1 }),
        deliveryOf('later', { dueAt: T0 + 1 }),
        deliveryOf('waits-for-a-person', { state: 'undecided' }),
        deliveryOf('waits-for-the-operator', { dueAt: undefined }),
        deliveryOf('done', { state: 'delivered' }),
      ]);
      expect((await claim(db, T0)).map((delivery) => delivery.id)).toEqual(['first', 'second']);
      expect(await claim(db, T0, 'process-2')).toEqual([]);
      expect(await claim(db, T0 + 30_000, 'process-2')).toHaveLength(3);
    });

    it('leaves a later one of a task to whoever works at an earlier one', async () => {
      const db = await openWithTask();
      await insertDeliveries(db, [deliveryOf('a'), deliveryOf('b', { dueAt: T0 + 1 })]);
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
      await insertDeliveries(db, [deliveryOf('broken'), deliveryOf('good')]);
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
