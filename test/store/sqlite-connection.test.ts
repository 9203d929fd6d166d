import { closeSync, copyFileSync, openSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDisk, openDisk } from '../../src/store/disk.ts';
import { EncoreSqliteDialect } from '../../src/store/sqlite-driver.ts';

interface Tables {
  notes: { id: number; text: string };
}

describe('the connection to SQLite', () => {
  let folder: string;
  let file: string;
  let db: Kysely<Tables>;
  /** What waits for the disk, in order. */
  let syncs: PromiseWithResolvers<void>[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'encore-connection-'));
    file = join(folder, 'notes.db');
    syncs = [];
    const database = new BetterSqlite3(file);
    database.pragma('journal_mode = WAL');
    database.exec('create table notes (id integer primary key, text text)');
    const disk = {
      sync() {
        const waiting = Promise.withResolvers<void>();
        syncs.push(waiting);
        return waiting.promise;
      },
      requireWhole: () => undefined,
      close: () => undefined,
    };
    db = new Kysely<Tables>({ dialect: new EncoreSqliteDialect(database, disk) });
  });

  afterEach(async () => {
    for (const waiting of syncs) waiting.resolve();
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  const write = (text: string) => db.insertInto('notes').values({ id: text.length, text }).execute();
  const read = () => db.selectFrom('notes').select('text').execute();
  /** Another process, which sees what is committed whether or not it is on the disk. */
  const countFromOutside = () => {
    const outside = new BetterSqlite3(file, { readonly: true });
    const { count } = outside.prepare('select count(*) as count from notes').get() as { count: number };
    outside.close();
    return count;
  };
  const untilSyncing = async (count: number) => {
    while (syncs.length < count) await new Promise((resolve) => setImmediate(resolve));
  };

  it.each([
    [
      'a transaction',
      () => db.transaction().execute((tx) => tx.insertInto('notes').values({ id: 1, text: 'a' }).execute()),
    ],
    ['a statement alone', () => write('a')],
    ['a statement that gives rows', () => sql`insert into notes values (1, 'a') returning id`.execute(db)],
  ])('reports %s once it is on the disk, and keeps others from building on it before', async (_what, run) => {
    const events: string[] = [];
    const writing = run().then(() => events.push('written'));
    await untilSyncing(1);
    const reading = read().then((rows) => events.push(`read ${rows.length}`));
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(events).toEqual([]);
    expect(countFromOutside()).toBe(1);
    syncs[0]?.resolve();
    await Promise.all([writing, reading]);
    expect(events).toEqual(['written', 'read 1']);
    expect(syncs).toHaveLength(1);
  });

  it('does not wait for the disk where nothing was changed', async () => {
    expect(await read()).toEqual([]);
    expect(syncs).toEqual([]);
  });

  it('waits for the disk once for all that a transaction does', async () => {
    const writing = db.transaction().execute(async (tx) => {
      for (const id of [1, 2, 3]) await tx.insertInto('notes').values({ id, text: 'a' }).execute();
      expect(syncs).toEqual([]);
    });
    await untilSyncing(1);
    syncs[0]?.resolve();
    await writing;
    expect(syncs).toHaveLength(1);
  });

  it('waits for the disk before anybody reads what a failed wait has left', async () => {
    const writing = write('a');
    await untilSyncing(1);
    syncs[0]?.reject(new Error('not now'));
    await expect(writing).rejects.toThrow('not now');
    const reading = read();
    await untilSyncing(2);
    syncs[1]?.resolve();
    expect(await reading).toHaveLength(1);
  });

  it('gives everybody else a turn between the statements of a long transaction', async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const seen: number[] = [];
    await db
      .transaction()
      .execute(async (tx) => {
        for (let step = 0; step < 5; step += 1) {
          spin(2);
          await tx.selectFrom('notes').select('text').execute();
          seen.push(turns);
        }
      })
      .finally(() => clearImmediate(next));
    expect(new Set(seen).size).toBe(5);
  });
});

describe('the disk', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'encore-disk-'));
    file = join(folder, 'notes.db');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const openFile = (path: string) => {
    const database = new BetterSqlite3(path);
    database.pragma('journal_mode = WAL');
    return database;
  };

  it('takes the commits of a new file, and of one behind a link', async () => {
    await symlink(file, join(folder, 'link.db'));
    for (const path of [file, join(folder, 'link.db')]) {
      const database = openFile(path);
      const disk = openDisk(database, fail);
      database.exec('create table if not exists notes (id integer)');
      await disk.sync();
      database.close();
      disk.close();
    }
    expect(await readdir(folder)).toEqual(['link.db', 'notes.db']);
  });

  it('copies what a process left in the log into the file before anything is added', () => {
    const first = openFile(file);
    first.exec('create table notes (id integer)');
    copyFileSync(file, join(folder, 'left.db'));
    copyFileSync(`${file}-wal`, join(folder, 'left.db-wal'));
    first.close();
    const second = openFile(join(folder, 'left.db'));
    const disk = openDisk(second, fail);
    expect(statSync(join(folder, 'left.db-wal')).size).toBe(0);
    expect(second.prepare('select count(*) as count from notes').get()).toEqual({ count: 0 });
    second.close();
    disk.close();
  });

  it('is not trusted again once it has refused', async () => {
    // What has nothing to be written to stands for a disk that is gone: the system refuses either.
    const log = openSync(devNull, 'r');
    onTestFinished(() => closeSync(log));
    const refusals: Error[] = [];
    const disk = createDisk(log, (cause) => refusals.push(cause));
    disk.requireWhole();
    await expect(disk.sync()).rejects.toMatchObject({ name: 'DatabaseUnavailableError', inDoubt: true });
    await expect(disk.sync()).rejects.toMatchObject({ inDoubt: true });
    expect(() => disk.requireWhole()).toThrow(
      expect.objectContaining({ name: 'DatabaseUnavailableError', inDoubt: false }),
    );
    expect(refusals).toMatchObject([{ syscall: 'fdatasync' }]);
  });
});

function fail(cause: Error): never {
  throw cause;
}

/** Keeps the thread busy, as the work of a transaction does. */
function spin(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}
