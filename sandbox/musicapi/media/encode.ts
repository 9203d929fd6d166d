import decode from 'audio-decode';
import { type Pcm, SAMPLE_RATE } from '../synth/pcm.ts';
import { wrapM4a } from './m4a.ts';
import { encodeMp3, MP3_SAMPLE_RATES } from './mp3.ts';
import { encodeWav } from './wav.ts';

/** The kinds of audio files that are made here. */
export type AudioFormat = 'mp3' | 'wav' | 'm4a';

/** What a web server calls each of them. */
export const AUDIO_TYPES: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
};

/** Encodes stereo sound. An .m4a holds the MP3 (see `wrapM4a`). @param sampleRate - in Hz; MP3 and M4A take those of `MP3_SAMPLE_RATES` */
export async function encodeAudio(
  pcm: Pcm,
  sampleRate: number,
  format: AudioFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'wav') return encodeWav(pcm, sampleRate);
  const mp3 = await encodeMp3(pcm, sampleRate);
  return format === 'mp3' ? mp3 : wrapM4a(mp3);
}

/** Makes another kind of file out of one that somebody uploaded. @throws Error when it cannot be decoded */
export async function convertAudio(bytes: Uint8Array, format: AudioFormat): Promise<Uint8Array<ArrayBuffer>> {
  const { channelData, sampleRate } = await decode(bytes);
  const [left, right] = channelData;
  if (left === undefined) throw new Error('no sound in the file');
  const pcm: Pcm = { left, right: right ?? left };
  if (format === 'wav' || MP3_SAMPLE_RATES.includes(sampleRate)) return encodeAudio(pcm, sampleRate, format);
  const resampled = { left: resample(pcm.left, sampleRate), right: resample(pcm.right, sampleRate) };
  return encodeAudio(resampled, SAMPLE_RATE, format);
}

/** To our own rate along straight lines; good enough for the rare rates that MP3 does not know. */
function resample(samples: Float32Array, sampleRate: number): Float32Array {
  const step = sampleRate / SAMPLE_RATE;
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    const at = Math.floor(i * step);
    const low = samples[at] ?? 0;
    return low + ((samples[at + 1] ?? low) - low) * (i * step - at);
  });
}
