import { between, createRandom, pick } from './random.ts';
import type { SongSpec } from './spec.ts';
import { chooseStyle } from './styles.ts';

/** Key, tempo and chords of a song. */
export interface Harmony {
  /** MIDI pitch class of the key note, 0 (C) to 11. */
  readonly root: number;
  /** Semitones of the seven notes of the scale above the key note. */
  readonly scale: readonly number[];
  readonly beatsPerMinute: number;
  /** Scale degrees (0 to 6) of the chords, one per bar, repeated. */
  readonly verse: readonly number[];
  readonly chorus: readonly number[];
}

const MAJOR = [0, 2, 4, 5, 7, 9, 11];
const MINOR = [0, 2, 3, 5, 7, 8, 10];

type Progressions = readonly [readonly number[], ...(readonly number[])[]];

const MAJOR_PROGRESSIONS: Progressions = [
  [0, 4, 5, 3],
  [0, 5, 3, 4],
  [5, 3, 0, 4],
  [0, 3, 5, 4],
  [1, 4, 0, 5],
  [0, 2, 3, 4],
];

const MINOR_PROGRESSIONS: Progressions = [
  [0, 5, 2, 6],
  [0, 3, 5, 4],
  [0, 6, 5, 6],
  [0, 2, 6, 3],
  [5, 6, 0, 0],
];

/** Key, tempo and chords, decided by the score seed and the style words alone, so that follow-ups share them. */
export function composeHarmony(spec: Pick<SongSpec, 'scoreSeed' | 'scoreStyle'>): Harmony {
  const style = chooseStyle(spec.scoreStyle, spec.scoreSeed);
  const random = createRandom(`${spec.scoreSeed}:harmony`);
  const minor = random() < style.minor;
  const progressions = minor ? MINOR_PROGRESSIONS : MAJOR_PROGRESSIONS;
  return {
    root: Math.floor(random() * 12),
    scale: minor ? MINOR : MAJOR,
    beatsPerMinute: Math.round(between(random, style.tempo[0], style.tempo[1])),
    verse: pick(random, progressions),
    chorus: pick(random, progressions),
  };
}

/** Seconds of one bar of four beats. */
export function getBarS(harmony: Harmony): number {
  return 240 / harmony.beatsPerMinute;
}

/** MIDI pitch of a scale degree; degrees below 0 and above 6 go to other octaves. @param octave - MIDI octave, 5 begins at middle C */
export function getPitch(harmony: Harmony, degree: number, octave: number): number {
  const steps = Math.floor(degree / 7);
  const tone = harmony.scale[degree - steps * 7] ?? 0;
  return 12 * (octave + steps) + harmony.root + tone;
}
