/** Commands, options and choices with their words: English by default, the other languages by Discord's localisations. */
import { type APIApplicationCommandOptionChoice, Locale, type LocalizationMap } from 'discord-api-types/v10';
import type { Words } from '../../words/en.ts';
import { LANGUAGES, type Language, spokenLanguage, wordsOf } from '../../words/words.ts';

type CommandWords = Words['commands'];

/** The locales in which Discord shows each language; the first one is shown where there is no other. */
const LOCALES: Readonly<Record<Exclude<Language, 'en'>, readonly Locale[]>> = { de: [Locale.German] };

interface Described {
  setName(name: string): unknown;
  setNameLocalizations(names: LocalizationMap | null): unknown;
  setDescription(description: string): unknown;
  setDescriptionLocalizations(descriptions: LocalizationMap | null): unknown;
}

/**
 * Names and describes a command, subcommand or option.
 *
 * @param name - what Discord sends, whatever the person sees
 * @param describe - finds the description, of at most 100 characters
 */
export function localised<B extends Described>(
  builder: B,
  name: keyof CommandWords['names'],
  describe: (words: CommandWords) => string,
): B {
  builder.setName(name);
  builder.setNameLocalizations(translate(({ commands }) => commands.names[name]));
  builder.setDescription(describe(wordsOf(LANGUAGES[0]).commands));
  builder.setDescriptionLocalizations(translate(({ commands }) => describe(commands)));
  return builder;
}

/** Names an entry of a context menu: in capitals and with spaces, of at most 32 characters. */
export function localisedEntry<B extends Pick<Described, 'setName' | 'setNameLocalizations'>>(
  builder: B,
  find: (words: Words) => string,
): B {
  builder.setName(find(wordsOf(LANGUAGES[0])));
  builder.setNameLocalizations(translate(find));
  return builder;
}

/**
 * Choices by the words for them.
 *
 * @param find - finds the words, by value
 */
export function choicesOf<Value extends string>(
  values: readonly Value[],
  find: (words: Words) => Readonly<Record<Value, string>>,
): APIApplicationCommandOptionChoice<string>[] {
  return values.map((value) => ({
    name: find(wordsOf(LANGUAGES[0]))[value],
    name_localizations: translate((words) => find(words)[value]),
    value,
  }));
}

/** Choices that are proper names, the same in every language. */
export function properChoices(values: readonly string[]): APIApplicationCommandOptionChoice<string>[] {
  return values.map((value) => ({ name: value, value }));
}

/** What Discord was told, by locale. */
type Translations = { readonly [locale in Locale]?: string | null | undefined };

interface NamedBody {
  readonly name: string;
  readonly name_localizations?: Translations | null | undefined;
}

/**
 * The name under which a client shows a command, subcommand or option.
 *
 * @param locale - of the client
 */
export function shownNameOf({ name, name_localizations: names }: NamedBody, locale: string): string {
  return new Map(Object.entries(names ?? {})).get(locale) ?? name;
}

interface DescribedBody {
  readonly description: string;
  readonly description_localizations?: Translations | null | undefined;
}

/** What a command does, in the language that is spoken. */
export function descriptionOf(body: DescribedBody): string {
  const { description, description_localizations: descriptions } = body;
  const language = spokenLanguage();
  const [locale] = language === 'en' ? [] : LOCALES[language];
  return (locale && descriptions?.[locale]) ?? description;
}

function translate(find: (words: Words) => string): LocalizationMap {
  const translations = LANGUAGES.flatMap((language) =>
    language === 'en' ? [] : LOCALES[language].map((locale) => [locale, find(wordsOf(language))] as const),
  );
  return Object.fromEntries(translations);
}
