import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BackupOptions, backUp } from '../../src/backup/backup.ts';
import { restore } from '../../src/backup/restore.ts';
import type { Task } from '../../src/domain/task.ts';
import { loseTask, startSubmitting, succeedTask } from '../../src/domain/transitions.ts';
import { addEntry, sums } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open.ts';
import { findRestore } from '../../src/store/restores.ts';
import { findTask } from '../../src/store/tasks.ts';
import { entryOf, putTask, runningTask } from '../store/support.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { runProgram, usePlaces } from './support.ts';

const SONG = `${'0a'.repeat(20)}.mp3`;

/** A task in every state that matters here. */
const TASKS: readonly Task[] = [
  queuedTask('queued'),
  startSubmitting(queuedTask('submitting'), T0, true),
  runningTask('running'),
  loseTask(queuedTask('unknown'), { kind: 'answer-lost', text: '' }, T0),
  succeedTask(runningTask('succeeded'), T0),
];

/** A backup of a bot, which then made another task. */
async function useBackup() {
  const { places, to, file } = await usePlaces();
  const store = await openStore({ databaseUrl: places.databaseUrl });
  await store.transaction(async (tx) => {
    for (const task of TASKS) {
      await putTask(tx, task);
      await addEntry(tx, entryOf({ taskId: task.id }));
    }
  });
  await mkdir(places.mediaDir);
  await writeFile(join(places.mediaDir, SONG), 'sound');
  const options: BackupOptions = { ...places, to, withMedia: true, isPortable: false };
  const { folder: from } = await backUp(options);
  await putTask(store.db, queuedTask('later'));
  await store.close();
  return { places, from, file, options: { ...places, from, force: true } };
}

async function read(databaseUrl: string) {
  const store = await openStore({ databaseUrl });
  try {
    const tasks = await Promise.all([...TASKS, { id: 'later' }].map(({ id }) => findTask(store.db, id)));
    return { tasks, held: await sums(store.db, 'queued'), restored: await findRestore(store.db) };
  } finally {
    await store.close();
  }
}

