import type { Task } from '../domain/task.ts';
import { type DataEntry, dateOf, nameOf, parseData, payerOf } from './person-words.ts';
import type { Executor } from './schema.ts';
import { StoredDataError } from './stored-data.ts';
import { parseTask, REQUESTER } from './task-row.ts';

/** Entries of one read. */
const STEP = 200;

/** What a person asked for. */
export async function* readRequests(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('tasks')
      .selectAll()
      .where(REQUESTER, '=', userId)
      .where('id', '>', last)
      .orderBy('id')
      .limit(STEP)
      .execute();
    for (const row of rows) {
      const card = { channelId: row.card_channel_id, messageId: row.card_message_id };
      try {
        yield { ...describeTask(parseTask(row), userId), card };
      } catch (error) {
        if (!(error instanceof StoredDataError)) throw error;
        yield { id: row.id, isUnreadable: true };
      }
    }
    const end = rows.at(-1);
    if (!end || rows.length < STEP) return;
    last = end.id;
  }
}

/** The interaction token is a secret of the bot's, however dead. */
function describeTask(task: Task, userId: string): DataEntry {
  const { origin, request } = task;
  const { token: _, applicationId: _application, ...place } = origin;
  const by = 'cancelledBy' in task ? task.cancelledBy : 'abandonedBy' in task ? task.abandonedBy : undefined;
  return {
    id: task.id,
    state: task.state,
    askedAt: dateOf(task.createdAt),
    endedAt: 'endedAt' in task ? dateOf(task.endedAt) : undefined,
    credits: task.price,
    paidBy: payerOf(task.accountId),
    request,
    place: { ...place, tokenExpiresAt: undefined },
    result: 'tool' in task ? task.tool : undefined,
    failure: 'failure' in task ? task.failure : undefined,
    takenBackBy: by === undefined ? undefined : nameOf(by, userId),
  };
}

/** A person's clips. */
export async function* readSongs(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  for (let last = 0; ; ) {
    const rows = await db
      .selectFrom('clips')
      .selectAll()
      .where('owner_id', '=', userId)
      .where('number', '>', last)
      .orderBy('number')
      .limit(STEP)
      .execute();
    for (const row of rows) {
      const shares = await db
        .selectFrom('clip_shares')
        .select('guild_id')
        .where('clip_number', '=', row.number)
        .execute();
      yield {
        clipId: row.clip_id,
        ...parseData(row.data, row.clip_id),
        engine: row.engine,
        source: row.source,
        kind: row.kind,
        take: row.take,
        parentClipId: row.parent_clip_id ?? undefined,
        requestId: row.task_id,
        createdAt: dateOf(row.created_at),
        deletedAt: row.deleted_at === null ? undefined : dateOf(row.deleted_at),
        postedInServers: shares.map(({ guild_id }) => guild_id),
      };
    }
    const end = rows.at(-1);
    if (!end || rows.length < STEP) return;
    last = end.number;
  }
}

/** Where results were put. */
export async function* readMessages(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('tasks', 'tasks.id', 'deliveries.task_id')
    .selectAll('deliveries')
    .where(REQUESTER, '=', userId)
    .orderBy('deliveries.id')
    .execute();
  for (const row of rows) {
    yield {
      requestId: row.task_id,
      state: row.state,
      clipIds: JSON.parse(row.clip_ids),
      messages: JSON.parse(row.posted),
      isCopy: row.is_copy === 1,
      createdAt: dateOf(row.created_at),
    };
  }
}
