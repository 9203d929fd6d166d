import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, vi } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { CreateDatabase, TestDatabase } from './store.ts';

/** The server starts while the first tests run. */
const START_DEADLINE_MS = 55_000;

/** Tables of their own (a schema) on the PostgreSQL of this run. */
export async function createPostgresDatabase(): Promise<TestDatabase> {
  const schema = `encore_${randomBytes(8).toString('hex')}`;
  await runOnPostgres(`create schema ${schema}`);
  const url = new URL(inject('postgresUrl'));
  url.searchParams.set('options', `-c search_path=${schema}`);
  return {
    // The driver does not read "+" as a blank.
    databaseUrl: url.href.replaceAll('+', '%20'),
    async remove() {
      await runOnPostgres(`drop schema ${schema} cascade`);
    },
  };
}

/** Databases whose tables are up to date, for many short tests. */
export interface ReadyDatabases {
  readonly createDatabase: CreateDatabase;
  /** Removes them, at the end. */
  removeAll(): Promise<void>;
}

/** To make the tables takes longer than most tests: a database that is removed is only emptied, for the next one. */
export function keepPostgresDatabases(): ReadyDatabases {
  const made: TestDatabase[] = [];
  const free: TestDatabase[] = [];
  return {
    async createDatabase() {
      const used = free.pop();
      if (used) return used;
      const { databaseUrl, remove } = await createPostgresDatabase();
      made.push({ databaseUrl, remove });
      await (await openStore({ databaseUrl })).close();
      const tables = await runOnPostgres(LIST_TABLES, databaseUrl);
      await runOnPostgres('create table first_accounts as table accounts', databaseUrl);
      const deletes = tables.map(({ name }) => `delete from ${name};`).join(' ');
      const empty = `${deletes} insert into accounts table first_accounts`;
      const database: TestDatabase = {
        databaseUrl,
        async remove() {
          await runOnPostgres(empty, databaseUrl);
          free.push(database);
        },
      };
      return database;
    },
    async removeAll() {
      for (const { remove } of made) await remove();
    },
  };
}

/** The latest first: only they refer to others. */
const LIST_TABLES = `select relname as name from pg_class
  where relnamespace = current_schema::regnamespace and relkind = 'r' and relname not like 'migrations%'
  order by oid desc`;

/** Runs a statement on the PostgreSQL of this run, once that is there. @returns its rows */
async function runOnPostgres(
  text: string,
  databaseUrl = inject('postgresUrl'),
): Promise<readonly Record<string, unknown>[]> {
  const client = await vi.waitFor(() => connect(databaseUrl), { timeout: START_DEADLINE_MS, interval: 100 });
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
