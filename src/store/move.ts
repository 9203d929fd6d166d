import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { StartError } from '../errors.ts';
import type { OpenedDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import type { Executor } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import { fillClipWords } from './word-index.ts';

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

type Row = Readonly<Record<string, unknown>>;

/** Rows of one insert: with 40 columns still far below PostgreSQL's 65,535 parameters of a statement. */
const BATCH = 500;

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
  const wanted = await describe(source.db, tables);
  return await target.patient.transaction().execute(async (tx) => {
    for (const table of tables) await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx);
    const found = await describe(tx, tables);
    if (found.digest === wanted.digest) return { rows: found.rows, wasThere: true };
    await requireFree(tx, tables, found.digest);
    // The words of clips go with them.
    for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(tx);
    for (const table of tables) {
      for await (const rows of readBatches(source.db, table)) await insert(tx, table, rows);
    }
    await fillClipWords(tx);
    await sql`select setval(pg_get_serial_sequence('clips', 'number'), max(number)) from clips`.execute(tx);
    const written = await describe(tx, tables);
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

/** What tables hold, but the cache: how many rows, what the ledger comes to, and a digest of all of it. */
interface Content {
  readonly rows: Readonly<Record<string, number>>;
  readonly ledger: string;
  readonly digest: string;
}

async function describe(executor: Executor, tables: readonly string[]): Promise<Content> {
  const rows: Record<string, number> = {};
  const digest = createHash('sha256');
  for (const table of [...tables].sort()) {
    // What a cache holds may be gone at any moment.
    if (table === 'cache') continue;
    const { rows: all } = await sql<Row>`select * from ${sql.table(table)}`.execute(executor);
    rows[table] = all.length;
    digest.update(`${table}\n${all.map(formatRow).sort().join('\n')}\n`);
  }
  return { rows, ledger: await sumLedger(executor), digest: digest.digest('base64url') };
}

function formatRow(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function sumLedger(executor: Executor): Promise<string> {
  const sums = await executor
    .selectFrom('ledger')
    .select(({ fn }) => ['account_id', fn.sum('reserved').as('reserved'), fn.sum('charged').as('charged')])
    .groupBy('account_id')
    .execute();
  const lines = sums.map(({ account_id, reserved, charged }) => `${account_id} ${reserved} ${charged}`);
  return lines.sort().join('; ');
}

function requireSame(wanted: Content, written: Content): void {
  for (const [table, count] of Object.entries(wanted.rows)) {
    if (written.rows[table] === count) continue;
    throw new StartError(
      `Of the ${count} rows of ${table} only ${written.rows[table]} arrived. Nothing was changed.`,
    );
  }
  if (wanted.ledger !== written.ledger) {
    throw new StartError(
      `The ledger came to ${wanted.ledger} and would come to ${written.ledger}. Nothing was changed.`,
    );
  }
  if (wanted.digest !== written.digest)
    throw new StartError('Some rows would not arrive as they are. Nothing was changed.');
}

/** Every table of ours, those that others refer to first; but what is made from others, and may be very large. */
async function listTables(db: Executor): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master
    where type = 'table' and name not like 'sqlite_%' and name not like 'migrations%' and name != 'clip_words'
    order by name`.execute(db);
  const waiting = new Map<string, Set<string>>();
  for (const { name } of rows) {
    const references = await sql<{ table: string }>`
      select "table" from pragma_foreign_key_list(${name})`.execute(db);
    waiting.set(name, new Set(references.rows.map(({ table }) => table)));
  }
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, needs]) => [...needs].every((table) => !waiting.has(table)));
    const [name] = ready ?? [...waiting.keys()];
    if (!name) break;
    waiting.delete(name);
    ordered.push(name);
  }
  return ordered;
}

async function* readBatches(db: Executor, table: string): AsyncGenerator<readonly Row[]> {
  for (let last = -1; ; ) {
    const { rows } = await sql<
      Row & { readonly rowid_: number }
    >`select rowid as rowid_, * from ${sql.table(table)}
      where rowid > ${last} order by rowid limit ${BATCH}`.execute(db);
    if (rows.length === 0) return;
    last = rows.at(-1)?.rowid_ ?? last;
    yield rows.map(({ rowid_: _, ...row }) => row);
  }
}

async function insert(tx: Executor, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(tx);
}
