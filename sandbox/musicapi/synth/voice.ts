import { type Pcm, SAMPLE_RATE } from './pcm.ts';
import type { Random } from './random.ts';
import type { Note } from './score.ts';
import { getDecay, getFrequencyHz } from './tone.ts';
import { getTable, TABLE_SIZE } from './wavetable.ts';

const BLOCK = 32;

/** Centre frequencies of the first three formants of a low voice, in Hz. */
const VOWELS: Readonly<Record<string, readonly [number, number, number]>> = {
  a: [730, 1090, 2440],
  e: [530, 1840, 2480],
  i: [300, 2290, 3010],
  o: [570, 840, 2410],
  u: [320, 870, 2240],
};
const OPEN = [730, 1090, 2440] as const;
const FORMANT_GAINS = [1, 0.6, 0.3];
const BANDWIDTHS_HZ = [90, 110, 140];

/** The vowels of a lyric in order, without the section names in brackets; "a" when there are none. */
export function listVowels(lyrics: string): string[] {
  const sung = lyrics.toLowerCase().replace(/\[[^\]]*\]/g, ' ');
  const vowels = [...sung].filter((letter) => letter in VOWELS);
  return vowels.length > 0 ? vowels : ['a'];
}

/**
 * Sings notes in order: a buzz at the pitch, shaped by three resonances that move from vowel to vowel.
 *
 * @param reach - factor for the resonances: 1 for a low voice, about 1.17 for a high one
 * @param pan - -1 (left) to 1 (right)
 */
export function addSinging(
  target: Pcm,
  notes: readonly Note[],
  vowels: readonly string[],
  reach: number,
  pan: number,
  random: Random,
): void {
  const gainLeft = Math.sqrt((1 - pan) / 2);
  const gainRight = Math.sqrt((1 + pan) / 2);
  notes.forEach((note, index) => {
    const formants = VOWELS[vowels[index % vowels.length] ?? 'a'] ?? OPEN;
    const sound = singNote(note, formants, reach, random);
    const offset = Math.round(note.startS * SAMPLE_RATE);
    for (let i = Math.max(0, -offset); i < sound.length && offset + i < target.left.length; i++) {
      const at = offset + i;
      const sample = sound[i] ?? 0;
      target.left[at] = (target.left[at] ?? 0) + gainLeft * sample;
      target.right[at] = (target.right[at] ?? 0) + gainRight * sample;
    }
  });
}

function singNote(note: Note, formants: readonly number[], reach: number, random: Random): Float32Array {
  const frequency = getFrequencyHz(note.pitch);
  const table = getTable('saw', frequency);
  const length = Math.round((note.lengthS + 0.12) * SAMPLE_RATE);
  const held = Math.round(note.lengthS * SAMPLE_RATE);
  const out = new Float32Array(length);
  const release = getDecay(0.03);
  const filters = formants.map((hz, i) =>
    createResonance(hz * reach, BANDWIDTHS_HZ[i] ?? 120, FORMANT_GAINS[i] ?? 0.3),
  );
  let phase = 0;
  let level = 0;
  for (let block = 0; block < length; block += BLOCK) {
    const seconds = block / SAMPLE_RATE;
    // The voice slides up into each tone and begins to shake once it rests on it.
    const cents = -90 * Math.exp(-seconds / 0.03) + 22 * Math.min(1, seconds / 0.4) * Math.sin(seconds * 35);
    const step = ((frequency * TABLE_SIZE) / SAMPLE_RATE) * 2 ** (cents / 1200);
    for (let i = block; i < Math.min(length, block + BLOCK); i++) {
      level = i < held ? Math.min(1, level + 0.0009) : level * release;
      phase += step;
      if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
      const source = (table[phase | 0] ?? 0) + 0.05 * (random() * 2 - 1);
      let sample = 0;
      for (const filter of filters) sample += filter(source);
      out[i] = sample * level * note.velocity;
    }
  }
  return out;
}

/** A second-order band-pass with unity gain at its centre. */
function createResonance(centreHz: number, bandwidthHz: number, gain: number): (input: number) => number {
  const radius = Math.exp((-Math.PI * bandwidthHz) / SAMPLE_RATE);
  const angle = (2 * Math.PI * centreHz) / SAMPLE_RATE;
  const b1 = 2 * radius * Math.cos(angle);
  const b2 = -radius * radius;
  const input0 = gain * (1 - radius * radius) * 0.5;
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (x) => {
    const y = input0 * (x - x2) + b1 * y1 + b2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  };
}
