import { constants, copyFile, link, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, OWNER_FOLDER, settleFile } from './files.ts';

/** A file of the archive, by its name and size. */
export interface MediaFile {
  readonly name: string;
  readonly bytes: number;
}

/** A song that is finished: what is still being written has more in its name. */
const FINISHED = /^[0-9a-f]{40}\.[a-z0-9]{1,8}$/;

/** The finished songs of an archive, by name; none where there is no folder. */
export async function listMedia(folder: string): Promise<MediaFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const files: MediaFile[] = [];
  for (const name of names.filter((one) => FINISHED.test(one)).sort()) {
    const bytes = await sizeOf(join(folder, name));
    if (bytes !== undefined) files.push({ name, bytes });
  }
  return files;
}

/**
 * Puts these songs into another folder, which may have some of them already. A song is never written to once it is
 * finished, so one on the same disk is a second name of the same file: that costs neither time nor space.
 *
 * @returns those that are there now; the bot may have removed one meanwhile.
 */
export async function copyMedia(files: readonly MediaFile[], from: string, to: string): Promise<MediaFile[]> {
  await mkdir(to, { recursive: true, mode: OWNER_FOLDER });
  const copied: MediaFile[] = [];
  for (const file of files) {
    if (await copyOne(file, from, to)) copied.push(file);
  }
  return copied;
}

async function copyOne({ name, bytes }: MediaFile, from: string, to: string): Promise<boolean> {
  const [source, target] = [join(from, name), join(to, name)];
  if ((await sizeOf(target)) === bytes) return true;
  try {
    await link(source, target);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    // Another disk, one without second names, or something else under that name: then a copy of its own.
    if (!hasCode(error, 'EXDEV', 'EPERM', 'EEXIST', 'EMLINK', 'ENOTSUP', 'ENOSYS', 'EACCES')) throw error;
  }
  // Never into a file that is there: it may have a second name in a backup. Named as the bot names what it writes.
  const unfinished = `${target}.backup.tmp`;
  try {
    await copyFile(source, unfinished, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  await settleFile(unfinished);
  await rename(unfinished, target);
  return true;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
