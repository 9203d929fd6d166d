import { inflateSync } from 'node:zlib';

const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
const FONT_HEADER_BYTES = 12;
const FONT_ENTRY_BYTES = 16;

/**
 * The TrueType or OpenType font in a web font of version 1: the same tables, each compressed by itself.
 *
 * @see https://www.w3.org/TR/WOFF/
 * @throws Error when it is none.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a web font of version 1');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = woff.subarray(WOFF_HEADER_BYTES + index * WOFF_ENTRY_BYTES);
    const [offset, packedLength, length] = [4, 8, 12].map((at) => entry.readUInt32BE(at)) as [
      number,
      number,
      number,
    ];
    const packed = woff.subarray(offset, offset + packedLength);
    const data = packedLength < length ? inflateSync(packed, { maxOutputLength: length }) : packed;
    return { tag: entry.subarray(0, 4), checksum: entry.subarray(16, 20), data };
  });
  const directory = Buffer.alloc(FONT_HEADER_BYTES + count * FONT_ENTRY_BYTES);
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  // For a search by halves (OpenType specification: Table Directory).
  const power = Math.floor(Math.log2(count));
  directory.writeUInt16BE(2 ** power * FONT_ENTRY_BYTES, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE(count * FONT_ENTRY_BYTES - 2 ** power * FONT_ENTRY_BYTES, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const at = FONT_HEADER_BYTES + index * FONT_ENTRY_BYTES;
    tag.copy(directory, at);
    checksum.copy(directory, at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(data.length, at + 12);
    const padding = Buffer.alloc(-data.length & 3);
    parts.push(data, padding);
    offset += data.length + padding.length;
  }
  return Buffer.concat(parts);
}
