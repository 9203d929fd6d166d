import pg from 'pg';
import { coerceError, StartError } from '../errors.ts';

/** One connection to a PostgreSQL database, outside of the bot's own. */
export interface PostgresSession {
  /** Where the tables are. */
  readonly schema: string;
  /** Major version of the server. */
  readonly major: number;
  query<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

/** Of our own connections. */
const OUR_NAME = 'encore backup';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects.
 *
 * @throws StartError when that is impossible, without the address: it may hold a password.
 */
export async function openSession(databaseUrl: string): Promise<PostgresSession> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: OUR_NAME,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => {});
  const query = async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(text, [...values])).rows;
  try {
    await client.connect();
    const [facts] = await query<{ schema: string | null; version: string }>(
      "select current_schema() as schema, current_setting('server_version_num') as version",
    );
    if (!facts?.schema) throw new Error('no schema of its search path exists');
    const major = Math.floor(Number(facts.version) / 10_000);
    return { schema: facts.schema, major, query, close: () => client.end() };
  } catch (error) {
    await client.end().catch(() => undefined);
    const { message } = coerceError(error);
    throw new StartError(`The PostgreSQL database cannot be used (${message}): check DATABASE_URL.`);
  }
}

/** The tables where ours are, of whatever version; none of others who share the place. */
export async function listOwnTables({ query }: PostgresSession): Promise<readonly string[]> {
  const rows = await query<{ name: string }>(
    `select tablename as name from pg_tables
    where schemaname = current_schema() and tableowner = current_user order by tablename`,
  );
  return rows.map(({ name }) => name);
}

/** How many connections processes of Encore have to this database; an address may give all of them another name. */
export async function countProcesses({ query }: PostgresSession): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and application_name in ('encore', nullif(current_setting('application_name'), '${OUR_NAME}'))`,
  );
  return row?.count ?? 0;
}

/** A name as SQL quotes it. */
export function quoteName(name: string): string {
  return pg.escapeIdentifier(name);
}
