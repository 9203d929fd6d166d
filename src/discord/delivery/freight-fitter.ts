import type { Transcoder } from '../../media/transcoder.ts';
import { MAX_BYTES_PER_MESSAGE, MAX_FILES_PER_MESSAGE } from './delivery-plan.ts';
import { type Freight, findLargest, type LoadedClip, sumSizes } from './freight.ts';

/** What a message has left. */
interface Space {
  readonly files: number;
  readonly bytes: number;
}

interface Limit {
  /** Largest single file. */
  readonly limitBytes: number;
  /** Discord refused larger ones although the limit that it states allows them. */
  readonly isRefused?: boolean | undefined;
}

/** A message with nothing in it. */
export const EMPTY_SPACE: Space = { files: MAX_FILES_PER_MESSAGE, bytes: MAX_BYTES_PER_MESSAGE };

/** Steps down the ladder: what is larger than a place takes is made smaller, cut into pieces, or left out. */
export class FreightFitter {
  readonly #transcoder: Transcoder;

  constructor(transcoder: Transcoder) {
    this.#transcoder = transcoder;
  }

  /** The same freight for a place that takes less. What cannot be made to fit is missing as `too-large`. */
  async fit(freight: Freight, limit: Limit, signal: AbortSignal): Promise<Freight> {
    const { archive } = freight;
    if (archive && archive.bytes.length <= limit.limitBytes) return freight;
    if (archive) return { clips: freight.clips.map(leaveOut) };
    const clips: LoadedClip[] = [];
    let space = EMPTY_SPACE;
    for (const loaded of freight.clips) {
      const fitted = await this.fitClip(loaded, limit, space, signal);
      clips.push(fitted);
      space = { files: space.files - fitted.files.length, bytes: space.bytes - sumSizes(fitted.files) };
    }
    return { clips };
  }

  /** One clip for a place that takes less, and for what a message has left. */
  async fitClip(
    loaded: LoadedClip,
    { limitBytes, isRefused = false }: Limit,
    space: Space,
    signal: AbortSignal,
  ): Promise<LoadedClip> {
    const { files } = loaded;
    const [file] = files;
    if (!file) return loaded;
    const isSmallEnough = findLargest(files) <= limitBytes;
    if (isSmallEnough && files.length <= space.files && sumSizes(files) <= space.bytes) return loaded;
    // Pieces came from a file that is larger still, and which is not here any more.
    if (limitBytes <= 0 || space.files <= 0 || files.length > 1) return leaveOut(loaded);
    const room = { maxBytes: limitBytes, maxTotalBytes: space.bytes, maxPieces: space.files };
    const smaller = await this.#transcoder.shrink(file, room, signal);
    if (!smaller) return leaveOut(loaded);
    const originalBytes = loaded.shrinkage?.originalBytes ?? file.bytes.length;
    const shrinkage = { originalBytes, limitBytes, isRefused, kbps: smaller.kbps };
    return { clip: loaded.clip, files: smaller.files, shrinkage, picture: loaded.picture };
  }
}

function leaveOut({ clip, missing }: LoadedClip): LoadedClip {
  return { clip, files: [], missing: missing ?? 'too-large' };
}
