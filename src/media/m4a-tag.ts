/** Tags of MP4 audio: a box of items at the end of the one that describes the tracks (ISO/IEC 14496-12; iTunes). */
import { formatRecipe, RECIPE_FRAME } from './recipe.ts';
import { PROGRAM, type SongTags } from './song-tags.ts';

const BOX_HEAD_BYTES = 8;
const MAX_BOXES = 2_000;
const MAX_UINT32 = 0xff_ff_ff_ff;

/** Kinds of data (QuickTime File Format: Type Indicator). */
const TEXT = 1;
const JPEG = 13;
const PNG = 14;

/** Boxes that hold places in the file, or parts of it, which are not looked into here. */
const UNKNOWN_PLACES: readonly string[] = ['moof', 'sidx', 'meta', 'mfra'];

interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** As `withTags`. */
export function tagM4a(bytes: Buffer, tags: SongTags): readonly Buffer[] | undefined {
  const boxes = listBoxes(bytes, 0, bytes.length);
  const movies = boxes?.filter(({ type }) => type === 'moov') ?? [];
  const [movie] = movies;
  if (!movie || movies.length > 1 || boxes?.some(({ type }) => UNKNOWN_PLACES.includes(type)))
    return undefined;
  const parts = listBoxes(bytes, movie.from + BOX_HEAD_BYTES, movie.to);
  if (!parts) return undefined;
  const kept = parts.filter(({ type }) => type !== 'udta');
  const content = [...kept.map(({ from, to }) => bytes.subarray(from, to)), buildItems(tags)];
  const renewed = buildBox('moov', ...content);
  const shift = renewed.length - (movie.to - movie.from);
  if (!moveChunks(renewed, BOX_HEAD_BYTES, renewed.length, movie.to, shift)) return undefined;
  return [bytes.subarray(0, movie.from), renewed, bytes.subarray(movie.to)];
}

/** The parts of an MP4 file in which its tags are: a file without sound. */
export function findM4aTags(bytes: Buffer): Buffer | undefined {
  const wanted = listBoxes(bytes, 0, bytes.length)?.filter(({ type }) => type === 'ftyp' || type === 'moov');
  const isWhole = wanted?.[0]?.type === 'ftyp' && wanted.some(({ type }) => type === 'moov');
  return isWhole ? Buffer.concat(wanted.map(({ from, to }) => bytes.subarray(from, to))) : undefined;
}

/** The boxes of a stretch; undefined where they do not add up to it. */
export function listBoxes(bytes: Buffer, start: number, end: number): readonly Box[] | undefined {
  const boxes: Box[] = [];
  for (let from = start; from < end; ) {
    if (from + BOX_HEAD_BYTES > end || boxes.length === MAX_BOXES) return undefined;
    const short = bytes.readUInt32BE(from);
    const isLong = short === 1 && from + 16 <= end;
    const size = isLong ? Number(bytes.readBigUInt64BE(from + BOX_HEAD_BYTES)) : short || end - from;
    const to = from + size;
    if (size < BOX_HEAD_BYTES || to > end) return undefined;
    const type = bytes.toString('latin1', from + 4, from + BOX_HEAD_BYTES);
    // Only sound is that large.
    if (isLong && type !== 'mdat') return undefined;
    boxes.push({ type, from, to });
    from = to;
  }
  return boxes;
}

const ON_THE_WAY: readonly string[] = ['trak', 'mdia', 'minf', 'stbl'];

/**
 * Moves the places of chunks that lie behind `behind`, in the boxes of a stretch. Gives false where that is impossible.
 */
function moveChunks(movie: Buffer, start: number, end: number, behind: number, shift: number): boolean {
  const boxes = listBoxes(movie, start, end);
  if (!boxes) return false;
  return boxes.every(({ type, from, to }) => {
    if (ON_THE_WAY.includes(type)) return moveChunks(movie, from + BOX_HEAD_BYTES, to, behind, shift);
    if (type === 'stco') return movePlaces(movie, from, to, behind, shift);
    // Files of more than 4 GiB.
    return type !== 'co64';
  });
}

function movePlaces(movie: Buffer, from: number, to: number, behind: number, shift: number): boolean {
  const first = from + 16;
  if (first > to) return false;
  const count = movie.readUInt32BE(from + 12);
  if (first + count * 4 > to) return false;
  for (let index = 0; index < count; index += 1) {
    const place = movie.readUInt32BE(first + index * 4);
    const moved = place >= behind ? place + shift : place;
    if (moved < 0 || moved > MAX_UINT32) return false;
    movie.writeUInt32BE(moved, first + index * 4);
  }
  return true;
}

function buildItems({ title, recipe, picture }: SongTags): Buffer {
  const { tags, lyrics } = recipe.song;
  const items = [
    buildItem('\u00A9nam', TEXT, Buffer.from(title)),
    ...(tags ? [buildItem('\u00A9gen', TEXT, Buffer.from(tags))] : []),
    ...(lyrics ? [buildItem('\u00A9lyr', TEXT, Buffer.from(lyrics))] : []),
    buildItem('\u00A9too', TEXT, Buffer.from(PROGRAM)),
    buildBox(
      '----',
      buildBox('mean', numbers(0), Buffer.from('com.apple.iTunes')),
      buildBox('name', numbers(0), Buffer.from(RECIPE_FRAME)),
      buildBox('data', numbers(TEXT, 0), Buffer.from(formatRecipe(recipe))),
    ),
    ...(picture ? [buildItem('covr', picture[0] === 0xff ? JPEG : PNG, picture)] : []),
  ];
  const handler = buildBox('hdlr', numbers(0, 0), Buffer.from('mdirappl'), numbers(0, 0), Buffer.alloc(1));
  return buildBox('udta', buildBox('meta', numbers(0), handler, buildBox('ilst', ...items)));
}

function buildItem(type: string, kind: number, content: Uint8Array): Buffer {
  return buildBox(type, buildBox('data', numbers(kind, 0), content));
}

function buildBox(type: string, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, BOX_HEAD_BYTES);
  return Buffer.concat([numbers(size), Buffer.from(type, 'latin1'), ...content]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}
