import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { backUp } from '../../src/backup/backup.ts';
import { checkFile } from '../../src/backup/files.ts';
import { writeManifest } from '../../src/backup/manifest.ts';
import { splitPassword } from '../../src/backup/postgres-tools.ts';
import { restore } from '../../src/backup/restore.ts';
import { saveClips } from '../../src/store/clips.ts';
import { addEntry } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open.ts';
import { findTask } from '../../src/store/tasks.ts';
import { clipOf, entryOf, putTask, runningTask } from '../store/support.ts';
import { PATIENCE } from '../support/patience.ts';
import { queuedTask } from '../support/tasks.ts';
import { runProgram, usePlaces } from './support.ts';

async function runOn<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own, since who is connected is asked of a whole one. */
async function useDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `encore_${randomBytes(8).toString('hex')}`;
  await runOn(server, `create database ${name}`);
  onTestFinished(async () => void (await runOn(server, `drop database ${name} with (force)`)));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A bot's database with some of everything. */
async function useBot() {
  const { places, to, file } = await usePlaces();
  const databaseUrl = await useDatabase();
  const store = await openStore({ databaseUrl });
  await store.transaction(async (tx) => {
    for (const task of [queuedTask('queued'), runningTask('running')]) {
      await putTask(tx, task);
      await addEntry(tx, entryOf({ taskId: task.id }));
    }
    await saveClips(tx, [clipOf('clip-1', { title: '„Größe“ 🎵' })]);
  });
  await store.close();
  const options = { databaseUrl, mediaDir: places.mediaDir, to, withMedia: true, isPortable: true };
  return { databaseUrl, options, sqliteUrl: `sqlite:${file}` };
}

async function readStates(databaseUrl: string) {
  const store = await openStore({ databaseUrl });
  try {
    const tasks = await Promise.all(['queued', 'running', 'later'].map((id) => findTask(store.db, id)));
    const words = await store.db.selectFrom('clip_words').selectAll().execute();
    return { states: tasks.map((task) => task?.state), words: words.length };
  } finally {
    await store.close();
  }
}

const BROUGHT_BACK = { states: ['unknown', 'running', undefined], words: 5 };

beforeAll(async () => {
  const server = inject('postgresUrl');
  await vi.waitFor(() => runOn(server, 'select 1'), PATIENCE);
});

describe('a portable backup of PostgreSQL', () => {
  it('can be put back into SQLite', async () => {
    const { options, sqliteUrl } = await useBot();
    const { folder: from, manifest } = await backUp(options);
    expect(manifest.database).toMatchObject({ kind: 'sqlite', rows: { tasks: 2, clips: 1, ledger: 2 } });
    await restore({ databaseUrl: sqliteUrl, mediaDir: options.mediaDir, from, force: false });
    expect(await readStates(sqliteUrl)).toEqual(BROUGHT_BACK);
  });

  it('can be put back into PostgreSQL, whose own tables are kept', async () => {
    const { options, databaseUrl } = await useBot();
    const { folder: from } = await backUp(options);
    const running = await openStore({ databaseUrl });
    await putTask(running.db, queuedTask('later'));
    const again = { databaseUrl, mediaDir: options.mediaDir, from, force: true };
    await expect(restore(again)).rejects.toThrow(/Encore is connected to this database.*stop all/);
    await running.close();
    await expect(restore({ ...again, force: false })).rejects.toThrow(/holds tables already.*--force/);

    const { doubted, aside = '' } = await restore(again);
    expect(doubted).toBe(1);
    expect(await readStates(databaseUrl)).toEqual(BROUGHT_BACK);
    const [kept] = await runOn(
      databaseUrl,
      `select count(*)::int as tasks from ${aside.split(' ')[1]}.tasks`,
    );
    expect(kept).toEqual({ tasks: 3 });
  });

  it('is refused while a bot has the database under a name that its address gives it', async () => {
    const { options, databaseUrl } = await useBot();
    const { folder: from } = await backUp(options);
    const named = `${databaseUrl}?application_name=jukebox`;
    const running = await openStore({ databaseUrl: named });
    const again = { databaseUrl: named, mediaDir: options.mediaDir, from, force: true };
    await expect(restore(again)).rejects.toThrow('Encore is connected to this database');
    await running.close();
    expect(await restore(again)).toMatchObject({ doubted: 1 });
  });

  it('is unpacked where the songs are, since a folder in memory may be too small for it', async () => {
    const { options, databaseUrl } = await useBot();
    const { folder: from } = await backUp(options);
    const env = { DATABASE_URL: databaseUrl, MEDIA_DIR: options.mediaDir, TMPDIR: '/nowhere' };
    const { code, output } = await runProgram('restore', env, '--from', from, '--force');
    expect(output).toContain('Put back as of');
    expect(code).toBe(0);
    expect((await readdir(options.mediaDir)).filter((name) => name.startsWith('restoring'))).toEqual([]);
  });

  it('is not put where another program has its tables', async () => {
    const { options } = await useBot();
    const { folder: from } = await backUp(options);
    const databaseUrl = await useDatabase();
    await runOn(databaseUrl, 'create table recipes (title text)');
    const again = { databaseUrl, mediaDir: options.mediaDir, from, force: true };
    await expect(restore(again)).rejects.toThrow('holds tables of another program (recipes)');
    expect(await listTables(databaseUrl)).toEqual(['recipes']);
  });

  it('leaves the tables where they are when it cannot be put back', async () => {
    const { options, databaseUrl } = await useBot();
    const { folder: from, manifest } = await backUp(options);
    const file = join(from, 'encore.db');
    await writeFile(file, 'Something that the disk has made of it. '.repeat(99));
    await rm(join(from, 'manifest.json'));
    await writeManifest(from, {
      ...manifest,
      database: { ...manifest.database, ...(await checkFile(file)) },
    });
    const again = { databaseUrl, mediaDir: options.mediaDir, from, force: true };
    await expect(restore(again)).rejects.toThrow('check DATABASE_URL');
    expect((await readStates(databaseUrl)).states).toEqual(['queued', 'running', undefined]);
  });

  it('is refused while the tables are of another version', async () => {
    const { options, databaseUrl } = await useBot();
    await runOn(databaseUrl, "insert into migrations values ('0999-future', '2099-01-01T00:00:00.000Z')");
    await expect(backUp(options)).rejects.toThrow('of another version of Encore');
  });
});

