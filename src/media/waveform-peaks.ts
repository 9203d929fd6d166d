import { collectGarbage } from './collect-garbage.ts';
import { decodeSound, findDecoder, readSeconds, skipTag } from './decode-sound.ts';
import { isPlausible } from './plausible.ts';

/** How loud a file is from moment to moment. */
export interface Peaks {
  /** The largest sample of each bin, from 0 to 1. */
  readonly bins: Float32Array;
  readonly durationSeconds: number;
}

/** Fine enough for the shortest song, and an hour of it takes less than a megabyte. */
const BINS_PER_SECOND = 50;

/** Nobody sees a song in a picture of more than this. */
const MAX_SECONDS = 15 * 60;

/** For decoders that hold all of the sound: 200 MB of it. */
const MAX_WHOLE_SECONDS = 9 * 60;

/** Every so many samples one is looked at: what lies between is too short to be seen. */
const STRIDE = 3;

/** Of so many the memory is freed at a time: about ten seconds. */
const SAMPLES_AT_ONCE = 400_000;

/** Small, so that little sound lies in memory at once. */
const CHUNK_BYTES = 64 * 1024;
const DENSE_CHUNK_BYTES = 1024;

/**
 * Decodes a file and measures it. Gives undefined when nothing can be shown: no decoder, no sound in it, or too much.
 *
 * @throws whatever the decoder throws at a damaged file.
 */
export async function measurePeaks(bytes: Uint8Array, extension: string): Promise<Peaks | undefined> {
  const decoder = findDecoder(extension);
  if (!decoder || !isPlausible(bytes, extension)) return undefined;
  // A length that nobody knows may be any.
  const wholeSeconds = decoder.isStreaming ? 0 : ((await readSeconds(bytes)) ?? Number.POSITIVE_INFINITY);
  if (wholeSeconds > MAX_WHOLE_SECONDS) return undefined;
  const bins = new Float32Array(MAX_SECONDS * BINS_PER_SECOND);
  let samples = 0;
  let rate = 0;
  for await (const { channelData, sampleRate } of decodeSound(
    skipTag(bytes, extension),
    decoder,
    decoder.isDense ? DENSE_CHUNK_BYTES : CHUNK_BYTES,
  )) {
    const count = channelData[0]?.length ?? 0;
    if (count === 0) continue;
    rate = sampleRate;
    if ((samples + count) / rate > MAX_SECONDS) return undefined;
    const binsPerSample = BINS_PER_SECOND / rate;
    for (const channel of channelData) raisePeaks(bins, channel, samples, binsPerSample);
    const before = samples;
    samples += count;
    if (Math.floor(before / SAMPLES_AT_ONCE) < Math.floor(samples / SAMPLES_AT_ONCE)) collectGarbage();
  }
  if (samples === 0) return undefined;
  const durationSeconds = samples / rate;
  return { bins: bins.slice(0, Math.ceil(durationSeconds * BINS_PER_SECOND)), durationSeconds };
}

function raisePeaks(bins: Float32Array, channel: Float32Array, start: number, binsPerSample: number): void {
  for (let at = 0; at < channel.length; at += STRIDE) {
    const size = Math.abs(channel[at] ?? 0);
    const bin = ((start + at) * binsPerSample) | 0;
    if (size > (bins[bin] ?? 1)) bins[bin] = Math.min(1, size);
  }
}
