import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type BetterSqlite3 from 'better-sqlite3';
import { coerceError } from '../errors.ts';
import { DatabaseUnavailableError } from './unavailable.ts';

/** What brings the commits of a SQLite file to the disk. */
export interface Disk {
  /**
   * Resolves once every commit so far is on the disk, also after a power cut.
   *
   * @throws DatabaseUnavailableError when the disk refuses: what was committed last is then in doubt.
   */
  sync(): Promise<void>;
  /** @throws DatabaseUnavailableError once the disk has refused */
  requireWhole(): void;
  close(): void;
}

const syncData = promisify(fdatasync);

/**
 * Syncs the write-ahead log of an open file in a thread of Node's pool, where a slow disk holds up nobody but those who
 * wait for it. With `synchronous = NORMAL` SQLite itself syncs only at checkpoints, which keeps the file whole; a
 * commit is in the log, and the log is what a restart reads (SQLite: Write-Ahead Logging, Performance Considerations).
 *
 * A system reports once that pages could not be written, and then takes them for written. So the first refusal is the
 * last word: nothing may build on what only this process sees. The next one to open the file begins with a log that was
 * read back and copied into the file.
 *
 * @param onRefused - told of the first refusal
 */
export function openDisk(database: BetterSqlite3.Database, onRefused: (cause: Error) => void): Disk {
  database.pragma('wal_checkpoint(TRUNCATE)');
  // SQLite resolves links, and the log lies beside the file itself. Windows flushes only what is open for writing.
  const [main] = database.pragma('database_list') as readonly { readonly file: string }[];
  const log = openSync(`${main?.file}-wal`, 'r+');
  return createDisk(log, onRefused);
}

/** @param log - descriptor of the write-ahead log; closed with the disk */
export function createDisk(log: number, onRefused: (cause: Error) => void): Disk {
  let refusal: Error | undefined;
  return {
    async sync() {
      try {
        await syncData(log);
      } catch (error) {
        const isFirst = refusal === undefined;
        refusal ??= coerceError(error);
        if (isFirst) onRefused(refusal);
      }
      if (refusal) throw new DatabaseUnavailableError(refusal, true);
    },
    requireWhole() {
      if (refusal) throw new DatabaseUnavailableError(refusal);
    },
    close: () => closeSync(log),
  };
}
