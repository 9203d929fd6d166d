/** What the bot says, in every language it knows. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { de } from './de.ts';
import { en, type Words } from './en.ts';

/** The languages there are, as Discord names them (Discord: Reference, Locales); the first is spoken otherwise. */
export const LANGUAGES = ['en', 'de'] as const;
/** One of them. */
export type Language = (typeof LANGUAGES)[number];

const CATALOGUES: Readonly<Record<Language, Words>> = { en, de };

const spoken = new AsyncLocalStorage<Language>();

/** The catalogue of the language that is being spoken: that of `speak` around the call, else English. */
export function words(): Words {
  return CATALOGUES[spokenLanguage()];
}

/** The language that is being spoken. */
export function spokenLanguage(): Language {
  return spoken.getStore() ?? LANGUAGES[0];
}

/** The catalogue of a language, whichever is being spoken. */
export function wordsOf(language: Language): Words {
  return CATALOGUES[language];
}

/** Runs something in a language; whatever it awaits speaks that language too, until a `speak` further in. */
export function speak<T>(language: Language, run: () => T): T {
  return spoken.run(language, run);
}

/** The language that comes nearest to a locale of Discord: `de` for `de`, `en` for `en-GB`, `fr` and none. */
export function languageOf(locale: string | null | undefined): Language {
  const [primary] = (locale ?? '').toLowerCase().split('-');
  return LANGUAGES.find((language) => language === primary) ?? LANGUAGES[0];
}
