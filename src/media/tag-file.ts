/** Puts tags into a file and finds them there; not a byte of the sound changes. */
import { splitId3 } from './id3.ts';
import { findM4aTags, tagM4a } from './m4a-tag.ts';
import { buildTag, type SongTags } from './song-tags.ts';

/** Kinds of files that are given tags, by extension. FLAC and Ogg have comments of another form. */
const TAGGED = {
  mp3: (bytes: Buffer, tags: SongTags) => tagMp3(bytes, buildTag(tags)),
  wav: (bytes: Buffer, tags: SongTags) => tagWav(bytes, buildTag(tags)),
  m4a: tagM4a,
} as const;

/** Whether files of this kind are given tags. */
export function takesTag(extension: string): extension is keyof typeof TAGGED {
  return Object.hasOwn(TAGGED, extension);
}

/**
 * The same sound with these tags in the place of any other, in pieces that follow each other; undefined where the file is
 * not built as it should be.
 */
export function withTags(
  bytes: Buffer,
  extension: keyof typeof TAGGED,
  tags: SongTags,
): readonly Buffer[] | undefined {
  return TAGGED[extension](bytes, tags);
}

/** A part of a file that holds its tags, and what a reader has to take it for. */
interface FoundTags {
  readonly bytes: Uint8Array;
  readonly mimeType: 'audio/mpeg' | 'audio/mp4';
}

/** The tags of a file, if it has some. */
export function findTags(bytes: Uint8Array): FoundTags | undefined {
  const file = viewOf(bytes);
  const isMp4 = file.toString('latin1', 4, 8) === 'ftyp';
  const found = isMp4 ? findM4aTags(file) : isWav(file) ? findWavTag(file) : splitId3(bytes).tag;
  return found && { bytes: found, mimeType: isMp4 ? 'audio/mp4' : 'audio/mpeg' };
}

function findWavTag(file: Buffer): Buffer | undefined {
  const chunk = listChunks(file)?.find(isTagChunk);
  return chunk && file.subarray(chunk.from + CHUNK_HEAD_BYTES, chunk.from + CHUNK_HEAD_BYTES + chunk.size);
}

/** A tag that claims to be longer than its file leaves no sound. */
function tagMp3(bytes: Buffer, tag: Buffer): readonly Buffer[] | undefined {
  const { sound } = splitId3(bytes);
  return sound.length > 0 ? [tag, viewOf(sound)] : undefined;
}

const RIFF_HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
const MAX_CHUNKS = 1_000;
const MAX_UINT32 = 0xff_ff_ff_ff;

/** A part of a WAV file, its padding byte included. */
interface Chunk {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Of its content. */
  readonly size: number;
}

/** Where players look for it, though no standard says so: a chunk of its own behind the sound. */
function tagWav(bytes: Buffer, tag: Buffer): readonly Buffer[] | undefined {
  const chunks = isWav(bytes) ? listChunks(bytes) : undefined;
  if (!chunks) return undefined;
  const kept = chunks.filter((chunk) => !isTagChunk(chunk));
  const head = Buffer.alloc(CHUNK_HEAD_BYTES);
  head.write('id3 ', 'latin1');
  head.writeUInt32LE(tag.length, 4);
  const tail = [head, tag, Buffer.alloc(tag.length % 2)];
  const parts = [...kept.map(({ from, to }) => bytes.subarray(from, to)), ...tail];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length + 4 > MAX_UINT32) return undefined;
  const riff = Buffer.from(bytes.subarray(0, RIFF_HEAD_BYTES));
  riff.writeUInt32LE(length + 4, 4);
  return [riff, ...parts];
}

function isWav(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE';
}

function isTagChunk({ id }: Chunk): boolean {
  return id.toLowerCase() === 'id3 ';
}

/** Undefined where the chunks do not add up to the file, as in what was cut off or streamed. */
function listChunks(bytes: Buffer): readonly Chunk[] | undefined {
  const chunks: Chunk[] = [];
  let from = RIFF_HEAD_BYTES;
  while (from + CHUNK_HEAD_BYTES <= bytes.length) {
    const size = bytes.readUInt32LE(from + 4);
    const to = from + CHUNK_HEAD_BYTES + size + (size % 2);
    if (to > bytes.length || chunks.length === MAX_CHUNKS) return undefined;
    chunks.push({ id: bytes.toString('latin1', from, from + 4), from, to, size });
    from = to;
  }
  return from === bytes.length && chunks.some(({ id }) => id === 'data') ? chunks : undefined;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
