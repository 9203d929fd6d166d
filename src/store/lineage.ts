/** Which clips came of which. */
import type { Engine, OperationId } from '../domain/request.ts';
import { jsonList } from './dialect.ts';
import type { Executor } from './schema.ts';

/** A clip as one of a family. */
export interface Relative {
  readonly clipId: string;
  readonly accountId: string;
  readonly taskId: string;
  /** What it was made with; undefined where nobody knows any more. */
  readonly operation?: OperationId | undefined;
  readonly parentClipId?: string | undefined;
  readonly number: number;
  readonly createdAt: number;
  readonly kind: 'song' | 'stem';
  readonly engine: Engine;
  readonly isDeleted: boolean;
}

/** The clips of these ids; of one id the newest. */
export async function listRelatives(executor: Executor, clipIds: readonly string[]): Promise<Relative[]> {
  const rows = await relatives(executor)
    .where('c.clip_id', 'in', jsonList(clipIds))
    .orderBy('c.number')
    .execute();
  return [...new Map(rows.map((row) => [row.clip_id, row])).values()].map(parseRelative);
}

/** The songs that came directly of these clips, at most `limit`: the first ones, or the last, that one first. */
export async function listChildren(
  executor: Executor,
  clipIds: readonly string[],
  { limit, order = 'asc' }: { readonly limit: number; readonly order?: 'asc' | 'desc' },
): Promise<Relative[]> {
  const rows = await relatives(executor)
    .where('c.parent_clip_id', 'in', jsonList(clipIds))
    .where('c.kind', '=', 'song')
    .orderBy('c.created_at', order)
    .orderBy('c.task_id', order)
    .orderBy('c.take')
    .limit(limit)
    .execute();
  return rows.map(parseRelative);
}

/** The tracks that one task took out of a clip. */
export interface Tracks {
  /** One of them stands for all. */
  readonly relative: Relative;
  readonly count: number;
}

/** The tracks that were taken out of these clips, by task, the latest first, of at most `limit` tasks. */
export async function listTracks(
  executor: Executor,
  clipIds: readonly string[],
  limit: number,
): Promise<readonly Tracks[]> {
  const groups = await executor
    .selectFrom('clips')
    .select(({ fn }) => [fn.max<number>('number').as('last'), fn.countAll<number>().as('count')])
    .where('parent_clip_id', 'in', jsonList(clipIds))
    .where('kind', '=', 'stem')
    .where('deleted_at', 'is', null)
    .groupBy(['parent_clip_id', 'task_id'])
    .orderBy('last', 'desc')
    .limit(limit)
    .execute();
  if (groups.length === 0) return [];
  const numbers = groups.map(({ last }) => last);
  const rows = await relatives(executor)
    .where('c.number', 'in', numbers)
    .orderBy('c.number', 'desc')
    .execute();
  return rows.map((row) => ({
    relative: parseRelative(row),
    count: Number(groups.find(({ last }) => last === row.number)?.count ?? 1),
  }));
}

function relatives(executor: Executor) {
  return executor
    .selectFrom('clips as c')
    .leftJoin('tasks as t', 't.id', 'c.task_id')
    .select([
      'c.clip_id',
      'c.account_id',
      'c.task_id',
      'c.parent_clip_id',
      'c.number',
      'c.created_at',
      'c.kind',
      'c.engine',
      'c.deleted_at',
      't.operation',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof relatives>['execute']>>[number];

function parseRelative(row: Row): Relative {
  return {
    clipId: row.clip_id,
    accountId: row.account_id,
    taskId: row.task_id,
    operation: row.operation ?? undefined,
    parentClipId: row.parent_clip_id ?? undefined,
    number: row.number,
    createdAt: row.created_at,
    kind: row.kind,
    engine: row.engine,
    isDeleted: row.deleted_at !== null,
  };
}
