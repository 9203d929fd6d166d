import type BetterSqlite3 from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { EncoreSqliteCompiler } from './dialect.ts';
import type { Disk } from './disk.ts';
import { refuseInsideTransaction } from './inside-transaction.ts';
import { SqliteConnection } from './sqlite-connection.ts';

/** Distinct statements are as many as there are queries in the code; a runaway would only lose the cache. */
const MAX_CACHED_STATEMENTS = 500;

/** Kysely's SQLite dialect with serialised `BEGIN IMMEDIATE` transactions, cached statements, and one mistake
 * made impossible: waiting for the connection that one's own transaction holds. */
export class EncoreSqliteDialect extends SqliteDialect {
  readonly #database: BetterSqlite3.Database;
  readonly #disk: Disk | undefined;

  /** @param disk - Without it SQLite's own setting of `synchronous` decides when a commit is on the disk. */
  constructor(database: BetterSqlite3.Database, disk?: Disk) {
    super({ database });
    this.#database = database;
    this.#disk = disk;
  }

  override createDriver(): Driver {
    return new SerialDriver(cacheStatements(this.#database), this.#disk);
  }

  override createAdapter(): SqliteAdapter {
    return new SerialAdapter();
  }

  override createQueryCompiler(): EncoreSqliteCompiler {
    return new EncoreSqliteCompiler();
  }
}

class SerialAdapter extends SqliteAdapter {
  // The driver below does the queueing, because it can tell a deadlock from a wait.
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  // SQLite rolls back tables like rows: a migration that is cut off leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SerialDriver extends SqliteDriver {
  readonly #database: ReturnType<typeof cacheStatements>;
  readonly #disk: Disk | undefined;
  #connection: DatabaseConnection | undefined;
  /** Ends of everybody who waits for the connection, the last one. */
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(database: ReturnType<typeof cacheStatements>, disk: Disk | undefined) {
    super({ database });
    this.#database = database;
    this.#disk = disk;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    refuseInsideTransaction();
    const previous = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await previous;
    this.#release = resolve;
    this.#connection ??= new SqliteConnection(await super.acquireConnection(), this.#database, this.#disk);
    return this.#connection;
  }

  override async releaseConnection(): Promise<void> {
    this.#release();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** Where the commit itself failed, SQLite has ended the transaction, and there is a better error to tell of. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }

  override async destroy(): Promise<void> {
    await this.#tail;
    await super.destroy();
    this.#disk?.close();
  }
}

/** Preparing costs more than running for most of our statements. */
function cacheStatements(database: BetterSqlite3.Database) {
  const statements = new Map<string, BetterSqlite3.Statement<unknown[]>>();
  return {
    prepare(text: string) {
      const cached = statements.get(text);
      if (cached) return cached;
      if (statements.size >= MAX_CACHED_STATEMENTS) statements.clear();
      const statement = database.prepare<unknown[]>(text);
      statements.set(text, statement);
      return statement;
    },
    get inTransaction() {
      return database.inTransaction;
    },
    close: () => database.close(),
  };
}
