import type { SongSpec } from './synth/spec.ts';

/** Turns a song of its own into one that follows from another. */
export type Shape = (fresh: SongSpec) => SongSpec;

/** What a follow-up was asked for. */
interface Wishes {
  readonly tags?: string | undefined;
  readonly vocal_gender?: 'f' | 'm' | undefined;
  readonly duration?: number | undefined;
}

const keepScore = ({ scoreSeed, scoreStyle }: SongSpec) => ({ scoreSeed, scoreStyle });

/** Goes on with a song from a place in it: the same key, tempo, chords and sound. @param atS - seconds from the start of the clip */
export function extendSong(base: SongSpec, atS: number, wishes: Wishes): Shape {
  return (fresh) => ({
    ...fresh,
    ...keepScore(base),
    soundSeed: base.soundSeed,
    soundStyle: wishes.tags ?? base.soundStyle,
    voice: wishes.vocal_gender ?? base.voice,
    startS: base.startS + atS,
  });
}

/** The same melody over the same chords with another sound. */
export function coverSong(base: SongSpec, wishes: Wishes): Shape {
  return (fresh) => ({
    ...fresh,
    ...keepScore(base),
    melodySeed: base.melodySeed,
    startS: base.startS,
    lengthS: wishes.duration === undefined ? base.lengthS : fresh.lengthS,
  });
}

/** The same song played once more; with `high` it is also sung differently. */
export function remasterSong(base: SongSpec, variation: 'subtle' | 'normal' | 'high' | undefined): Shape {
  return (fresh) => ({
    ...base,
    soundSeed: fresh.soundSeed,
    melodySeed: variation === 'high' ? fresh.melodySeed : base.melodySeed,
  });
}

/** Lets somebody sing to the same song. */
export function addSinger(base: SongSpec, wishes: Wishes): Shape {
  return (fresh) => ({
    ...base,
    melodySeed: fresh.melodySeed,
    instrumental: false,
    voice: wishes.vocal_gender ?? fresh.voice,
    lyrics: fresh.lyrics,
  });
}

/** Puts another band behind the same song. */
export function addBand(base: SongSpec): Shape {
  return (fresh) => ({ ...base, soundSeed: fresh.soundSeed, soundStyle: fresh.soundStyle });
}

/** A new song on the chords of a part of another. @param fromS - seconds from the start of the clip */
export function sampleSong(base: SongSpec, fromS: number): Shape {
  return (fresh) => ({ ...fresh, ...keepScore(base), startS: base.startS + fromS });
}

/** The chords of one song under the melody of another, in a sound of its own. */
export function mashSongs(first: SongSpec, second: SongSpec): Shape {
  return (fresh) => ({ ...fresh, ...keepScore(first), melodySeed: second.melodySeed, voice: second.voice });
}

/** A new part for a place in a song, as long as that place. Seconds from the start of the clip. */
export function refillSong(base: SongSpec, fromS: number, toS: number, wishes: Wishes): Shape {
  const extend = extendSong(base, fromS, wishes);
  return (fresh) => ({ ...extend(fresh), lengthS: roundS(toS - fromS) });
}

/** What is heard of a song from one second to another. */
export function cutSong(song: SongSpec, fromS: number, toS: number): SongSpec[] {
  if (toS - fromS < 0.01) return [];
  if (song.pieces === undefined)
    return [{ ...song, startS: song.startS + fromS, lengthS: roundS(toS - fromS) }];
  let offsetS = 0;
  return song.pieces.flatMap((piece) => {
    const beginS = offsetS;
    offsetS += piece.lengthS;
    return cutSong(piece, Math.max(0, fromS - beginS), Math.min(piece.lengthS, toS - beginS));
  });
}

/** One song out of parts that share their chords. Everything that is not said by the parts is the first song's. */
export function joinSong(base: SongSpec, pieces: readonly SongSpec[], lyrics: string): SongSpec {
  const lengthS = roundS(pieces.reduce((sum, piece) => sum + piece.lengthS, 0));
  const instrumental = pieces.every((piece) => piece.instrumental);
  return { ...base, lengthS, instrumental, lyrics, pieces };
}

/** Hundredths of a second, as the provider states durations. */
export function roundS(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
