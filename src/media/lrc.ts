import type { TimedWord } from '../domain/tool-result.ts';

/** What an `.lrc` file is written from. */
export interface LrcSource {
  readonly title: string;
  /** In the order in which they are sung; a line ends where a word holds a line break. */
  readonly words: readonly TimedWord[];
  /** Of the song; that of the last word, if not given. */
  readonly durationSeconds?: number | undefined;
}

/**
 * The words of a song as an `.lrc` file: `[ti:…]`, `[length:mm:ss]`, then each sung line after the time of its first
 * word, as `[mm:ss.xx]`. Section tags (`[Verse]`) are not sung and left out. Times never decrease: one that is missing
 * or lies before its predecessor becomes that. Without a sung line only the head is left.
 *
 * Words that bring their own spaces are joined as they are, for then some are syllables; others get a space between
 * them, but not in scripts that have none. (`word` with section tags and line breaks: musicapi.ai lyric alignment
 * guide.)
 */
export function buildLrc({ title, words, durationSeconds }: LrcSource): string {
  const lines = listSungLines(words);
  let last = 0;
  const sung = lines.map(({ text, startSeconds }) => {
    last = Math.max(last, toCentiseconds(startSeconds));
    return `[${formatTime(last)}]${text}`;
  });
  const end = durationSeconds ?? words.reduce((latest, word) => Math.max(latest, finite(word.endSeconds)), 0);
  const head = [`[ti:${withoutBrackets(title)}]`, `[length:${formatTime(toCentiseconds(end)).slice(0, -3)}]`];
  return `${[...head, ...sung].join('\n')}\n`;
}

/** A line of a song. Its times are as they came: one may be missing (`NaN`), or lie before that of another line. */
export interface SungLine {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** The lines that are sung, in their order, without section tags. */
export function listSungLines(words: readonly TimedWord[]): readonly SungLine[] {
  return splitLines(spaceOut(words)).flatMap(readLine);
}

/** A stretch of one line, sung in this time. */
type Piece = SungLine;

function spaceOut(words: readonly TimedWord[]): readonly Piece[] {
  const bringSpaces = words.some(({ word }) => /^[ \t]|[ \t]$/.test(word));
  return words.map(({ word, ...times }, index) => {
    const before = words[index - 1]?.word ?? '';
    const isApart = index > 0 && !bringSpaces && !(isSpaceless(before.at(-1)) && isSpaceless(word[0]));
    return { ...times, text: isApart ? ` ${word}` : word };
  });
}

/** Letters of scripts that put no space between words. */
function isSpaceless(unit = ''): boolean {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u.test(unit);
}

function splitLines(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const { text, ...times } of pieces) {
    for (const [index, part] of text.split(/\r\n|[\r\n]/).entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push({ ...times, text: part });
    }
  }
  return lines;
}

/** Gives none for a line of which nothing is sung. */
function readLine(pieces: readonly Piece[]): readonly SungLine[] {
  const whole = pieces.map(({ text }) => text).join('');
  // Of equal length, so that places in it are places in the pieces. A tag may be cut over several words.
  const sung = whole.replace(/\[[^[\]]*\]/g, (tag) => ' '.repeat(tag.length));
  const text = withoutBrackets(sung);
  if (text === '') return [];
  let offset = 0;
  const heard = pieces.filter((piece) => {
    const part = sung.slice(offset, offset + piece.text.length);
    offset += piece.text.length;
    return part.trim() !== '';
  });
  const startSeconds = heard[0]?.startSeconds ?? Number.NaN;
  return [{ text, startSeconds, endSeconds: heard.at(-1)?.endSeconds ?? Number.NaN }];
}

/** On one line, and with nothing that a player would take for a tag or a time. */
function withoutBrackets(text: string): string {
  return text
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The format has two digits for minutes. */
const MAX_CENTISECONDS = 99 * 6_000 + 5_999;

function toCentiseconds(seconds: number): number {
  return Math.min(MAX_CENTISECONDS, Math.round(finite(seconds) * 100));
}

function finite(seconds: number): number {
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}

/** `mm:ss.xx` */
function formatTime(centiseconds: number): string {
  const pair = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${pair(centiseconds / 6_000)}:${pair((centiseconds / 100) % 60)}.${pair(centiseconds % 100)}`;
}
