import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isPostgres } from '../config-variables.ts';
import { checkFile, OWNER_FOLDER, settleFile, sync } from './files.ts';
import { type Manifest, writeManifest } from './manifest.ts';
import { copyMedia, listMedia, type MediaFile } from './media-copy.ts';
import { foldersOf, removeOld, removeUnfinished } from './names.ts';
import { copyToSqlite } from './portable-copy.ts';
import { dumpPostgres } from './postgres-dump.ts';
import type { Places } from './settings.ts';
import { copySqlite } from './sqlite-copy.ts';

/** What to back up, and where to. */
export interface BackupOptions extends Places {
  /** Folder of all backups; made when it is not there. */
  readonly to: string;
  /** Keep so many of the backups there, this one included. @defaultValue all of them */
  readonly keep?: number | undefined;
  /** Whether the songs are copied along. */
  readonly withMedia: boolean;
  /** Copy a PostgreSQL database into a SQLite file, without pg_dump. */
  readonly isPortable: boolean;
}

/** A finished backup. */
export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Names of older backups that were removed. */
  readonly removed: readonly string[];
}

/** Folder of the songs in a backup. */
export const MEDIA_FOLDER = 'media';

/**
 * Backs everything up, while the bot runs. A folder `encore-…` with a manifest is a whole backup: until it is on the
 * disk it has another name.
 *
 * @throws StartError with a sentence for the operator; then no backup was made, and none was removed.
 */
export async function backUp(options: BackupOptions): Promise<Backup> {
  const { to, keep, withMedia, mediaDir } = options;
  const now = new Date();
  const { finished, unfinished } = foldersOf(to, now);
  await mkdir(to, { recursive: true, mode: OWNER_FOLDER });
  await removeUnfinished(to, now);
  await mkdir(unfinished, { mode: OWNER_FOLDER });
  try {
    const database = await copyDatabase(options, unfinished);
    const media = withMedia ? await copySongs(mediaDir, join(unfinished, MEDIA_FOLDER)) : null;
    const manifest: Manifest = {
      format: 1,
      version: await readVersion(),
      takenAt: now.toISOString(),
      database,
      media,
    };
    await writeManifest(unfinished, manifest);
    await sync(unfinished);
    await rename(unfinished, finished);
    await sync(to);
    return { folder: finished, manifest, removed: keep === undefined ? [] : await removeOld(to, keep) };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function copyDatabase(
  { databaseUrl, isPortable }: BackupOptions,
  folder: string,
): Promise<Manifest['database']> {
  if (isPostgres(databaseUrl) && !isPortable) {
    const file = 'encore.dump';
    const facts = await dumpPostgres(databaseUrl, join(folder, file));
    return { kind: 'postgres', file, ...(await checkFile(join(folder, file))), ...facts };
  }
  const file = 'encore.db';
  const target = join(folder, file);
  const facts = isPostgres(databaseUrl)
    ? await copyToSqlite(databaseUrl, target)
    : await copySqlite(databaseUrl.slice('sqlite:'.length), target);
  await settleFile(target);
  return { kind: 'sqlite', file, ...(await checkFile(target)), ...facts };
}

async function copySongs(from: string, to: string): Promise<MediaFile[]> {
  const copied = await copyMedia(await listMedia(from), from, to);
  await sync(to);
  return copied;
}

/** The version of Encore. */
async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
