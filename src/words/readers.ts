import type { Origin } from '../domain/origin.ts';
import { type Language, languageOf } from './words.ts';

/** The language of the person who asked: of everything that only they see. */
export function languageForRequester(origin: Pick<Origin, 'locale'>): Language {
  return languageOf(origin.locale);
}

/** The language of what becomes of a request where everybody sees it: the server's, if there is one. */
export function languageForAll(origin: Pick<Origin, 'locale' | 'serverLocale' | 'isPrivate'>): Language {
  return languageOf(origin.isPrivate ? origin.locale : (origin.serverLocale ?? origin.locale));
}
