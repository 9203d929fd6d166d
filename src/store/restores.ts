import { z } from 'zod';
import type { Executor } from './schema.ts';
import { parseStored } from './stored-data.ts';

/** That this database is a backup which was put back: between these two moments (epoch ms) it knows nothing. */
export interface Restore {
  readonly takenAt: number;
  readonly restoredAt: number;
}

/** Where it is written down: among the caches, of which those without an end stay. */
const MARK = { namespace: 'restore', key: 'last' };

const RESTORE = z.object({ takenAt: z.number(), restoredAt: z.number() });

/** Writes down that the database is a backup which was put back. */
export async function noteRestore(tx: Executor, restore: Restore): Promise<void> {
  const value = JSON.stringify(restore);
  await tx
    .insertInto('cache')
    .values({ ...MARK, value, expires: null })
    .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet({ value }))
    .execute();
}

/** The last time that a backup was put back; undefined when none ever was. */
export async function findRestore(executor: Executor): Promise<Restore | undefined> {
  const row = await executor
    .selectFrom('cache')
    .select('value')
    .where('namespace', '=', MARK.namespace)
    .where('key', '=', MARK.key)
    .executeTakeFirst();
  return row && parseStored(RESTORE, row.value, { table: 'cache', column: 'value', id: MARK.namespace });
}
