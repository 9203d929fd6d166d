import { sql } from 'kysely';
import { element, jsonList, jsonRows } from './dialect.ts';
import type { Executor } from './schema.ts';
import { noteUnwantedFiles } from './unwanted-files.ts';

/** Whose clips to remove: all of a person's, or what people have deleted of what these tasks made. */
export type Removal = { readonly ownerId: string } | { readonly deletedOfTasks: readonly string[] };

/**
 * Removes songs with their words and places; the files in which they are kept are unwanted from then on. Hearts of
 * others on them stay theirs.
 *
 * @returns how many there were
 */
export async function removeClips(tx: Executor, removal: Removal): Promise<number> {
  const clips = tx.selectFrom('clips').select('number');
  const rows = await ('ownerId' in removal
    ? clips.where('owner_id', '=', removal.ownerId)
    : clips.where('task_id', 'in', jsonList(removal.deletedOfTasks)).where('deleted_at', 'is not', null)
  ).execute();
  if (rows.length === 0) return 0;
  const values = jsonRows(rows.map(({ number }) => [number]));
  const numbers = sql<number>`(select ${element<number>(0, 'bigint')} from ${values} as v)`;
  const files = await tx
    .deleteFrom('archive')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('clip_id', 'account_id'),
        'in',
        selectFrom('clips')
          .select(['clip_id', 'account_id'])
          .where('number', 'in', numbers)
          .$asTuple('clip_id', 'account_id'),
      ),
    )
    .returning('file_name')
    .execute();
  await noteUnwantedFiles(
    tx,
    files.map(({ file_name }) => file_name),
  );
  await tx.deleteFrom('clip_words').where('clip_number', 'in', numbers).execute();
  await tx.deleteFrom('clip_shares').where('clip_number', 'in', numbers).execute();
  await tx.deleteFrom('clips').where('number', 'in', numbers).execute();
  return rows.length;
}
