import type { Executor } from './schema.ts';

/** The secret of this name; the first who asks provides it, and everybody gets that one from then on. */
export async function keepSecret(executor: Executor, name: string, fresh: string): Promise<string> {
  await executor
    .insertInto('secrets')
    .values({ name, value: fresh })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await executor
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return row.value;
}
