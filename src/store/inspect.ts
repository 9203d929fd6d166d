import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { type MigrationState, readMigrations } from './migrate.ts';
import type { Database, Executor } from './schema.ts';
import { EncoreSqliteDialect } from './sqlite-driver.ts';

/** A database that is only looked at: nothing in it is changed, and nobody who uses it is kept from anything. */
export interface Inspection {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Executor;
  /** Of the server, or of the program that reads the file: `18.4`, `3.50.4`. */
  readonly version: string;
  readonly migrations: MigrationState;
  /** Whether tables may be made and changed; a file says so only when it is tried. */
  readonly mayMigrate: boolean;
  close(): Promise<void>;
}

/** How long a file waits for somebody who writes, and a server for its first answer. */
const PATIENCE_MS = 5_000;

/**
 * Opens a database for looking at it, with whatever tables it has. Beside a SQLite file that nobody has, SQLite leaves
 * its two side files (`-wal`, without content, and `-shm`); whoever opens it next goes on with them.
 *
 * @returns undefined when there is no such SQLite file yet
 * @throws Error of the driver when it cannot be used.
 */
export async function inspectDatabase(databaseUrl: string): Promise<Inspection | undefined> {
  const path = findSqlitePath(databaseUrl);
  return path === undefined ? await inspectPostgres(databaseUrl) : await inspectSqlite(path);
}

/** The path in a `sqlite:` address; undefined for another one. */
export function findSqlitePath(databaseUrl: string): string | undefined {
  return databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined;
}

/**
 * Whether a process of Encore has the SQLite file. The lock is not taken for that: reading beside it is refused for
 * as long as somebody holds it.
 */
export function isHeld(path: string): boolean {
  const file = `${resolve(path)}.lock`;
  if (!existsSync(file)) return false;
  const lock = new BetterSqlite3(file, { readonly: true, timeout: 0 });
  try {
    lock.prepare('select 1 from sqlite_master limit 1').get();
    return false;
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    lock.close();
  }
}

async function inspectSqlite(path: string): Promise<Inspection | undefined> {
  const file = resolve(path);
  if (!existsSync(file)) return undefined;
  const database = new BetterSqlite3(file, { readonly: true, timeout: PATIENCE_MS });
  const db = new Kysely<Database>({ dialect: new EncoreSqliteDialect(database) });
  return await describe(db, async () => {
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
    const migrations = await readMigrations(db);
    return { kind: 'sqlite', version: rows[0]?.version ?? '', migrations, mayMigrate: true };
  });
}

async function inspectPostgres(databaseUrl: string): Promise<Inspection> {
  const [{ Pool }, { EncorePostgresDialect }, { createHealth }] = await Promise.all([
    import('pg'),
    import('./postgres-driver.ts'),
    import('./health.ts'),
  ]);
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'encore doctor',
    connectionTimeoutMillis: PATIENCE_MS,
    // One connection, so that the next statement holds for all that follow.
    max: 1,
    idleTimeoutMillis: 0,
  });
  pool.on('error', () => {});
  const dialect = new EncorePostgresDialect(pool, createHealth(undefined), PATIENCE_MS);
  const db = new Kysely<Database>({ dialect });
  return await describe(db, async () => {
    await sql`set session characteristics as transaction read only`.execute(db);
    const { rows } = await sql<{ version: string; place: string | null; may: boolean | null }>`
      select current_setting('server_version') as version, current_schema() as place,
        has_schema_privilege(current_schema(), 'create') as may`.execute(db);
    const { version = '', place, may } = rows[0] ?? {};
    const migrations = await readMigrations(db, place ?? undefined);
    return { kind: 'postgres', version, migrations, mayMigrate: may === true };
  });
}

async function describe(
  db: Kysely<Database>,
  look: () => Promise<Omit<Inspection, 'db' | 'close'>>,
): Promise<Inspection> {
  try {
    return { ...(await look()), db, close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
