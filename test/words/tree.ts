/** The catalogues taken apart: their entries by path, and calls that show what becomes of placeholders. */
import type { Language } from '../../src/words/words.ts';

/** An entry of a catalogue. */
export type Entry = string | ((values: never) => string);

/** Every entry by its path: `findings.text.advice.shorten`. */
export function listEntries(catalogue: object, prefix = ''): Map<string, Entry> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]): (readonly [string, Entry])[] => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      if (typeof value === 'object' && value !== null) return [...listEntries(value, path)];
      return [[path, value]];
    }),
  );
}

/** What an entry said when every placeholder was marked. */
export interface Marked {
  readonly text: string;
  /** Names of the placeholders that it read. */
  readonly read: readonly string[];
  /** Of those, the ones whose mark does not show. */
  readonly lost: readonly string[];
}

/** Placeholders that choose between two sentences instead of being shown. */
const CHOOSING = /^(?:is|has|can)[A-Z]/;

/**
 * Calls an entry with a value for every placeholder that can be anything: in a text it is a mark, in a list one mark,
 * as a number one that no sentence has by itself. Where that is too much, some are plain texts.
 *
 * @param choice - what placeholders say that choose
 */
export function callMarked(entry: (values: never) => string, language: Language, choice: boolean): Marked {
  const read: string[] = [];
  const call = (plain: readonly string[]) => {
    const get = (_target: object, name: string | symbol) => {
      if (typeof name !== 'string') return undefined;
      if (!read.includes(name)) read.push(name);
      if (CHOOSING.test(name)) return choice;
      return plain.includes(name) ? textOf(name) : markOf(name);
    };
    return entry(new Proxy({}, { get }) as never);
  };
  const text = firstThatWorks(entry, call, read);
  const shown = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB');
  const lost = read.filter((name) => {
    const forms = [textOf(name), String(numberOf(name)), shown.format(numberOf(name))];
    return !CHOOSING.test(name) && !forms.some((form) => text.includes(form));
  });
  return { text, read: read.toSorted(), lost };
}

/** With no plain text, with one, with two … of the placeholders that were read by then. */
function firstThatWorks(
  entry: (values: never) => string,
  call: (plain: readonly string[]) => string,
  read: readonly string[],
): string {
  let cause: unknown;
  for (let choice = 0; choice < 2 ** read.length || choice === 0; choice += 1) {
    try {
      return call(read.filter((_name, index) => choice & (1 << index)));
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`${entry} wants more of a placeholder than a text, a number or a list`, { cause });
}

/** A list of one text that is that text where one is wanted, and a number where one is wanted. */
function markOf(name: string): unknown {
  return Object.assign([textOf(name)], {
    [Symbol.toPrimitive]: (hint: string) => (hint === 'number' ? numberOf(name) : textOf(name)),
  });
}

function textOf(name: string): string {
  return `⟦${name}⟧`;
}

/** Above 1,000, so that it is grouped, and another for each name. */
function numberOf(name: string): number {
  const sum = [...name].reduce((code, letter) => (code * 31 + (letter.codePointAt(0) ?? 0)) % 90_000, 7);
  return sum + 1_001;
}
