import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { addFinding } from '../../src/store/bookkeeping.ts';
import { openTestStore } from '../support/store.ts';
import { T0 } from '../support/tasks.ts';

it('a SQLite file that cannot be written counts as away, until a change is written', async () => {
  const { store, databaseUrl, cleanup } = await openTestStore();
  const other = new BetterSqlite3(databaseUrl.slice('sqlite:'.length));
  try {
    const write = (id: string) =>
      store.transaction((tx) =>
        addFinding(tx, { id, accountId: 'operator', kind: 'charged', expected: 1, found: 2, at: T0 }),
      );
    await expect(store.transaction(() => Promise.reject(new Error('of the work itself')))).rejects.toThrow();
    expect([store.health.downMs, store.health.errors]).toEqual([undefined, 0]);
    other.exec('begin immediate');
    await expect(write('in vain')).rejects.toThrow('locked');
    expect(store.health).toMatchObject({ downMs: expect.any(Number), errors: 1 });
    other.exec('rollback');
    await write('afterwards');
    expect(store.health).toMatchObject({ downMs: undefined, errors: 1 });
  } finally {
    other.close();
    await cleanup();
  }
});
