import { rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { StartError } from '../errors.ts';
import { migrate, readMigrations } from '../store/migrate.ts';
import { openPostgres } from '../store/postgres.ts';
import { openSqlite } from '../store/sqlite.ts';
import {
  describeContent,
  listTables,
  readPostgres,
  readSqlite,
  replaceContent,
  requireSame,
} from '../store/table-content.ts';
import { type DatabaseFacts, verifySqlite } from './sqlite-copy.ts';

/**
 * Copies what a PostgreSQL database holds at one moment into a SQLite file, while bots go on. It needs no program, and
 * can be put back into either kind of database.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function copyToSqlite(databaseUrl: string, target: string): Promise<DatabaseFacts> {
  const source = await openPostgres(databaseUrl);
  try {
    const { pending, unknown } = await readMigrations(source.patient, source.schema);
    if (pending.length + unknown.length > 0) {
      throw new StartError(
        'The database is of another version of Encore: take the backup with that one, or start this one once.',
      );
    }
    const copy = openSqlite(target);
    try {
      await migrate(copy.db);
      const tables = await listTables(copy.db);
      await source.patient.transaction().execute(async (from) => {
        await sql`set transaction isolation level repeatable read, read only`.execute(from);
        await copy.transaction(async (to) => {
          await replaceContent(to, tables, readPostgres(from));
          requireSame(
            await describeContent(from, tables, readPostgres(from)),
            await describeContent(to, tables, readSqlite(to)),
          );
        });
      });
    } finally {
      await copy.close();
      await rm(`${target}.lock`, { force: true });
    }
    return verifySqlite(target);
  } finally {
    await source.close();
  }
}
