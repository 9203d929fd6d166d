/** Where the clips that a person may find are read from, and what has to hold of them, as pieces of SQL. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Executor } from './schema.ts';

/** What a person looks for. */
export interface ClipSearch {
  /** Words with which words of title, tags, lyrics, prompt or id begin, all of them; empty = every song, no stems. */
  readonly text: string;
  readonly userId: string;
  /** The server in which the person searches; without one only the own clips are found. */
  readonly guildId?: string | undefined;
  /** Only this person's clips. */
  readonly ownerId?: string | undefined;
  /** Only those that the searcher has given a heart. */
  readonly isFavourite?: boolean | undefined;
  readonly limit: number;
  /** Only clips that are older, or newer, than the one with this number. */
  readonly from?: { readonly number: number; readonly direction: Direction } | undefined;
  /**
   * Goes on until there are enough, however many clips that takes. Else, where very many clips have the words, some
   * that lie behind the newest thousands may be left out: whoever still types wants an answer now.
   */
  readonly isThorough?: boolean | undefined;
}

/** Which way a list is read. */
export type Direction = 'older' | 'newer';

/** Something that has to hold of `t.n`. */
export type Condition = RawBuilder<SqlBool>;

/** The numbers of clips in the order of the search, as a table `t (n)`. */
export interface Source {
  /** At most `limit` of them, beyond `from`. */
  readonly read: (from: number, limit: number) => RawBuilder<unknown>;
  readonly conditions: readonly Condition[];
  /** So many are looked at in one statement. */
  readonly stride: number;
}

/** Clips of a list that are looked at in one statement. */
const STRIDE = 2_000;

/** A beginning that so few different words have is as good as a word. */
const MAX_SPELLINGS = 8;

/** The end of the range of texts that begin alike, which no word reaches. */
const LAST_CHARACTER = '\u{10ffff}';

/** How a list is read. */
export function orderOf({ from }: ClipSearch) {
  const isUp = from?.direction === 'newer';
  return { order: sql.raw(isUp ? 'asc' : 'desc'), beyond: sql.raw(isUp ? '>' : '<') };
}

/** The lists that hold what a person may find: the own songs, and those shared in the server. */
export function listSources(search: ClipSearch): readonly Source[] {
  const { userId, guildId, ownerId } = search;
  const { order, beyond } = orderOf(search);
  const owned = (owner: string, conditions: readonly Condition[] = []): Source => ({
    conditions,
    stride: STRIDE,
    // `+ 0`, as in the index.
    read: (number, limit) => sql`select c.number + 0 as n from clips as c
      where c.owner_id = ${owner} and c.deleted_at is null and c.number + 0 ${beyond} ${number}
      order by c.number + 0 ${order} limit ${limit}`,
  });
  const shared: Source = {
    conditions: [isOpenTo(search)],
    stride: STRIDE,
    read: (number, limit) => sql`select s.clip_number as n from clip_shares as s
      where s.guild_id = ${guildId} and s.clip_number ${beyond} ${number}
      order by s.clip_number ${order} limit ${limit}`,
  };
  if (ownerId !== undefined && ownerId !== userId) return [owned(ownerId, [isOpenTo(search)])];
  if (ownerId !== undefined || guildId === undefined) return [owned(userId)];
  return [owned(userId), shared];
}

/**
 * The clips with a word, whichever way it goes on: lists of their own, so that songs are found which
 * lie further back than a walk goes.
 */
export async function listSpellings(
  executor: Executor,
  search: ClipSearch,
  word: string | undefined,
): Promise<readonly Source[]> {
  if (word === undefined) return [];
  const next = (after: RawBuilder<unknown>) => sql`select w.word from clip_words as w
    where w.word ${after} and w.word < ${word + LAST_CHARACTER} order by w.word limit 1`;
  const { rows } = await sql<{ word: string }>`with recursive spellings (word) as (
      select (${next(sql`>= ${word}`)})
      union all
      select (${next(sql`> spellings.word`)}) from spellings where spellings.word is not null
    ) select word from spellings where word is not null limit ${MAX_SPELLINGS + 1}`.execute(executor);
  if (rows.length > MAX_SPELLINGS) return [];
  const { order, beyond } = orderOf(search);
  return rows.map((row) => ({
    conditions: [isOpenTo(search)],
    stride: search.isThorough ? STRIDE : Math.ceil(STRIDE / rows.length),
    read: (number, limit) => sql`select w.clip_number as n from clip_words as w
      where w.word = ${row.word} and w.clip_number ${beyond} ${number}
      order by w.clip_number ${order} limit ${limit}`,
  }));
}

/** Whether this person may find the clip `t.n` in this place. */
export function isOpenTo({ userId, guildId, ownerId }: ClipSearch): Condition {
  const isShared =
    guildId === undefined
      ? sql`1 = 0`
      : sql`(select 1 from clip_shares as s where s.guild_id = ${guildId} and s.clip_number = c.number limit 1) is not null`;
  const isWanted = ownerId === undefined ? sql`` : sql`and c.owner_id = ${ownerId}`;
  return sql`(select 1 from clips as c where c.number = t.n and c.deleted_at is null ${isWanted}
    and (c.owner_id = ${userId} or ${isShared}) limit 1) is not null`;
}

/** Unasked, the two dozen stems that one song may have would crowd out every song. */
export function isSong(): Condition {
  return sql`(select 1 from clips as c where c.number = t.n and c.kind = 'song' limit 1) is not null`;
}

/** As a value of its own: PostgreSQL would make a join of `exists`, and read the words of every clip. */
export function hasWord(word: string): Condition {
  return sql`(select 1 from clip_words as w where w.clip_number = t.n and ${beginsWith(word)} limit 1) is not null`;
}

/** Whether `w.word` begins so: a range of the index. */
export function beginsWith(word: string): Condition {
  return sql`w.word >= ${word} and w.word < ${word + LAST_CHARACTER}`;
}

/** All of them. */
export function allOf(conditions: readonly Condition[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `);
}
