import { createMp3Encoder } from 'wasm-media-encoders';
import { type Pcm, SAMPLE_RATE } from '../synth/pcm.ts';

const BITRATE_KBPS = 128;

/** About a second at a time keeps the encoder's own memory small. */
const CHUNK = SAMPLE_RATE;

/** Hz that MPEG-1 layer III knows. */
export const MP3_SAMPLE_RATES: readonly number[] = [44_100, 48_000, 32_000];

type Encoder = Awaited<ReturnType<typeof createMp3Encoder>>;
let encoder: Promise<Encoder> | undefined;

/**
 * Encodes stereo sound as MP3, 128 kbit/s, without tags. Not re-entrant within one thread.
 *
 * @param sampleRate - one of `MP3_SAMPLE_RATES`, in Hz
 */
export async function encodeMp3(pcm: Pcm, sampleRate: number): Promise<Uint8Array<ArrayBuffer>> {
  encoder ??= createMp3Encoder();
  const mp3 = await encoder;
  mp3.configure({ channels: 2, sampleRate, bitrate: BITRATE_KBPS });
  const frames: Uint8Array[] = [];
  for (let start = 0; start < pcm.left.length; start += CHUNK) {
    const end = start + CHUNK;
    // The encoder reuses its output buffer, hence the copy.
    frames.push(mp3.encode([pcm.left.subarray(start, end), pcm.right.subarray(start, end)]).slice());
  }
  frames.push(mp3.finalize().slice());
  const joined = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let offset = 0;
  for (const frame of frames) {
    joined.set(frame, offset);
    offset += frame.length;
  }
  return joined;
}
