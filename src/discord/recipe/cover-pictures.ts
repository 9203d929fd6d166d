import type { Clip } from '../../domain/clip.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Downloader } from '../../media/download.ts';
import { isCoverPicture } from '../../media/song-tags.ts';

/** A song comes with its picture if that is there by then: nobody waits for it longer. */
const DEFAULT_TIMEOUT_MS = 2_000;

/** A picture larger than this takes more room in a file than it is worth. */
const MAX_BYTES = 512 * 1024;

interface PictureDeps {
  readonly downloader: Pick<Downloader, 'download'>;
  readonly log: Logger;
  /** For one picture. @defaultValue 2 s */
  readonly timeoutMs?: number;
}

/** Fetches the pictures that stand in the files of songs. */
export class CoverPictures {
  readonly #deps: PictureDeps;

  constructor(deps: PictureDeps) {
    this.#deps = deps;
  }

  /** The cover of a song; undefined where there is none that is small and fast enough. Never throws. */
  async fetch({ clipId, kind, imageUrl }: Clip, signal: AbortSignal): Promise<Buffer | undefined> {
    if (kind !== 'song' || !imageUrl) return undefined;
    const { downloader, log, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#deps;
    try {
      const { bytes } = await downloader.download(imageUrl, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        maxBytes: MAX_BYTES,
        expect: 'anything',
      });
      return isCoverPicture(bytes) ? bytes : undefined;
    } catch (error) {
      log.debug({ clipId, reason: coerceError(error).message }, 'cover picture not fetched');
      return undefined;
    }
  }
}
