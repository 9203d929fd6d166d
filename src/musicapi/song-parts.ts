import type { TimedWord } from '../domain/tool-result.ts';
import { type LyricsLine, parseLyricsLines } from './lyrics-lines.ts';
import { readSectionName } from './section-names.ts';

/** A part of a song, such as a verse, with how much there is to sing in it, in no unit. */
export interface SongPart {
  /** Without brackets; empty for what comes before the first tag. */
  readonly name: string;
  readonly share: number;
}

/** A part of a song with its time. */
export interface TimedPart {
  readonly name: string;
  readonly startSeconds: number;
}

/** Without words: as long as two lines. */
const WORDLESS_SHARE = 4;
/** A long line takes longer than a short one, but not as many times as it has more letters. */
const LETTERS_PER_LINE = 30;

/**
 * The parts of a song by its lyrics. A tag begins one if its name is that of a section, or if it stands alone between
 * what is sung; directions such as `[whispered]` below the tag of a section begin none. Empty without any tag.
 */
export function listSongParts(lyrics: string): readonly SongPart[] {
  const parts: { name: string; share: number }[] = [];
  let isBelowTag = false;
  for (const line of parseLyricsLines(lyrics)) {
    const name = findSection(line, isBelowTag);
    if (name !== undefined) parts.push({ name, share: 0 });
    const letters = line.words.trim().length;
    if (letters > 0) {
      if (parts.length === 0) parts.push({ name: '', share: 0 });
      const part = parts.at(-1);
      if (part) part.share += 1 + letters / LETTERS_PER_LINE;
    }
    if (letters > 0 || line.tags.length > 0) isBelowTag = letters === 0;
  }
  if (parts.every(({ name }) => name === '')) return [];
  return parts.map(({ name, share }) => ({ name, share: share || WORDLESS_SHARE }));
}

/**
 * The parts of a song by its words with their times, which hold the tags too. A part without words of its own, such as
 * an intro, stands in front of the next part's tag at the same word: it begins where the words before it end.
 */
export function listTimedParts(words: readonly TimedWord[]): readonly TimedPart[] {
  const tagged = listTaggedWords(words);
  return tagged.map(({ name, index }, at) => {
    const isWordless = tagged[at + 1]?.index === index;
    const startSeconds = isWordless ? words[index - 1]?.endSeconds : words[index]?.startSeconds;
    return { name, startSeconds: startSeconds ?? 0 };
  });
}

/** The tags of parts, each with the index of the word in which it begins. */
function listTaggedWords(words: readonly TimedWord[]): { name: string; index: number }[] {
  const tagged: { name: string; index: number }[] = [];
  const text = words.map(({ word }) => word).join('');
  let index = 0;
  let end = words[0]?.word.length ?? 0;
  for (const { 1: tag = '', index: at } of text.matchAll(/\[([^[\]]*)\]/g)) {
    while (end <= at && index < words.length - 1) {
      index += 1;
      end += words[index]?.word.length ?? 0;
    }
    const name = nameOf(tag);
    if (name && isSectionName(tag)) tagged.push({ name, index });
  }
  return tagged;
}

function findSection({ tags, words }: LyricsLine, isBelowTag: boolean): string | undefined {
  const tag = tags.find(isSectionName) ?? (isBelowTag || words !== '' ? undefined : tags[0]);
  return tag === undefined ? undefined : nameOf(tag) || undefined;
}

function isSectionName(tag: string): boolean {
  const { isKnown, nearest } = readSectionName(tag);
  return isKnown || nearest !== undefined;
}

/** `Verse 2: whispered, slow` is shown as `Verse 2`. */
function nameOf(tag: string): string {
  return (tag.split(/[:,|–—]| - /, 1)[0] ?? '').replace(/\s+/g, ' ').trim();
}
