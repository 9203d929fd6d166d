import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createCache } from '../../src/store/keyv-store.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { putTask, runningTask } from './support.ts';

const HOUR_MS = 3_600_000;
/** Two clocks that differ by less are the same one, read on a busy machine. */
const NEAR_MS = 60_000;
const LEASE_MS = 120_000;

async function useStore(): Promise<Store> {
  const { databaseUrl, remove } = await createPostgresDatabase();
  const store = await openStore({ databaseUrl });
  onTestFinished(async () => {
    await store.close();
    await remove();
  });
  return store;
}

/** Lets this host believe that it is later than it is; earlier, if negative. */
function setHostClock(aheadMs: number): void {
  const spy = vi
    .spyOn(Date, 'now')
    .mockImplementation(() => Math.round(performance.timeOrigin + performance.now()) + aheadMs);
  onTestFinished(() => spy.mockRestore());
}

async function readServerClock(store: Store): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(store.db);
  return rows[0]?.now.getTime() ?? Number.NaN;
}

/** A process that follows tasks, and the names of those that it looked at, of which it never hears. */
function startTracker(store: Store, owner: string): readonly string[] {
  const looks: string[] = [];
  const tracker = createTracker({
    store,
    catalogue: createCatalogue(),
    provider: () => ({
      submit: () => Promise.reject(new Error('nothing is to be sent')),
      getCredits: () => Promise.reject(new Error('nothing is to be paid')),
      async getTask(_engine, providerTaskId, { signal }) {
        looks.push(providerTaskId);
        await once(signal, 'abort');
        throw signal.reason;
      },
    }),
    settings: {
      pollIntervalMs: 15_000,
      submitIntervalMs: 3_000,
      deadlineMs: HOUR_MS,
      leaseMs: LEASE_MS,
      // One look at a time, and another task in the hand.
      pollConcurrency: 1,
    },
    log: createLogger({ level: 'silent' }),
    owner,
  });
  onTestFinished(() => tracker.stop(0));
  void tracker.start();
  return looks;
}

it.each([-HOUR_MS, HOUR_MS])(
  'the time is that of the server on a host that is %i ms ahead',
  async (aheadMs) => {
    const store = await useStore();
    setHostClock(aheadMs);
    const server = await readServerClock(store);
    expect(Math.abs(Date.now() - server)).toBeGreaterThan(HOUR_MS - NEAR_MS);
    const times = [
      await store.now(),
      await store.now(store.db),
      await store.transaction(async (tx) => await store.now(tx)),
    ];
    for (const time of times) expect(Math.abs(time - server)).toBeLessThan(NEAR_MS);
  },
);

it('a lease holds as long as the server says, whatever the hosts believe', async () => {
  const store = await useStore();
  for (const id of ['a', 'b']) await putTask(store.db, runningTask(id, await readServerClock(store)));
  setHostClock(HOUR_MS);
  const looks = startTracker(store, 'ahead');
  await expect.poll(() => looks).toHaveLength(1);
  const leases = await store.db.selectFrom('tasks').select(['lease_owner', 'lease_until']).execute();
  const server = await readServerClock(store);
  for (const { lease_owner, lease_until } of leases) {
    expect(lease_owner).toBe('ahead');
    expect(Math.abs((lease_until ?? 0) - LEASE_MS - server)).toBeLessThan(NEAR_MS);
  }

  setHostClock(2 * HOUR_MS);
  // The first process has its hands full, so that this one is for the second: it looks at all that is due.
  await putTask(store.db, runningTask('c', server));
  const looksOfOther = startTracker(store, 'further ahead');
  await expect.poll(() => looksOfOther).not.toEqual([]);
  expect(looksOfOther).toEqual(['provider-c']);
});

it.each([-HOUR_MS, HOUR_MS])(
  'what a host keeps for a while lives as long on one that is %i ms ahead, and the other way round',
  async (aheadMs) => {
    const store = await useStore();
    const cache = createCache<string>(store, 'hints', NEAR_MS);
    await cache.set('right', 'kept by the host that is right');
    setHostClock(aheadMs);
    await cache.set('ahead', 'kept by the host that is ahead');
    expect(await cache.hasMany(['right', 'ahead'])).toEqual([true, true]);
    const server = await readServerClock(store);
    const rows = await store.db.selectFrom('cache').select('expires').execute();
    expect(rows).toHaveLength(2);
    for (const { expires } of rows) expect(Math.abs((expires ?? 0) - NEAR_MS - server)).toBeLessThan(NEAR_MS);
    setHostClock(0);
    expect(await cache.getMany(['right', 'ahead'])).toEqual([
      'kept by the host that is right',
      'kept by the host that is ahead',
    ]);
  },
);