describe('restore', () => {
  it('brings back what was, with everything in doubt that may have been sent since', async () => {
    const { options, from } = await useBackup();
    await rm(options.mediaDir, { recursive: true });
    const { doubted, songs, manifest } = await restore(options);
    expect({ doubted, songs }).toEqual({ doubted: 2, songs: 1 });
    const { tasks, held, restored } = await read(options.databaseUrl);
    expect(tasks.map((task) => task?.state)).toEqual([
      'unknown',
      'unknown',
      'running',
      'unknown',
      'succeeded',
      undefined,
    ]);
    expect(tasks[0]).toMatchObject({ failure: { kind: 'restored' }, settled: false });
    expect(tasks[1]).toMatchObject({ failure: { kind: 'restored' }, webhook: true });
    expect(tasks[3]).toMatchObject({ failure: { kind: 'answer-lost' } });
    expect(held).toEqual({ reserved: 20, charged: 0 });
    expect(restored?.takenAt).toBe(Date.parse(manifest.takenAt));
    expect(await readFile(join(options.mediaDir, SONG), 'utf8')).toBe('sound');
    // The backup itself is as it was, and can be put back again.
    expect(await restore({ ...options, from })).toMatchObject({ doubted: 2 });
  });

  it('keeps the database that was there, whole, and asks before it gives way', async () => {
    const { options, file } = await useBackup();
    await expect(restore({ ...options, force: false })).rejects.toThrow(/a database already.*--force/);
    const { aside = '' } = await restore(options);
    expect(aside).toMatch(/encore\.db\.before-restore-\d{8}T\d{9}Z$/);
    expect((await read(`sqlite:${aside}`)).tasks.map((task) => task?.state)).toEqual([
      'queued',
      'submitting',
      'running',
      'unknown',
      'succeeded',
      'queued',
    ]);
    await rm(file);
    expect(await restore({ ...options, force: false })).toMatchObject({ aside: undefined });
  });

  it('takes the place of a database that cannot be read any more', async () => {
    const { options, file } = await useBackup();
    await writeFile(
      file,
      'what the disk has made of it, which is longer than a header has to be. '.repeat(20),
    );
    await writeFile(`${file}-wal`, 'and of what was written last');
    const { aside } = await restore(options);
    expect((await read(options.databaseUrl)).tasks[2]?.state).toBe('running');
    expect(await readFile(`${aside}-wal`, 'utf8')).toContain('written last');
  });

  it('takes nothing of a database that was removed by hand, and left what belongs to it behind', async () => {
    const { options, file } = await useBackup();
    const store = await openStore({ databaseUrl: options.databaseUrl });
    await putTask(store.db, queuedTask('paid since'));
    const latest = await readFile(`${file}-wal`);
    await store.close();
    await rm(file);
    await writeFile(`${file}-wal`, latest);
    await restore({ ...options, force: false });
    const restored = await openStore({ databaseUrl: options.databaseUrl });
    expect(await findTask(restored.db, 'paid since')).toBeUndefined();
    await restored.close();
  });

  it('says that the database is put back when the songs cannot be', async () => {
    const { options } = await useBackup();
    await rm(options.mediaDir, { recursive: true });
    await writeFile(options.mediaDir, 'a file where the folder should be');
    await expect(restore(options)).rejects.toThrow(
      /^The database is put back, and what was there before is kept: .*before-restore-.*\. But not all songs are/,
    );
    expect((await read(options.databaseUrl)).tasks.at(-1)).toBeUndefined();
  });

  it('puts songs back in place of others of that name, and leaves those of the backup alone', async () => {
    const { options, from } = await useBackup();
    const song = join(options.mediaDir, SONG);
    await rm(song);
    await writeFile(song, 'another sound');
    await restore(options);
    expect(await readFile(song, 'utf8')).toBe('sound');
    expect(await readFile(join(from, 'media', SONG), 'utf8')).toBe('sound');
    expect(await readdir(options.mediaDir)).toEqual([SONG]);
  });

  it('refuses while a bot has the database', async () => {
    const { options } = await useBackup();
    const store = await openStore({ databaseUrl: options.databaseUrl });
    await expect(restore(options)).rejects.toThrow(
      'in use by another process of Encore: stop that one first',
    );
    await store.close();
  });

  it('touches nothing when the backup is damaged', async () => {
    const { options, from, places } = await useBackup();
    const before = await readdir(join(places.mediaDir, '..'));
    await appendFile(join(from, 'media', SONG), ' and more');
    await expect(restore(options)).rejects.toThrow(/is damaged \(1 songs are missing or cut off\)/);
    await appendFile(join(from, 'encore.db'), 'x');
    await expect(restore(options)).rejects.toThrow(/is damaged \(encore\.db is not what it was\)/);
    await rm(join(from, 'encore.db'));
    await expect(restore(options)).rejects.toThrow(/encore\.db is missing/);
    await writeFile(join(from, 'manifest.json'), '{"format":2}');
    await expect(restore(options)).rejects.toThrow(/damaged, or of another version/);
    await expect(restore({ ...options, from: `${from}-none` })).rejects.toThrow('holds no backup');
    expect(await readdir(join(places.mediaDir, '..'))).toEqual(before);
  });

  it('refuses a backup of a newer version, and one that leads out of its folder', async () => {
    const { options, from } = await useBackup();
    const path = join(from, 'manifest.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"0001-first-tables"', '"0001-first-tables","0999-future"'));
    await expect(restore(options)).rejects.toThrow(
      /newer version of Encore \(.*0999-future\): restore it with that one/,
    );
    await writeFile(path, text.replace('"encore.db"', '"../encore.db"'));
    await expect(restore(options)).rejects.toThrow('is damaged');
  });
});

describe('npm run restore', () => {
  it('says what it has done, and what the database cannot know', async () => {
    const { places, from } = await useBackup();
    const env = { DATABASE_URL: places.databaseUrl, MEDIA_DIR: places.mediaDir };
    const refused = await runProgram('restore', env, '--from', from);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--force') });
    const { code, output } = await runProgram('restore', env, '--from', from, '--force');
    expect(output).toMatch(/^Put back as of 2.*Z: 5 tasks, 0 clips, .*; 1 songs\./);
    expect(output).toContain('What was there before is kept: ');
    expect(output).toContain('2 tasks that waited then may have been sent since');
    expect(code).toBe(0);
    expect(await runProgram('restore', env)).toMatchObject({
      code: 1,
      output: expect.stringContaining('npm run restore -- --from FOLDER'),
    });
  });
});
