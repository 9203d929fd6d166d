import type { Insertable, Selectable } from 'kysely';
import type { Clip } from '../domain/clip.ts';
import { findClipNumbers } from './clip-search.ts';
import type { ClipSearch } from './clip-sources.ts';
import { jsonList } from './dialect.ts';
import { CLIP_DATA } from './json.ts';
import type { ClipsTable, Executor } from './schema.ts';
import { parseStored } from './stored-data.ts';
import { replaceClipWords } from './word-index.ts';

type ClipRow = Selectable<ClipsTable>;

/**
 * Records clips, or what is newly known of them. Who owns a clip, which task made it, where it was shared and
 * whether it was deleted stay as they were recorded first. Best in a transaction.
 */
export async function saveClips(executor: Executor, clips: readonly Clip[]): Promise<void> {
  if (clips.length === 0) return;
  const saved = await executor
    .insertInto('clips')
    // The last one is listed first.
    .values(clips.map(rowOf).reverse())
    .onConflict((conflict) =>
      conflict.columns(['clip_id', 'account_id']).doUpdateSet((set) => ({ data: set.ref('excluded.data') })),
    )
    .returning(['number', 'clip_id', 'account_id'])
    .execute();
  const listed = clips.flatMap((clip) => {
    const row = saved.find((one) => one.clip_id === clip.clipId && one.account_id === clip.accountId);
    return row ? [{ number: row.number, clip }] : [];
  });
  await replaceClipWords(executor, listed);
  for (const { clipId, sharedGuildId } of clips) {
    if (sharedGuildId !== undefined) await shareClip(executor, clipId, sharedGuildId);
  }
}

function rowOf(clip: Clip): Insertable<ClipsTable> {
  return {
    clip_id: clip.clipId,
    account_id: clip.accountId,
    engine: clip.engine,
    source: clip.source,
    kind: clip.kind,
    task_id: clip.taskId,
    parent_clip_id: clip.parentClipId ?? null,
    take: clip.take,
    owner_id: clip.ownerId,
    shared_guild_id: clip.sharedGuildId ?? null,
    created_at: clip.createdAt,
    deleted_at: clip.deletedAt ?? null,
    data: JSON.stringify(CLIP_DATA.parse(clip)),
  };
}

/** The clip with this id; without an account: the newest of that id, whichever account it belongs to. */
export async function findClip(
  executor: Executor,
  clipId: string,
  accountId?: string,
): Promise<Clip | undefined> {
  let query = executor.selectFrom('clips').selectAll().where('clip_id', '=', clipId);
  if (accountId !== undefined) query = query.where('account_id', '=', accountId);
  const row = await query.orderBy('created_at', 'desc').limit(1).executeTakeFirst();
  return row && parseClip(row);
}

/** What a task made: its songs, or its stems, in the order of their takes. */
export async function listClipsOfTask(executor: Executor, taskId: string): Promise<Clip[]> {
  const rows = await executor
    .selectFrom('clips')
    .selectAll()
    .where('task_id', '=', taskId)
    .orderBy('take')
    .orderBy('clip_id')
    .execute();
  return rows.map(parseClip);
}

/** The clips of these ids, in their order; whichever task made them first. Ids that nobody knows are left out. */
export async function listClips(
  executor: Executor,
  accountId: string,
  clipIds: readonly string[],
): Promise<Clip[]> {
  if (clipIds.length === 0) return [];
  const rows = await executor
    .selectFrom('clips')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('clip_id', 'in', jsonList(clipIds))
    .execute();
  const clips = new Map(rows.map((row) => [row.clip_id, parseClip(row)]));
  return clipIds.flatMap((clipId) => clips.get(clipId) ?? []);
}

/** The clips with these numbers. */
export async function listNumberedClips(
  executor: Executor,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Clip>> {
  if (numbers.length === 0) return new Map();
  const rows = await executor.selectFrom('clips').selectAll().where('number', 'in', numbers).execute();
  return new Map(rows.map((row) => [row.number, parseClip(row)]));
}

/** A clip in a list, with the number that stands for its place there. */
export interface ListedClip {
  readonly clip: Clip;
  readonly number: number;
}

/** What a person finds: own clips and those shared in this server, without deleted ones, in the order of the search. */
export async function listFound(executor: Executor, search: ClipSearch): Promise<readonly ListedClip[]> {
  const numbers = await findClipNumbers(executor, search);
  const found = await listNumberedClips(executor, numbers);
  return numbers.flatMap((number) => {
    const clip = found.get(number);
    return clip ? [{ number, clip }] : [];
  });
}

/** The same as bare clips. */
export async function searchClips(executor: Executor, search: ClipSearch): Promise<readonly Clip[]> {
  return (await listFound(executor, search)).map(({ clip }) => clip);
}

/** The clip was posted in this server where everybody sees it: from now on everybody there is offered it. */
export async function shareClip(executor: Executor, clipId: string, guildId: string): Promise<void> {
  await executor
    .updateTable('clips')
    .set({ shared_guild_id: guildId })
    .where('clip_id', '=', clipId)
    .where('shared_guild_id', 'is', null)
    .execute();
  await executor
    .insertInto('clip_shares')
    .columns(['guild_id', 'clip_number'])
    .expression((from) =>
      from
        .selectFrom('clips')
        .select(({ val }) => [val(guildId).as('guild_id'), 'number'])
        .where('clip_id', '=', clipId),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether the clip was posted in this server where everybody sees it. */
export async function isSharedIn(
  executor: Executor,
  { clipId, accountId }: Pick<Clip, 'clipId' | 'accountId'>,
  guildId: string,
): Promise<boolean> {
  const row = await executor
    .selectFrom('clip_shares')
    .select('clip_number')
    .where('guild_id', '=', guildId)
    .where('clip_number', 'in', (from) =>
      from
        .selectFrom('clips')
        .select('number')
        .where('clip_id', '=', clipId)
        .where('account_id', '=', accountId),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Which of these clips were posted in this server where everybody sees them. */
export async function listSharedIn(
  executor: Executor,
  clipIds: readonly string[],
  guildId: string,
): Promise<ReadonlySet<string>> {
  const rows = await executor
    .selectFrom('clips')
    .innerJoin('clip_shares', 'clip_shares.clip_number', 'clips.number')
    .select('clips.clip_id')
    .where('clip_shares.guild_id', '=', guildId)
    .where('clips.clip_id', 'in', jsonList(clipIds))
    .execute();
  return new Set(rows.map((row) => row.clip_id));
}

/** A person deleted it: nobody is offered it any more. */
export async function deleteClip(executor: Executor, clipId: string, at: number): Promise<void> {
  await executor
    .updateTable('clips')
    .set({ deleted_at: at })
    .where('clip_id', '=', clipId)
    .where('deleted_at', 'is', null)
    .execute();
}

/** Databases compare only ASCII without regard to case, so the program folds both sides. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('\0', '');
}

function parseClip(row: ClipRow): Clip {
  const data = parseStored(CLIP_DATA, row.data, { table: 'clips', column: 'data', id: row.clip_id });
  return {
    ...data,
    clipId: row.clip_id,
    accountId: row.account_id,
    engine: row.engine,
    source: row.source,
    kind: row.kind,
    taskId: row.task_id,
    parentClipId: row.parent_clip_id ?? undefined,
    take: row.take,
    ownerId: row.owner_id,
    sharedGuildId: row.shared_guild_id ?? undefined,
    createdAt: row.created_at,
    deletedAt: row.deleted_at ?? undefined,
  };
}
