import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { unpackWoff } from './woff.ts';

/** The typeface of everything that is drawn: Inter, which comes in one file for each group of scripts. */
export const FONT_FAMILY = 'Inter';

const WEIGHT = 500;
const require = createRequire(import.meta.url);

/** First and last code point. */
type Range = readonly [number, number];

/** Every group of scripts with what it covers. */
const SUBSETS: readonly (readonly [string, readonly Range[]])[] = Object.entries(
  require('@fontsource/inter/unicode.json') as Record<string, string>,
).map(([subset, ranges]) => [subset, ranges.split(',').map(parseRange)]);

/** Whether every character of a text can be drawn. */
export function isDrawable(text: string): boolean {
  return [...text].every((character) => subsetOf(character) !== undefined);
}

/** The font files that these texts need. */
export async function loadFonts(texts: readonly string[]): Promise<readonly Buffer[]> {
  const subsets = new Set([...texts.join('')].map(subsetOf).filter((subset) => subset !== undefined));
  return await Promise.all(
    [...subsets].map(async (subset) =>
      unpackWoff(
        await readFile(require.resolve(`@fontsource/inter/files/inter-${subset}-${WEIGHT}-normal.woff`)),
      ),
    ),
  );
}

function subsetOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  // Latin stands last and has what most texts need.
  return SUBSETS.findLast(([, ranges]) => ranges.some(([first, last]) => code >= first && code <= last))?.[0];
}

function parseRange(range: string): Range {
  const [first = 0, last = first] = range
    .replace('U+', '')
    .split('-')
    .map((code) => Number.parseInt(code, 16));
  return [first, last];
}
