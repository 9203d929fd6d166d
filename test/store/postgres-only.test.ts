import { describe, expect, it, onTestFinished } from 'vitest';
import { claimDueCards, touchCard } from '../../src/store/cards.ts';
import { claimDueDeliveries, insertDeliveries } from '../../src/store/deliveries.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createDatabaseClock } from '../../src/store/postgres-clock.ts';
import { claimFollowed } from '../../src/store/task-claims.ts';
import { findTask, insertTask } from '../../src/store/tasks.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { deliveryOf, putTask, runningTask } from './support.ts';

/** Stores of two processes on the same tables. */
async function openTwo(): Promise<readonly [Store, Store]> {
  const { databaseUrl, remove } = await createPostgresDatabase();
  // At once: both find that the tables have to be made.
  const stores = await Promise.all([openStore({ databaseUrl }), openStore({ databaseUrl })]);
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await remove();
  });
  return stores;
}

describe('two processes on one PostgreSQL', () => {
  it('wake each other, and not themselves', async () => {
    const [one, other] = await openTwo();
    const rung: string[] = [];
    one.onRing(() => rung.push('one'));
    other.onRing(() => rung.push('other'));
    // Each is woken once when it begins to listen: it may have missed something.
    await expect.poll(() => [...rung].sort()).toEqual(['one', 'other']);
    one.ring();
    await expect.poll(() => rung.slice(2)).toEqual(['other']);
  });

  it('have the clock of the database, inside and outside of transactions', async () => {
    const [one, other] = await openTwo();
    const [first, inside, second] = [
      await one.now(),
      await other.transaction(async (tx) => await other.now(tx)),
      await one.now(),
    ];
    expect(inside).toBeGreaterThanOrEqual(first - 50);
    expect(second).toBeGreaterThanOrEqual(inside - 50);
    expect(await one.now(one.db)).toBeGreaterThanOrEqual(first - 50);
  });

  it('run a transaction again that was broken off because two waited for each other', async () => {
    const [one, other] = await openTwo();
    for (const id of ['a', 'b']) await insertTask(one.db, queuedTask(id), T0);
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const runs = { one: 0, other: 0 };
    const price = (name: 'one' | 'other', store: Store, ids: readonly [string, string], index: 0 | 1) =>
      store.transaction(async (tx) => {
        runs[name] += 1;
        await tx.updateTable('tasks').set({ price: 1 }).where('id', '=', ids[0]).execute();
        both[index].resolve();
        await both[1 - index]?.promise;
        await tx.updateTable('tasks').set({ price: 2 }).where('id', '=', ids[1]).execute();
      });
    await Promise.all([price('one', one, ['a', 'b'], 0), price('other', other, ['b', 'a'], 1)]);
    // The one that is broken off may meet the other once more.
    expect(runs.one + runs.other).toBeGreaterThanOrEqual(3);
    expect(await findTask(one.db, 'a')).toBeDefined();
  });
});

describe('a claim on PostgreSQL', () => {
  it('takes no more than it was asked for, whatever way the server goes through the tables', async () => {
    const { databaseUrl, remove } = await createPostgresDatabase();
    // Only a loop over the rows is left, in which a query inside of the statement would be asked for each of them.
    const detour = ['hashjoin', 'mergejoin', 'hashagg', 'sort', 'material', 'memoize']
      .map((way) => `%20-c%20enable_${way}%3Doff`)
      .join('');
    const store = await openStore({ databaseUrl: databaseUrl + detour });
    onTestFinished(async () => {
      await store.close();
      await remove();
    });
    for (const id of ['a', 'b', 'c']) await putTask(store.db, runningTask(id));
    const claim = { now: T0, limit: 2, owner: 'process-1', leaseUntil: T0 + 30_000 };
    expect(await claimFollowed(store.db, claim)).toHaveLength(2);
  });

  const claim = { now: T0, limit: 10, owner: 'process-2', leaseUntil: T0 + 30_000 };
  it.each([
    {
      what: 'tasks',
      table: 'tasks' as const,
      claimIds: async ({ db }: Store) => (await claimFollowed(db, claim)).map(({ id }) => id),
    },
    {
      what: 'cards',
      table: 'tasks' as const,
      claimIds: async ({ db }: Store) => (await claimDueCards(db, claim)).map(({ task }) => task.id),
    },
    {
      what: 'deliveries',
      table: 'deliveries' as const,
      claimIds: async ({ db }: Store) => (await claimDueDeliveries(db, claim)).map(({ taskId }) => taskId),
    },
  ])(
    'of $what leaves out what another transaction is just claiming, and does not wait for it',
    async ({ table, claimIds }) => {
      const [one, other] = await openTwo();
      for (const id of ['a', 'b', 'c']) {
        await putTask(one.db, runningTask(id));
        await touchCard(one.db, id, T0);
        await insertDeliveries(one.db, [deliveryOf(id, { taskId: id })]);
      }
      const locked = Promise.withResolvers<void>();
      const looked = Promise.withResolvers<void>();
      const claiming = one.transaction(async (tx) => {
        await tx.selectFrom(table).select('id').where('id', '=', 'b').forUpdate().execute();
        locked.resolve();
        await looked.promise;
      });
      await locked.promise;
      // Whoever waited for the other one here would be broken off.
      const claimed = claimIds(other).finally(() => looked.resolve());
      expect((await claimed).sort()).toEqual(['a', 'c']);
      await claiming;
      expect(await claimIds(other)).toEqual(['b']);
    },
  );
});

describe('createDatabaseClock', () => {
  function createClocks() {
    const host = { steadyMs: 0, wallMs: 5_000_000, databaseMs: T0, asked: 0, isAway: false };
    const now = createDatabaseClock(
      async () => {
        host.asked += 1;
        if (host.isAway) throw new Error('away');
        return host.databaseMs;
      },
      { steady: () => host.steadyMs, wall: () => host.wallMs },
    );
    const pass = (ms: number) => {
      host.steadyMs += ms;
      host.wallMs += ms;
      host.databaseMs += ms;
    };
    return { host, now, pass };
  }

  it('tells the time of the database, whatever this host believes, and asks only now and then', async () => {
    const { host, now, pass } = createClocks();
    expect(await now()).toBe(T0);
    pass(9_000);
    expect(await now()).toBe(T0 + 9_000);
    expect(host.asked).toBe(1);
    pass(2_000);
    expect(await now()).toBe(T0 + 11_000);
    expect(host.asked).toBe(2);
  });

  it('asks again when this host was suspended or its time was set', async () => {
    const { host, now } = createClocks();
    await now();
    host.wallMs += 600_000;
    host.databaseMs += 600_000;
    expect(await now()).toBe(T0 + 600_000);
  });

  it('goes on while the database is away, but does not begin then', async () => {
    const { host, now, pass } = createClocks();
    host.isAway = true;
    await expect(now()).rejects.toThrow('away');
    host.isAway = false;
    await now();
    host.isAway = true;
    pass(60_000);
    expect(await now()).toBe(T0 + 60_000);
  });
});
