/** One line of lyrics, taken apart by its square brackets. */
export interface LyricsLine {
  /** From 1. */
  readonly number: number;
  /** What stands in the brackets that open the line: `[Verse 2] [soft] words` has `Verse 2` and `soft`. */
  readonly tags: readonly string[];
  /** What is sung: the line without those brackets. */
  readonly words: string;
  readonly fault?: BracketFault | undefined;
}

/** A bracket without its other half. */
export interface BracketFault {
  /** A tag that opens the line and never ends, another bracket that opens within it, or one that only closes. */
  readonly kind: 'unclosed-tag' | 'unclosed-bracket' | 'stray-bracket';
  /** The line from that bracket on; for a stray one the line up to it. */
  readonly text: string;
}

/** Takes lyrics apart, line by line. A tag ends on the line on which it begins. */
export function parseLyricsLines(text: string): readonly LyricsLine[] {
  return text.split(/\r\n|[\r\n]/).map((line, index) => parseLine(line.trim(), index + 1));
}

function parseLine(line: string, number: number): LyricsLine {
  const tags: string[] = [];
  let at = 0;
  while (line[at] === '[') {
    const end = findEnd(line, at);
    if (end === undefined) {
      return { number, tags, words: '', fault: { kind: 'unclosed-tag', text: line.slice(at) } };
    }
    tags.push(line.slice(at + 1, end).trim());
    at = skipSpace(line, end + 1);
  }
  const words = line.slice(at);
  return { number, tags, words, fault: findFault(words) };
}

/** Place of the bracket that closes the one at `open`; undefined when another opens first, or none closes. */
function findEnd(line: string, open: number): number | undefined {
  for (let at = open + 1; at < line.length; at += 1) {
    if (line[at] === ']') return at;
    if (line[at] === '[') return undefined;
  }
  return undefined;
}

function findFault(words: string): BracketFault | undefined {
  let open: number | undefined;
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === '[') {
      if (open !== undefined) break;
      open = at;
    } else if (words[at] === ']') {
      if (open === undefined) return { kind: 'stray-bracket', text: words.slice(0, at + 1) };
      open = undefined;
    }
  }
  return open === undefined ? undefined : { kind: 'unclosed-bracket', text: words.slice(open) };
}

function skipSpace(line: string, from: number): number {
  let at = from;
  while (/\s/.test(line[at] ?? '')) at += 1;
  return at;
}
