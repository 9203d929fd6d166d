import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BackupOptions, backUp } from '../../src/backup/backup.ts';
import { readManifest } from '../../src/backup/manifest.ts';
import { MIGRATION_NAMES } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { insertTask } from '../../src/store/tasks.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { runProgram, usePlaces } from './support.ts';

const SONG = `${'0a'.repeat(20)}.mp3`;
const OTHER_SONG = `${'0b'.repeat(20)}.mp3`;

/** A bot's database, open as the bot has it, and its songs. */
async function useBot() {
  const { places, to, file, folder } = await usePlaces();
  const store = await openStore({ databaseUrl: places.databaseUrl });
  onTestFinished(async () => await store.close());
  await insertTask(store.db, queuedTask('task-1'), T0);
  await mkdir(places.mediaDir);
  await writeFile(join(places.mediaDir, SONG), 'sound');
  await writeFile(join(places.mediaDir, `${OTHER_SONG}.1234.tmp`), 'unfinis');
  const options: BackupOptions = { ...places, to, withMedia: true, isPortable: false };
  return { store, places, to, file, folder, options };
}

function countTasks(file: string): unknown {
  const database = new BetterSqlite3(file, { readonly: true });
  onTestFinished(() => void database.close());
  return database.prepare('select count(*) from tasks').pluck().get();
}

describe('backUp', () => {
  it('copies the database and the finished songs while the bot has them, for its owner alone', async () => {
    const { store, options, file } = await useBot();
    const { folder, manifest } = await backUp(options);
    expect(countTasks(join(folder, 'encore.db'))).toBe(1);
    expect(manifest).toMatchObject({
      format: 1,
      database: {
        kind: 'sqlite',
        file: 'encore.db',
        migrations: MIGRATION_NAMES,
        rows: { tasks: 1, clips: 0 },
      },
      media: [{ name: SONG, bytes: 5 }],
    });
    expect(await readManifest(folder)).toEqual(manifest);
    expect((await readdir(folder)).sort()).toEqual(['encore.db', 'manifest.json', 'media']);
    const modes = ['', 'encore.db', 'manifest.json'].map(
      async (name) => (await stat(join(folder, name))).mode,
    );
    expect((await Promise.all(modes)).map((mode) => mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
    // The bot still has its lock, and goes on.
    await expect(openStore({ databaseUrl: `sqlite:${file}` })).rejects.toThrow('in use by another process');
    await insertTask(store.db, queuedTask('task-2'), T0);
  });

  it('holds one moment, however much is written meanwhile', async () => {
    const { store, options } = await useBot();
    const filler = 'x'.repeat(4_000);
    await store.transaction(async (tx) => {
      for (let index = 0; index < 500; index += 1) {
        await tx
          .insertInto('cache')
          .values({ namespace: 'filler', key: `${index}`, value: filler, expires: null })
          .execute();
      }
    });
    let isDone = false;
    let written = 0;
    const writing = (async () => {
      while (!isDone) {
        await insertTask(store.db, queuedTask(`busy-${written}`), T0);
        written += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { folder, manifest } = await backUp(options);
    isDone = true;
    await writing;
    expect(countTasks(join(folder, 'encore.db'))).toBe(manifest.database.rows.tasks);
    expect(written).toBeGreaterThan(manifest.database.rows.tasks ?? 0);
  });

  it('has each song once on a disk, in however many backups', async () => {
    const { options } = await useBot();
    const folders = [(await backUp(options)).folder, (await backUp(options)).folder];
    const files = [options.mediaDir, ...folders.map((folder) => join(folder, 'media'))];
    const numbers = await Promise.all(files.map(async (folder) => (await stat(join(folder, SONG))).ino));
    expect(new Set(numbers).size).toBe(1);
  });

  it('leaves the songs out when that is wanted, and keeps what is not its own', async () => {
    const { options, to } = await useBot();
    await mkdir(join(to, 'encore-20200101T000000000Z'), { recursive: true });
    await mkdir(join(to, 'encore-holiday'));
    const names: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const { folder, removed } = await backUp({ ...options, withMedia: false, keep: 2 });
      expect((await readManifest(folder)).media).toBeNull();
      expect(existsSync(join(folder, 'media'))).toBe(false);
      expect(removed).toEqual(names.slice(-2, -1).filter(() => index === 2));
      names.push(folder.slice(to.length + 1));
    }
    expect(await readdir(to)).toEqual(['encore-20200101T000000000Z', ...names.slice(1), 'encore-holiday']);
  });

  it('leaves nothing behind that looks like a backup when it fails', async () => {
    const { options, to, file } = await useBot();
    const broken = `${file}.broken`;
    await writeFile(
      broken,
      'This is a text about music, and longer than the header of a database. '.repeat(9),
    );
    await expect(backUp({ ...options, databaseUrl: `sqlite:${broken}` })).rejects.toThrow();
    await expect(backUp({ ...options, databaseUrl: `sqlite:${file}.none` })).rejects.toThrow(
      /There is no database .*: check DATABASE_URL/,
    );
    expect(await readdir(to)).toEqual([]);
  });
});

describe('npm run backup', () => {
  it('says what it has made, and what is not in it', async () => {
    const { places, to } = await useBot();
    const env = {
      DATABASE_URL: places.databaseUrl,
      MEDIA_DIR: places.mediaDir,
      ENCRYPTION_KEY: 'c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlYw==',
    };
    const { code, output } = await runProgram('backup', env);
    expect(output).toMatch(/^Backed up to .*encore-\d{8}T\d{9}Z: 1 tasks, 0 clips, .*; 1 songs \(1 MB\)\./);
    expect(output).toContain('Not in it: .env, and ENCRYPTION_KEY with it.');
    expect(output).not.toContain(env.ENCRYPTION_KEY);
    expect(code).toBe(0);
    const [name = ''] = await readdir(to);
    expect(await readFile(join(to, name, 'manifest.json'), 'utf8')).not.toContain(env.ENCRYPTION_KEY);
  });

  it.each([
    [['--kepe', '3'], "Unknown option '--kepe'"],
    [['--keep', '0'], '--keep takes a number of backups, at least 1'],
  ])('ends with 1 and a sentence after %j', async (parameters, sentence) => {
    const { places } = await usePlaces();
    const { code, output } = await runProgram('backup', { DATABASE_URL: places.databaseUrl }, ...parameters);
    expect(output).toContain(sentence);
    expect(code).toBe(1);
  });
});
