import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { coerceError, StartError } from '../errors.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { modelsAndSecrets } from './migrations/0002-models-and-secrets.ts';
import { access } from './migrations/0003-access.ts';
import { deliveryTrouble } from './migrations/0004-delivery-trouble.ts';
import { tools } from './migrations/0005-tools.ts';
import { library } from './migrations/0006-library.ts';
import { settings } from './migrations/0007-settings.ts';
import { archive } from './migrations/0008-archive.ts';
import { privacy } from './migrations/0009-privacy.ts';
import { operatorNotices } from './migrations/0010-operator-notices.ts';
import type { Database } from './schema.ts';

/** Every migration there ever was, in order. One that was released is never changed again. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-models-and-secrets': modelsAndSecrets,
  '0003-access': access,
  '0004-delivery-trouble': deliveryTrouble,
  '0005-tools': tools,
  '0006-library': library,
  '0007-settings': settings,
  '0008-archive': archive,
  '0009-privacy': privacy,
  '0010-operator-notices': operatorNotices,
};

/** Their names, in order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** Where the database itself remembers which migrations it has seen. */
const MIGRATION_TABLE = 'migrations';

/**
 * Brings the tables up to this version of the program.
 *
 * @throws StartError when a newer version of the program has been at this database, or a step failed: then
 * the tables are as they were.
 * @param schema - Where the tables are, in a database that has several places for tables.
 */
export async function migrate(db: Kysely<Database>, schema?: string): Promise<void> {
  await refuseNewerDatabase(db, schema);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: 'migrations_lock',
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  throw new StartError(
    `The database could not be brought up to date (${coerceError(error).message}). Nothing in it was changed.`,
    { cause: error },
  );
}

/** Which migrations a database has seen, by their names. */
export interface MigrationState {
  readonly applied: readonly string[];
  /** Those of this version that it has not seen. */
  readonly pending: readonly string[];
  /** Those of a newer version that it has. */
  readonly unknown: readonly string[];
}

/**
 * Reads which migrations a database has seen, and changes nothing.
 *
 * @param schema - Where the tables are, in a database that has several places for tables.
 */
export async function readMigrations(db: Kysely<Database>, schema?: string): Promise<MigrationState> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const isOurs = (table: { readonly schema?: string }): boolean => !schema || table.schema === schema;
  const isThere = tables.some((table) => table.name === MIGRATION_TABLE && isOurs(table));
  const { rows } = isThere
    ? await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db)
    : { rows: [] };
  const applied = rows.map((row) => row.name);
  return {
    applied,
    pending: Object.keys(MIGRATIONS).filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !(name in MIGRATIONS)),
  };
}

async function refuseNewerDatabase(db: Kysely<Database>, schema: string | undefined): Promise<void> {
  const { unknown } = await readMigrations(db, schema);
  if (unknown.length === 0) return;
  throw new StartError(
    `This database was changed by a newer version of Encore (${unknown.join(', ')}): start that version, ` +
      'or restore the backup that was made before the update.',
  );
}
