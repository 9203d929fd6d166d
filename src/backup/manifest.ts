import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { hasCode, writeSettled } from './files.ts';

/** Its name in the folder of a backup. It is written last: a folder without one is no backup. */
export const MANIFEST_FILE = 'manifest.json';

const count = z.int().nonnegative();
/** Names only: nothing in a manifest leads out of its folder. */
const fileName = z.string().regex(/^[\w][\w.-]*$/);

const MANIFEST = z.object({
  format: z.literal(1),
  /** Of Encore. */
  version: z.string(),
  takenAt: z.iso.datetime(),
  database: z.object({
    /** `sqlite`: a file, of either kind of database; `postgres`: what pg_dump wrote. */
    kind: z.enum(['sqlite', 'postgres']),
    /** Where the tables were, in a dump. */
    schema: z.string().optional(),
    file: fileName,
    bytes: count,
    sha256: z.string(),
    /** Names of the migrations that the tables have seen. */
    migrations: z.array(z.string()),
    /** How many rows each table has. */
    rows: z.record(z.string(), count),
  }),
  /** The songs in the folder `media`; null = they were left out. */
  media: z.array(z.object({ name: fileName, bytes: count })).nullable(),
});

/** What a backup holds, as its own `manifest.json` says. */
export type Manifest = z.output<typeof MANIFEST>;

/** Writes the manifest of a backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeSettled(join(folder, MANIFEST_FILE), `${JSON.stringify(MANIFEST.parse(manifest), null, 2)}\n`);
}

/**
 * Reads the manifest of a backup.
 *
 * @throws StartError when the folder holds no backup that this version understands.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) {
      throw new StartError(
        `${folder} holds no backup (there is no ${MANIFEST_FILE}): name a folder encore-… with --from.`,
      );
    }
    throw error;
  });
  const parsed = MANIFEST.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  throw new StartError(
    `${join(folder, MANIFEST_FILE)} is damaged, or of another version of Encore: take another backup.`,
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
