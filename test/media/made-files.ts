/** The shortest files of each kind that a reader takes for one, with a length written into their heads. */

const RATE = 44_100;

/** A FLAC of silence that is not there: only its head counts. */
export function makeFlac(seconds: number): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(4_096, 0);
  info.writeUInt16BE(4_096, 2);
  const shape = (BigInt(RATE) << 44n) | (1n << 41n) | (15n << 36n);
  info.writeBigUInt64BE(shape | BigInt(RATE * seconds), 10);
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, Buffer.alloc(2_000)]);
}

/** A FLAC of one channel in which a dozen bytes stand for each second and a half of sound: frames of one value. */
export function makeDenseFlac(frames: number): Buffer {
  const block = 65_535;
  const info = Buffer.alloc(34);
  info.writeUInt16BE(block, 0);
  info.writeUInt16BE(block, 2);
  info.writeBigUInt64BE((BigInt(RATE) << 44n) | (15n << 36n), 10);
  const head = Buffer.from([0xff, 0xf8, 0x79, 0x08, 0, (block - 1) >> 8, (block - 1) & 0xff]);
  const sound = Buffer.from([...head, checksum(head, 8, 0x07), 0, 0x10, 0]);
  const check = checksum(sound, 16, 0x8005);
  const frame = Buffer.from([...sound, check >> 8, check & 0xff]);
  const all = Array.from({ length: frames }, () => frame);
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, 34]), info, ...all]);
}

function checksum(bytes: Uint8Array, bits: 8 | 16, polynomial: number): number {
  const [top, mask] = [1 << (bits - 1), (1 << bits) - 1];
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (bits - 8);
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & mask;
  }
  return sum;
}

/** An Ogg file with a stream of Opus: two pages of heads and one of sound. */
export function makeOpus(seconds: number): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead\u0001\u0002', 'latin1');
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.from([1, 0, 0, 0, 65, 0, 0, 0, 0])]);
  const end = BigInt(48_000 * seconds);
  return Buffer.concat([page(2, 0n, 0, head), page(0, 0n, 1, tags), page(4, end, 2, Buffer.alloc(100))]);
}

function page(flags: number, position: bigint, number: number, data: Buffer): Buffer {
  const head = Buffer.alloc(28);
  head.write('OggS', 'latin1');
  head[5] = flags;
  head.writeBigUInt64LE(position, 6);
  head.writeUInt32LE(77, 14);
  head.writeUInt32LE(number, 18);
  head[26] = 1;
  head[27] = data.length;
  return Buffer.concat([head, data]);
}

/** An MP4 container, with a track of sound or of pictures (ISO/IEC 14496-12). */
export function makeMp4(brand: 'M4A ' | 'isom', handler: 'soun' | 'vide', seconds: number): Buffer {
  const sample = Buffer.alloc(28);
  sample[7] = 1;
  sample.writeUInt16BE(2, 16);
  sample.writeUInt16BE(16, 18);
  sample.writeUInt16BE(RATE, 24);
  const track = box(
    'mdia',
    box('mdhd', numbers(0, 0, 0, RATE, RATE * seconds, 0)),
    box('hdlr', numbers(0, 0), Buffer.from(handler), Buffer.alloc(13)),
    box(
      'minf',
      box(
        'stbl',
        box('stsd', numbers(0, 1), box('mp4a', sample)),
        box('stts', numbers(0, 1, 1, RATE * seconds)),
        box('stsz', numbers(0, 0, 1, 500)),
        box('stsc', numbers(0, 1, 1, 1, 1)),
        box('stco', numbers(0, 1, 0)),
      ),
    ),
  );
  const header = box('mvhd', numbers(0, 0, 0, 1_000, seconds * 1_000), Buffer.alloc(80));
  const trackHeader = box('tkhd', numbers(7, 0, 0, 1, 0, seconds * 1_000), Buffer.alloc(60));
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}mp42`, 'latin1')),
    box('moov', header, box('trak', trackHeader, track)),
    box('mdat', Buffer.alloc(500)),
  ]);
}

function box(name: string, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([numbers(data.length + 8), Buffer.from(name, 'latin1'), data]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** The first bytes of files that are no audio. */
export const NO_AUDIO = {
  pdf: Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n', 'latin1'),
  png: Buffer.from(
    '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IDAT',
    'latin1',
  ),
  zip: Buffer.from('PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.txt', 'latin1'),
  midi: Buffer.from('MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk\0\0\0\0', 'latin1'),
  text: Buffer.from('la la la'),
  empty: Buffer.alloc(0),
  unknown: Buffer.from([0x13, 0, 0x37, 0x80, 0, 0xff, 0x01]),
} as const;
