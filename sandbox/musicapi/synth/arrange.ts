import { getBarS, getPitch, type Harmony } from './harmony.ts';
import { composeMelody, findChordTone } from './melody.ts';
import type { PartName } from './parts.ts';
import { createRandom, pick, type Random } from './random.ts';
import { type BassFigure, listDrumStrokes, listPercussionStrokes, type Stroke } from './rhythm.ts';
import type { ScoreWriter } from './score.ts';
import type { SongSpec } from './spec.ts';
import type { Style } from './styles.ts';

/** Sections are short because the songs are: two bars of verse, two of chorus. */
const BARS_PER_SECTION = 2;

/** One bar and its surroundings. */
export interface BarContext {
  readonly spec: SongSpec;
  readonly harmony: Harmony;
  readonly style: Style;
  /** Number of the bar on the song's own time line. */
  readonly bar: number;
  /** Where the bar begins in this piece, in seconds; may lie before it. */
  readonly barStartS: number;
}

interface Bar extends BarContext {
  readonly chord: number;
  readonly chorus: boolean;
  readonly begins: boolean;
  readonly ends: boolean;
  /** Varies patterns from song to song, not from bar to bar. */
  readonly habits: Random;
  readonly writer: ScoreWriter;
}

/** Writes what all parts play in one bar. */
export function arrangeBar(context: BarContext, writer: ScoreWriter): void {
  const { harmony, bar, spec } = context;
  const chorus = Math.floor(bar / BARS_PER_SECTION) % 2 === 1;
  const progression = chorus ? harmony.chorus : harmony.verse;
  const full: Bar = {
    ...context,
    writer,
    chorus,
    chord: progression[bar % progression.length] ?? 0,
    begins: bar % BARS_PER_SECTION === 0,
    ends: bar % BARS_PER_SECTION === BARS_PER_SECTION - 1,
    habits: createRandom(`${spec.soundSeed}:habits`),
  };
  arrangeRhythm(full);
  arrangeBass(full, full.style.bass);
  arrangeChords(full);
  arrangeColours(full);
  arrangeTune(full);
}

/** Seconds from the start of the piece to an eighth (fractions allowed) of the bar, swung. */
function timeOf(bar: Bar, eighth: number): number {
  const eighthS = getBarS(bar.harmony) / 8;
  const swung = Math.floor(eighth) % 2 === 1 ? eighth + bar.style.swing : eighth;
  return bar.barStartS + swung * eighthS;
}

function play(
  bar: Bar,
  part: PartName,
  eighth: number,
  eighths: number,
  pitch: number,
  velocity: number,
): void {
  const lengthS = (eighths * getBarS(bar.harmony)) / 8;
  bar.writer.addNote(part, { startS: timeOf(bar, eighth), lengthS, pitch, velocity });
}

function arrangeRhythm(bar: Bar): void {
  strike(bar, 'Drums', listDrumStrokes(bar.style.drums, bar.begins, bar.ends));
  strike(bar, 'Percussion', listPercussionStrokes(bar.habits()));
  const barS = getBarS(bar.harmony);
  if (bar.ends) bar.writer.addSweep({ startS: bar.barStartS + barS / 2, lengthS: barS / 2, velocity: 0.8 });
  else bar.writer.addSweep({ startS: bar.barStartS, lengthS: barS / 4, velocity: 0.4 });
}

function strike(bar: Bar, part: PartName, strokes: readonly Stroke[]): void {
  for (const { drum, sixteenth, velocity } of strokes) {
    bar.writer.addHit(part, { startS: timeOf(bar, sixteenth / 2), drum, velocity });
  }
}

function arrangeBass(bar: Bar, figure: BassFigure): void {
  const low = (degree: number) => getPitch(bar.harmony, degree, bar.harmony.root > 6 ? 2 : 3);
  const { chord } = bar;
  if (figure === 'walking') {
    [0, 2, 4, 5].forEach((step, beat) => {
      play(bar, 'Bass', beat * 2, 1.9, low(chord + step), 0.8);
    });
    return;
  }
  if (figure === 'halves') {
    play(bar, 'Bass', 0, 3.4, low(chord), 0.9);
    play(bar, 'Bass', 4, 2.4, low(chord), 0.75);
    play(bar, 'Bass', 7, 0.9, low(chord + 4), 0.6);
    return;
  }
  for (let eighth = figure === 'offbeat' ? 1 : 0; eighth < 8; eighth += figure === 'offbeat' ? 2 : 1) {
    const degree = bar.chorus && eighth === 7 ? chord + 7 : chord;
    play(bar, 'Bass', eighth, 0.9, low(degree), eighth % 2 === 0 ? 0.9 : 0.75);
  }
}

