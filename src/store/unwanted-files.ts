import { sql } from 'kysely';
import { element, jsonRows } from './dialect.ts';
import type { Executor } from './schema.ts';

/** Files have to be removed from the archive. */
export async function noteUnwantedFiles(executor: Executor, names: readonly string[]): Promise<void> {
  const rows = jsonRows([...new Set(names)].map((name) => [name]));
  await sql`insert into unwanted_files (file_name)
    select ${element(0, 'text')} from ${rows} as v where true
    on conflict do nothing`.execute(executor);
}

/** Names of files in the archive that have to be removed: the first `limit` of those that come after `after`. */
export async function listUnwantedFiles(
  executor: Executor,
  limit: number,
  after = '',
): Promise<readonly string[]> {
  const rows = await executor
    .selectFrom('unwanted_files')
    .select('file_name')
    .where('file_name', '>', after)
    .orderBy('file_name')
    .limit(limit)
    .execute();
  return rows.map(({ file_name }) => file_name);
}

/** A file is gone. */
export async function noteFileRemoved(executor: Executor, fileName: string): Promise<void> {
  await executor.deleteFrom('unwanted_files').where('file_name', '=', fileName).execute();
}
