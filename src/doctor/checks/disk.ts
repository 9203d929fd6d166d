import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { coerceError } from '../../errors.ts';
import { sumArchived } from '../../store/archive.ts';
import { findSqlitePath } from '../../store/inspect.ts';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';
import { readTables } from '../read-tables.ts';

const MEGABYTE = 1024 * 1024;

/** Songs are loaded, made smaller and kept; with less than this the first large one fills the disk. */
const FULL_BYTES = 50 * MEGABYTE;

/** A month of a busy server writes some hundred megabytes. */
const LOW_BYTES = 500 * MEGABYTE;

/** Whether there is room for the file of the database. */
export const databaseDisk: Check = {
  id: 'database-disk',
  title: 'Disk of the database',
  needs: ['configuration'],
  isWanted: ({ env }) => !/^postgres/.test(env.DATABASE_URL?.trim() ?? ''),
  async run({ config }) {
    const folder = dirname(resolve(findSqlitePath(config.databaseUrl) ?? ''));
    return [await judgeFolder('database-disk', folder, 0)];
  },
};

/** Whether there is room for the songs that are kept as files. */
export const mediaDisk: Check = {
  id: 'media-disk',
  title: 'Disk of MEDIA_DIR',
  needs: ['configuration'],
  async run(context) {
    const { config } = context;
    if (config.mediaCapBytes === 0)
      return [found('media-disk', 'off', 'Finished songs are not kept as files (MEDIA_CAP_MB=0).')];
    const kept = await readTables(context, sumArchived).catch(() => undefined);
    const wanted = config.mediaCapBytes - (kept ?? 0);
    return [await judgeFolder('media-disk', resolve(config.mediaDir), Math.max(0, wanted))];
  },
};

async function judgeFolder(
  id: 'database-disk' | 'media-disk',
  folder: string,
  wanted: number,
): Promise<Finding> {
  try {
    return judgeDisk(id, folder, await measureFree(folder), wanted);
  } catch (error) {
    const fix = 'Choose a folder that the user of the bot may write to, or give it to that user (chown).';
    const reason = coerceError(error).message;
    return found(id, 'unusable', `The folder ${folder} cannot be used (${reason}).`, fix);
  }
}

/**
 * Whether the free bytes of a folder's disk are enough.
 *
 * @param wanted - bytes that are still going to be written there
 */
export function judgeDisk(
  id: 'database-disk' | 'media-disk',
  folder: string,
  free: number,
  wanted: number,
): Finding {
  const words = `${formatSize(free)} are free in ${folder}`;
  const less = id === 'media-disk' ? ', or set a lower MEDIA_CAP_MB' : '';
  const fix = `Make room on that disk${less}: nothing is written to a full one.`;
  if (free < FULL_BYTES) return found(id, 'full', `Only ${words}.`, fix);
  if (free < LOW_BYTES) return found(id, 'low', `Only ${words}.`, fix);
  if (free - LOW_BYTES < wanted) {
    return found(id, 'low', `${words}, and the songs may take ${formatSize(wanted)} more.`, fix);
  }
  return found(id, 'enough', `${words}.`);
}

/** Free bytes for users like us where the folder is, or is going to be. */
async function measureFree(folder: string): Promise<number> {
  const there = await findExisting(folder);
  if (!(await stat(there)).isDirectory()) throw new Error(`${there} is no folder`);
  await access(there, constants.W_OK | constants.X_OK);
  const { bavail, bsize } = await statfs(there);
  return bavail * bsize;
}

async function findExisting(folder: string): Promise<string> {
  try {
    await stat(folder);
    return folder;
  } catch (error) {
    const parent = dirname(folder);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || parent === folder) throw error;
    return await findExisting(parent);
  }
}

function formatSize(bytes: number): string {
  const megabytes = Math.floor(bytes / MEGABYTE);
  return megabytes < 10_000 ? `${megabytes} MB` : `${Math.floor(megabytes / 1024)} GB`;
}
