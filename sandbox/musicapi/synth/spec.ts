/**
 * Everything that decides how a song sounds, as plain data. The same specification always gives the same samples.
 *
 * The seeds are separate because follow-ups keep some of them: an extension keeps the score (key, tempo, chords) and the sound,
 * a cover keeps score and melody and takes a new sound.
 */
export interface SongSpec {
  /** Decides key, tempo and chords, together with `scoreStyle`. */
  readonly scoreSeed: string;
  /** Words (tags or description) that set the range of the tempo and the mode. */
  readonly scoreStyle: string;
  /** Decides the tune. */
  readonly melodySeed: string;
  /** Decides patterns and timbres, together with `soundStyle`. */
  readonly soundSeed: string;
  /** Words that choose the instrumentation. */
  readonly soundStyle: string;
  /** Where on the song's own time line this piece begins, in seconds; above 0 for extensions. */
  readonly startS: number;
  /** Length of this piece in seconds. */
  readonly lengthS: number;
  /** Whether nobody sings. */
  readonly instrumental: boolean;
  /** Register of the singer. */
  readonly voice: 'f' | 'm';
  /** What is sung; its vowels colour the voice. */
  readonly lyrics: string;
  /**
   * What is played one after the other, where a song was joined or repaired: windows on songs with the same score seed and style.
   * They last as long as the song and decide its notes; the sound is the song's own.
   */
  readonly pieces?: readonly SongSpec[];
}
