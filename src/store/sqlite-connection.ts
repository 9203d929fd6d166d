import { setImmediate as nextTurn } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';

/** For so long statements may follow each other before everybody else has a turn of the thread. */
const BUSY_MS = 0.5;

/** A database whose statements are prepared once. */
export interface StatementSource extends Pick<BetterSqlite3.Database, 'inTransaction'> {
  prepare(sql: string): BetterSqlite3.Statement<unknown[]>;
}

/**
 * Kysely's connection to SQLite, made to live in the thread that also answers people: between two statements others
 * have a turn as soon as the thread was busy for a while, and nothing waits for the disk in it. A statement or commit
 * that changed something is reported once `sync` says that it is on the disk.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #database: StatementSource;
  readonly #sync: () => Promise<void>;
  #hasWritten = false;
  #busySince = performance.now();

  constructor(inner: DatabaseConnection, database: StatementSource, sync: () => Promise<void>) {
    this.#inner = inner;
    this.#database = database;
    this.#sync = sync;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (performance.now() - this.#busySince > BUSY_MS) await this.#giveTurn();
    const wasInside = this.#database.inTransaction;
    const result = await this.#inner.executeQuery<R>(query);
    const { inTransaction } = this.#database;
    const isBeginning = inTransaction && !wasInside;
    if (!isBeginning && !this.#database.prepare(query.sql).readonly) this.#hasWritten = true;
    if (this.#hasWritten && !inTransaction) {
      this.#hasWritten = false;
      await this.#sync();
    }
    return result;
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }

  async #giveTurn(): Promise<void> {
    await nextTurn();
    this.#busySince = performance.now();
  }
}
