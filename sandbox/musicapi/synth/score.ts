import { arrangeBar } from './arrange.ts';
import { composeHarmony, getBarS, type Harmony } from './harmony.ts';
import type { PartName } from './parts.ts';
import type { DrumName } from './rhythm.ts';
import type { SongSpec } from './spec.ts';
import { chooseStyle, type Style } from './styles.ts';

/** One tone. Times are seconds from the start of the piece; a start below 0 belongs to what came before it. */
export interface Note {
  readonly startS: number;
  readonly lengthS: number;
  /** MIDI pitch. */
  readonly pitch: number;
  /** Loudness, 0 to 1. */
  readonly velocity: number;
}

/** One stroke on a drum. */
export interface Hit {
  readonly startS: number;
  readonly drum: DrumName;
  readonly velocity: number;
}

/** A rush of noise that leads into something. */
export interface Sweep {
  readonly startS: number;
  readonly lengthS: number;
  readonly velocity: number;
}

/** What is played, part by part. */
export interface Score {
  readonly harmony: Harmony;
  /** The style of the sound; a cover's differs from the style of the score. */
  readonly style: Style;
  readonly notes: ReadonlyMap<PartName, readonly Note[]>;
  readonly hits: ReadonlyMap<PartName, readonly Hit[]>;
  readonly sweeps: readonly Sweep[];
}

/** Collects what one bar contributes to a score. */
export interface ScoreWriter {
  addNote(part: PartName, note: Note): void;
  addHit(part: PartName, hit: Hit): void;
  addSweep(sweep: Sweep): void;
}

/**
 * Writes the score of a piece. A song is endless here: every bar follows from the seeds and its number, and a piece is a window on it.
 * That is why an extension goes on in time with the song it extends.
 */
export function composeScore(spec: SongSpec): Score {
  return spec.pieces === undefined ? composeWindow(spec) : joinPieces(spec, spec.pieces);
}

function joinPieces(spec: SongSpec, pieces: readonly SongSpec[]): Score {
  const notes = new Map<PartName, Note[]>();
  const hits = new Map<PartName, Hit[]>();
  const sweeps: Sweep[] = [];
  let offsetS = 0;
  for (const piece of pieces) {
    const score = composeScore(piece);
    const place = <T extends { readonly startS: number }>(item: T): T[] =>
      item.startS >= 0 && item.startS < piece.lengthS ? [{ ...item, startS: item.startS + offsetS }] : [];
    for (const [part, list] of score.notes)
      for (const note of list)
        for (const placed of place(note)) append(notes, part, cutNote(placed, offsetS + piece.lengthS));
    for (const [part, list] of score.hits)
      for (const hit of list) for (const placed of place(hit)) append(hits, part, placed);
    sweeps.push(...score.sweeps.flatMap(place));
    offsetS += piece.lengthS;
  }
  return {
    harmony: composeHarmony(spec),
    style: chooseStyle(spec.soundStyle, spec.soundSeed),
    notes,
    hits,
    sweeps,
  };
}

/** A tone does not ring on into the next piece. */
function cutNote(note: Note, endS: number): Note {
  return { ...note, lengthS: Math.min(note.lengthS, endS - note.startS) };
}

function composeWindow(spec: SongSpec): Score {
  const harmony = composeHarmony(spec);
  const style = chooseStyle(spec.soundStyle, spec.soundSeed);
  const notes = new Map<PartName, Note[]>();
  const hits = new Map<PartName, Hit[]>();
  const sweeps: Sweep[] = [];
  const writer: ScoreWriter = {
    addNote: (part, note) => append(notes, part, note),
    addHit: (part, hit) => append(hits, part, hit),
    addSweep: (sweep) => sweeps.push(sweep),
  };
  const barS = getBarS(harmony);
  const first = Math.floor(spec.startS / barS);
  const last = Math.ceil((spec.startS + spec.lengthS) / barS);
  for (let bar = first; bar < last; bar++) {
    arrangeBar({ spec, harmony, style, bar, barStartS: bar * barS - spec.startS }, writer);
  }
  return { harmony, style, notes, hits, sweeps };
}

function append<T>(map: Map<PartName, T[]>, part: PartName, item: T): void {
  const list = map.get(part);
  if (list === undefined) map.set(part, [item]);
  else list.push(item);
}
