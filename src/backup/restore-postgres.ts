import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../errors.ts';
import { moveDatabase } from '../store/move.ts';
import { openStore } from '../store/open.ts';
import { OWNER_FOLDER } from './files.ts';
import type { Manifest } from './manifest.ts';
import {
  countProcesses,
  listOwnTables,
  openSession,
  type PostgresSession,
  quoteName,
} from './postgres-session.ts';
import { requireTool, runTool } from './postgres-tools.ts';
import { prepareFile } from './restore-sqlite.ts';
import type { Restored, Restoring } from './restoring.ts';
import { settlePast } from './settle-past.ts';

/** How long connections may take to end, and how often they are looked at. */
const LEAVING_MS = 3_000;
const LOOK_MS = 100;

/**
 * Puts a backup of either kind into a PostgreSQL database, whose own tables are kept in another schema.
 *
 * @throws StartError when a bot is connected, or there are tables already and `force` is not said, or those of others.
 */
export async function restorePostgres(
  databaseUrl: string,
  database: Manifest['database'],
  restoring: Restoring,
): Promise<Restored> {
  const session = await openSession(databaseUrl);
  try {
    await requireAlone(session);
    if (database.kind === 'postgres') await requireRestorable(session, database);
    const tables = await listOwnTables(session);
    if (tables.length > 0 && !tables.includes('migrations')) {
      throw new StartError(
        `The schema ${session.schema} holds tables of another program (${tables.slice(0, 3).join(', ')}): let DATABASE_URL lead to a database of Encore's own.`,
      );
    }
    if (tables.length > 0 && !restoring.force) {
      throw new StartError(
        `The schema ${session.schema} holds tables already. With --force they are kept in another schema, and the backup takes their place.`,
      );
    }
    const aside = tables.length > 0 ? `before_restore_${restoring.stamp.toLowerCase()}` : undefined;
    const fill = database.kind === 'postgres' ? fillFromDump : fillFromFile;
    const doubted = await withoutStop(() =>
      withTablesAside(session, aside, () => fill(session, databaseUrl, restoring)),
    );
    return { doubted, aside: aside && `schema ${aside}` };
  } finally {
    await session.close();
  }
}

/** Connections of a process that has just ended are seen for a moment longer. */
async function requireAlone(session: PostgresSession): Promise<void> {
  for (const deadline = performance.now() + LEAVING_MS; ; ) {
    const connections = await countProcesses(session);
    if (connections === 0) return;
    if (performance.now() > deadline) {
      throw new StartError(
        `Encore is connected to this database (${connections} connections): stop all of its processes, then restore.`,
      );
    }
    await delay(LOOK_MS);
  }
}

async function requireRestorable(
  { major, schema }: PostgresSession,
  database: Manifest['database'],
): Promise<void> {
  await requireTool('pg_restore', major, 'put a backup back that was made with --portable');
  if (database.schema === schema) return;
  throw new StartError(
    `The backup is of the schema ${database.schema}, and DATABASE_URL leads to ${schema}: name one whose tables are in ${database.schema}.`,
  );
}

/** What asks a program to stop. */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something that has to be done whole, or undone: stopped halfway, it would leave no tables, and a bot begin anew,
 * or tables from which what waits is sent again.
 */
async function withoutStop<T>(work: () => Promise<T>): Promise<T> {
  const explain = () =>
    void process.stderr.write('This cannot be stopped halfway: wait until it is done, or undone.\n');
  for (const signal of STOPS) process.on(signal, explain);
  try {
    return await work();
  } finally {
    for (const signal of STOPS) process.off(signal, explain);
  }
}

/** Moves the tables away, and back again when what comes in their place fails. */
async function withTablesAside<T>(
  session: PostgresSession,
  aside: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (aside) await moveTables(session, session.schema, aside);
  try {
    return await work();
  } catch (error) {
    for (const table of await listOwnTables(session)) {
      await session.query(`drop table ${quoteName(table)} cascade`);
    }
    if (aside) await moveTables(session, aside, session.schema);
    throw error;
  }
}

/** Indexes and sequences go with their tables. The schema `to` is made, and `from` removed, unless it is the usual one. */
async function moveTables({ query, schema }: PostgresSession, from: string, to: string): Promise<void> {
  await query('begin');
  try {
    if (to !== schema) await query(`create schema ${quoteName(to)}`);
    const rows = await query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = $1 and tableowner = current_user',
      [from],
    );
    for (const { name } of rows) {
      await query(`alter table ${quoteName(from)}.${quoteName(name)} set schema ${quoteName(to)}`);
    }
    if (from !== schema) await query(`drop schema ${quoteName(from)}`);
    await query('commit');
  } catch (error) {
    await query('rollback');
    throw error;
  }
}

async function fillFromDump(
  session: PostgresSession,
  databaseUrl: string,
  { file, takenAt }: Restoring,
): Promise<number> {
  const parameters = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', file];
  await runTool('pg_restore', parameters, databaseUrl);
  // A bot that was started meanwhile would send what waits.
  await requireAlone(session);
  const store = await openStore({ databaseUrl });
  try {
    return await settlePast(store, takenAt);
  } finally {
    await store.close();
  }
}

/** The file is made safe before any of it is in the database. */
async function fillFromFile(
  _session: PostgresSession,
  databaseUrl: string,
  { file, takenAt, workFolder }: Restoring,
): Promise<number> {
  await mkdir(workFolder, { recursive: true, mode: OWNER_FOLDER });
  const folder = await mkdtemp(join(workFolder, 'restoring-'));
  try {
    const copy = join(folder, 'encore.db');
    const doubted = await prepareFile(file, copy, takenAt);
    await moveDatabase({ from: `sqlite:${copy}`, to: databaseUrl });
    return doubted;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
