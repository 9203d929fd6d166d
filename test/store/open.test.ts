import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StartError } from '../../src/errors.ts';
import { getAccount } from '../../src/store/accounts.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { findTask, insertTask } from '../../src/store/tasks.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { useStore } from './support.ts';

const OPEN_MODULE = new URL('../../src/store/open.ts', import.meta.url).href;

async function useFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-open-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
}

async function open(databaseUrl: string): Promise<Store> {
  const store = await openStore({ databaseUrl });
  onTestFinished(async () => await store.close());
  return store;
}

/** Another process that opens the store, says so, and keeps it. */
async function openElsewhere(databaseUrl: string): Promise<ChildProcess> {
  const script = `
    const { openStore } = await import(${JSON.stringify(OPEN_MODULE)});
    globalThis.store = await openStore({ databaseUrl: ${JSON.stringify(databaseUrl)} });
    console.log('open');
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('open\n');
  return child;
}

describe('openStore', () => {
  it('makes file and folders, and finds everything again the next time', async () => {
    const databaseUrl = `sqlite:${join(await useFolder(), 'new', 'folder', 'encore.db')}`;
    const first = await open(databaseUrl);
    await insertTask(first.db, queuedTask('task-1'), T0);
    await first.close();
    await first.close();
    const second = await open(databaseUrl);
    expect(await findTask(second.db, 'task-1')).toEqual(queuedTask('task-1'));
    expect(await getAccount(second.db, 'operator')).toMatchObject({ id: 'operator' });
  });

  it('writes ahead, and checks references', async () => {
    const { db } = await useStore();
    const read = async (pragma: string) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(pragma)}`.execute(db);
      return Object.values(rows[0] ?? {})[0];
    };
    expect(await read('journal_mode')).toBe('wal');
    expect(await read('foreign_keys')).toBe(1);
    const orphan = { ...queuedTask('task-1'), accountId: 'nobody' };
    await expect(insertTask(db, orphan, T0)).rejects.toThrow('FOREIGN KEY');
  });

  it('puts every commit on the disk, without SQLite waiting for it in the only thread there is', async () => {
    const file = join(await useFolder(), 'encore.db');
    const { db } = await open(`sqlite:${file}`);
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    expect(rows).toEqual([{ synchronous: 1 }]);
    // SQLite's own, and the one that commits are synced by (see sqlite-connection.test.ts).
    expect(await listDescriptors(`${file}-wal`)).toHaveLength(2);
  });

  it('ends with a disk that refuses a commit: nothing is read or written any more, and all is there after a new start', async () => {
    const file = join(await useFolder(), 'encore.db');
    const databaseUrl = `sqlite:${file}`;
    const lost: StartError[] = [];
    const store = await openStore({ databaseUrl, onLost: (reason) => lost.push(reason) });
    await insertTask(store.db, queuedTask('task-1'), T0);
    const [, ours] = await listDescriptors(`${file}-wal`);
    closeSync(ours ?? -1);
    const refused = store.transaction((tx) => insertTask(tx, queuedTask('task-2'), T0));
    await expect(refused).rejects.toMatchObject({ name: 'DatabaseUnavailableError', inDoubt: true });
    expect(lost).toEqual([
      expect.objectContaining({ message: expect.stringContaining('then start Encore again') }),
    ]);
    expect(store.health.downMs).toBeGreaterThanOrEqual(0);
    await expect(findTask(store.db, 'task-1')).rejects.toMatchObject({ inDoubt: false });
    await expect(store.transaction(async () => undefined)).rejects.toMatchObject({ inDoubt: false });
    await expect(store.close()).rejects.toMatchObject({ code: 'EBADF' });
    const next = await open(databaseUrl);
    expect(await findTask(next.db, 'task-1')).toEqual(queuedTask('task-1'));
  });

  it('refuses a database that a newer version has changed, and leaves it as it is', async () => {
    const file = join(await useFolder(), 'encore.db');
    const databaseUrl = `sqlite:${file}`;
    await (await open(databaseUrl)).close();
    const database = new BetterSqlite3(file);
    database.exec("insert into migrations values ('0999-future', '2099-01-01T00:00:00.000Z')");
    database.close();
    const refusal = {
      name: 'StartError',
      message:
        'This database was changed by a newer version of Encore (0999-future): start that version, ' +
        'or restore the backup that was made before the update.',
    };
    await expect(openStore({ databaseUrl })).rejects.toMatchObject(refusal);
    await expect(openStore({ databaseUrl })).rejects.toMatchObject(refusal);
  });

  it('changes nothing when a migration cannot be finished', async () => {
    const file = join(await useFolder(), 'encore.db');
    const database = new BetterSqlite3(file);
    // The last table that the first migration makes.
    database.exec('create table cache (mine text)');
    await expect(openStore({ databaseUrl: `sqlite:${file}` })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('table "cache" already exists'),
    });
    const names = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    expect(names).not.toContain('accounts');
    database.exec('drop table cache');
    database.close();
    await open(`sqlite:${file}`);
  });

  it('refuses a file that another process has, and takes it when that one was killed', async () => {
    const databaseUrl = `sqlite:${join(await useFolder(), 'encore.db')}`;
    const other = await openElsewhere(databaseUrl);
    await expect(openStore({ databaseUrl })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/in use by another process.*PostgreSQL/),
    });
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
    const store = await open(databaseUrl);
    await insertTask(store.db, queuedTask('task-1'), T0);
  });

  it('refuses a file that this very process has already opened, until it is closed', async () => {
    const databaseUrl = `sqlite:${join(await useFolder(), 'encore.db')}`;
    const first = await open(databaseUrl);
    await expect(openStore({ databaseUrl })).rejects.toMatchObject({ name: 'StartError' });
    await first.close();
    await open(databaseUrl);
  });

  it('says what is wrong with a file that is no database, and does not keep its lock', async () => {
    const file = join(await useFolder(), 'encore.db');
    await writeFile(
      file,
      'This is a text about music, and much longer than any header of a database.'.repeat(9),
    );
    const refusal = { name: 'StartError', message: expect.stringContaining('check DATABASE_URL') };
    await expect(openStore({ databaseUrl: `sqlite:${file}` })).rejects.toMatchObject(refusal);
    await rm(file);
    await open(`sqlite:${file}`);
  });

  it.each(['sqlite:', 'sqlite::memory:', 'postgres://encore:secret@db/encore', 'mysql://db'])(
    'refuses %s with a sentence and without its password',
    async (databaseUrl) => {
      const error: unknown = await openStore({ databaseUrl }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'StartError' });
      expect(String(error)).toContain('DATABASE_URL');
      expect(String(error)).not.toContain('secret');
      expect(existsSync(':memory:')).toBe(false);
    },
  );

  it('asks the clock that it was given', async () => {
    const databaseUrl = `sqlite:${join(await useFolder(), 'encore.db')}`;
    const store = await openStore({ databaseUrl, now: () => T0 });
    expect(await store.now()).toBe(T0);
    await store.close();
  });
});

