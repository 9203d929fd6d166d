import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { type CustomTypesConfig, Pool, types } from 'pg';
import { coerceError, StartError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { OpenedDatabase } from './database.ts';
import { createHealth } from './health.ts';
import { insideTransaction, refuseInsideTransaction } from './inside-transaction.ts';
import { createBell } from './postgres-bell.ts';
import { createDatabaseClock } from './postgres-clock.ts';
import { EncorePostgresDialect } from './postgres-driver.ts';
import type { Database, Executor } from './schema.ts';
import { DatabaseUnavailableError, isCollision } from './unavailable.ts';

/** Connections of one process, besides the one that listens. */
const MAX_CONNECTIONS = 10;

/** A server that is there answers in milliseconds; Discord's 3 s have to be kept. */
const CONNECT_TIMEOUT_MS = 2_500;

/** A statement that takes longer has lost its server: all of ours take milliseconds. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** Most runs of a transaction that the database breaks off for the sake of others. */
const MAX_RUNS = 10;

/** Random wait before the next run, times the run's number. */
const RERUN_MS = 10;

/** PostgreSQL's number for the type bigint: our times and sums, all far below 2^53. */
const INT8_OID = 20;

const TYPES: CustomTypesConfig = {
  // pg's own signature is loose: a parser takes the text of a value.
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8_OID ? Number : types.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'],
};

/**
 * Opens a PostgreSQL database, which other processes may use at the same time.
 *
 * @param statementTimeoutMs - After it a statement is broken off.
 * @throws StartError when it cannot be reached.
 */
export async function openPostgres(
  databaseUrl: string,
  log?: Logger,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<OpenedDatabase> {
  const connection = {
    connectionString: databaseUrl,
    application_name: 'encore',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: TYPES,
  };
  const pool = new Pool({ ...connection, max: MAX_CONNECTIONS });
  // Without listeners the end of an idle connection would end the process.
  pool.on('error', (error) => log?.debug({ err: error }, 'a database connection ended'));
  pool.on('connect', (client) => client.on('error', () => {}));
  const health = createHealth(log);
  const db = new Kysely<Database>({ dialect: new EncorePostgresDialect(pool, health, statementTimeoutMs) });
  const askTime = async (executor: Executor): Promise<number> => {
    const { rows } = await sql<{ now: number }>`
      select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(executor);
    return rows[0]?.now ?? Number.NaN;
  };
  const clock = createDatabaseClock(() => askTime(db));
  const schema = await findSchema(db).catch(async (error: unknown) => {
    await db.destroy();
    throw describeFailure(error);
  });
  const bell = createBell({ pool, connection, channel: `encore ${schema}`, self: randomUUID() });
  return {
    db,
    patient: new Kysely<Database>({ dialect: new EncorePostgresDialect(pool, health) }),
    schema,
    isShared: true,
    health,
    now: async (executor) => (executor && executor !== db ? await askTime(executor) : await clock()),
    transaction: (work) => runTransaction(db, work),
    ring: bell.ring,
    onRing: bell.onRing,
    async close() {
      await bell.close();
      await db.destroy();
    },
  };
}

/** The first place for tables on the connection's search path that exists. */
async function findSchema(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? 'public';
}

/** What stands in the way, without the address: it may hold a password. */
function describeFailure(error: unknown): StartError {
  const { message } = coerceError(error);
  return new StartError(`The PostgreSQL database cannot be used (${message}): check DATABASE_URL.`, {
    cause: error,
  });
}

/**
 * A transaction at the level "read committed": every statement sees what was committed before it, and whatever must
 * not change in between is locked (`lockAccount`) or named in the condition of the update.
 */
async function runTransaction<T>(db: Kysely<Database>, work: (tx: Executor) => Promise<T>): Promise<T> {
  refuseInsideTransaction();
  for (let run = 1; ; run += 1) {
    try {
      return await db.transaction().execute(async (tx) => await insideTransaction(() => work(tx)));
    } catch (error) {
      if (!mayRunAgain(error, run)) throw error;
      await delay(Math.random() * RERUN_MS * run);
    }
  }
}

/** A pooled connection may have died unseen with a server that is back by now, so that is tried once. */
function mayRunAgain(error: unknown, run: number): boolean {
  if (isCollision(error)) return run < MAX_RUNS;
  return error instanceof DatabaseUnavailableError && !error.inDoubt && run === 1 && !error.timedOut;
}
