/** Names and descriptions in the languages of Discord's clients. */
import { Locale } from 'discord-api-types/v10';
import { z } from 'zod';
import { report } from './form.ts';

/** @see https://discord.com/developers/docs/reference#locales */
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));

/** What a client shows where its own locale is missing. @see https://discord.com/developers/docs/interactions/application-commands#localization */
const FALLBACKS: Readonly<Record<string, string>> = {
  'en-US': 'en-GB',
  'en-GB': 'en-US',
  'es-419': 'es-ES',
};

/** Texts by locale: only for locales that Discord has, and each as strict as the text that it stands for. */
export function localized<T extends z.ZodType>(schema: T) {
  return z
    .record(z.string(), schema.nullable())
    .superRefine((value, ctx) => {
      for (const locale of Object.keys(value).filter((one) => !LOCALES.has(one))) {
        report(ctx, [locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
      }
    })
    .nullish();
}

type Names = Readonly<Record<string, unknown>> | null | undefined;

/** What has a name that clients show. */
export interface Named {
  readonly name: string;
  readonly name_localizations?: Names;
}

/** The name that a client of this locale shows. */
export function shownName({ name, name_localizations: names }: Named, locale: string): string {
  return pick(names, locale) ?? name;
}

/** The description that a client of this locale shows; empty for what has none. */
export function shownDescription(
  one: { readonly description?: string | null | undefined; readonly description_localizations?: Names },
  locale: string,
): string {
  return pick(one.description_localizations, locale) ?? one.description ?? '';
}

function pick(texts: Names, locale: string): string | undefined {
  const shown = texts?.[locale] ?? texts?.[FALLBACKS[locale] ?? locale];
  return typeof shown === 'string' ? shown : undefined;
}

/** Those that some client would show under the name of an earlier one, with the locale. */
export function findShownTwice<N extends Named>(
  all: readonly N[],
): readonly { readonly one: N; readonly locale: string }[] {
  const locales = new Set(all.flatMap(({ name_localizations: names }) => Object.keys(names ?? {})));
  return [...locales].flatMap((locale) => {
    const shown = all.map((one) => shownName(one, locale));
    return all.flatMap((one, index) => {
      const first = shown.indexOf(shown[index] ?? '');
      return first < index && all[first]?.name !== one.name ? [{ one, locale }] : [];
    });
  });
}
