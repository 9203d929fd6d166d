import { sql } from 'kysely';
import type { Clip } from '../domain/clip.ts';
import { listClipWords } from './clip-words.ts';
import { element, jsonRows } from './dialect.ts';
import { CLIP_DATA } from './json.ts';
import type { Executor } from './schema.ts';

/** Clips whose words are made at a time. */
const BATCH = 200;

/** A clip with its number. */
export interface NumberedClip {
  readonly number: number;
  readonly clip: Pick<Clip, 'clipId' | 'title' | 'tags' | 'lyrics' | 'prompt'>;
}

/** Writes down the words of clips, in the place of those that they had. */
export async function replaceClipWords(executor: Executor, clips: readonly NumberedClip[]): Promise<void> {
  const numbers = clips.map(({ number }) => number);
  if (numbers.length === 0) return;
  await executor.deleteFrom('clip_words').where('clip_number', 'in', numbers).execute();
  await addClipWords(executor, clips);
}

/** Clips that have no words yet. */
async function addClipWords(executor: Executor, clips: readonly NumberedClip[]): Promise<void> {
  const rows = clips.flatMap(({ number, clip }) =>
    listClipWords(clip).map((word) => [number, word] as const),
  );
  if (rows.length === 0) return;
  await sql`insert into clip_words (clip_number, word)
    select ${element(0, 'bigint')}, ${element(1, 'text')} from ${jsonRows(rows)} as v`.execute(executor);
}

/** Writes down the words of all clips, for a database in which no clip has any. */
export async function fillClipWords(executor: Executor): Promise<void> {
  for (let last = 0; ; ) {
    const rows = await executor
      .selectFrom('clips')
      .select(['number', 'clip_id', 'data'])
      .where('number', '>', last)
      .orderBy('number')
      .limit(BATCH)
      .execute();
    if (rows.length === 0) return;
    last = rows.at(-1)?.number ?? last;
    await addClipWords(
      executor,
      rows.map(({ number, clip_id: clipId, data }) => ({ number, clip: { ...readTexts(data), clipId } })),
    );
  }
}

/** What cannot be read is found by its id. */
function readTexts(data: string) {
  try {
    return CLIP_DATA.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
