import { join, resolve } from 'node:path';
import { isPostgres } from '../config-variables.ts';
import { coerceError, StartError } from '../errors.ts';
import { MIGRATION_NAMES } from '../store/migrate.ts';
import { MEDIA_FOLDER } from './backup.ts';
import { checkFile, hasCode } from './files.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { copyMedia, listMedia, type MediaFile } from './media-copy.ts';
import { stampOf } from './names.ts';
import { restorePostgres } from './restore-postgres.ts';
import { restoreSqlite } from './restore-sqlite.ts';
import type { Restored, Restoring } from './restoring.ts';
import type { Places } from './settings.ts';

/** What to put back, and into what. */
export interface RestoreOptions extends Places {
  /** Folder of one backup. */
  readonly from: string;
  /** Whether a database that is there gives way; it is kept aside. */
  readonly force: boolean;
}

/** A backup that was put back. */
export interface RestoredBackup extends Restored {
  readonly manifest: Manifest;
  /** Songs that are in the archive again, or were there still. */
  readonly songs: number;
}

/**
 * Puts a backup back. It is checked before anything is touched, and a database that was there is kept aside. The
 * database is brought up to this version at once; nothing that waited in it is sent by itself (`settlePast`).
 *
 * @throws StartError with a sentence for the operator; the database is as it was then, unless that says something else.
 */
export async function restore({
  databaseUrl,
  mediaDir,
  from,
  force,
}: RestoreOptions): Promise<RestoredBackup> {
  const folder = resolve(from);
  const manifest = await readManifest(folder);
  const { database, takenAt } = manifest;
  await requireWhole(folder, manifest);
  const restoring: Restoring = {
    file: join(folder, database.file),
    takenAt: Date.parse(takenAt),
    stamp: stampOf(new Date()),
    force,
    workFolder: mediaDir,
  };
  const restored = await restoreDatabase(databaseUrl, database, restoring);
  const songs = await putSongsBack(manifest.media ?? [], join(folder, MEDIA_FOLDER), mediaDir, restored);
  return { ...restored, manifest, songs };
}

/** @throws StartError that says what was done already */
async function putSongsBack(
  songs: readonly MediaFile[],
  from: string,
  to: string,
  { aside }: Restored,
): Promise<number> {
  if (songs.length === 0) return 0;
  try {
    return (await copyMedia(songs, from, to)).length;
  } catch (error) {
    const before = aside ? `, and what was there before is kept: ${aside}` : '';
    throw new StartError(
      `The database is put back${before}. But not all songs are (${coerceError(error).message}): see to that folder, then restore once more with --force.`,
      { cause: error },
    );
  }
}

async function restoreDatabase(
  databaseUrl: string,
  database: Manifest['database'],
  restoring: Restoring,
): Promise<Restored> {
  if (isPostgres(databaseUrl)) return await restorePostgres(databaseUrl, database, restoring);
  if (database.kind === 'sqlite') return await restoreSqlite(databaseUrl.slice('sqlite:'.length), restoring);
  throw new StartError(
    'This backup was written by pg_dump and fits PostgreSQL only: set DATABASE_URL to such a database. A backup made with --portable fits both.',
  );
}

/**
 * Makes sure that a backup is what its manifest says, and of no newer version.
 *
 * @throws StartError otherwise
 */
async function requireWhole(folder: string, { database, media, version }: Manifest): Promise<void> {
  const unknown = database.migrations.filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length > 0) {
    throw new StartError(
      `The backup is of a newer version of Encore (${version}, with ${unknown.join(', ')}): restore it with that one.`,
    );
  }
  const { bytes, sha256 } = await checkFile(join(folder, database.file)).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) throw damaged(folder, `${database.file} is missing`);
    throw error;
  });
  if (bytes !== database.bytes || sha256 !== database.sha256) {
    throw damaged(folder, `${database.file} is not what it was`);
  }
  const found = new Map((await listMedia(join(folder, MEDIA_FOLDER))).map((file) => [file.name, file.bytes]));
  const lost = (media ?? []).filter((file) => found.get(file.name) !== file.bytes);
  if (lost.length > 0) throw damaged(folder, `${lost.length} songs are missing or cut off`);
}

function damaged(folder: string, trouble: string): StartError {
  return new StartError(`The backup ${folder} is damaged (${trouble}): use another one.`);
}
