import { AMBIGUOUS_NAMES } from './artist-names.ts';
import { isKindWord, isProperWord, isStyleWord } from './style-words.ts';

/** A word, or a punctuation mark that ends a phrase. */
export interface Word {
  readonly text: string;
  /** In small letters, without full stops and apostrophes at its end. */
  readonly plain: string;
}

const PUNCTUATION = /^[,;:!?()[\]"“”\n]$/;

/** Takes a text apart; what stands between brackets, quotes and commas are phrases of their own. */
export function splitWords(text: string): readonly Word[] {
  const parts = text.match(/[,;:!?()[\]"“”\n]|[^\s,;:!?()[\]"“”]+/gu) ?? [];
  return parts.map((part) => ({
    text: part,
    plain: part.toLowerCase().replace(/(?:['’]s)?[.'’]{0,3}$/, ''),
  }));
}

interface Cue {
  readonly words: readonly string[];
  /** So many words with a capital make a name; an ambiguous well-known name (`Queen`) does alone. */
  readonly least: number;
}

/** Strongest first: fewer capitals are needed where hardly anything but a name can follow. */
const CUES: readonly Cue[] = [
  { words: ['style', 'of'], least: 1 },
  { words: ['produced', 'by'], least: 1 },
  { words: ['feat'], least: 1 },
  { words: ['ft'], least: 1 },
  ...['voice of', 'sounds like', 'sound like', 'sounding like'].map((cue) => ({
    words: cue.split(' '),
    least: 2,
  })),
  ...[
    'song',
    'songs',
    'track',
    'hit',
    'album',
    'music',
    'made',
    'sung',
    'performed',
    'written',
    'composed',
  ].map((word) => ({ words: [word, 'by'], least: 2 })),
  ...['similar to', 'reminiscent of', 'inspired by'].map((cue) => ({ words: cue.split(' '), least: 3 })),
];

/**
 * Names that follow a cue such as "in the style of" or "song by".
 *
 * @param isTitle - titles have capitals anyway, so there only "feat." counts
 */
export function findCuedNames(words: readonly Word[], isTitle: boolean): readonly string[] {
  if (!areCapitalsTelling(words)) return [];
  return words.flatMap((word, at) => {
    const cue = CUES.find((each) => each.words.every((cued, index) => words[at + index]?.plain === cued));
    if (cue && !(isTitle && cue.words.length > 1)) return nameAfter(words, at + cue.words.length, cue.least);
    const opensPhrase = at === 0 || PUNCTUATION.test(words[at - 1]?.text ?? '');
    return word.plain === 'by' && opensPhrase && !isTitle ? nameAfter(words, at + 1, 2) : [];
  });
}

/** In a text that is all capitals, or has one on most of its words, they do not mark a name. */
function areCapitalsTelling(words: readonly Word[]): boolean {
  const written = words.filter(({ text }) => /\p{L}/u.test(text));
  return written.filter(isCapital).length <= written.length * 0.75;
}

function nameAfter(words: readonly Word[], from: number, least: number): readonly string[] {
  const rest = words.slice(from, from + MAX_NAME_WORDS);
  const end = rest.findIndex((word) => !isCapital(word));
  const name = end === -1 ? rest : rest.slice(0, end);
  const isKnown = AMBIGUOUS_NAMES.has(name[0]?.plain ?? '');
  const isThing = isKindWord(name.at(-1)?.plain ?? '') || name.every(({ plain }) => isProperWord(plain));
  const isLikely = name.length >= least && !isThing;
  return isKnown || isLikely ? [formatName(isKnown ? name.slice(0, 1) : name)] : [];
}

const MAX_NAME_WORDS = 4;
/** Nobody is named by "prod. by me". */
const NOBODY = new Set(['me', 'us', 'myself', 'ourselves', 'ai', 'the', 'a', 'an', 'my', 'our']);

/** Producer tags: `prod. X`, `prod by X`, `(prod X)`, with or without capitals. */
export function findProducers(words: readonly Word[]): readonly string[] {
  return words.flatMap(({ text, plain }, at) => {
    if (plain !== 'prod') return [];
    const isBy = words[at + 1]?.plain === 'by';
    const isBracketed = ['(', '['].includes(words[at - 1]?.text ?? '');
    if (!isBy && !isBracketed && !text.endsWith('.')) return [];
    const from = at + (isBy ? 2 : 1);
    const first = words[from];
    if (!first || PUNCTUATION.test(first.text) || NOBODY.has(first.plain)) return [];
    const second = words[from + 1];
    return [formatName(second && isCapital(first) && isCapital(second) ? [first, second] : [first])];
  });
}

/** `X type beat` and `X-type beat`, where X is not words for a style. */
export function findTypeBeats(words: readonly Word[]): readonly string[] {
  return words.flatMap(({ plain }, at) => {
    if (!/^beats?$/.test(plain)) return [];
    const type = words[at - 1];
    if (type?.plain.endsWith('-type')) {
      const name = type.text.slice(0, -'-type'.length);
      return isStyleWord(name.toLowerCase()) ? [] : [name];
    }
    if (type?.plain !== 'type') return [];
    const before = words.slice(Math.max(0, at - 4), at - 1);
    const last = before.findLastIndex(({ text, plain: word }) => PUNCTUATION.test(text) || isStyleWord(word));
    const name = before.slice(last + 1);
    return name.length > 0 ? [formatName(name)] : [];
  });
}

function isCapital({ text }: Word): boolean {
  return /^\p{Lu}/u.test(text);
}

function formatName(name: readonly Word[]): string {
  return name
    .map(({ text }) => text)
    .join(' ')
    .replace(/(?:['’]s)?[.'’]{0,3}$/, '');
}
