import { words } from '../words/words.ts';
import { ARTIST_NAMES, CAPITAL_NAMES } from './artist-names.ts';
import { excerptOf } from './code-points.ts';
import type { Finding } from './finding.ts';
import { findCuedNames, findProducers, findTypeBeats, splitWords } from './name-cues.ts';

/** More of them would say nothing new. */
const MAX_NAMES = 5;
const MAX_QUOTE = 40;

/**
 * Names of artists and of producers in a text that describes music: a prompt, tags or a title. MusicAPI answers those
 * with 403 (docs.musicapi.ai/error-handling) without saying whom it knows, so each is a warning and never a refusal.
 *
 * Found are well-known names wherever they stand, and others by what stands beside them: "in the style of X", "sounds
 * like X", "a song by X", "feat. X", "prod. X", "X type beat". Where only capital letters tell a name, a name in small
 * letters is missed rather than a harmless word suspected.
 *
 * @param field - the option as the person sees it; in a `title` capitals mark no names
 */
export function lintStyleWords(field: string, text: string): readonly Finding[] {
  const words = splitWords(text);
  const names = [
    ...findWellKnown(text),
    ...findCuedNames(words, field === 'title'),
    ...findProducers(words),
    ...findTypeBeats(words),
  ];
  return withoutRepeats(names)
    .slice(0, MAX_NAMES)
    .map((name) => ({ field, severity: 'warning', message: describeName(name) }));
}

function describeName(name: string): string {
  return words().findings.artistName({ name: excerptOf(name, MAX_QUOTE) });
}

const WELL_KNOWN = ARTIST_NAMES.map((name) => ({ name, folded: ` ${fold(name).toLowerCase()} ` }));
const WITH_CAPITALS = CAPITAL_NAMES.map((name) => ({ name, folded: ` ${fold(name)} ` }));

function findWellKnown(text: string): readonly string[] {
  const written = ` ${fold(text)} `;
  const small = written.toLowerCase();
  return [
    ...WELL_KNOWN.filter(({ folded }) => small.includes(folded)),
    ...WITH_CAPITALS.filter(({ folded }) => written.includes(folded)),
  ].map(({ name }) => name);
}

/** Without accents, and a single space for everything between words. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Drops names that are said already, alone or as a part of a longer one. */
function withoutRepeats(names: readonly string[]): readonly string[] {
  const folded = names.map((name) => ` ${fold(name).toLowerCase()} `);
  return names.filter((_, at) =>
    folded.every(
      (other, index) =>
        index === at || !other.includes(folded[at] ?? '') || (other === folded[at] && index > at),
    ),
  );
}