/** The parts that carry the harmony: keyboard, guitar, strings and the synth's broken chords. */
function arrangeChords(bar: Bar): void {
  const { chorus, habits } = bar;
  const rhythm = pick(habits, [
    [0, 3, 6],
    [0, 4],
    [0, 2, 4, 6],
    [1, 3, 5, 7],
  ]);
  rhythm.forEach((eighth, index) => {
    const eighths = ((rhythm[index + 1] ?? 8) - eighth) * 0.85;
    for (const step of TRIAD) play(bar, 'Keyboard', eighth, eighths, chordTone(bar, step), 0.6);
  });
  const picked = pick(habits, [
    [0, 4, 2, 7, 4, 2, 7, 4],
    [0, 2, 4, 7, 9, 7, 4, 2],
    [0, 4, 7, 4, 9, 4, 7, 4],
  ]);
  picked.forEach((step, eighth) => {
    play(bar, 'Guitar', eighth, 1.6, chordTone(bar, step - 7), eighth % 4 === 0 ? 0.8 : 0.55);
  });
  for (const step of [0, 4, 9]) play(bar, 'Strings', 0, 8, chordTone(bar, step), chorus ? 0.7 : 0.45);
  const ladder = pick(habits, [
    [0, 2, 4, 7],
    [7, 4, 2, 4],
    [0, 4, 7, 11],
  ]);
  const every = chorus ? 1 : 2;
  for (let sixteenth = 0; sixteenth < 16; sixteenth += every) {
    const step = ladder[(sixteenth / every) % ladder.length] ?? 0;
    play(bar, 'Synth', sixteenth / 2, 0.45, chordTone(bar, step), chorus ? 0.6 : 0.4);
  }
}

const TRIAD = [0, 2, 4];

/** The octave in which the middle of the arrangement lies, so that keys high in the octave do not become shrill. */
function getMiddle(harmony: Harmony): number {
  return harmony.root > 5 ? 4 : 5;
}

/** Pitch of a step above the chord's own tone, the chord taken from within half an octave of the key note. */
function chordTone(bar: Bar, step: number): number {
  const near = bar.chord > 3 ? bar.chord - 7 : bar.chord;
  return getPitch(bar.harmony, near + step, getMiddle(bar.harmony));
}

/** The parts that only answer: brass on the accents, woodwinds between the lines. */
function arrangeColours(bar: Bar): void {
  const { chorus, habits } = bar;
  const accents = pick(habits, [
    [0, 3],
    [2.5, 3],
    [6, 7],
  ]);
  for (const eighth of chorus ? accents : accents.slice(0, 1)) {
    for (const step of TRIAD) play(bar, 'Brass', eighth, 0.8, chordTone(bar, step), chorus ? 0.8 : 0.4);
  }
  const run = pick(habits, [
    [4, 5, 6, 7],
    [9, 8, 7, 4],
    [7, 6, 7, 9],
  ]);
  run.forEach((step, index) => {
    const eighth = bar.ends ? 4 + index : 6 + index / 2;
    play(bar, 'Woodwinds', eighth, bar.ends ? 0.9 : 0.45, chordTone(bar, step), bar.ends ? 0.75 : 0.5);
  });
}

/** The tune: sung, or played where nobody sings. */
function arrangeTune(bar: Bar): void {
  const { harmony, chord, chorus, spec } = bar;
  const tune = composeMelody(spec.melodySeed, chord, bar.bar, chorus);
  if (spec.instrumental) {
    const lead = chooseLead(bar.style);
    for (const { eighth, eighths, degree } of tune) {
      play(bar, lead, eighth, eighths * 0.95, getPitch(harmony, degree, getMiddle(harmony)), 1.2);
    }
    return;
  }
  const octave = (spec.voice === 'f' ? 5 : 4) + (harmony.root > 7 ? -1 : 0);
  for (const { eighth, eighths, degree } of tune) {
    play(bar, 'Vocals', eighth, eighths * 0.95, getPitch(harmony, degree, octave), chorus ? 0.9 : 0.8);
    if (chorus)
      play(bar, 'Backing Vocals', eighth, eighths * 0.9, getPitch(harmony, degree + 2, octave), 0.6);
  }
  if (chorus) return;
  play(bar, 'Backing Vocals', 4, 3.8, getPitch(harmony, findChordTone(4, chord), octave), 0.4);
}

/** The part that a style brings forward most, among those that can carry a tune. */
function chooseLead(style: Style): PartName {
  const able = ['Woodwinds', 'Keyboard', 'Synth', 'Guitar', 'Brass'] as const;
  return able.reduce((best, part) => ((style.levels[part] ?? 1) > (style.levels[best] ?? 1) ? part : best));
}
