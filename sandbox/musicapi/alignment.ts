import type { ClipAudio } from './clips.ts';
import { listInstruments } from './midi-score.ts';
import { createRandom } from './synth/random.ts';

/** A word of the lyrics and when it is sung, in seconds from the start of the clip. */
export interface AlignedWord {
  /** With what stands before and behind it, section names and line breaks included: all words together are the lyrics. */
  readonly word: string;
  readonly success: boolean;
  readonly start_s: number;
  readonly end_s: number;
  /** How sure the match is, 0 to 1. */
  readonly p_align: number;
}

/** Blanks, line breaks and section names in brackets, then a word (a bracket that nobody closes is one too), then what ends its line. */
const WORD = /(?:\s|\[[^\]\n]*\])*(?:[^\s[]|\[(?![^\]\n]*\]))\S*[^\S\n]*\n?/guy;

/** The words of a text, each with its surroundings; none when nothing is to be sung. Joined they are the text again. */
export function splitWords(lyrics: string): string[] {
  const words = lyrics.match(WORD) ?? [];
  const rest = lyrics.slice(words.reduce((sum, word) => sum + word.length, 0));
  const last = words.pop();
  return last === undefined ? [] : [...words, last + rest];
}

/** A stretch of singing, in seconds from the start of the clip. */
interface Tone {
  readonly start: number;
  readonly end: number;
}

/** Lays the words of a clip over the tones that its singer sings, in order; where nobody sings, evenly over the clip. */
export function alignLyrics(lyrics: string, audio: ClipAudio, durationS: number): AlignedWord[] {
  const words = splitWords(lyrics);
  const tones = listSung(audio, durationS);
  const random = createRandom(lyrics);
  // A division of whole numbers meets a border between tones exactly; a sum or product of shares lands beside it, in the wrong tone.
  const getPlace = (index: number) => (index * tones.length) / words.length;
  return words.map((word, index) => {
    const from = getPlace(index);
    const to = getPlace(index + 1);
    return {
      word,
      success: true,
      start_s: roundWithin(getTime(tones, from, Math.floor(from)), durationS),
      end_s: roundWithin(getTime(tones, to, Math.ceil(to) - 1), durationS),
      p_align: round(0.9 + random() * 0.1),
    };
  });
}

/** The tones of the singer; where nobody sings, the whole clip as one. */
function listSung(audio: ClipAudio, durationS: number): readonly Tone[] {
  const parts = listInstruments({ ...audio, selection: 'mix' });
  const notes = parts.find(({ name }) => name === 'Vocals')?.notes ?? [];
  if (notes.length === 0) return [{ start: 0, end: durationS }];
  // Where the style swings, a late tone rings on into the next one; its word ends with it there.
  return notes.map(({ start, end }, index) => ({
    start,
    end: Math.min(end, notes[index + 1]?.start ?? end),
  }));
}

/** Seconds at a place among the tones: 2.5 is the middle of the third. @param index - which tone's time is meant at a border */
function getTime(tones: readonly Tone[], place: number, index: number): number {
  const tone = tones[index] ?? { start: 0, end: 0 };
  return tone.start + (tone.end - tone.start) * (place - index);
}

const STEPS_PER_S = 100_000;

function round(value: number): number {
  return Math.round(value * STEPS_PER_S) / STEPS_PER_S;
}

/** Rounds a time, but never to behind the end of its clip. */
function roundWithin(timeS: number, endS: number): number {
  const rounded = round(timeS);
  return rounded > endS ? round(rounded - 1 / STEPS_PER_S) : rounded;
}
