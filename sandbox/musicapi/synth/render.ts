import { addHits, addSweep } from './drums.ts';
import { addEcho, addRoom, fadeEnds } from './effects.ts';
import { BASIC_STEMS, listParts, type PartName, type Selection } from './parts.ts';
import { addPcm, createPcm, getPeak, type Pcm, SAMPLE_RATE, scalePcm } from './pcm.ts';
import { addPluck } from './pluck.ts';
import { createRandom } from './random.ts';
import { composeScore, type Score } from './score.ts';
import type { SongSpec } from './spec.ts';
import { TIMBRES, type TimbreName } from './timbres.ts';
import { addTone } from './tone.ts';
import { addSinging, listVowels } from './voice.ts';

/** Loudness of every part before the style's own levels; found by ear and by comparing the parts' power. */
const LEVELS: Readonly<Record<PartName, number>> = {
  Vocals: 1.25,
  'Backing Vocals': 0.65,
  Drums: 0.9,
  Bass: 0.42,
  Guitar: 0.5,
  Keyboard: 0.2,
  Percussion: 0.9,
  Strings: 0.12,
  Synth: 0.25,
  FX: 0.7,
  Brass: 0.2,
  Woodwinds: 0.2,
};

const PEAK = 0.89;

/** The number of samples of a piece. */
function getSamples(spec: SongSpec): number {
  return Math.max(1, Math.round(spec.lengthS * SAMPLE_RATE));
}

/** Renders one part at its place in the mix, before the common gain. */
function renderPart(spec: SongSpec, score: Score, part: PartName): Pcm {
  const pcm = createPcm(getSamples(spec));
  const notes = score.notes.get(part) ?? [];
  const { timbres } = score.style;
  switch (part) {
    case 'Vocals':
    case 'Backing Vocals':
      renderVoice(pcm, spec, score, part);
      break;
    case 'Drums':
    case 'Percussion':
      addHits(pcm, score.hits.get(part) ?? [], `${spec.soundSeed}:${part}`);
      break;
    case 'FX':
      for (const sweep of score.sweeps) addSweep(pcm, sweep, spec.soundSeed);
      break;
    case 'Guitar': {
      const random = createRandom(`${spec.soundSeed}:strings`);
      for (const note of notes) addPluck(pcm, note, -0.35, random);
      break;
    }
    case 'Bass':
      addTones(pcm, score, part, timbres.bass, 0, 0);
      break;
    case 'Keyboard':
      addTones(pcm, score, part, timbres.keys, 0.2, 0.35);
      break;
    case 'Strings':
      addTones(pcm, score, part, timbres.strings, 0, 0.6);
      break;
    case 'Synth':
      addTones(pcm, score, part, timbres.synth, 0.4, 0);
      addEcho(pcm, 45 / score.harmony.beatsPerMinute, 0.35);
      break;
    case 'Brass':
      addTones(pcm, score, part, timbres.brass, -0.25, 0.5);
      break;
    case 'Woodwinds':
      addTones(pcm, score, part, timbres.winds, 0.3, 0.6);
      break;
  }
  scalePcm(pcm, LEVELS[part] * (score.style.levels[part] ?? 1));
  // A piece that continues another begins in the middle of its sound.
  fadeEnds(pcm, 0.004, Math.min(1.2, spec.lengthS / 6));
  return pcm;
}

function addTones(
  pcm: Pcm,
  score: Score,
  part: PartName,
  timbre: TimbreName,
  pan: number,
  room: number,
): void {
  for (const note of score.notes.get(part) ?? []) addTone(pcm, note, TIMBRES[timbre], pan);
  if (room > 0) addRoom(pcm, room);
}

function renderVoice(pcm: Pcm, spec: SongSpec, score: Score, part: 'Vocals' | 'Backing Vocals'): void {
  const notes = score.notes.get(part) ?? [];
  if (notes.length === 0) return;
  const reach = spec.voice === 'f' ? 1.17 : 1;
  const vowels = part === 'Vocals' ? listVowels(spec.lyrics) : ['u', 'o'];
  addSinging(
    pcm,
    notes,
    vowels,
    reach,
    part === 'Vocals' ? 0 : -0.3,
    createRandom(`${spec.soundSeed}:${part}`),
  );
  addRoom(pcm, part === 'Vocals' ? 0.35 : 0.7);
  if (part === 'Vocals') addEcho(pcm, 45 / score.harmony.beatsPerMinute, 0.12);
}

/** A rendered selection and the gain that all parts of its song share, so that neither the mix nor any stem clips. */
export interface Rendering {
  readonly pcm: Pcm;
  readonly gain: number;
}

/**
 * Renders the mix or a stem. The stems of a song, basic or full, add up to its mix.
 *
 * @param knownGain - the gain of an earlier rendering of the same song; without it all parts are rendered to find it
 */
export function renderSelection(spec: SongSpec, selection: Selection, knownGain?: number): Rendering {
  const score = composeScore(spec);
  const wanted = listParts(selection);
  const sum = createPcm(getSamples(spec));
  if (knownGain !== undefined) {
    for (const part of wanted) addPcm(sum, renderPart(spec, score, part));
    scalePcm(sum, knownGain);
    return { pcm: sum, gain: knownGain };
  }
  const mix = createPcm(getSamples(spec));
  let peak = 0;
  for (const group of Object.values(BASIC_STEMS)) {
    const stem = createPcm(getSamples(spec));
    for (const part of group) {
      const pcm = renderPart(spec, score, part);
      peak = Math.max(peak, getPeak(pcm));
      addPcm(stem, pcm);
      if (wanted.includes(part)) addPcm(sum, pcm);
    }
    peak = Math.max(peak, getPeak(stem));
    addPcm(mix, stem);
  }
  peak = Math.max(peak, getPeak(mix));
  const gain = peak === 0 ? 1 : PEAK / peak;
  scalePcm(sum, gain);
  return { pcm: sum, gain };
}
