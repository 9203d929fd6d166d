import type { PersonFile } from '../discord/attachments.ts';
import { encodeWav } from '../musicapi/media/wav.ts';

/** Enough for a voice, and small. */
const SAMPLE_RATE = 16_000;

/** Semitones above A3 that somebody hums without thinking of any song. */
const TUNE = [0, 2, 4, 7, 4, 2, 0, -3] as const;
const NOTE_SECONDS = 0.5;

/** A recording that somebody brings along: a hummed tune of so many seconds, as WAV. */
export function recordTune(name: string, seconds: number): PersonFile {
  const sound = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  let phase = 0;
  for (let index = 0; index < sound.length; index += 1) {
    const at = index / SAMPLE_RATE;
    const semitone = TUNE[Math.floor(at / NOTE_SECONDS) % TUNE.length] ?? 0;
    const vibrato = 1 + 0.006 * Math.sin(2 * Math.PI * 5 * at);
    phase += (2 * Math.PI * 220 * 2 ** (semitone / 12) * vibrato) / SAMPLE_RATE;
    const swell = Math.sin((Math.PI * (at % NOTE_SECONDS)) / NOTE_SECONDS);
    sound[index] = 0.3 * swell * (Math.sin(phase) + 0.4 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase));
  }
  return { name: `${name}.wav`, data: encodeWav({ left: sound, right: sound }, SAMPLE_RATE) };
}
