/** MPEG-1 layer III: kbit/s by the header's index, and Hz by its index (ISO/IEC 11172-3, section 2.4.2.3). */
const BITRATES_KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const SAMPLE_RATES = [44_100, 48_000, 32_000];
const SAMPLES_PER_FRAME = 1152;

/** Object type of MPEG-1 audio in an MP4 file (registered at mp4ra.org). */
const MPEG1_AUDIO = 0x6b;

interface Mp3Frames {
  readonly frames: readonly Uint8Array[];
  /** Hz. */
  readonly sampleRate: number;
}

/**
 * Puts MP3 frames into an MP4 file with one audio track. The provider's own .m4a files hold AAC; without an AAC encoder at hand this is a
 * real M4A file of the same length all the same: the container allows MPEG-1 audio, and decoders read it.
 *
 * @param mp3 - MPEG-1 layer III frames, stereo, without tags, as our encoder writes them
 * @throws RangeError when there are no such frames
 */
export function wrapM4a(mp3: Uint8Array): Uint8Array<ArrayBuffer> {
  const { frames, sampleRate } = splitFrames(mp3);
  const type = box('ftyp', text('M4A '), u32(0), text('M4A '), text('mp42'), text('isom'));
  const data = Buffer.concat(frames);
  // The table of contents is as long with any offset, so it is built twice: once to learn where the frames begin.
  const begin = type.length + buildMovie(frames, sampleRate, 0).length + 8;
  const file = Buffer.concat([type, buildMovie(frames, sampleRate, begin), box('mdat', data)]);
  return new Uint8Array(file);
}

function splitFrames(mp3: Uint8Array): Mp3Frames {
  const frames: Uint8Array[] = [];
  let sampleRate = 0;
  let at = 0;
  while (at + 4 <= mp3.length) {
    const [sync = 0, version = 0, rates = 0] = mp3.subarray(at, at + 3);
    const kbps = BITRATES_KBPS[rates >> 4] ?? 0;
    const hz = SAMPLE_RATES[(rates >> 2) & 3] ?? 0;
    if (sync !== 0xff || (version & 0xfe) !== 0xfa || kbps === 0 || hz === 0) break;
    const length = Math.floor((SAMPLES_PER_FRAME * kbps * 125) / hz) + ((rates >> 1) & 1);
    if (at + length > mp3.length) break;
    frames.push(mp3.subarray(at, at + length));
    sampleRate = hz;
    at += length;
  }
  if (frames.length === 0) throw new RangeError('no MPEG-1 layer III frames');
  return { frames, sampleRate };
}

const text = (value: string) => Buffer.from(value, 'latin1');
const zeros = (bytes: number) => Buffer.alloc(bytes);
const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

function box(name: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), text(name), body]);
}

/** Unity as the format writes a matrix. */
const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

/** The `moov` box: what the one track holds and where. @param begin - offset of the first frame in the file */
function buildMovie(frames: readonly Uint8Array[], sampleRate: number, begin: number): Buffer {
  const duration = frames.length * SAMPLES_PER_FRAME;
  const mediaHeader = box('mdhd', u32(0, 0, 0, sampleRate, duration), u16(0x55c4, 0)); // language: undetermined
  const handler = box('hdlr', u32(0, 0), text('soun'), zeros(12), text('Sound\0'));
  const source = box('dinf', box('dref', u32(0, 1), box('url ', u32(1))));
  const table = box(
    'stbl',
    box('stsd', u32(0, 1), buildEntry(sampleRate)),
    box('stts', u32(0, 1, frames.length, SAMPLES_PER_FRAME)),
    box('stsc', u32(0, 1, 1, frames.length, 1)),
    box('stsz', u32(0, 0, frames.length), u32(...frames.map((frame) => frame.length))),
    box('stco', u32(0, 1, begin)),
  );
  const media = box('mdia', mediaHeader, handler, box('minf', box('smhd', u32(0, 0)), source, table));
  const trackHeader = box('tkhd', u32(7, 0, 0, 1, 0, duration, 0, 0), u16(0, 0, 0x100, 0), MATRIX, u32(0, 0));
  const header = box(
    'mvhd',
    u32(0, 0, 0, sampleRate, duration, 0x10000),
    u16(0x100, 0),
    u32(0, 0),
    MATRIX,
    zeros(24),
    u32(2),
  );
  return box('moov', header, box('trak', trackHeader, media));
}

/** The description of the frames, with the elementary stream descriptor of ISO/IEC 14496-1. */
function buildEntry(sampleRate: number): Buffer {
  const decoder = Buffer.concat([Buffer.from([MPEG1_AUDIO, 0x15, 0, 0, 0]), u32(320_000, 128_000)]);
  const stream = Buffer.concat([
    u16(0),
    Buffer.from([0, 4, decoder.length]),
    decoder,
    Buffer.from([6, 1, 2]),
  ]);
  const descriptor = box('esds', u32(0), Buffer.from([3, stream.length]), stream);
  return box('mp4a', zeros(6), u16(1), zeros(8), u16(2, 16, 0, 0, sampleRate, 0), descriptor);
}
