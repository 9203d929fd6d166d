/** Decodes audio and encodes it anew, a stretch at a time, so that an hour of music never lies in memory. */
import { createMp3Encoder } from 'wasm-media-encoders';
import { type Encoding, lowerEncoding, planEncoding, type Room } from './bitrates.ts';
import { decodeSound, findDecoder, readSeconds, type Sound, skipTag } from './decode-sound.ts';
import { isPlausible } from './plausible.ts';

/** Audio in its file, as the thread is given it. */
export interface EncodeOrder {
  readonly bytes: Uint8Array;
  /** By which its decoder is found: `mp3`, `wav` … */
  readonly extension: string;
  readonly room: Room;
}

/** The same audio as MP3, in one file or several that follow each other. */
export interface EncodedPieces {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly kbps: number;
}

/** Sound that lies in memory at once, for decoders that need all of it. */
const MAX_PCM_BYTES = 400 * 1024 * 1024;
const BYTES_PER_SECOND_OF_PCM = 48_000 * 2 * 4;
/** A length that the file's header got wrong is corrected by lower bitrates, this often. */
const MAX_ROUNDS = 3;

/** Encodes as MP3 that fits. Gives undefined when it cannot: no audio, no decoder, no bitrate low enough. */
export async function encodePieces({
  bytes,
  extension,
  room,
}: EncodeOrder): Promise<EncodedPieces | undefined> {
  const decoder = findDecoder(extension);
  const sound = skipTag(bytes, extension);
  const seconds = await readSeconds(sound);
  if (!decoder || !seconds || !isPlausible(sound, extension)) return undefined;
  if (!decoder.isStreaming && seconds * BYTES_PER_SECOND_OF_PCM > MAX_PCM_BYTES) return undefined;
  let encoding = planEncoding(seconds, room);
  for (let round = 0; encoding && round < MAX_ROUNDS; round += 1) {
    const pieces = await encode(decodeSound(sound, decoder), seconds, encoding);
    if (pieces.length > 0 && fits(pieces, room)) return { pieces, kbps: encoding.kbps };
    encoding = lowerEncoding(encoding);
  }
  return undefined;
}

/** The last piece takes what is left, however long the file turns out to be. */
async function encode(source: AsyncIterable<Sound>, seconds: number, { kbps, pieces }: Encoding) {
  const encoder = await createMp3Encoder();
  const done: Uint8Array<ArrayBuffer>[] = [];
  let frames: Uint8Array<ArrayBuffer>[] = [];
  let left = 0;
  let isOpen = false;
  const finish = () => {
    if (!isOpen) return;
    frames.push(copy(encoder.finalize()));
    done.push(join(frames));
    frames = [];
    isOpen = false;
  };
  for await (const { channelData, sampleRate } of source) {
    const [first, second = first] = channelData;
    for (let start = 0; first && second && start < first.length; ) {
      if (!isOpen) {
        encoder.configure({ channels: 2, sampleRate, bitrate: kbps });
        isOpen = true;
        const isLast = done.length === pieces - 1;
        left = isLast ? Number.POSITIVE_INFINITY : Math.ceil((seconds * sampleRate) / pieces);
      }
      // A second at a time keeps the encoder's own memory small.
      const count = Math.min(left, sampleRate, first.length - start);
      const stretch = [first.subarray(start, start + count), second.subarray(start, start + count)];
      frames.push(copy(encoder.encode(stretch)));
      start += count;
      left -= count;
      if (left === 0) finish();
    }
  }
  finish();
  return done;
}

function fits(pieces: readonly Uint8Array[], { maxBytes, maxTotalBytes }: Room): boolean {
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  return total <= maxTotalBytes && pieces.every(({ length }) => length <= maxBytes);
}

/** The encoder reuses its output, hence a copy. */
function copy(frames: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(frames);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
