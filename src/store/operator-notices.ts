import { sql } from 'kysely';
import type { Executor } from './schema.ts';

/** How long the operators are not told of the same cause again, however often it comes back. */
export const NOTICE_INTERVAL_MS = 60 * 60_000;

/** One cause of trouble, and what it is about where there may be several. */
export interface NoticeKey {
  readonly cause: string;
  readonly subject: string;
}

/** Trouble that the operators know of. */
export interface OpenNotice extends NoticeKey {
  /** Epoch ms, by the store's clock, like all times here. */
  readonly since: number;
  readonly toldAt: number;
}

/**
 * Takes the right to tell the operators of trouble, which one of all processes gets, once in `NOTICE_INTERVAL_MS`.
 *
 * @returns since when it lasts: what goes on has begun when it was told first. Undefined = it is not to be told now.
 */
export async function claimNotice(
  tx: Executor,
  { cause, subject, since }: NoticeKey & { readonly since: number },
  now: number,
): Promise<number | undefined> {
  const row = await tx
    .insertInto('operator_notices')
    .values({ cause, subject, since, told_at: now, ended_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['cause', 'subject'])
        .doUpdateSet({
          since: sql<number>`case when operator_notices.ended_at is null
            then operator_notices.since else excluded.since end`,
          told_at: now,
          ended_at: null,
        })
        .where('operator_notices.told_at', '<=', now - NOTICE_INTERVAL_MS),
    )
    .returning('since')
    .executeTakeFirst();
  return row?.since;
}

/**
 * Notes that trouble is over: the one process that gets `true` tells the operators, who know of it.
 *
 * @returns since when it lasted; undefined = they do not know of any, or were told already.
 */
export async function endNotice(
  tx: Executor,
  { cause, subject }: NoticeKey,
  now: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('operator_notices')
    .set({ ended_at: now })
    .where('cause', '=', cause)
    .where('subject', '=', subject)
    .where('ended_at', 'is', null)
    .returning('since')
    .executeTakeFirst();
  return row?.since;
}

/**
 * Writes down what the operators were told while nothing could be written, together with its end.
 *
 * @returns false when another process has done so: then that one tells of the end.
 */
export async function recordEnded(
  tx: Executor,
  { cause, subject, since, toldAt }: OpenNotice,
  now: number,
): Promise<boolean> {
  const row = await tx
    .insertInto('operator_notices')
    .values({ cause, subject, since, told_at: toldAt, ended_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['cause', 'subject'])
        .doUpdateSet({ since, told_at: toldAt, ended_at: now })
        .where((where) =>
          where.or([
            where('operator_notices.ended_at', 'is', null),
            where('operator_notices.ended_at', '<', since),
          ]),
        ),
    )
    .returning('cause')
    .executeTakeFirst();
  return row !== undefined;
}

/** When the operators were told of something last, whether it is over or not. */
export async function findToldAt(
  executor: Executor,
  { cause, subject }: NoticeKey,
): Promise<number | undefined> {
  const row = await executor
    .selectFrom('operator_notices')
    .select('told_at')
    .where('cause', '=', cause)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.told_at;
}

/** The trouble that goes on, as far as the operators know. */
export async function listOpenNotices(executor: Executor): Promise<readonly OpenNotice[]> {
  const rows = await executor
    .selectFrom('operator_notices')
    .select(['cause', 'subject', 'since', 'told_at as toldAt'])
    .where('ended_at', 'is', null)
    .orderBy('told_at')
    .execute();
  return rows;
}
