import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { StartError } from '../errors.ts';
import type { OpenedDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import type { Executor } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import {
  describeContent,
  listTables,
  readPostgres,
  readSqlite,
  replaceContent,
  requireSame,
} from './table-content.ts';

/** What was moved: how many rows each table has now. */
export interface Moved {
  readonly rows: Readonly<Record<string, number>>;
  /** Whether the target had everything already. */
  readonly wasThere: boolean;
}

/** Where the data is and where it shall be: `sqlite:<path>` and `postgres://<address>`. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** What a move leaves behind, so that it can be told from the bot's own data: stands in the cache. */
const MARK = { namespace: 'move', key: 'content' };

/**
 * Copies everything from a SQLite file into a PostgreSQL database, in one transaction: it is all there or nothing
 * is. May be repeated as long as no bot has written into the target.
 *
 * @throws StartError with a sentence for the operator; then nothing was changed in the target.
 */
export async function moveDatabase({ from, to }: Move): Promise<Moved> {
  if (!/^sqlite:./.test(from) || !/^postgres(ql)?:/.test(to)) {
    throw new StartError(
      'Say where from and where to: npm run migrate -- --from sqlite:<file> --to postgres://<address>',
    );
  }
  const file = from.slice('sqlite:'.length);
  if (!existsSync(file)) throw new StartError(`There is no file ${file}: nothing was moved.`);
  const source = openSqlite(file);
  try {
    await migrate(source.db);
    const target = await openPostgres(to);
    try {
      await migrate(target.patient, target.schema);
      return await copy(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copy(source: OpenedDatabase, target: OpenedDatabase): Promise<Moved> {
  const tables = await listTables(source.db);
  const wanted = await describeContent(source.db, tables, readSqlite(source.db));
  return await target.patient.transaction().execute(async (tx) => {
    for (const table of tables) await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx);
    const found = await describeContent(tx, tables, readPostgres(tx));
    if (found.digest === wanted.digest) return { rows: found.rows, wasThere: true };
    await requireFree(tx, tables, found.digest);
    await replaceContent(tx, tables, readSqlite(source.db));
    await sql`select setval(pg_get_serial_sequence('clips', 'number'), max(number)) from clips`.execute(tx);
    const written = await describeContent(tx, tables, readPostgres(tx));
    requireSame(wanted, written);
    // The cache of the source came with the rest.
    await tx.deleteFrom('cache').where('namespace', '=', MARK.namespace).execute();
    await tx
      .insertInto('cache')
      .values({ ...MARK, value: written.digest, expires: null })
      .execute();
    return { rows: written.rows, wasThere: false };
  });
}

/** Only what nobody has used yet, or what an earlier move has left unchanged, may be replaced. */
async function requireFree(tx: Executor, tables: readonly string[], digest: string): Promise<void> {
  const mark = await tx
    .selectFrom('cache')
    .select('value')
    .where('namespace', '=', MARK.namespace)
    .where('key', '=', MARK.key)
    .executeTakeFirst();
  if (mark?.value === digest) return;
  for (const table of tables) {
    // The migrations themselves make the operator's account; secrets and caches are made at every start.
    if (['accounts', 'cache', 'secrets'].includes(table)) continue;
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(tx);
    if (rows.length > 0) {
      throw new StartError(
        `The target holds other data than the source (table ${table}). Nothing was changed: use an empty database.`,
      );
    }
  }
}
