/**
 * Which songs a person finds. A search follows the list of songs from the newest on, and asks the table of words
 * about each, or, where few songs have a word that begins as typed, goes through those: either way it looks at a
 * bounded number of rows, however many clips there are.
 */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import {
  allOf,
  beginsWith,
  type ClipSearch,
  type Condition,
  hasWord,
  isOpenTo,
  isSong,
  listSources,
  listSpellings,
  orderOf,
  type Source,
} from './clip-sources.ts';
import { listTypedWords } from './clip-words.ts';
import type { Executor } from './schema.ts';

/** A word that no more than this many clips' words begin with is gone through clip by clip. */
const MAX_HITS = 2_000;

/** The rarest of the longest words: short ones are rare hardly ever. */
const MAX_COUNTED = 3;

/** Numbers of the clips that are found, in the order in which they are read: the newest first, or the oldest. */
export async function findClipNumbers(executor: Executor, search: ClipSearch): Promise<readonly number[]> {
  const words = listTypedWords(search.text);
  if (words.length === 0 && search.text.trim() !== '') return [];
  const rare = search.isFavourite ? undefined : await findRareWord(executor, words);
  if (search.isFavourite || rare !== undefined) {
    const others = words.filter((word) => word !== rare).map(hasWord);
    const conditions = [...(words.length === 0 ? [isSong()] : others), isOpenTo(search)];
    return await readHits(executor, search, rare, conditions);
  }
  const conditions = words.length === 0 ? [isSong()] : words.map(hasWord);
  const lists = listSources(search).map((source) => ({
    ...source,
    conditions: [...conditions, ...source.conditions],
  }));
  const near = await walkAll(executor, search, lists, 1);
  const found = new Set(near.flatMap(({ numbers }) => numbers));
  if (near.some(({ isSettled }) => !isSettled)) {
    const spellings = await listSpellings(executor, search, longest(words)[0]);
    const far = spellings.map((source) => ({ ...source, conditions: [...conditions, ...source.conditions] }));
    const further = far.length > 0 ? far : search.isThorough ? lists : [];
    const strides = search.isThorough ? Number.POSITIVE_INFINITY : 1;
    for (const { numbers } of await walkAll(executor, search, further, strides)) {
      for (const number of numbers) found.add(number);
    }
  }
  const isUp = search.from?.direction === 'newer';
  return [...found].sort((a, b) => (isUp ? a - b : b - a)).slice(0, search.limit);
}

/** The typed word with the fewest hits, if they are few. */
async function findRareWord(executor: Executor, words: readonly string[]): Promise<string | undefined> {
  let rarest: { readonly word: string; readonly hits: number } | undefined;
  for (const word of longest(words)) {
    const { rows } = await sql<{ hits: number }>`select count(*) as hits from (
      select 1 from clip_words as w where ${beginsWith(word)} order by w.word limit ${MAX_HITS + 1}) as t`.execute(
      executor,
    );
    const hits = Number(rows[0]?.hits ?? 0);
    if (hits <= MAX_HITS && hits < (rarest?.hits ?? Number.POSITIVE_INFINITY)) rarest = { word, hits };
  }
  return rarest?.word;
}

/** The longest ones, that one first. */
function longest(words: readonly string[]): readonly string[] {
  return [...words].sort((a, b) => b.length - a.length).slice(0, MAX_COUNTED);
}

/** What has the word, or a heart: few enough to be gone through. */
async function readHits(
  executor: Executor,
  search: ClipSearch,
  word: string | undefined,
  conditions: readonly Condition[],
): Promise<readonly number[]> {
  const { userId, from, limit } = search;
  const { order, beyond } = orderOf(search);
  const bound = (column: string) => (from ? sql`and ${sql.raw(column)} ${beyond} ${from.number}` : sql``);
  const hits =
    word === undefined
      ? sql`select distinct c.number as n from hearts as h join clips as c on c.clip_id = h.clip_id
          where h.user_id = ${userId} ${bound('c.number')} order by n ${order}`
      : sql`select distinct w.clip_number as n from clip_words as w
          where ${beginsWith(word)} ${bound('w.clip_number')} order by n ${order}`;
  // Materialized: hoping for an early end, PostgreSQL would read the words of every clip, the newest first.
  const { rows } = await sql<{ n: number }>`with t as materialized (${hits})
    select n from t where ${allOf(conditions)} order by n ${order} limit ${limit}`.execute(executor);
  return rows.map(({ n }) => n);
}

/** What was found in a list. */
interface Walked {
  readonly numbers: readonly number[];
  /** There are enough, or no more. */
  readonly isSettled: boolean;
}

async function walkAll(
  executor: Executor,
  search: ClipSearch,
  sources: readonly Source[],
  strides: number,
): Promise<readonly Walked[]> {
  const walked: Walked[] = [];
  for (const source of sources) walked.push(await walk(executor, search, source, strides));
  return walked;
}

/** Follows a list until enough is found, or its end, or for so many strides. */
async function walk(
  executor: Executor,
  { limit, from }: ClipSearch,
  source: Source,
  strides: number,
): Promise<Walked> {
  const numbers: number[] = [];
  let at = from?.number ?? Number.MAX_SAFE_INTEGER;
  for (let stride = 0; stride < strides; stride += 1) {
    // Without an order of its own: the inner one holds, and reading ends with the last one that is wanted.
    const { rows } = await sql<{ n: number }>`select n from (${source.read(at, source.stride)}) as t
      where ${allOf(source.conditions)} limit ${limit - numbers.length}`.execute(executor);
    numbers.push(...rows.map(({ n }) => n));
    if (numbers.length >= limit) return { numbers, isSettled: true };
    const next = await sql<{ n: number }>`select n from (${source.read(at, source.stride)}) as t
      limit 1 offset ${source.stride - 1}`.execute(executor);
    const last = next.rows[0]?.n;
    if (last === undefined) return { numbers, isSettled: true };
    at = last;
    // SQLite answers without a pause: whatever else waits comes in between.
    await setImmediate();
  }
  return { numbers, isSettled: false };
}
