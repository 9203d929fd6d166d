import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file in the folder. */
interface FoundFile {
  readonly name: string;
  /** Epoch ms. */
  readonly modifiedAt: number;
}

/** A folder of files that several processes may share. Names come from `archiveFileName`. */
export interface ArchiveFiles {
  /**
   * Writes a file as a whole or not at all, in place of an older one.
   *
   * @throws Error of the file system, as when the disk is full.
   */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /**
   * Undefined when there is no such file.
   *
   * @throws Error of the file system.
   */
  read(name: string): Promise<Buffer | undefined>;
  /** @throws Error of the file system, other than that it is not there. */
  remove(name: string): Promise<void>;
  /** What is being written, or was when a process died; no finished file, and none of others. */
  listUnfinished(): Promise<readonly FoundFile[]>;
}

const UNFINISHED = /^[0-9a-f]{40}\.[a-z0-9]{1,8}\.[\w-]+\.tmp$/;

/** The name of a file in the archive. */
export function archiveFileName(hash: string, extension: string): string {
  const kind =
    extension
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 8) || 'bin';
  return `${hash.slice(0, 40)}.${kind}`;
}

/** Keeps files in a folder, which is made when the first one is written. */
export function createArchiveFiles(folder: string): ArchiveFiles {
  return {
    async write(name, bytes) {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${name}.${randomUUID()}.tmp`);
      try {
        const file = await open(unfinished, 'wx');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, join(folder, name));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    read: (name) => unlessMissing(readFile(join(folder, name))),
    remove: (name) => rm(join(folder, name), { force: true }),
    async listUnfinished() {
      const names = (await unlessMissing(readdir(folder))) ?? [];
      const found: FoundFile[] = [];
      for (const name of names.filter((one) => UNFINISHED.test(one))) {
        const facts = await unlessMissing(stat(join(folder, name)));
        if (facts?.isFile()) found.push({ name, modifiedAt: facts.mtimeMs });
      }
      return found;
    },
  };
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
