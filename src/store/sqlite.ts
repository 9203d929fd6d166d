import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { coerceError, StartError } from '../errors.ts';
import type { OpenedDatabase } from './database.ts';
import { openDisk } from './disk.ts';
import { createGroupCommit } from './group-commit.ts';
import { createHealth, type DatabaseHealth } from './health.ts';
import { refuseInsideTransaction } from './inside-transaction.ts';
import type { StoreOptions } from './open.ts';
import type { Database } from './schema.ts';
import { EncoreSqliteDialect } from './sqlite-driver.ts';

type SqliteOptions = Pick<StoreOptions, 'log' | 'onLost'>;

/** How long a statement waits for another process (a backup tool, `sqlite3`) that has the file. */
const BUSY_TIMEOUT_MS = 5_000;

/** Whoever only looks whether the lock is held (`isHeld`) is done long before. */
const LOCK_TIMEOUT_MS = 200;

/**
 * Opens the SQLite file of a `sqlite:` address for this process alone.
 *
 * @throws StartError when another process has it, or when it cannot be opened.
 */
export function openSqlite(path: string, { log, onLost }: SqliteOptions = {}): OpenedDatabase {
  const file = resolve(path);
  let release: (() => void) | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    release = lockFile(file);
    const database = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
    database.pragma('journal_mode = WAL');
    // A commit that was reported is on the disk, also after a power cut: a lost one could be a second submission. Its
    // way there is the driver's, not SQLite's, which would make the whole process wait.
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    const health = createHealth(log);
    const disk = openDisk(database, (cause) => {
      health.failed(cause);
      onLost?.(describeLoss(file, cause));
    });
    const db = new Kysely<Database>({ dialect: new EncoreSqliteDialect(database, disk) });
    return describeOpened(db, health, release);
  } catch (error) {
    release?.();
    if (error instanceof StartError) throw error;
    const cause = coerceError(error);
    throw new StartError(`The database ${file} cannot be opened (${cause.message}): check DATABASE_URL.`, {
      cause,
    });
  }
}

function describeOpened(db: Kysely<Database>, health: DatabaseHealth, release: () => void): OpenedDatabase {
  const commitTogether = createGroupCommit(db);
  return {
    db,
    patient: db,
    isShared: false,
    health,
    now: async () => Date.now(),
    async transaction(work) {
      refuseInsideTransaction();
      try {
        const value = await commitTogether(work);
        health.answered();
        return value;
      } catch (error) {
        if (isFileTrouble(error)) health.failed(error);
        throw error;
      }
    },
    ring() {},
    onRing() {},
    async close() {
      try {
        await db.destroy();
      } finally {
        release();
      }
    },
  };
}

function describeLoss(file: string, cause: Error): StartError {
  return new StartError(
    `The disk did not take what was written to the database ${file} (${cause.message}), so Encore ends: nothing may ` +
      'build on what is not on the disk. Look at the disk, then start Encore again: it reads what is there and goes on.',
    { cause },
  );
}

/** Whether the file cannot be written or read: no disk space left, no right to, held by another program, or damaged. */
function isFileTrouble(error: unknown): error is Error {
  if (!(error instanceof BetterSqlite3.SqliteError)) return false;
  return /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|BUSY|CORRUPT|NOTADB)/.test(error.code);
}

/**
 * Takes the lock that says "this process has the database": a transaction held open on a side file. It dies
 * with the process, however that ends, so it never has to be cleaned up.
 */
export function lockFile(file: string): () => void {
  const lock = new BetterSqlite3(`${file}.lock`, { timeout: LOCK_TIMEOUT_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof BetterSqlite3.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new StartError(
      `The database ${file} is in use by another process of Encore: stop that one first. ` +
        'Several processes at once need PostgreSQL.',
      { cause: error },
    );
  }
  return () => lock.close();
}