/** Stands in for PostgreSQL's program of that version: writes down how it was called, and makes what it is told to. */
const STAND_IN = `#!/bin/sh
if [ "$1" = --version ]; then echo "\${0##*/} (PostgreSQL) VERSION"; exit; fi
{ echo "$@"; env; } >> "\${0%/*}/calls"
case "$*" in
  --list*) for table in TABLES; do echo "1; 0 2 TABLE DATA public $table encore"; done ;;
  *) for part in "$@"; do case "$part" in --file=*) echo dump > "\${part#--file=}" ;; esac; done ;;
esac
`;

async function useTools(version: string, tables: readonly string[] = []) {
  const { folder } = await usePlaces();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const tool of ['pg_dump', 'pg_restore']) {
    await writeFile(
      join(bin, tool),
      STAND_IN.replace('VERSION', version).replace('TABLES', tables.join(' ')),
    );
    await chmod(join(bin, tool), 0o755);
  }
  return { path: `${bin}:/bin:/usr/bin`, calls: () => readFile(join(bin, 'calls'), 'utf8') };
}

async function listTables(databaseUrl: string): Promise<string[]> {
  const rows = await runOn<{ name: string }>(
    databaseUrl,
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  return rows.map(({ name }) => name);
}

describe('a backup of PostgreSQL by pg_dump', () => {
  it.each([
    ['9.6.24', 'pg_dump 9 is older than the server, which is'],
    [undefined, 'pg_dump is not there'],
  ])('says with version %s how to get the program, and what works without it', async (version, trouble) => {
    const { databaseUrl, options } = await useBot();
    const path = version === undefined ? '/nowhere' : (await useTools(version)).path;
    const env = { DATABASE_URL: databaseUrl, MEDIA_DIR: options.mediaDir, PATH: path };
    const { code, output } = await runProgram('backup', env);
    expect(output).toContain(trouble);
    expect(output).toMatch(/install the client of PostgreSQL \d+ or newer .* npm run backup -- --portable/);
    expect(code).toBe(1);
    const portable = await runProgram('backup', env, '--portable');
    expect(portable).toMatchObject({ code: 0, output: expect.stringContaining('2 tasks, 1 clips') });
  });

  it('takes one snapshot of all tables, and gives away no password', async () => {
    const { databaseUrl, options } = await useBot();
    const tables = await listTables(databaseUrl);
    const { path, calls } = await useTools('99.1', tables);
    const url = new URL(databaseUrl);
    url.password = 'p%C3%A4ss word';
    const env = { DATABASE_URL: url.href, MEDIA_DIR: options.mediaDir, PATH: path, DISCORD_TOKEN: 'a-token' };
    const { code, output } = await runProgram('backup', env);
    expect(output).toContain('2 tasks, 1 clips');
    expect(code).toBe(0);
    const [parameters = ''] = (await calls()).split('\n');
    expect(parameters).toMatch(/--snapshot=[\dA-F-]+ /);
    for (const table of tables) expect(parameters).toContain(`--table="public"."${table}"`);
    expect(parameters + output).not.toMatch(/p%C3%A4ss|päss/);
    expect(await calls()).toContain('PGPASSWORD=päss word');
    expect(await calls()).not.toContain('a-token');

    const lacking = await useTools('99.1', tables.slice(1));
    const failed = await runProgram('backup', { ...env, PATH: lacking.path });
    expect(failed).toMatchObject({ code: 1, output: expect.stringContaining(`lacks ${tables[0]}`) });
  });

  it('is not stopped while the tables are away: they come back', async () => {
    const { databaseUrl, options } = await useBot();
    const { path } = await useTools('99.1', await listTables(databaseUrl));
    const env = { DATABASE_URL: databaseUrl, MEDIA_DIR: options.mediaDir, PATH: path };
    expect(await runProgram('backup', env)).toMatchObject({ code: 0 });
    const [name = ''] = await readdir(options.to);
    const [bin = ''] = path.split(':');
    const stopped =
      '#!/bin/sh\n[ "$1" = --version ] && echo "pg_restore (PostgreSQL) 99.1" && exit\nkill -INT $PPID; exit 1';
    await writeFile(join(bin, 'pg_restore'), stopped);
    const { code, output } = await runProgram('restore', env, '--from', join(options.to, name), '--force');
    expect(output).toContain('This cannot be stopped halfway');
    expect(output).toContain('pg_restore failed');
    expect(code).toBe(1);
    expect((await readStates(databaseUrl)).states).toEqual(['queued', 'running', undefined]);
  });

  it('takes the password out of an address, wherever it stands', () => {
    expect(splitPassword('postgres://me:a%40b@db:5/x?options=-c+search_path%3Dy')).toEqual({
      address: 'postgres://me@db:5/x?options=-c%20search_path%3Dy',
      password: 'a@b',
    });
    expect(splitPassword('postgres://db/x?password=abc&sslmode=require')).toEqual({
      address: 'postgres://db/x?sslmode=require',
      password: 'abc',
    });
  });
});
