import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { coerceError, StartError } from '../errors.ts';

/** What a database holds: the migrations that its tables have seen, and how many rows each table has. */
export interface DatabaseFacts {
  readonly migrations: string[];
  readonly rows: Record<string, number>;
}

/** How long a read waits for somebody who is just opening or closing the file. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Copies a SQLite file as it is at one moment, whether or not a bot is writing into it, and checks the copy. The bot's
 * lock is neither needed nor touched.
 *
 * @throws StartError when there is nothing to copy, or the copy is not what it has to be.
 */
export async function copySqlite(path: string, target: string): Promise<DatabaseFacts> {
  const file = resolve(path);
  if (!existsSync(file)) throw new StartError(`There is no database ${file}: check DATABASE_URL.`);
  const source = new BetterSqlite3(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    // What is read stays as it is now. Without that, SQLite begins the copy anew with every write of the bot.
    source.exec('begin');
    const wanted = readFacts(source);
    await source.backup(target);
    const written = verifySqlite(target);
    if (JSON.stringify(written) === JSON.stringify(wanted)) return written;
    throw new StartError('The copy of the database does not hold what the database holds: try again.');
  } finally {
    source.close();
  }
}

/**
 * Makes a copied file one file alone, and checks all of it.
 *
 * @throws StartError when it is damaged.
 */
export function verifySqlite(file: string): DatabaseFacts {
  try {
    const copy = new BetterSqlite3(file, { fileMustExist: true });
    try {
      copy.pragma('journal_mode = delete');
      const found = copy.pragma('integrity_check', { simple: true });
      if (found !== 'ok') throw new Error(String(found));
      return readFacts(copy);
    } finally {
      copy.close();
    }
  } catch (error) {
    throw new StartError(
      `The database file is damaged (${coerceError(error).message}): look after the disk, and keep the last good backup.`,
      { cause: error },
    );
  }
}

function readFacts(database: BetterSqlite3.Database): DatabaseFacts {
  const list = (text: string) => database.prepare<[], string>(text).pluck().all();
  const tables = list(`select name from sqlite_master
    where type = 'table' and name not like 'sqlite_%' and name not like 'migrations%' order by name`);
  const count = (table: string) =>
    database.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0;
  return {
    migrations: list('select name from migrations order by name'),
    rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
  };
}