describe('transaction', () => {
  it('gives the result of a transaction that was committed', async () => {
    const store = await useStore();
    expect(await store.transaction(async (tx) => await insertTask(tx, queuedTask('task-1'), T0))).toBe(true);
    expect(await findTask(store.db, 'task-1')).toBeDefined();
  });

  it('leaves nothing behind when it throws', async () => {
    const store = await useStore();
    const failed = store.transaction(async (tx) => {
      await insertTask(tx, queuedTask('task-1'), T0);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await findTask(store.db, 'task-1')).toBeUndefined();
    expect(await store.transaction(async (tx) => await insertTask(tx, queuedTask('task-1'), T0))).toBe(true);
  });

  it('lets no other statement and no other transaction in between', async () => {
    const store = await useStore();
    const events: string[] = [];
    const opened = Promise.withResolvers<void>();
    const wait = Promise.withResolvers<void>();
    const first = store.transaction(async (tx) => {
      await insertTask(tx, queuedTask('task-1'), T0);
      opened.resolve();
      await wait.promise;
      events.push('first');
    });
    await opened.promise;
    const second = store.transaction(async (tx) => {
      events.push((await findTask(tx, 'task-1')) ? 'second sees it' : 'second does not see it');
    });
    const read = findTask(store.db, 'task-1').then((task) => events.push(task ? 'read sees it' : 'nothing'));
    wait.resolve();
    await Promise.all([first, second, read]);
    // Which of the two that wait comes next is nobody's promise.
    expect(events[0]).toBe('first');
    expect(events.slice(1).sort()).toEqual(['read sees it', 'second sees it']);
  });

  it('throws at once when the store itself is used inside, instead of waiting for ever', async () => {
    const store = await useStore();
    const message = 'the store was used inside a transaction: pass the transaction on as the executor';
    await store.transaction(async () => {
      await expect(findTask(store.db, 'task-1')).rejects.toThrow(message);
      await expect(store.transaction(async () => 1)).rejects.toThrow(message);
    });
    expect(await findTask(store.db, 'task-1')).toBeUndefined();
  });

  it('does not mistake what was started inside, but runs later, for being inside', async () => {
    const store = await useStore();
    const ended = Promise.withResolvers<void>();
    const { later } = await store.transaction(async () => ({
      later: ended.promise.then(async () => await findTask(store.db, 'task-1')),
    }));
    ended.resolve();
    expect(await later).toBeUndefined();
  });

  it('fails once the store is closed, for everybody who waits', async () => {
    const store = await useStore();
    await store.close();
    const late = [store.transaction(async () => 1), store.transaction(async () => 2)];
    const ends = await Promise.allSettled(late);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('is finished before the store is closed', async () => {
    const databaseUrl = `sqlite:${join(await useFolder(), 'encore.db')}`;
    const store = await openStore({ databaseUrl });
    const opened = Promise.withResolvers<void>();
    const wait = Promise.withResolvers<void>();
    const work = store.transaction(async (tx) => {
      opened.resolve();
      await wait.promise;
      return await insertTask(tx, queuedTask('task-1'), T0);
    });
    await opened.promise;
    const closed = store.close();
    wait.resolve();
    expect(await work).toBe(true);
    await closed;
    expect(await findTask((await open(databaseUrl)).db, 'task-1')).toBeDefined();
  });
});

/** The descriptors by which this process has a file open, in the order in which it was opened. */
async function listDescriptors(file: string): Promise<number[]> {
  const descriptors = await readdir('/proc/self/fd');
  const named = await Promise.all(
    descriptors.map(async (fd) => ({
      fd,
      name: await readlink(`/proc/self/fd/${fd}`).catch(() => undefined),
    })),
  );
  return named.flatMap(({ fd, name }) => (name === file ? [Number(fd)] : [])).sort((a, b) => a - b);
}
