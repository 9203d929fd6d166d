import { createRandom, pick } from './random.ts';

/** A tone of a tune within its bar. */
export interface MelodyNote {
  /** Position and length in eighths of the bar. */
  readonly eighth: number;
  readonly eighths: number;
  /** Scale degree above the key note. */
  readonly degree: number;
}

/** One bar in eighths: `o` begins a tone, `-` holds it, `.` is a rest. */
const RHYTHMS = ['o-ooo--.', 'ooo-ooo-', 'o--oo-o.', '.ooo-oo-', 'o-o-oo--', 'o.ooo.oo'] as const;

function listOnsets(rhythm: string): { eighth: number; eighths: number }[] {
  return [...rhythm.matchAll(/o-*/g)].map((tone) => ({ eighth: tone.index, eighths: tone[0].length }));
}

/** Which of the three phrases of a section a bar sings: statement, answer, statement, ending. */
const PHRASES = [0, 1, 0, 2];

/**
 * The tune of one bar: a rhythm and a contour that return, bent to the chord of the bar on its strong beats.
 *
 * @param chord - scale degree of the bar's chord
 */
export function composeMelody(seed: string, chord: number, bar: number, chorus: boolean): MelodyNote[] {
  const phrase = PHRASES[bar % 4] ?? 0;
  const random = createRandom(`${seed}:${chorus ? 'chorus' : 'verse'}:${phrase}`);
  const onsets = listOnsets(pick(random, RHYTHMS));
  let degree = (chorus ? 4 : 2) + Math.floor(random() * 3);
  return onsets.map(({ eighth, eighths }) => {
    degree = clamp(degree + pick(random, [-2, -1, -1, 0, 1, 1, 2]), -1, 8);
    if (eighth % 4 === 0) degree = findChordTone(degree, chord);
    return { eighth, eighths, degree };
  });
}

/** The tone of the chord that lies nearest to a degree, the lower one of two. */
export function findChordTone(degree: number, chord: number): number {
  for (const distance of [0, -1, 1, -2, 2]) {
    const step = (((degree + distance - chord) % 7) + 7) % 7;
    if (step === 0 || step === 2 || step === 4) return degree + distance;
  }
  return degree;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
