import { type Pcm, SAMPLE_RATE } from './pcm.ts';
import type { Random } from './random.ts';
import type { Note } from './score.ts';
import { getDecay, getFrequencyHz } from './tone.ts';

/** Adds a plucked string (Karplus and Strong, 1983): a burst of noise that circulates in a delay as long as one period. */
export function addPluck(target: Pcm, note: Note, pan: number, random: Random): void {
  const { left, right } = target;
  const period = SAMPLE_RATE / getFrequencyHz(note.pitch) - 0.5;
  const length = Math.max(2, Math.floor(period));
  const string = new Float32Array(length);
  let smooth = 0;
  for (let i = 0; i < length; i++) {
    smooth += (random() * 2 - 1 - smooth) * 0.55;
    string[i] = smooth;
  }
  const gainLeft = 1.6 * note.velocity * Math.sqrt((1 - pan) / 2);
  const gainRight = 1.6 * note.velocity * Math.sqrt((1 + pan) / 2);
  const offset = Math.round(note.startS * SAMPLE_RATE);
  const held = Math.round(note.lengthS * SAMPLE_RATE);
  const damping = getDecay(0.03);
  let level = 1;
  let index = 0;
  for (let i = 0; offset + i < left.length && level > 0.001; i++) {
    const next = index + 1 === length ? 0 : index + 1;
    const sample = string[index] ?? 0;
    string[index] = 0.4975 * (sample + (string[next] ?? 0));
    index = next;
    if (i > held) level *= damping;
    const at = offset + i;
    if (at < 0) continue;
    left[at] = (left[at] ?? 0) + gainLeft * level * sample;
    right[at] = (right[at] ?? 0) + gainRight * level * sample;
  }
}
