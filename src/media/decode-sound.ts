/** Decodes audio a stretch at a time, where its format allows that. */
import decode, { decodeChunked } from 'audio-decode';

/** A stretch of sound: the samples of each channel, from -1 to 1. */
export interface Sound {
  readonly channelData: readonly Float32Array[];
  /** Hz. */
  readonly sampleRate: number;
}

/**
 * Decoders by extension, and whether they take a file bit by bit; the others hold all of the sound at once. A few bytes
 * of a dense kind may become megabytes of sound.
 */
const DECODERS = {
  mp3: { format: 'mp3', isStreaming: true, isDense: false },
  wav: { format: 'wav', isStreaming: true, isDense: false },
  flac: { format: 'flac', isStreaming: true, isDense: true },
  ogg: { format: 'oga', isStreaming: true, isDense: true },
  opus: { format: 'opus', isStreaming: true, isDense: true },
  m4a: { format: 'm4a', isStreaming: false, isDense: true },
  mp4: { format: 'm4a', isStreaming: false, isDense: true },
  aac: { format: 'aac', isStreaming: true, isDense: true },
} as const;

/** How a file is decoded. */
type Decoder = (typeof DECODERS)[keyof typeof DECODERS];

const CHUNK_BYTES = 256 * 1024;
/** Half a gigabyte of sound at the very most. With still less at a time the decoder of FLAC loses the last moment. */
const DENSE_CHUNK_BYTES = 8 * 1024;

/** The decoder for files with this extension; undefined when there is none. */
export function findDecoder(extension: string): Decoder | undefined {
  return Object.hasOwn(DECODERS, extension) ? DECODERS[extension as keyof typeof DECODERS] : undefined;
}

/**
 * The sound of a file from its beginning.
 *
 * @param bytes - as `skipTag` gives them
 * @throws whatever the decoder throws at a damaged file.
 */
export function decodeSound(
  bytes: Uint8Array,
  { format, isStreaming, isDense }: Decoder,
  chunkBytes = isDense ? DENSE_CHUNK_BYTES : CHUNK_BYTES,
): AsyncGenerator<Sound> {
  return isStreaming ? decodeChunked(chunksOf(bytes, chunkBytes), format) : decodeWhole(bytes);
}

/** The file without a tag before its sound, behind which the decoder of MP3 would lose some. */
export function skipTag(bytes: Uint8Array, extension: string): Uint8Array {
  const isTag = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
  if (extension !== 'mp3' || !isTag) return bytes;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return bytes.subarray(10 + ((a << 21) | (b << 14) | (c << 7) | d));
}

/** Length of the sound by the file's own account; undefined when it is none that is known. */
export async function readSeconds(bytes: Uint8Array): Promise<number | undefined> {
  try {
    // Most of what it takes to start a thread, and not needed for most files.
    const { parseBuffer } = await import('music-metadata');
    const { format } = await parseBuffer(bytes, undefined, { duration: true, skipCovers: true });
    return format.duration;
  } catch {
    return undefined;
  }
}

async function* decodeWhole(bytes: Uint8Array): AsyncGenerator<Sound> {
  const { channelData, sampleRate } = await decode(bytes);
  for (let start = 0; start < (channelData[0]?.length ?? 0); start += sampleRate) {
    yield {
      channelData: channelData.map((samples) => samples.subarray(start, start + sampleRate)),
      sampleRate,
    };
  }
}

async function* chunksOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes);
  }
}
