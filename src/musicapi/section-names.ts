/** The sections that MusicAPI names (docs.musicapi.ai/sonic-instructions; from `End` on its FAQ). */
const DOCUMENTED = [
  'Intro',
  'Verse',
  'Pre-Chorus',
  'Chorus',
  'Hook',
  'Break',
  'Bridge',
  'Outro',
  'End',
  'Fade Out',
  'Short Instrumental Outro',
  'Instrumental',
] as const;

/** Not named there, but it says in any language and for any instrument what is meant: `Guitar Solo`. */
const UNDERSTOOD = ['solo'];

const KNOWN = [...DOCUMENTED.map(lettersOf), ...UNDERSTOOD, 'prechorus', 'fadeout'];

/** A section whose tag has one of these words needs no lines. */
const WORDLESS =
  /(?:^| )(?:intro|outro|break|breakdown|drop|build|end|fade|fadeout|instrumental|interlude|solo|no vocals)(?: |$)/;

/** What others call the documented sections. */
const OTHER_NAMES: Readonly<Record<string, (typeof DOCUMENTED)[number]>> = {
  refrain: 'Chorus',
  estribillo: 'Chorus',
  coro: 'Chorus',
  ritornello: 'Chorus',
  strophe: 'Verse',
  estrofa: 'Verse',
  strofa: 'Verse',
  couplet: 'Verse',
  stanza: 'Verse',
  puente: 'Bridge',
  ponte: 'Bridge',
  pont: 'Bridge',
  introduction: 'Intro',
  prelude: 'Intro',
  opening: 'Intro',
  interlude: 'Instrumental',
  drop: 'Break',
  breakdown: 'Break',
  build: 'Pre-Chorus',
  buildup: 'Pre-Chorus',
  ending: 'End',
  fin: 'End',
  coda: 'Outro',
  fade: 'Fade Out',
};

/** How a tag is understood. */
export interface SectionName {
  readonly isKnown: boolean;
  /** Nobody wonders that no lines follow. */
  readonly isWordless: boolean;
  /** For an unknown one: what was probably meant, by another name or by a slip of the keys. */
  readonly nearest?: string | undefined;
}

/**
 * Reads what stands in the brackets. Numbers, repeats and descriptions around a known name do no harm: `Verse 2`,
 * `Chorus x2`, `Final Chorus`, `Intro - soft piano`, `Verse: whispered`, `Guitar Solo`.
 */
export function readSectionName(tag: string): SectionName {
  const letters = lettersOf(tag);
  const isWordless = WORDLESS.test(letters);
  if (KNOWN.some((name) => isAtAnEnd(name, letters))) return { isKnown: true, isWordless };
  return {
    isKnown: false,
    isWordless,
    nearest: findNearest(lettersOf(tag.split(/[:,|–—]| - /, 1)[0] ?? '')),
  };
}

/** Words of letters, in small letters, with single spaces between them. */
function lettersOf(tag: string): string {
  return (tag.toLowerCase().match(/\p{L}+/gu) ?? []).join(' ');
}

function isAtAnEnd(name: string, letters: string): boolean {
  return letters === name || letters.startsWith(`${name} `) || letters.endsWith(` ${name}`);
}

/** Longer ones are descriptions, not names. */
const MAX_NAME_LENGTH = 30;

function findNearest(letters: string): string | undefined {
  if (letters === '' || letters.length > MAX_NAME_LENGTH) return undefined;
  const words = letters.split(' ');
  const byName = words.map((word) => (Object.hasOwn(OTHER_NAMES, word) ? OTHER_NAMES[word] : undefined));
  const named = byName.find((name) => name !== undefined);
  if (named) return named;
  const tries = [letters, words[0] ?? '', words.at(-1) ?? ''];
  return DOCUMENTED.find((name) => tries.some((text) => isSlip(text, lettersOf(name))));
}

/** In short names one letter makes another word, so those forgive only what keeps their first letter. */
function isSlip(text: string, name: string): boolean {
  if (name.length <= 4) return text.length > 2 && text[0] === name[0] && countEdits(text, name) <= 1;
  return countEdits(text, name) <= (name.length <= 5 ? 1 : 2);
}

/** Letters to insert, delete, replace or swap with their neighbour to make one text the other. */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap && row > 1 && column > 1 ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
