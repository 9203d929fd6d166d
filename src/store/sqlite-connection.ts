import { setImmediate as nextTurn } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Disk } from './disk.ts';

/** For so long statements may follow each other before everybody else has a turn of the thread. */
const BUSY_MS = 0.5;

/** A database whose statements are prepared once. */
export interface StatementSource extends Pick<BetterSqlite3.Database, 'inTransaction'> {
  prepare(sql: string): BetterSqlite3.Statement<unknown[]>;
}

/**
 * Kysely's connection to SQLite, made to live in the thread that also answers people: between two statements others
 * have a turn as soon as the thread was busy for a while, and nothing waits for the disk in it. A statement or commit
 * that changed something is reported once it is on the disk.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #database: StatementSource;
  readonly #disk: Disk | undefined;
  /** Something may be committed that is not on the disk yet. */
  #hasWritten = false;
  #busySince = performance.now();

  constructor(inner: DatabaseConnection, database: StatementSource, disk: Disk | undefined) {
    this.#inner = inner;
    this.#database = database;
    this.#disk = disk;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (performance.now() - this.#busySince > BUSY_MS) await this.#giveTurn();
    this.#disk?.requireWhole();
    // Before it runs: one that fails may have changed something all the same.
    if (this.#changes(query)) this.#hasWritten = true;
    const result = await this.#inner.executeQuery<R>(query);
    if (this.#hasWritten && !this.#database.inTransaction) {
      await this.#disk?.sync();
      this.#hasWritten = false;
    }
    return result;
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }

  /** SQLite does not count `begin immediate` among what only reads. */
  #changes({ sql }: CompiledQuery): boolean {
    return !sql.startsWith('begin') && !this.#database.prepare(sql).readonly;
  }

  async #giveTurn(): Promise<void> {
    await nextTurn();
    this.#busySince = performance.now();
  }
}
