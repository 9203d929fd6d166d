import type { ClipAudio } from './clips.ts';
import { listParts, type PartName } from './synth/parts.ts';
import type { DrumName } from './synth/rhythm.ts';
import { composeScore, type Score } from './synth/score.ts';

/** A tone of an instrument. Times in seconds from the start of the clip. */
interface MidiNote {
  /** MIDI pitch; for drums the key of General MIDI's drum map. */
  readonly pitch: number;
  readonly start: number;
  readonly end: number;
  /** 0 to 1, in steps of 1/127. */
  readonly velocity: number;
}

/** What one instrument plays in a clip. */
export interface MidiInstrument {
  readonly name: PartName;
  /** Program of General MIDI, counted from 0; `drums` for the drum channel. */
  readonly program: number | 'drums';
  /** In the order in which they begin. */
  readonly notes: readonly MidiNote[];
}

const PROGRAMS: Readonly<Partial<Record<PartName, number | 'drums'>>> = {
  Vocals: 53,
  'Backing Vocals': 52,
  Drums: 'drums',
  Percussion: 'drums',
  Bass: 33,
  Guitar: 24,
  Keyboard: 0,
  Strings: 48,
  Synth: 81,
  Brass: 61,
  Woodwinds: 73,
};

/** The keys of General MIDI's drum map. */
const DRUM_KEYS: Readonly<Record<DrumName, number>> = {
  kick: 36,
  rim: 37,
  snare: 38,
  clap: 39,
  hat: 42,
  tom: 45,
  open: 46,
  crash: 49,
  conga: 63,
  shaker: 82,
};

/** What is played in a clip, instrument by instrument, as its score has it. Rushes of noise have no notes, so FX is missing. */
export function listInstruments({ song, selection }: ClipAudio): MidiInstrument[] {
  const score = composeScore(song);
  return listParts(selection).flatMap((name) => {
    const program = PROGRAMS[name];
    if (program === undefined) return [];
    const notes = listNotes(score, name).flatMap((note) => cutNote(note, song.lengthS));
    notes.sort((a, b) => a.start - b.start);
    return notes.length === 0 ? [] : [{ name, program, notes }];
  });
}

interface RawNote {
  readonly pitch: number;
  readonly startS: number;
  readonly lengthS: number;
  readonly velocity: number;
}

/** Seconds that a stroke on a drum is held: nobody hears where it ends. */
const STROKE_S = 0.1;

function listNotes(score: Score, part: PartName): readonly RawNote[] {
  const hits = (score.hits.get(part) ?? []).map(({ drum, startS, velocity }) => ({
    pitch: DRUM_KEYS[drum],
    startS,
    lengthS: STROKE_S,
    velocity,
  }));
  return [...(score.notes.get(part) ?? []), ...hits];
}

/** Keeps what of a note lies within its clip. */
function cutNote(note: RawNote, lengthS: number): MidiNote[] {
  const start = Math.max(0, note.startS);
  const end = Math.min(lengthS, note.startS + note.lengthS);
  if (end <= start) return [];
  const velocity = Math.max(1, Math.round(Math.min(1, note.velocity) * 127)) / 127;
  return [{ pitch: note.pitch, start, end, velocity }];
}
