import { describe, expect, it } from 'vitest';
import { BASIC_STEMS, FULL_STEMS, type Selection } from '../../../sandbox/musicapi/synth/parts.ts';
import { addPcm, createPcm, getPeak, type Pcm } from '../../../sandbox/musicapi/synth/pcm.ts';
import { renderSelection } from '../../../sandbox/musicapi/synth/render.ts';
import { composeScore } from '../../../sandbox/musicapi/synth/score.ts';
import type { SongSpec } from '../../../sandbox/musicapi/synth/spec.ts';

/** From the last second of a verse into its chorus. */
const SONG: SongSpec = {
  scoreSeed: 'one',
  scoreStyle: 'pop, summer',
  melodySeed: 'one',
  soundSeed: 'one',
  soundStyle: 'pop, summer',
  startS: 3.5,
  lengthS: 2,
  instrumental: false,
  voice: 'f',
  lyrics: '[Verse]\nStars they shine above me',
};

const render = (spec: SongSpec, selection: Selection = 'mix') => renderSelection(spec, selection);

const MIX = render(SONG);
const FULL = FULL_STEMS.map((name) => renderSelection(SONG, `full:${name}`, MIX.gain).pcm);

/** Largest difference between two sounds. */
function getDistance(a: Pcm, b: Pcm): number {
  const difference = createPcm(a.left.length);
  addPcm(difference, a);
  addPcm(difference, { left: b.left.map((x) => -x), right: b.right.map((x) => -x) });
  return getPeak(difference);
}

function sumOf(stems: readonly Pcm[]): Pcm {
  const sum = createPcm(MIX.pcm.left.length);
  for (const stem of stems) addPcm(sum, stem);
  return sum;
}

describe('renderSelection', () => {
  it('renders the stated length without clipping, and not silence', () => {
    const { pcm } = MIX;
    expect(pcm.left.length).toBe(2 * 44_100);
    expect(getPeak(pcm)).toBeGreaterThan(0.3);
    expect(getPeak(pcm)).toBeLessThanOrEqual(0.8901);
    expect(pcm.left.every(Number.isFinite)).toBe(true);
  });

  it('gives the same samples for the same specification, with or without a known gain', () => {
    expect(getDistance(MIX.pcm, render(SONG).pcm)).toBe(0);
    expect(getDistance(MIX.pcm, renderSelection(SONG, 'mix', MIX.gain).pcm)).toBeLessThan(1e-6);
  });

  it('makes stems, four or twelve, that add up to the mix', () => {
    const basic = (Object.keys(BASIC_STEMS) as (keyof typeof BASIC_STEMS)[]).map(
      (name) => renderSelection(SONG, `basic:${name}`, MIX.gain).pcm,
    );
    expect([basic.length, FULL.length]).toEqual([4, 12]);
    expect(getDistance(MIX.pcm, sumOf(basic))).toBeLessThan(1e-5);
    expect(getDistance(MIX.pcm, sumOf(FULL))).toBeLessThan(1e-5);
  });

  it('lets every part of a song be heard', () => {
    for (const [index, stem] of FULL.entries()) {
      expect(getPeak(stem), FULL_STEMS[index]).toBeGreaterThan(0.005);
    }
  });

  it('has nobody sing in an instrumental', () => {
    expect(getPeak(render({ ...SONG, instrumental: true }, 'basic:Vocals').pcm)).toBe(0);
  });

  it('sounds different with any other seed, style or singer', () => {
    for (const change of [
      { scoreSeed: 'two' },
      { melodySeed: 'two' },
      { soundSeed: 'two' },
      { soundStyle: 'jazz' },
      { voice: 'm' as const },
    ]) {
      expect(getDistance(MIX.pcm, render({ ...SONG, ...change }).pcm)).toBeGreaterThan(0.05);
    }
  });

  it('refuses a stem that does not exist', () => {
    expect(() => render(SONG, 'full:Kazoo' as Selection)).toThrow('no such stem');
  });
});

describe('composeScore', () => {
  it('goes on in key, tempo and beat when a piece begins later', () => {
    const whole = composeScore({ ...SONG, startS: 0, lengthS: 10 });
    const rest = composeScore({ ...SONG, startS: 4, lengthS: 6 });
    expect(rest.harmony).toEqual(whole.harmony);
    const later = (whole.notes.get('Bass') ?? []).filter((note) => note.startS >= 4);
    const continued = (rest.notes.get('Bass') ?? []).filter((note) => note.startS >= 0);
    expect(continued.length).toBeGreaterThan(4);
    continued.forEach((note, index) => {
      expect(note.startS + 4).toBeCloseTo(later[index]?.startS ?? 0, 6);
      expect(note.pitch).toBe(later[index]?.pitch);
    });
  });

  it('keeps the tune and the chords when only the sound changes', () => {
    const original = composeScore(SONG);
    const cover = composeScore({ ...SONG, soundSeed: 'two', soundStyle: 'jazz' });
    const tune = (score: typeof original) => (score.notes.get('Vocals') ?? []).map((note) => note.pitch);
    expect(cover.harmony).toEqual(original.harmony);
    expect(tune(cover)).toEqual(tune(original));
    expect(cover.style.name).not.toBe(original.style.name);
  });

  it('gives the tune of an instrumental to the part that its style brings forward', () => {
    const song = { ...SONG, instrumental: true, soundStyle: 'jazz' };
    const sung = composeScore({ ...song, instrumental: false });
    const played = composeScore(song);
    expect(played.notes.has('Vocals')).toBe(false);
    expect(played.notes.get('Woodwinds')?.length).toBe(
      (sung.notes.get('Woodwinds')?.length ?? 0) + (sung.notes.get('Vocals')?.length ?? 0),
    );
  });

  it('follows the words of the style', () => {
    const tempo = (style: string) => composeScore({ ...SONG, scoreStyle: style }).harmony.beatsPerMinute;
    expect(tempo('techno, club')).toBeGreaterThan(tempo('lofi, chill, study'));
  });
});
