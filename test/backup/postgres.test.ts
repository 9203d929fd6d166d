import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { backUp } from '../../src/backup/backup.ts';
import { checkFile } from '../../src/backup/files.ts';
import { writeManifest } from '../../src/backup/manifest.ts';
import { restore } from '../../src/backup/restore.ts';
import { openStore } from '../../src/store/open.ts';
import { putTask } from '../store/support.ts';
import { queuedTask } from '../support/tasks.ts';
import {
  listTables,
  readStates,
  runOn,
  untilServerAnswers,
  useBot,
  useDatabase,
} from './postgres-support.ts';
import { runProgram } from './support.ts';

const BROUGHT_BACK = { states: ['unknown', 'running', undefined], words: 5 };

beforeAll(untilServerAnswers);

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
