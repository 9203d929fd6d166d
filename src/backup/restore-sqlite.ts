import { constants, copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { StartError } from '../errors.ts';
import { openStore } from '../store/open.ts';
import { lockFile } from '../store/sqlite.ts';
import { hasCode, OWNER_FOLDER, settleFile, sync } from './files.ts';
import type { Restored, Restoring } from './restoring.ts';
import { settlePast } from './settle-past.ts';

/** A file of SQLite and what it writes beside it. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Puts a database file in the place of the bot's own, which is kept under another name.
 *
 * @throws StartError when a bot is running, or there is a database already and `force` is not said.
 */
export async function restoreSqlite(
  path: string,
  { file, takenAt, stamp, force }: Restoring,
): Promise<Restored> {
  const target = resolve(path);
  await mkdir(dirname(target), { recursive: true, mode: OWNER_FOLDER });
  const release = lockFile(target);
  try {
    const isThere = await exists(target);
    if (isThere && !force) throw refusal(target);
    const fresh = `${target}.restoring`;
    const doubted = await prepareFile(file, fresh, takenAt);
    const aside = `${target}.before-restore-${stamp}`;
    // A second name: at no moment is there no database, or a bot that is started by mistake would begin an empty one.
    if (isThere) await link(target, aside);
    await moveRest(target, aside);
    await rename(fresh, target);
    await sync(dirname(target));
    return { doubted, aside: isThere ? aside : undefined };
  } finally {
    release();
  }
}

/**
 * Copies a backup's file, brings it up to date and makes it safe to go on with.
 *
 * @returns how many tasks are in doubt
 */
export async function prepareFile(file: string, target: string, takenAt: number): Promise<number> {
  await remove(target);
  await copyFile(file, target, constants.COPYFILE_FICLONE);
  const store = await openStore({ databaseUrl: `sqlite:${target}` });
  try {
    return await settlePast(store, takenAt);
  } finally {
    await store.close();
    await rm(`${target}.lock`, { force: true });
    await settleFile(target);
  }
}

/** Removes a database file with all that belongs to it. */
async function remove(file: string): Promise<void> {
  for (const part of [...PARTS, '.lock']) await rm(`${file}${part}`, { force: true });
}

function refusal(target: string): StartError {
  return new StartError(
    `There is a database already: ${target}. With --force it is kept under another name, and the backup takes its place.`,
  );
}

/**
 * What SQLite wrote beside a database goes with it, also where that was removed by hand: it would be taken for the
 * latest changes of the one that comes in its place.
 */
async function moveRest(target: string, aside: string): Promise<void> {
  for (const part of PARTS.slice(1)) {
    await rename(`${target}${part}`, `${aside}${part}`).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
