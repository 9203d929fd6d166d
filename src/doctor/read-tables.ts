import type { Executor } from '../store/schema.ts';
import type { Context } from './check.ts';

/** Reads from tables; undefined where there are none, or where those of an older version lack what is asked for. */
export async function readTables<T>(
  { findDatabase }: Pick<Context, 'findDatabase'>,
  read: (db: Executor) => Promise<T>,
): Promise<T | undefined> {
  const inspection = await findDatabase();
  if (!inspection || inspection.migrations.applied.length === 0) return undefined;
  try {
    return await read(inspection.db);
  } catch (error) {
    if (inspection.migrations.pending.length === 0) throw error;
    return undefined;
  }
}
