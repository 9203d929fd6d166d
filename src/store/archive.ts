import { jsonList, lockKey } from './dialect.ts';
import type { Executor } from './schema.ts';

/** Whose song it is. */
export interface ArchiveKey {
  readonly accountId: string;
  readonly clipId: string;
}

/** A song that is kept as a file. */
export interface ArchivedSong extends ArchiveKey {
  /** In the folder of the archive. */
  readonly fileName: string;
  readonly extension: string;
  readonly mime: string;
  readonly bytes: number;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
  readonly keptAt: number;
}

/** Records that a song is kept, in place of what was kept of it before. */
export async function saveArchived(executor: Executor, song: ArchivedSong): Promise<void> {
  const file = {
    file_name: song.fileName,
    extension: song.extension,
    mime: song.mime,
    bytes: song.bytes,
    digest: song.digest,
    kept_at: song.keptAt,
  };
  await executor
    .insertInto('archive')
    .values({ clip_id: song.clipId, account_id: song.accountId, ...file })
    .onConflict((conflict) => conflict.columns(['clip_id', 'account_id']).doUpdateSet(file))
    .execute();
}

/** What is kept of a song. */
export async function findArchived(
  executor: Executor,
  { accountId, clipId }: ArchiveKey,
): Promise<ArchivedSong | undefined> {
  const row = await executor
    .selectFrom('archive')
    .selectAll()
    .where('clip_id', '=', clipId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { file_name: fileName, extension, mime, bytes, digest, kept_at: keptAt } = row;
  return { accountId, clipId, fileName, extension, mime, bytes, digest, keptAt };
}

/** The file of a song is not what it should be: it is kept no more. Gives false when it was kept anew meanwhile. */
export async function forgetArchived(
  executor: Executor,
  { accountId, clipId, digest, keptAt }: ArchivedSong,
): Promise<boolean> {
  const { numDeletedRows } = await executor
    .deleteFrom('archive')
    .where('clip_id', '=', clipId)
    .where('account_id', '=', accountId)
    .where('digest', '=', digest)
    .where('kept_at', '=', keptAt)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Which of these files belong to songs. */
export async function listArchivedFiles(
  executor: Executor,
  fileNames: readonly string[],
): Promise<ReadonlySet<string>> {
  if (fileNames.length === 0) return new Set();
  const rows = await executor
    .selectFrom('archive')
    .select('file_name')
    .where('file_name', 'in', jsonList(fileNames))
    .execute();
  return new Set(rows.map((row) => row.file_name));
}

/** Bytes of all songs that are kept. */
export async function sumArchived(executor: Executor): Promise<number> {
  const { total } = await executor
    .selectFrom('archive')
    .select((select) => select.fn.sum<number | string | null>('bytes').as('total'))
    .executeTakeFirstOrThrow();
  return Number(total ?? 0);
}

/** So many at most are looked at in one step. */
const STEP = 200;

/**
 * Makes room: of the songs that are kept, those without a heart go first, the oldest of them before the others, until
 * all together are no larger than `capBytes`. In a transaction; afterwards the files have to be removed.
 *
 * @returns names of the files
 */
export async function evictArchived(tx: Executor, capBytes: number): Promise<readonly string[]> {
  await lockKey(tx, 'archive');
  let left = await sumArchived(tx);
  const gone: string[] = [];
  while (left > capBytes) {
    const songs = await listLeastLoved(tx);
    for (const { clip_id: clipId, account_id: accountId, file_name: fileName, bytes } of songs) {
      if (left <= capBytes) break;
      await tx
        .deleteFrom('archive')
        .where('clip_id', '=', clipId)
        .where('account_id', '=', accountId)
        .execute();
      left -= bytes;
      gone.push(fileName);
    }
    if (songs.length === 0) break;
  }
  return gone;
}

async function listLeastLoved(tx: Executor) {
  return await tx
    .selectFrom('archive')
    .select(['clip_id', 'account_id', 'file_name', 'bytes'])
    .orderBy((order) =>
      order
        .case()
        .when(
          order.exists(
            order
              .selectFrom('hearts')
              .select('hearts.user_id')
              .whereRef('hearts.clip_id', '=', 'archive.clip_id'),
          ),
        )
        .then(1)
        .else(0)
        .end(),
    )
    .orderBy('kept_at')
    .orderBy('clip_id')
    .limit(STEP)
    .execute();
}
