import { type FileHandle, open } from 'node:fs/promises';
import BetterSqlite3 from 'better-sqlite3';

/** What brings the commits of a SQLite file to the disk. */
export interface WalSync {
  /**
   * Resolves once every commit so far is on the disk, also after a power cut.
   *
   * @throws SqliteError `SQLITE_IOERR_FSYNC` when the disk refuses.
   */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Syncs the write-ahead log of a file in a thread of Node's pool, where a slow disk holds up nobody but those who wait
 * for it. With `synchronous = NORMAL` SQLite itself syncs only at checkpoints, which keeps the file whole; a commit is
 * in the log, and the log is what a restart reads (SQLite: Write-Ahead Logging, Performance Considerations).
 */
export function createWalSync(file: string): WalSync {
  let log: Promise<FileHandle> | undefined;
  return {
    async sync() {
      try {
        // SQLite makes it with the first commit and keeps it until its last connection is closed. Windows flushes only
        // what is open for writing.
        log ??= open(`${file}-wal`, 'r+');
        await (await log).datasync();
      } catch (error) {
        log = undefined;
        const reason = error instanceof Error ? error.message : String(error);
        throw new BetterSqlite3.SqliteError(`cannot reach the disk: ${reason}`, 'SQLITE_IOERR_FSYNC');
      }
    },
    async close() {
      await (await log)?.close();
    },
  };
}
