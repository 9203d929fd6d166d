/** Everything that is stored about a person, for themselves: readable, without keys and tokens, and without other people. */
import { findAccountKey } from './account-keys.ts';
import { memberAccount } from './accounts.ts';
import type { ArchiveKey } from './archive.ts';
import { readDecisions } from './person-decisions.ts';
import { readMessages, readRequests, readSongs } from './person-songs.ts';
import { type DataEntry, dateOf, parseData, payerOf } from './person-words.ts';
import type { Executor } from './schema.ts';
import { findMemberSettings } from './settings.ts';

/** The parts that such data has, as files are called after them. */
export const DATA_PARTS = [
  'requests',
  'songs',
  'messages',
  'hearts',
  'credits',
  'voices',
  'drafts',
  'settings',
  'decisions',
] as const;
/** One of them. */
export type DataPart = (typeof DATA_PARTS)[number];

/** All entries of a part about a person. */
export async function* readPersonPart(
  db: Executor,
  userId: string,
  part: DataPart,
): AsyncGenerator<DataEntry> {
  const readers: Record<DataPart, Reader> = {
    requests: readRequests,
    songs: readSongs,
    messages: readMessages,
    hearts: readHearts,
    credits: readCredits,
    voices: readVoices,
    drafts: readDrafts,
    settings: readSettings,
    decisions: readDecisions,
  };
  yield* readers[part](db, userId);
}

/** A song of a person that is kept as a file. */
export interface KeptSong extends ArchiveKey {
  readonly title?: string | undefined;
  readonly prompt?: string | undefined;
  readonly extension: string;
  readonly bytes: number;
}

/** The songs of a person that are kept as files, the newest first. */
export async function listKeptSongs(db: Executor, userId: string): Promise<readonly KeptSong[]> {
  const rows = await db
    .selectFrom('archive')
    .innerJoin('clips', (join) =>
      join
        .onRef('clips.clip_id', '=', 'archive.clip_id')
        .onRef('clips.account_id', '=', 'archive.account_id'),
    )
    .select(['archive.clip_id', 'archive.account_id', 'archive.extension', 'archive.bytes', 'clips.data'])
    .where('clips.owner_id', '=', userId)
    .orderBy('clips.number', 'desc')
    .execute();
  return rows.map((row) => {
    const { title, prompt } = parseData(row.data, row.clip_id);
    const { clip_id: clipId, account_id: accountId, extension, bytes } = row;
    return { clipId, accountId, title, prompt, extension, bytes };
  });
}

type Reader = (db: Executor, userId: string) => AsyncGenerator<DataEntry>;

async function* readHearts(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  const rows = await db
    .selectFrom('hearts')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('at')
    .execute();
  for (const { clip_id: clipId, at } of rows) yield { clipId, at: dateOf(at) };
}

async function* readCredits(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('member_id', '=', userId)
    .orderBy('at')
    .execute();
  for (const row of rows) {
    yield {
      requestId: row.task_id,
      kind: row.kind,
      reserved: row.reserved,
      charged: row.charged,
      paidBy: payerOf(row.account_id),
      serverId: row.guild_id ?? undefined,
      countsFrom: dateOf(row.booked_at),
      at: dateOf(row.at),
    };
  }
}

async function* readVoices(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  const rows = await db
    .selectFrom('personas')
    .selectAll()
    .where('owner_id', '=', userId)
    .orderBy('created_at')
    .execute();
  for (const row of rows) {
    yield {
      personaId: row.persona_id,
      name: row.name,
      paidBy: payerOf(row.account_id),
      requestId: row.task_id ?? undefined,
      createdAt: dateOf(row.created_at),
      forgottenAt: row.forgotten_at === null ? undefined : dateOf(row.forgotten_at),
    };
  }
}

/** What was typed or pointed at and not asked for yet. */
async function* readDrafts(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  const rows = await db
    .selectFrom('cache')
    .select(['namespace', 'value', 'expires'])
    .where('namespace', 'in', ['drafts', 'audio'])
    .where('value', 'like', `%${JSON.stringify(userId)}%`)
    .execute();
  for (const { namespace, value, expires } of rows) {
    const { value: kept } = JSON.parse(value) as { readonly value?: DataEntry };
    if (kept?.userId !== userId) continue;
    const { userId: _, ...content } = kept;
    yield { kind: namespace, ...content, keptUntil: expires === null ? undefined : dateOf(expires) };
  }
}

async function* readSettings(db: Executor, userId: string): AsyncGenerator<DataEntry> {
  yield { kind: 'settings', ...(await findMemberSettings(db, userId)) };
  const key = await findAccountKey(db, memberAccount(userId));
  if (key) {
    const refusedAt = key.refusedAt === undefined ? undefined : dateOf(key.refusedAt);
    yield { kind: 'own MusicAPI key', setAt: dateOf(key.setAt), refusedAt };
  }
  const servers = await db
    .selectFrom('server_settings')
    .select(['guild_id', 'set_at'])
    .where('set_by', '=', userId)
    .execute();
  for (const { guild_id: serverId, set_at } of servers)
    yield { kind: 'last change of a server', serverId, at: dateOf(set_at) };
}
