import { StartError } from '../errors.ts';
import { settleFile } from './files.ts';
import { listOwnTables, openSession, type PostgresSession, quoteName } from './postgres-session.ts';
import { requireTool, runTool } from './postgres-tools.ts';
import type { DatabaseFacts } from './sqlite-copy.ts';

/** What a dump holds, and where that was. */
export interface DumpFacts extends DatabaseFacts {
  readonly schema: string;
}

const INSTEAD = 'make a copy that needs no program: npm run backup -- --portable';

/**
 * Has pg_dump write everything that the database holds at one moment, while bots go on.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function dumpPostgres(databaseUrl: string, target: string): Promise<DumpFacts> {
  const session = await openSession(databaseUrl);
  try {
    await requireTool('pg_dump', session.major, INSTEAD);
    const tables = await listOwnTables(session);
    if (!tables.includes('migrations')) {
      throw new StartError(`There is nothing of Encore in the schema ${session.schema}: check DATABASE_URL.`);
    }
    await session.query('begin isolation level repeatable read read only');
    const facts = await readFacts(session, tables);
    const [snapshot] = await session.query<{ id: string }>('select pg_export_snapshot() as id');
    const chosen = tables.map((table) => `--table=${quoteName(session.schema)}.${quoteName(table)}`);
    const parameters = [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--snapshot=${snapshot?.id}`,
      `--file=${target}`,
      ...chosen,
    ];
    await runTool('pg_dump', parameters, databaseUrl);
    await requireComplete(target, session.schema, tables);
    await settleFile(target);
    return { ...facts, schema: session.schema };
  } finally {
    await session.close();
  }
}

async function readFacts({ query }: PostgresSession, tables: readonly string[]): Promise<DatabaseFacts> {
  const applied = await query<{ name: string }>('select name from migrations order by name');
  const rows: Record<string, number> = {};
  for (const table of tables.filter((name) => !name.startsWith('migrations'))) {
    const [row] = await query<{ count: number }>(`select count(*)::int as count from ${quoteName(table)}`);
    rows[table] = row?.count ?? 0;
  }
  return { migrations: applied.map(({ name }) => name), rows };
}

/** What cannot be read again is no backup. */
async function requireComplete(file: string, schema: string, tables: readonly string[]): Promise<void> {
  const list = await runTool('pg_restore', ['--list', file]);
  const missing = tables.filter((table) => !list.includes(` TABLE DATA ${schema} ${table} `));
  if (missing.length === 0) return;
  throw new StartError(`The dump lacks ${missing.join(', ')}: try again, or ${INSTEAD}`);
}
