import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresAdapter,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { coerceError } from '../errors.ts';
import { EncorePostgresCompiler } from './dialect.ts';
import type { DatabaseHealth } from './health.ts';
import { refuseInsideTransaction } from './inside-transaction.ts';
import { PlacesIntrospector } from './postgres-introspector.ts';
import { DatabaseUnavailableError, isConnectionError } from './unavailable.ts';

/** For statements that do no work: without an answer by then, the person is told, and Discord's 3 s are kept. */
const BEGIN_TIMEOUT_MS = 2_500;

/** Kysely's PostgreSQL dialect over a pool of `pg`, with errors that say whether the database is away. */
export class EncorePostgresDialect implements Dialect {
  readonly #pool: Pool;
  readonly #health: DatabaseHealth;
  readonly #statementTimeoutMs: number | undefined;

  /** @param statementTimeoutMs - A statement that takes longer is broken off; without it none is. */
  constructor(pool: Pool, health: DatabaseHealth, statementTimeoutMs?: number) {
    this.#pool = pool;
    this.#health = health;
    this.#statementTimeoutMs = statementTimeoutMs;
  }

  createDriver(): Driver {
    return new PoolDriver(this.#pool, this.#health, this.#statementTimeoutMs);
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createQueryCompiler(): EncorePostgresCompiler {
    return new EncorePostgresCompiler();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PlacesIntrospector(db);
  }
}

class PoolDriver implements Driver {
  readonly #pool: Pool;
  readonly #health: DatabaseHealth;
  readonly #statementTimeoutMs: number | undefined;

  constructor(pool: Pool, health: DatabaseHealth, statementTimeoutMs: number | undefined) {
    this.#pool = pool;
    this.#health = health;
    this.#statementTimeoutMs = statementTimeoutMs;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    refuseInsideTransaction();
    try {
      const client = await this.#pool.connect();
      return new PoolConnection(client, this.#health, this.#statementTimeoutMs);
    } catch (error) {
      throw describe(error, this.#health);
    }
  }

  async beginTransaction(connection: PoolConnection): Promise<void> {
    await connection.run('begin', [], BEGIN_TIMEOUT_MS);
  }

  async commitTransaction(connection: PoolConnection): Promise<void> {
    let command: string;
    try {
      ({ command } = await connection.run('commit', []));
    } catch (error) {
      if (!(error instanceof DatabaseUnavailableError)) throw error;
      throw new DatabaseUnavailableError(coerceError(error.cause), true);
    }
    // That is how PostgreSQL answers the commit of a transaction in which a statement failed.
    if (command === 'ROLLBACK')
      throw new Error('a transaction was committed although a statement in it failed');
  }

  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    // A connection that is gone takes its transaction with it.
    if (!connection.isBroken) await connection.run('rollback', []).catch(() => connection.discard());
  }

  async savepoint(connection: PoolConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint ${name}`));
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

class PoolConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #health: DatabaseHealth;
  readonly #statementTimeoutMs: number | undefined;
  #broken = false;

  constructor(client: PoolClient, health: DatabaseHealth, statementTimeoutMs: number | undefined) {
    this.#client = client;
    this.#health = health;
    this.#statementTimeoutMs = statementTimeoutMs;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.run(sql, parameters);
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    // The rows have the columns that the query names; Kysely's types vouch for them.
    return { rows: rows as R[], ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
  }

  /** @throws DatabaseUnavailableError when the connection broke, or nothing came back within `timeoutMs`. */
  async run(text: string, parameters: readonly unknown[], timeoutMs = this.#statementTimeoutMs) {
    let timedOut = false;
    const giveUp =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            this.discard();
          }, timeoutMs);
    try {
      const result = await this.#client.query(text, parameters.map(withoutNul));
      this.#health.answered();
      return result;
    } catch (error) {
      if (isConnectionError(error)) this.#broken = true;
      throw describe(timedOut ? new Error('timeout exceeded', { cause: error }) : error, this.#health);
    } finally {
      clearTimeout(giveUp);
    }
  }

  // Nothing of ours is read in a stream; Kysely's interface asks for it.
  // biome-ignore lint/correctness/useYield: -- it only refuses
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not supported');
  }

  /** Cuts the connection; a statement under way fails, and the server takes its transaction back. */
  discard(): void {
    this.#broken = true;
    // With a statement under way `end` cuts the socket, whose error that statement then reports.
    void this.#client.end?.();
  }

  release(): void {
    this.#client.release(this.#broken);
  }
}

function describe(error: unknown, health: DatabaseHealth): Error {
  const cause = coerceError(error);
  if (!isConnectionError(error)) return cause;
  health.failed(cause);
  return new DatabaseUnavailableError(cause);
}

/** PostgreSQL has no text with this character in it. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value;
}
