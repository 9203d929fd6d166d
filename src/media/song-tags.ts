/** The ID3v2.3 tag of a song: what players show, and the recipe. @see https://id3.org/id3v2.3.0 */
import { ID3Writer } from 'browser-id3-writer';
import type { TimedWord } from '../domain/tool-result.ts';
import { formatRecipe, RECIPE_FRAME, type Recipe } from './recipe.ts';

/** What goes into the tag. */
export interface SongTags {
  /** As it is shown. */
  readonly title: string;
  readonly recipe: Recipe;
  /** When each word is sung, where that is known. */
  readonly words?: readonly TimedWord[] | undefined;
  /** A JPEG or PNG. */
  readonly picture?: Uint8Array | undefined;
}

/** Stands for a language that nobody knows (ID3v2.4, section 4: ISO 639-2, or this). */
const SOME_LANGUAGE = 'XXX';
const FRONT_COVER = 3;
const LYRICS_CONTENT = 1;
const IN_MILLISECONDS = 2;

/** Name of what writes the tags. */
export const PROGRAM = 'Encore';

/** Builds the bytes of the tag, without padding. */
export function buildTag({ title, recipe, words = [], picture }: SongTags): Buffer {
  const { tags, lyrics, durationSeconds } = recipe.song;
  // The types do not know of it.
  const writer = Object.assign(new ID3Writer(new ArrayBuffer(0)), { padding: 0 });
  writer.setFrame('TIT2', title);
  // What stands in round brackets is a number of the old list of genres (ID3v2.3, section 4.2.1).
  if (tags) writer.setFrame('TCON', [tags.replaceAll('(', '[').replaceAll(')', ']')]);
  if (durationSeconds) writer.setFrame('TLEN', Math.round(durationSeconds * 1_000));
  if (lyrics) writer.setFrame('USLT', { description: '', lyrics, language: SOME_LANGUAGE });
  const [first, ...others] = words.map(toSungText);
  if (first) {
    writer.setFrame('SYLT', {
      type: LYRICS_CONTENT,
      text: [first, ...others],
      timestampFormat: IN_MILLISECONDS,
      language: SOME_LANGUAGE,
      description: '',
    });
  }
  writer.setFrame('TSSE', PROGRAM);
  writer.setFrame('TXXX', { description: RECIPE_FRAME, value: formatRecipe(recipe) });
  if (picture) {
    writer.setFrame('APIC', { type: FRONT_COVER, data: toArrayBuffer(picture), description: '' });
  }
  return Buffer.from(writer.addTag());
}

function toSungText({ word, startSeconds }: TimedWord): [string, number] {
  return [word, Math.max(0, Math.round(startSeconds * 1_000))];
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** Whether the bytes are a picture that may stand in a tag. */
export function isCoverPicture(bytes: Uint8Array): boolean {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
  return isJpeg || Buffer.from(bytes.subarray(0, 4)).toString('latin1') === '\x89PNG';
}
