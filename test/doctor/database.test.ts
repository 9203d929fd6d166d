import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeVersion } from '../../src/doctor/checks/database.ts';
import { judgeDisk } from '../../src/doctor/checks/disk.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { expectFound, type Surroundings, useSurroundings } from './support.ts';

const MEGABYTE = 1024 * 1024;

/** A bot's database, open as a bot has it. */
async function open(databaseUrl = ''): Promise<Store> {
  const store = await openStore({ databaseUrl });
  onTestFinished(async () => await store.close());
  return store;
}

/** Surroundings with a SQLite file that a bot has made and left. */
async function useDatabase(): Promise<Surroundings & { readonly file: string }> {
  const surroundings = await useSurroundings();
  const store = await openStore({ databaseUrl: surroundings.env.DATABASE_URL ?? '' });
  await store.close();
  return { ...surroundings, file: join(surroundings.folder, 'encore.db') };
}

function change(file: string, statement: string): void {
  const database = new BetterSqlite3(file);
  database.exec(statement);
  database.close();
}

async function usePostgres(): Promise<string> {
  const { databaseUrl, remove } = await createPostgresDatabase();
  onTestFinished(remove);
  return databaseUrl;
}

describe('a SQLite file', () => {
  it('need not be there before the first start, and is not made', async () => {
    const { examine, folder } = await useSurroundings();
    const checked = await examine();
    expectFound(checked, 'database', 'new');
    expectFound(checked, 'database-migrations', 'none');
    expectFound(checked, 'database-lock', 'free');
    expectFound(checked, 'database-disk', 'enough');
    expectFound(checked, 'media-disk', 'enough');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is looked at without a change, whether a bot has it or not', async () => {
    const { examine, env, file } = await useDatabase();
    const digest = async () =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    const before = await digest();
    const checked = await examine();
    const { message } = expectFound(checked, 'database', 'reached');
    expect(message).toMatch(/^SQLite 3\.\d+\.\d+, file .*encore\.db$/);
    expectFound(checked, 'database-migrations', 'current');
    expectFound(checked, 'database-lock', 'free');
    await open(env.DATABASE_URL);
    const beside = await examine();
    expectFound(beside, 'database-lock', 'held');
    expectFound(beside, 'database', 'reached');
    expect(await digest()).toBe(before);
  });

  it('keeps no bot from starting', async () => {
    const { examine, env } = await useDatabase();
    const looks = Array.from({ length: 5 }, () => examine());
    await open(env.DATABASE_URL);
    await Promise.all(looks);
  });

  it('is not brought up to date', async () => {
    const { examine, file } = await useDatabase();
    change(file, "delete from migrations where name = '0009-privacy'");
    const { message } = expectFound(await examine(), 'database-migrations', 'pending');
    expect(message).toContain('0009-privacy');
    change(file, 'drop table account_keys; drop table archive');
    const checked = await examine();
    expectFound(checked, 'database-migrations', 'pending');
    expectFound(checked, 'encryption-key', 'unneeded');
    expectFound(checked, 'media-disk', 'enough');
  });

  it('may be one of a newer version', async () => {
    const { examine, file } = await useDatabase();
    change(file, "insert into migrations values ('9999-future', '2030-01-01')");
    const { message } = expectFound(await examine(), 'database-migrations', 'newer');
    expect(message).toContain('9999-future');
  });

  it('may be none at all', async () => {
    const { examine, folder } = await useSurroundings();
    await writeFile(
      join(folder, 'encore.db'),
      'This is a letter to my aunt, and nothing that SQLite can read.',
    );
    const checked = await examine();
    expectFound(checked, 'database', 'unreachable');
    expectFound(checked, 'database-migrations', 'skipped');
    expectFound(checked, 'encryption-key', 'skipped');
    expectFound(checked, 'musicapi-balance', 'enough');
  });
});

describe('PostgreSQL', () => {
  it('is told with its version, before and after the first start', async () => {
    const { examine } = await useSurroundings();
    const databaseUrl = await usePostgres();
    const before = await examine({ DATABASE_URL: databaseUrl });
    expect(expectFound(before, 'database', 'reached').message).toMatch(/^PostgreSQL \d+/);
    expectFound(before, 'database-migrations', 'none');
    expectFound(before, 'database-rights', 'enough');
    expect(before.map(({ id }) => id)).not.toContain('database-lock');
    await open(databaseUrl);
    expectFound(await examine({ DATABASE_URL: databaseUrl }), 'database-migrations', 'current');
  });

  it('may not be there, and its password is not told', async () => {
    const { examine } = await useSurroundings();
    const checked = await examine({ DATABASE_URL: 'postgres://encore:pass-word@127.0.0.1:1/encore' });
    expectFound(checked, 'database', 'unreachable');
    expectFound(checked, 'database-rights', 'skipped');
    expect(JSON.stringify(checked)).not.toContain('pass-word');
  });

  it('may let us make no tables', async () => {
    const { examine } = await useSurroundings();
    const databaseUrl = await usePostgres();
    const store = await open(databaseUrl);
    const role = `guest_${randomBytes(6).toString('hex')}`;
    const schema = await sql<{ name: string }>`select current_schema() as name`.execute(store.db);
    const name = sql.ref(schema.rows[0]?.name ?? '');
    await sql`create role ${sql.ref(role)} login`.execute(store.db);
    await sql`grant usage on schema ${name} to ${sql.ref(role)}`.execute(store.db);
    await sql`grant select on all tables in schema ${name} to ${sql.ref(role)}`.execute(store.db);
    const url = new URL(databaseUrl);
    url.username = role;
    const checked = await examine({ DATABASE_URL: url.href });
    await sql`drop owned by ${sql.ref(role)}`.execute(store.db);
    await sql`drop role ${sql.ref(role)}`.execute(store.db);
    expectFound(checked, 'database-rights', 'missing');
    expectFound(checked, 'database-migrations', 'current');
  });

  it('may be too old', () => {
    const finding = judgeVersion({ kind: 'postgres', version: '11.22 (Debian 11.22-1)' }, undefined);
    expectFound([finding], 'database', 'old');
    expectFound([judgeVersion({ kind: 'postgres', version: '12.1' }, undefined)], 'database', 'reached');
  });
});

describe('the disks', () => {
  it('may have little room', () => {
    const judge = (id: 'database-disk' | 'media-disk', free: number, wanted = 0) => [
      judgeDisk(id, '/data', free * MEGABYTE, wanted * MEGABYTE),
    ];
    expectFound(judge('database-disk', 49), 'database-disk', 'full');
    expectFound(judge('database-disk', 499), 'database-disk', 'low');
    expectFound(judge('media-disk', 49), 'media-disk', 'full');
    expectFound(judge('media-disk', 499), 'media-disk', 'low');
    expectFound(judge('media-disk', 2_400, 2_000), 'media-disk', 'low');
    expectFound(judge('media-disk', 2_600, 2_000), 'media-disk', 'enough');
  });

  it('may have no folder there', async () => {
    const { examine, folder } = await useSurroundings();
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'folder'));
    const checked = await examine({
      DATABASE_URL: `sqlite:${join(folder, 'file', 'encore.db')}`,
      MEDIA_DIR: join(folder, 'file', 'media'),
    });
    expectFound(checked, 'database-disk', 'unusable');
    expectFound(checked, 'media-disk', 'unusable');
  });

  it('need no room for songs that are not kept', async () => {
    const { examine } = await useSurroundings();
    expectFound(await examine({ MEDIA_CAP_MB: '0' }), 'media-disk', 'off');
  });
});
