import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language, speak, words, wordsOf } from '../../src/words/words.ts';
import { callMarked, type Entry, listEntries } from './tree.ts';
import { findUsed, readSources } from './uses.ts';

const ROOT = join(import.meta.dirname, '../..');
const ENGLISH = listEntries(wordsOf('en'));
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

const functionsOf = (language: Language) =>
  [...listEntries(wordsOf(language))].flatMap(([path, entry]) =>
    typeof entry === 'function' ? [{ path, entry }] : [],
  );

/** Words that are the same in English and in German, in small letters. */
const SAME: ReadonlySet<string> = new Set([
  'budget',
  'budgets',
  'clip',
  'cover',
  'credits',
  'download',
  'engine',
  'flac',
  'format',
  'instrumental',
  'mashup',
  'mib',
  'midi',
  'name',
  'pause',
  'persona',
  'prompt',
  'remaster',
  'sample',
  'server',
  'song',
  'songs',
  'stems',
  'tags',
  'tempo',
  'variation',
  'wav',
]);

describe('the catalogues', () => {
  it.each(OTHERS)('have the same entries in %s as in English', (language) => {
    const kinds = (entries: ReadonlyMap<string, Entry>) =>
      [...entries].map(([path, entry]) => `${path}: ${typeof entry}`).toSorted();
    expect(kinds(listEntries(wordsOf(language)))).toEqual(kinds(ENGLISH));
  });

  it.each(LANGUAGES)('show every placeholder of every sentence in %s', (language) => {
    const lost = functionsOf(language).flatMap(({ path, entry }) =>
      [true, false].flatMap((choice) =>
        callMarked(entry, language, choice).lost.map((name) => `${path}: ${name}`),
      ),
    );
    expect([...new Set(lost)]).toEqual([]);
  });

  it.each(OTHERS)('read the same placeholders in %s as in English', (language) => {
    const different = functionsOf(language).flatMap(({ path, entry }) => {
      const english = ENGLISH.get(path);
      if (typeof english !== 'function') return [path];
      const read = (of: typeof entry, by: Language) =>
        [true, false].map((choice) => callMarked(of, by, choice).read.join(' ')).join(' | ');
      return read(entry, language) === read(english, 'en') ? [] : [path];
    });
    expect(different).toEqual([]);
  });

  it('have nothing that is never said', () => {
    // Hands whole areas on to those who choose from them; what they choose is seen there.
    const helper = 'src/discord/options/localised.ts';
    const paths = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: ROOT }).filter(
      (path) => path !== helper && !/^src\/words\/(?:en|de)(?:\/|\.ts$)/.test(path),
    );
    const used = findUsed({ ...wordsOf('en') }, readSources(paths));
    expect([...ENGLISH.keys()].filter((path) => !used.has(path))).toEqual([]);
  });

  it.each([
    ['en', '/help'],
    ['de', '/hilfe'],
  ] as const)('name commands in %s as clients of that language show them, such as %s', (language, help) => {
    const names: readonly string[] = Object.values(wordsOf(language).commands.names);
    const named = [...listEntries(wordsOf(language))].flatMap(([path, entry]) =>
      [...textOf(entry, language).matchAll(/(?<![\p{L}\p{N}/<⟧])\/(\p{Ll}[\p{Ll}-]*)/gu)].map(
        ([command, name = '']) => ({ path, command, name }),
      ),
    );
    expect(named.map(({ command }) => command)).toContain(help);
    const wrong = named.filter(({ name }) => !names.includes(name));
    expect(wrong.map(({ path, command }) => `${path}: ${command}`)).toEqual([]);
  });

  it('have no sentence that was left in English', () => {
    const german = listEntries(wordsOf('de'));
    const same = [...ENGLISH].flatMap(([path, entry]) => {
      const other = german.get(path);
      const text = textOf(entry, 'en');
      return text === textOf(other ?? '', 'de') && !isSame(text) ? [`${path}: ${text}`] : [];
    });
    expect(same).toEqual([]);
  });
});

/** Without the placeholders, what is left is no word at all or has only words that both languages have. */
function isSame(text: string): boolean {
  const own = text.replace(/⟦\w+⟧/g, ' ').match(/\p{L}+/gu) ?? [];
  return own.every((word) => SAME.has(word.toLowerCase()));
}

function textOf(entry: Entry, language: Language): string {
  if (typeof entry === 'string') return entry;
  return [true, false].map((choice) => callMarked(entry, language, choice).text).join(' ');
}

describe('numbers', () => {
  it.each([
    ['en', 0, '0 credits'],
    ['en', 1, '1 credit'],
    ['en', 2, '2 credits'],
    ['en', 1_000, '1,000 credits'],
    ['de', 0, '0 Credits'],
    ['de', 1, '1 Credit'],
    ['de', 2, '2 Credits'],
    ['de', 1_000, '1.000 Credits'],
  ] as const)('are formed in %s as wanted for %i', (language, credits, text) => {
    expect(speak(language, () => words().units.credits({ credits }))).toBe(text);
  });

  it.each([
    ['en', 'a', 'a, b and c', 'a or b'],
    ['de', 'a', 'a, b und c', 'a oder b'],
  ] as const)('of things are listed in %s', (language, one, three, either) => {
    const { units } = wordsOf(language);
    expect(units.and({ parts: ['a'] })).toBe(one);
    expect(units.and({ parts: ['a', 'b', 'c'] })).toBe(three);
    expect(units.or({ parts: ['a', 'b'] })).toBe(either);
  });

  it.each([
    ['en', 'in any hour', 'in any 12 hours', 'And one more unknown tag.', 'And 1,200 more unknown tags.'],
    [
      'de',
      'in jeweils einer Stunde',
      'in jeweils 12 Stunden',
      'Und noch ein unbekannter Abschnitt.',
      'Und noch 1.200 unbekannte Abschnitte.',
    ],
  ] as const)('choose the form of the words around them in %s', (language, hour, hours, tag, tags) => {
    const { budgets, findings } = wordsOf(language);
    expect(budgets.period.rolling({ hours: 1 })).toBe(hour);
    expect(budgets.period.rolling({ hours: 12 })).toBe(hours);
    expect(findings.lyrics.more.unknown({ count: 1 })).toBe(tag);
    expect(findings.lyrics.more.unknown({ count: 1_200 })).toBe(tags);
  });

  it('that are compared with a bound keep every place', () => {
    const facts = { option: 'x', min: 0, max: 1, value: 1.0004 };
    expect(wordsOf('en').findings.input.between(facts)).toContain('yours is 1.0004.');
    expect(wordsOf('de').findings.input.between(facts)).toContain('deiner ist 1,0004.');
  });
});
