import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../src/store/open.ts';

export interface TestStore {
  readonly store: Store;
  readonly databaseUrl: string;
  /** Closes the store and removes its files. */
  cleanup(): Promise<void>;
}

/** A database of its own that nobody has opened yet, and how to get rid of it. */
export interface TestDatabase {
  readonly databaseUrl: string;
  remove(): Promise<void>;
}

/** Makes a database for one test. */
export type CreateDatabase = () => Promise<TestDatabase>;

/** A SQLite file in a temporary folder. */
export async function createSqliteDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-store-'));
  return {
    databaseUrl: `sqlite:${join(folder, 'encore.db')}`,
    remove: async () => await rm(folder, { recursive: true, force: true }),
  };
}

/** The same with up-to-date tables: to make them takes longer than most tests. */
export async function createReadySqliteDatabase(): Promise<TestDatabase> {
  readyFile ??= makeReadyFile();
  const database = await createSqliteDatabase();
  await writeFile(pathOf(database), await readyFile);
  return database;
}

let readyFile: Promise<Buffer> | undefined;

async function makeReadyFile(): Promise<Buffer> {
  const database = await createSqliteDatabase();
  const store = await openStore({ databaseUrl: database.databaseUrl });
  await store.close();
  const file = await readFile(pathOf(database));
  await database.remove();
  return file;
}

const pathOf = ({ databaseUrl }: TestDatabase) => databaseUrl.slice('sqlite:'.length);

/** A store on a database of its own. */
export async function openTestStore({
  now,
  createDatabase = createReadySqliteDatabase,
}: {
  readonly now?: () => number;
  readonly createDatabase?: CreateDatabase;
} = {}): Promise<TestStore> {
  const { databaseUrl, remove } = await createDatabase();
  const store = await openStore({ databaseUrl, ...(now ? { now } : {}) });
  return {
    store,
    databaseUrl,
    async cleanup() {
      await store.close();
      await remove();
    },
  };
}
