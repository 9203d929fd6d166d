import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './files.ts';
import { MANIFEST_FILE } from './manifest.ts';

const FINISHED = /^encore-\d{8}T\d{9}Z$/;
const UNFINISHED = /^encore-\d{8}T\d{9}Z\.unfinished$/;

/** A backup that is not finished after so long never will be. */
const ABANDONED_MS = 24 * 60 * 60_000;

/** A moment as it stands in names, in UTC: `20261120T171000123Z`. */
export function stampOf(at: Date): string {
  return at.toISOString().replace(/[-:.]/g, '');
}

/** The folder of a backup, when it is finished and until then. */
export function foldersOf(
  parent: string,
  at: Date,
): { readonly finished: string; readonly unfinished: string } {
  const finished = join(parent, `encore-${stampOf(at)}`);
  return { finished, unfinished: `${finished}.unfinished` };
}

/** Removes all finished backups but the newest ones; nothing that is not a backup of ours. @returns their names */
export async function removeOld(parent: string, keep: number): Promise<readonly string[]> {
  const finished: string[] = [];
  for (const name of (await readdir(parent)).filter((one) => FINISHED.test(one)).sort()) {
    if (await isThere(join(parent, name, MANIFEST_FILE))) finished.push(name);
  }
  const old = finished.slice(0, Math.max(0, finished.length - keep));
  for (const name of old) await rm(join(parent, name), { recursive: true });
  return old;
}

/** Removes what a backup that was cut off has left. */
export async function removeUnfinished(parent: string, now: Date): Promise<void> {
  for (const name of (await readdir(parent)).filter((one) => UNFINISHED.test(one))) {
    const path = join(parent, name);
    const { mtimeMs } = await stat(path);
    if (now.getTime() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
