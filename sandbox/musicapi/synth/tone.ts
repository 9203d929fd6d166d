import { type Pcm, SAMPLE_RATE } from './pcm.ts';
import type { Note } from './score.ts';
import type { Timbre } from './timbres.ts';
import { getTable, TABLE_SIZE } from './wavetable.ts';

const BLOCK = 32;
const SILENT = 0.0005;

/** Frequency of a MIDI pitch. */
export function getFrequencyHz(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/** The factor that multiplies a level once per sample so that it falls to 1/e in `seconds`. */
export function getDecay(seconds: number): number {
  return Math.exp(-1 / (seconds * SAMPLE_RATE));
}

/**
 * Adds one tone: two oscillators, one per channel and slightly apart, that change from a bright to a dark colour.
 * A tone that began before the piece is rendered from its own start, and only the rest of it is heard.
 *
 * @param pan - -1 (left) to 1 (right)
 */
export function addTone(target: Pcm, note: Note, timbre: Timbre, pan: number): void {
  const { left, right } = target;
  const frequency = getFrequencyHz(note.pitch);
  const bright = getTable(timbre.bright, frequency);
  const dark = getTable(timbre.dark, frequency);
  const step = (frequency * TABLE_SIZE) / SAMPLE_RATE;
  const spread = 2 ** (timbre.detuneCents / 2400);
  const gainLeft = note.velocity * Math.sqrt((1 - pan) / 2);
  const gainRight = note.velocity * Math.sqrt((1 + pan) / 2);
  const settle = getDecay(timbre.settleS);
  const decay = getDecay(timbre.decayS);
  const release = getDecay(timbre.releaseS / 3);
  const attackStep = 1 / Math.max(1, timbre.attackS * SAMPLE_RATE);
  const held = Math.round(note.lengthS * SAMPLE_RATE);
  const offset = Math.round(note.startS * SAMPLE_RATE);
  let phaseLeft = (note.pitch * 97) % TABLE_SIZE;
  let phaseRight = (note.pitch * 193) % TABLE_SIZE;
  let level = 0;
  let rising = true;
  let colour = 1;
  for (let block = 0; offset + block < left.length; block += BLOCK) {
    const sway = timbre.vibratoCents * Math.sin((block / SAMPLE_RATE) * 34) * Math.min(1, block / 12_000);
    const bend = step * 2 ** (sway / 1200);
    const stepLeft = bend * spread;
    const stepRight = bend / spread;
    if (block > held && level < SILENT) return;
    for (let i = block; i < block + BLOCK; i++) {
      if (i >= held) level *= release;
      else if (rising) {
        level += attackStep;
        if (level >= 1) rising = false;
      } else level = timbre.sustain + (level - timbre.sustain) * decay;
      colour *= settle;
      const at = offset + i;
      if (at >= 0 && at < left.length) {
        left[at] = (left[at] ?? 0) + gainLeft * level * read(bright, dark, colour, phaseLeft);
        right[at] = (right[at] ?? 0) + gainRight * level * read(bright, dark, colour, phaseRight);
      }
      phaseLeft += stepLeft;
      if (phaseLeft >= TABLE_SIZE) phaseLeft -= TABLE_SIZE;
      phaseRight += stepRight;
      if (phaseRight >= TABLE_SIZE) phaseRight -= TABLE_SIZE;
    }
  }
}

function read(bright: Float32Array, dark: Float32Array, colour: number, phase: number): number {
  const index = phase | 0;
  const part = phase - index;
  const b = bright[index] ?? 0;
  const d = dark[index] ?? 0;
  const first = d + (b - d) * colour;
  const b2 = bright[index + 1] ?? 0;
  const d2 = dark[index + 1] ?? 0;
  return first + (d2 + (b2 - d2) * colour - first) * part;
}
