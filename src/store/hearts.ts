import { jsonList, lockKey } from './dialect.ts';
import type { Executor } from './schema.ts';

/** A clip's hearts after a press. */
export interface Hearts {
  readonly count: number;
  /** Whether the person who pressed has one on it now. */
  readonly on: boolean;
}

/** Gives a person's heart to a clip, or takes it back. In a transaction, so that the count is exact. */
export async function toggleHeart(tx: Executor, clipId: string, userId: string, at: number): Promise<Hearts> {
  await lockKey(tx, `hearts ${clipId}`);
  const removed = await tx
    .deleteFrom('hearts')
    .where('clip_id', '=', clipId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const on = removed.numDeletedRows === 0n;
  if (on) await tx.insertInto('hearts').values({ clip_id: clipId, user_id: userId, at }).execute();
  return { count: await countHearts(tx, clipId), on };
}

/** How many people have a heart on the clip. */
export async function countHearts(executor: Executor, clipId: string): Promise<number> {
  const { count } = await executor
    .selectFrom('hearts')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('clip_id', '=', clipId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many people have a heart on each of these clips; those with none are left out. */
export async function countHeartsOf(
  executor: Executor,
  clipIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await executor
    .selectFrom('hearts')
    .select(({ fn }) => ['clip_id', fn.countAll<number>().as('count')])
    .where('clip_id', 'in', jsonList(clipIds))
    .groupBy('clip_id')
    .execute();
  return new Map(rows.map(({ clip_id, count }) => [clip_id, Number(count)]));
}
