import { ApiError, FORBIDDEN } from './errors.ts';

/** Words that make the server refuse a text, whatever their case. */
export interface ModerationTriggers {
  /** Refused in description, tags and title as names of artists. */
  readonly artists: readonly string[];
  /** Refused everywhere as inappropriate. */
  readonly inappropriate: readonly string[];
  /** Refused in lyrics as somebody else's. */
  readonly copyrighted: readonly string[];
}

/** The words that are refused unless the options name others. */
export const MODERATION_TRIGGERS: ModerationTriggers = {
  artists: ['taylor swift', 'the beatles'],
  inappropriate: ['badword'],
  copyrighted: ['stolen line'],
};

/** The texts of a request, as moderation sees them. */
export interface ModeratedTexts {
  /** Description, tags and title. */
  readonly descriptions: readonly (string | undefined)[];
  readonly lyrics?: string | undefined;
}

/** Lets a request pass or refuses it. @throws ApiError 403 that names what was found, in the documented wordings */
export function moderate(texts: ModeratedTexts, triggers: ModerationTriggers): void {
  const description = texts.descriptions.join('\n');
  const lyrics = texts.lyrics ?? '';
  refuse(description, triggers.artists, FORBIDDEN.artist);
  refuse(description, triggers.inappropriate, FORBIDDEN.review);
  refuse(lyrics, triggers.inappropriate, FORBIDDEN.inappropriateLyrics);
  refuse(lyrics, triggers.copyrighted, FORBIDDEN.copyrightedLyrics);
}

function refuse(text: string, words: readonly string[], describe: (found: string) => string): void {
  const lower = text.toLowerCase();
  const found = words.find((word) => lower.includes(word.toLowerCase()));
  if (found !== undefined) throw new ApiError(403, describe(found));
}
