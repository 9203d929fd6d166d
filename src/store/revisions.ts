import { sql } from 'kysely';
import type { Executor } from './schema.ts';

/** Things that processes keep in memory, and that one number tells to be out of date. */
type RevisionName = 'settings';

/** The number of changes so far. */
export async function findRevision(executor: Executor, name: RevisionName): Promise<number> {
  const row = await executor
    .selectFrom('revisions')
    .select('revision')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.revision ?? 0;
}

/** Counts a change, in the transaction that makes it. */
export async function bumpRevision(tx: Executor, name: RevisionName): Promise<void> {
  await tx
    .insertInto('revisions')
    .values({ name, revision: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ revision: sql`revisions.revision + 1` }))
    .execute();
}
