/** Files that are on the disk, whole, or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, open, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What backups hold is for their owner alone. */
const OWNER_FILE = 0o600;
export const OWNER_FOLDER = 0o700;

/** A file by its size and its SHA-256 in hexadecimal digits. */
export interface Checked {
  readonly bytes: number;
  readonly sha256: string;
}

/** Size and checksum of a file. */
export async function checkFile(path: string): Promise<Checked> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

/** Makes a finished file its owner's alone, and puts it on the disk. */
export async function settleFile(path: string): Promise<void> {
  await chmod(path, OWNER_FILE);
  await sync(path);
}

/** Writes a small file and puts it on the disk. */
export async function writeSettled(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: OWNER_FILE, flag: 'wx' });
  await sync(path);
}

/** Puts a file, or the names in a folder, on the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whether an error of the file system has this code. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
