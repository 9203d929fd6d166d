/** A recording for those who have none at hand: a few plucked notes, made here, as a WAV file. */

const SAMPLE_RATE = 22_050;
const NOTE_SECONDS = 0.6;
/** A minor pentatonic tune, in semitones above A3; it takes as long as an upload has to (MusicAPI wants more than six seconds). */
const TUNE = [0, 3, 5, 7, 10, 7, 5, 3, 0, 5, 3, 0] as const;
const A3_HZ = 220;
const HEADER_BYTES = 44;

/** Length of the recording. */
export const RECORDING_SECONDS = TUNE.length * NOTE_SECONDS;

/** Makes the recording: mono, 16 bits. */
export function createRecording(): File {
  return new File([encodeWav(playTune())], 'sample recording.wav', { type: 'audio/wav' });
}

/** Samples between -1 and 1. */
export function playTune(): Float32Array {
  const noteLength = Math.round(NOTE_SECONDS * SAMPLE_RATE);
  return Float32Array.from({ length: noteLength * TUNE.length }, (_, at) => {
    const seconds = (at % noteLength) / SAMPLE_RATE;
    const hertz = A3_HZ * 2 ** ((TUNE[Math.floor(at / noteLength)] ?? 0) / 12);
    return pluck(hertz, seconds);
  });
}

function pluck(hertz: number, seconds: number): number {
  const tone = (harmonic: number) => Math.sin(2 * Math.PI * hertz * harmonic * seconds) / harmonic ** 2;
  const attack = Math.min(1, seconds / 0.01);
  const release = Math.min(1, (NOTE_SECONDS - seconds) / 0.02);
  return 0.6 * attack * release * Math.exp(-4 * seconds) * (tone(1) + tone(2) + tone(3));
}

/** Encodes samples as WAV: PCM, one channel, 16 bits. */
function encodeWav(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const dataBytes = samples.length * 2;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  const writeName = (at: number, name: string) => bytes.set(new TextEncoder().encode(name), at);
  writeName(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  writeName(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  writeName(36, 'data');
  view.setUint32(40, dataBytes, true);
  samples.forEach((sample, index) => {
    view.setInt16(HEADER_BYTES + index * 2, Math.round(Math.min(1, Math.max(-1, sample)) * 32_767), true);
  });
  return bytes;
}
