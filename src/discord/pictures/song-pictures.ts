import type { Clip } from '../../domain/clip.ts';
import type { TimedWord } from '../../domain/tool-result.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Media } from '../../media/download.ts';
import type { SectionPlan } from '../../media/sections.ts';
import type { Waveform, WaveformArtist } from '../../media/waveform.ts';

interface SongPicturesDeps {
  readonly artist: WaveformArtist;
  /** The parts of a song, by its words with their times where these are known, else by its lyrics. */
  readonly plan: (
    lyrics: string | undefined,
    words: readonly TimedWord[] | undefined,
  ) => SectionPlan | undefined;
  /** The words of a clip with their times, where somebody has asked for them before. */
  readonly findWords: (clip: Clip) => Promise<readonly TimedWord[] | undefined>;
  readonly log: Logger;
}

/** Kinds of files whose sound is not much larger than they are, whoever made them. */
const HARMLESS: readonly string[] = ['mp3', 'wav'];

/** A few bytes of the other kinds may hold hours of sound; so nobody's own files of these are drawn. */
function isHarmless({ source }: Clip, { extension }: Media): boolean {
  return source !== 'uploaded' || HARMLESS.includes(extension);
}

/** Draws songs for their cards. */
export class SongPictures {
  readonly #deps: SongPicturesDeps;

  constructor(deps: SongPicturesDeps) {
    this.#deps = deps;
  }

  /**
   * Gives undefined where the card has to do without.
   *
   * @throws the reason of `signal` when aborted.
   */
  async draw(clip: Clip, file: Media, signal: AbortSignal): Promise<Waveform | undefined> {
    if (clip.kind !== 'song' || !isHarmless(clip, file)) return undefined;
    const { artist, plan } = this.#deps;
    return await artist.draw(file, plan(clip.lyrics, await this.#findWords(clip)), signal);
  }

  /** No song waits because the times of its words cannot be read. */
  async #findWords(clip: Clip): Promise<readonly TimedWord[] | undefined> {
    try {
      return await this.#deps.findWords(clip);
    } catch (error) {
      const reason = coerceError(error).message;
      this.#deps.log.warn({ clipId: clip.clipId, reason }, 'times of words not read for a picture');
      return undefined;
    }
  }
}
