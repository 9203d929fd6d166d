/** What the tables of a database hold, as one can count, compare and copy it from one kind of database to another. */
import { createHash, hash } from 'node:crypto';
import { sql } from 'kysely';
import { StartError } from '../errors.ts';
import type { Executor } from './schema.ts';
import { fillClipWords } from './word-index.ts';

/** A row of any table. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads a table from its beginning to its end, a batch at a time: a large one would not fit into memory. */
export type TableReader = (table: string) => AsyncIterable<readonly Row[]>;

/** Rows of one insert: with 40 columns still far below PostgreSQL's 65,535 and SQLite's 32,766 parameters of a statement. */
const BATCH = 500;

/** What tables hold, but the cache: how many rows, what the ledger comes to, and a digest of all of it. */
export interface Content {
  readonly rows: Readonly<Record<string, number>>;
  readonly ledger: string;
  readonly digest: string;
}

/** Counts and sums everything up. */
export async function describeContent(
  executor: Executor,
  tables: readonly string[],
  read: TableReader,
): Promise<Content> {
  const rows: Record<string, number> = {};
  const digest = createHash('sha256');
  for (const table of [...tables].sort()) {
    // What a cache holds may be gone at any moment.
    if (table === 'cache') continue;
    const digests: string[] = [];
    for await (const batch of read(table)) digests.push(...batch.map(digestRow));
    rows[table] = digests.length;
    digest.update(`${table}\n${digests.sort().join('\n')}\n`);
  }
  return { rows, ledger: await sumLedger(executor), digest: digest.digest('base64url') };
}

function digestRow(row: Row): string {
  const text = JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return hash('sha256', text, 'base64url');
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

/**
 * @throws StartError when not everything arrived: the transaction that wrote it is to be rolled back
 */
export function requireSame(wanted: Content, written: Content): void {
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

/** Reads tables of a SQLite file. */
export function readSqlite(executor: Executor): TableReader {
  return async function* (table) {
    for (let last = -1; ; ) {
      const { rows } = await sql<
        Row & { readonly rowid_: number }
      >`select rowid as rowid_, * from ${sql.table(table)}
        where rowid > ${last} order by rowid limit ${BATCH}`.execute(executor);
      if (rows.length === 0) return;
      last = rows.at(-1)?.rowid_ ?? last;
      yield rows.map(({ rowid_: _, ...row }) => row);
    }
  };
}

/** Reads tables of a PostgreSQL database in a transaction, one table at a time. */
export function readPostgres(tx: Executor): TableReader {
  return async function* (table) {
    await sql`declare rows_of_table no scroll cursor for select * from ${sql.table(table)}`.execute(tx);
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.lit(BATCH)} from rows_of_table`.execute(tx);
      if (rows.length === 0) break;
      yield rows;
    }
    await sql`close rows_of_table`.execute(tx);
  };
}

/** Every table of ours in a SQLite file, those that others refer to first; but what is made from others, and may be very large. */
export async function listTables(db: Executor): Promise<readonly string[]> {
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

/** At most `BATCH` of them. */
async function insertRows(tx: Executor, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(tx);
}

/** Writes all rows of these tables anew, in one transaction of the caller's. @param read - the rows of a table, in batches */
export async function replaceContent(
  tx: Executor,
  tables: readonly string[],
  read: TableReader,
): Promise<void> {
  // The words of clips go with them.
  for (const table of tables.toReversed()) await sql`delete from ${sql.table(table)}`.execute(tx);
  for (const table of tables) {
    for await (const rows of read(table)) await insertRows(tx, table, rows);
  }
  await fillClipWords(tx);
}
