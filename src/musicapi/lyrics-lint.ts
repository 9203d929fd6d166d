import type { Words } from '../words/en.ts';
import { words } from '../words/words.ts';
import { countCodePoints, excerptOf } from './code-points.ts';
import type { Finding } from './finding.ts';
import { type BracketFault, type LyricsLine, parseLyricsLines } from './lyrics-lines.ts';
import { readSectionName } from './section-names.ts';

export type { Finding } from './finding.ts';

/** Of one kind so many are told one by one, and the others as a number. */
const MAX_OF_A_KIND = 8;
const MAX_QUOTE = 40;

/**
 * Everything in lyrics that would waste credits, the length first and the rest from top to bottom.
 *
 * - Refusals: longer than the limit; a tag that opens a line and is never closed. MusicAPI refuses lyrics whose format
 *   is invalid (docs.musicapi.ai/error-handling, 403), and what it does not refuse there it sings.
 * - Warnings: a tag that is none of the documented ones (docs.musicapi.ai/sonic-instructions), a section without
 *   lines that is not instrumental by its name, a bracket within a line that lacks its other half.
 *
 * Directions do no harm where they belong: in the tag of a section (`[Verse: whispered]`) or directly below it, in
 * brackets of their own.
 *
 * @param limit - in code points, of the text without outer white space, which is not sent
 */
export function lintLyrics(text: string, { limit }: { readonly limit: number }): readonly Finding[] {
  const lines = parseLyricsLines(text);
  const tags = listTags(lines);
  return [
    ...checkLength(text.trim(), limit),
    ...summarise('refusal', 'unclosed', findUnclosedTags(lines)),
    ...summarise('warning', 'unknown', findUnknownTags(tags)),
    ...summarise('warning', 'empty', findEmptySections(tags)),
    ...summarise('warning', 'brackets', findSingleBrackets(lines)),
  ];
}

function checkLength(text: string, limit: number): readonly Finding[] {
  const count = countCodePoints(text);
  if (count <= limit) return [];
  const message = words().findings.lyrics.tooLong({ most: limit, count, excess: count - limit });
  return [{ field: 'lyrics', severity: 'refusal', message }];
}

function findUnclosedTags(lines: readonly LyricsLine[]): readonly string[] {
  return lines.flatMap(({ number, fault }) => {
    if (fault?.kind !== 'unclosed-tag') return [];
    return [words().findings.lyrics.unclosedTag(factsOf(number, fault))];
  });
}

function findSingleBrackets(lines: readonly LyricsLine[]): readonly string[] {
  return lines.flatMap(({ number, fault }) => {
    if (!fault || fault.kind === 'unclosed-tag') return [];
    const { unclosedBracket, strayBracket } = words().findings.lyrics;
    const describe = fault.kind === 'unclosed-bracket' ? unclosedBracket : strayBracket;
    return [describe(factsOf(number, fault))];
  });
}

function factsOf(number: number, fault: BracketFault) {
  return { place: formatLines([number]), text: shorten(fault.text), advice: adviceFor(fault) };
}

/** Names the tag that was meant, where the line is nothing but that. */
function adviceFor({ kind, text }: BracketFault): string {
  const says = words().findings.lyrics;
  const meant = text.replace(/[[\]]/g, '').trim();
  if (kind !== 'unclosed-bracket' && countCodePoints(meant) <= MAX_QUOTE && readSectionName(meant).isKnown) {
    return says.writeAlone({ tag: meant });
  }
  return kind === 'stray-bracket' ? says.openIt : says.closeIt;
}

/** A tag with what its place says about it. */
interface PlacedTag {
  readonly line: number;
  readonly text: string;
  readonly isKnown: boolean;
  readonly isWordless: boolean;
  readonly nearest?: string | undefined;
  /** Stands beside or directly below the tag of a section and is like no name of one. */
  readonly isDirection: boolean;
  /** There is something to sing before the next section. */
  readonly hasWords: boolean;
}

function listTags(lines: readonly LyricsLine[]): readonly PlacedTag[] {
  const placed: PlacedTag[] = [];
  let waiting: Omit<PlacedTag, 'hasWords'>[] = [];
  const settle = (hasWords: boolean) => {
    placed.push(...waiting.map((tag) => ({ ...tag, hasWords })));
    waiting = [];
  };
  let isBelowTag = false;
  for (const { number, tags, words, fault } of lines) {
    for (const [index, text] of tags.entries()) {
      const name = readSectionName(text);
      const isSection = name.isKnown || name.nearest !== undefined;
      if (isSection) settle(false);
      const isDirection = !isSection && text !== '' && (isBelowTag || index > 0);
      waiting.push({ line: number, text, ...name, isDirection });
    }
    isBelowTag = words === '' && tags.length > 0;
    if (words !== '') settle(true);
    // What an unclosed tag was meant to be is not known, so nothing is said of the section before it.
    if (fault?.kind === 'unclosed-tag') settle(true);
  }
  settle(false);
  return placed;
}

function findUnknownTags(tags: readonly PlacedTag[]): readonly string[] {
  const unknown = tags.filter(({ isKnown, isDirection }) => !isKnown && !isDirection);
  return [...Map.groupBy(unknown, ({ text }) => text.toLowerCase()).values()].map((same) => {
    const [{ text, nearest } = { text: '', nearest: undefined }] = same;
    const says = words().findings.lyrics;
    const place = formatLines(same.map(({ line }) => line));
    if (text === '') return says.nameless({ place });
    const tag = { place, text: shorten(`[${text}]`) };
    return nearest ? says.misspelt({ ...tag, nearest }) : says.unknown(tag);
  });
}

function findEmptySections(tags: readonly PlacedTag[]): readonly string[] {
  const empty = tags.filter(({ isKnown, isWordless, hasWords }) => isKnown && !isWordless && !hasWords);
  const { emptySection } = words().findings.lyrics;
  return empty.map(({ line, text }) =>
    emptySection({ place: formatLines([line]), text: shorten(`[${text}]`) }),
  );
}

function summarise(
  severity: Finding['severity'],
  kind: keyof Words['findings']['lyrics']['more'],
  messages: readonly string[],
): readonly Finding[] {
  const left = messages.length - MAX_OF_A_KIND;
  const more = left > 0 ? [words().findings.lyrics.more[kind]({ count: left })] : [];
  return [...messages.slice(0, MAX_OF_A_KIND), ...more].map((message) => ({
    field: 'lyrics',
    severity,
    message,
  }));
}

/** `Line 3`, `Lines 3, 7 and 9`, `Lines 3, 7, 9 and 12 more`. */
function formatLines(numbers: readonly number[]): string {
  const distinct = [...new Set(numbers)];
  const first = distinct.slice(0, distinct.length > 4 ? 3 : 4);
  const { lines, linesAndMore } = words().findings.lyrics;
  const named = first.map(String);
  const more = distinct.length - first.length;
  return more > 0 ? linesAndMore({ lines: named, more }) : lines({ lines: named });
}

/** On one line, as it is quoted. */
function shorten(text: string): string {
  return excerptOf(text.replace(/\s+/g, ' '), MAX_QUOTE);
}
