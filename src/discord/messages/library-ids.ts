/** The part of a custom id that says which page of the library is meant. */
import type { Direction } from '../../store/clip-sources.ts';

/** A page of a person's library. */
export interface LibraryPage {
  /** Where it begins: beyond the song with this number. Absent: at the newest. */
  readonly from?: { readonly direction: Direction; readonly number: number } | undefined;
  /** Only songs of this person. */
  readonly ownerId?: string | undefined;
  readonly isFavourite?: boolean | undefined;
  /** What was searched for; `IN_MESSAGE` where it is too long for an id. */
  readonly search?: string | undefined;
}

/** Stands for a search that only the message itself says. */
export const IN_MESSAGE = '~';

/** So much of a search fits into an id together with everything else. */
const MAX_SEARCH_LENGTH = 40;

const FROM_PATTERN = /^([nou])(\d{0,15})$/;
const FILTER_PATTERN = /^(f?)(\d{15,20})?$/;
/** Which ways lists are read, by their letters. */
const DIRECTIONS: Readonly<Record<string, Direction>> = { o: 'older', u: 'newer' };

/** A search as an id can carry it. */
export function searchForId(text: string): string | undefined {
  const search = text.replaceAll(':', ' ').trim();
  if (search === '') return undefined;
  return search.length > MAX_SEARCH_LENGTH || search === IN_MESSAGE ? IN_MESSAGE : search;
}

/** The page as parts of an id. */
export function writeLibraryPage({ from, ownerId, isFavourite, search }: LibraryPage): string[] {
  const letter = from?.direction === 'newer' ? 'u' : 'o';
  return [
    from ? `${letter}${from.number}` : 'n',
    `${isFavourite ? 'f' : ''}${ownerId ?? ''}`,
    ...(search === undefined ? [] : [search]),
  ];
}

/** Reads it back; undefined for another shape. */
export function readLibraryPage(parts: readonly string[]): LibraryPage | undefined {
  const [start = '', filter = '', search] = parts;
  const [, letter = '', number = ''] = FROM_PATTERN.exec(start) ?? [];
  const filters = FILTER_PATTERN.exec(filter);
  const direction = Object.hasOwn(DIRECTIONS, letter) ? DIRECTIONS[letter] : undefined;
  const isStart = direction === undefined ? letter === 'n' && number === '' : number !== '';
  if (!isStart || !filters || parts.length > 3 || search === '') return undefined;
  return {
    ...(direction === undefined ? {} : { from: { direction, number: Number(number) } }),
    ...(filters[2] === undefined ? {} : { ownerId: filters[2] }),
    ...(filters[1] ? { isFavourite: true } : {}),
    ...(search === undefined ? {} : { search }),
  };
}
