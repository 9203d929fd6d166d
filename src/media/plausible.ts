/** Whether decoders can be trusted with a file: some take room for as much sound as its head claims. */
import { listBoxes } from './m4a-tag.ts';

/** Of sound that is decoded as a whole: about 18 minutes, more than anything here asks for. */
const MAX_M4A_FRAMES = 50_000;

/** Whether the sound of a file is not beyond all measure of the file. */
export function isPlausible(bytes: Uint8Array, extension: string): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (extension === 'wav') return isPlausibleWav(file);
  return (extension !== 'm4a' && extension !== 'mp4') || isPlausibleM4a(file);
}

const RIFF_HEAD_BYTES = 12;
const CHUNK_HEAD_BYTES = 8;
const FORMAT_BYTES = 16;
const MAX_CHANNELS = 8;
/** ADPCM, whose blocks may claim any number of samples (RFC 2361). */
const PACKED: readonly number[] = [0x02, 0x11];
/** The format stands further behind. */
const EXTENSIBLE = 0xff_fe;

/** As the decoder walks through it, up to the sound. */
function isPlausibleWav(file: Buffer): boolean {
  for (let at = RIFF_HEAD_BYTES; at + CHUNK_HEAD_BYTES <= file.length; ) {
    const type = file.toString('latin1', at, at + 4);
    if (type === 'data') return true;
    const content = at + CHUNK_HEAD_BYTES;
    if (type === 'fmt ' && !isPlausibleFormat(file.subarray(content))) return false;
    at = content + file.readUInt32LE(at + 4);
  }
  return true;
}

function isPlausibleFormat(format: Buffer): boolean {
  if (format.length < FORMAT_BYTES + 10) return false;
  const tag = format.readUInt16LE(0);
  const codec = tag === EXTENSIBLE ? format.readUInt16LE(24) : tag;
  const channels = format.readUInt16LE(2);
  const [block, bits] = [format.readUInt16LE(12), format.readUInt16LE(14)];
  const isWhole = channels > 0 && channels <= MAX_CHANNELS && block >= (channels * bits) / 8 && bits >= 8;
  return isWhole && !PACKED.includes(codec);
}

/**
 * Where the tables of frames are, and how far behind its name each one says how many it has (ISO/IEC 14496-12, sections
 * 8.7.3 and 8.8.8). So many are decoded, whatever length the file claims.
 */
const TABLES = { stsz: 12, stz2: 12, trun: 8 } as const;

function isPlausibleM4a(file: Buffer): boolean {
  const boxes = listBoxes(file, 0, file.length);
  // What is not built as it should be may hold a table anywhere.
  const parts = boxes?.filter(({ type }) => type !== 'mdat') ?? [{ from: 0, to: file.length }];
  const frames = parts.reduce((sum, { from, to }) => sum + countFrames(file.subarray(from, to)), 0);
  return frames <= MAX_M4A_FRAMES;
}

function countFrames(part: Buffer): number {
  let frames = 0;
  for (const [name, distance] of Object.entries(TABLES)) {
    for (let at = part.indexOf(name); at >= 0; at = part.indexOf(name, at + name.length)) {
      if (at + distance + 4 <= part.length) frames += part.readUInt32BE(at + distance);
    }
  }
  return frames;
}
