/** The words by which a clip is found: what stands in the table of words, and what is looked up there. */
import type { Clip } from '../domain/clip.ts';

/** A word, or a picture that stands for one. Marks belong to the letter before them. */
const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*|\p{Extended_Pictographic}/gu;

/** Scripts that put no blanks between words: there every letter may begin one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/** So many letters of an unspaced script are one word. */
const UNSPACED_LENGTH = 4;

/** Letters of a word beyond these tell no clips apart. */
const MAX_WORD_LENGTH = 32;

/** Words of a clip: lyrics of 5,000 characters have fewer. */
const MAX_WORDS = 2_000;

/** Further words would not narrow a search down. */
const MAX_TYPED_WORDS = 8;
const MAX_TYPED_LENGTH = 200;

const UUID_START = /^[0-9a-f]{8}-[0-9a-f-]{0,28}$/i;

/** What a clip is searched by. */
export type SearchedClip = Pick<Clip, 'clipId' | 'title' | 'tags' | 'lyrics' | 'prompt'>;

/** The words of a clip: of title, tags, lyrics, prompt and id, each once. */
export function listClipWords({ clipId, title, tags, lyrics, prompt }: SearchedClip): readonly string[] {
  const texts = [title, tags, prompt, lyrics].filter((text) => text !== undefined);
  const words = new Set([wholeId(clipId), ...(UUID_START.test(clipId) ? [] : split(clipId, listStarts))]);
  for (const word of split(texts.join('\n'), listStarts)) {
    if (words.size >= MAX_WORDS) break;
    words.add(word);
  }
  return [...words];
}

/**
 * The words with which a clip's words have to begin to be found by what somebody typed: accents, case and signs do
 * not count. Empty when nothing was typed that could be a word.
 */
export function listTypedWords(text: string): readonly string[] {
  const typed = text.trim().slice(0, MAX_TYPED_LENGTH);
  if (UUID_START.test(typed)) return [wholeId(typed)];
  const words = [...new Set(split(typed, listParts))].slice(0, MAX_TYPED_WORDS);
  // Whatever begins with the longer word begins with the shorter one too.
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)));
}

/** Databases fold only ASCII, each in its own way, so the program does it on both sides. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’ʼ]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

/** An id is typed from its beginning, and its parts are no words. */
function wholeId(clipId: string): string {
  return cut(fold(clipId).replace(/[-_]/g, ''));
}

function split(text: string, divide: (run: string) => readonly string[]): readonly string[] {
  return (fold(text).match(WORDS) ?? []).flatMap((word) => {
    const runs = word.match(UNSPACED);
    if (!runs) return [cut(word)];
    const spaced = word.split(UNSPACED).filter(Boolean).map(cut);
    return [...spaced, ...runs.flatMap(divide)];
  });
}

/** Every place at which a word may begin. */
function listStarts(run: string): readonly string[] {
  const letters = [...run];
  return letters.map((_, index) => letters.slice(index, index + UNSPACED_LENGTH).join(''));
}

/** The same for what was typed: its pieces all have to be there. */
function listParts(run: string): readonly string[] {
  const starts = listStarts(run);
  return starts.slice(0, Math.max(1, starts.length - UNSPACED_LENGTH + 1));
}

function cut(word: string): string {
  return word.length <= MAX_WORD_LENGTH ? word : [...word].slice(0, MAX_WORD_LENGTH).join('');
}
