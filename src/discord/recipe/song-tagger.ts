import type { Clip } from '../../domain/clip.ts';
import type { Request } from '../../domain/request.ts';
import type { Task } from '../../domain/task.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { recipeOf } from '../../media/recipe.ts';
import type { SongTags } from '../../media/song-tags.ts';
import { takesTag, withTags } from '../../media/tag-file.ts';
import { findClip } from '../../store/clips.ts';
import type { Store } from '../../store/open.ts';
import { findTimeline } from '../../store/task-lists.ts';
import { findTask } from '../../store/tasks.ts';
import { MAX_BYTES_PER_MESSAGE } from '../delivery/delivery-plan.ts';
import { type Freight, type FreightFile, type LoadedClip, sumSizes } from '../delivery/freight.ts';
import { titleOf } from '../messages/clip-title.ts';

interface TaggerDeps {
  readonly store: Store;
  readonly log: Logger;
}

/**
 * Writes into the files of songs how they were made. Nothing comes smaller or later for the sake of a tag: where there
 * is no room for it, it comes without its picture, and else not at all.
 */
export class SongTagger {
  readonly #deps: TaggerDeps;

  constructor(deps: TaggerDeps) {
    this.#deps = deps;
  }

  /**
   * The same freight with tags in its files. What somebody brought along stays as it is.
   *
   * @param limitBytes - largest single file
   */
  async tag(freight: Freight, request: Request, limitBytes: number): Promise<Freight> {
    return await this.#tag(freight, limitBytes, async ({ clip, picture }) =>
      request.operation === 'upload' ? undefined : await this.#describe(clip, request, picture),
    );
  }

  /** The same for files that a song was converted into, where the song is known. */
  async tagCopies(
    freight: Freight,
    { accountId, request }: Pick<Task, 'accountId' | 'request'>,
    limitBytes: number,
  ): Promise<Freight> {
    const { db } = this.#deps.store;
    const { clip: source } = request;
    return await this.#tag(freight, limitBytes, async () => {
      const clip = source && (await findClip(db, source.clipId, accountId));
      const maker = clip && (await findTask(db, clip.taskId));
      if (!clip || !maker || maker.request.operation === 'upload') return undefined;
      return await this.#describe(clip, maker.request, undefined);
    });
  }

  async #tag(
    freight: Freight,
    limitBytes: number,
    describe: (loaded: LoadedClip) => Promise<SongTags | undefined>,
  ): Promise<Freight> {
    if (freight.archive) return freight;
    try {
      let spareBytes = MAX_BYTES_PER_MESSAGE - sumSizes(freight.clips.flatMap(({ files }) => files));
      const clips: LoadedClip[] = [];
      for (const loaded of freight.clips) {
        const isWanted = loaded.files.some(({ extension }) => takesTag(extension));
        const tags = isWanted ? await describe(loaded) : undefined;
        const files: FreightFile[] = [];
        for (const file of loaded.files) {
          const room = Math.min(limitBytes, file.bytes.length + spareBytes);
          const tagged = tags ? tagFile(file, tags, room) : file;
          spareBytes -= sumSizes([tagged]) - file.bytes.length;
          files.push(tagged);
        }
        clips.push({ ...loaded, files });
      }
      return { clips };
    } catch (error) {
      this.#deps.log.warn({ err: coerceError(error) }, 'files of songs are sent without their tags');
      return freight;
    }
  }

  async #describe(clip: Clip, request: Request, picture: Buffer | undefined): Promise<SongTags> {
    const words = await findTimeline(this.#deps.store.db, clip.accountId, clip.clipId);
    return { title: titleOf(clip), recipe: recipeOf(clip, request), words, picture };
  }
}

/** The first that fits: with everything, without the picture, as it is. */
function tagFile(file: FreightFile, tags: SongTags, maxBytes: number): FreightFile {
  const { bytes, extension } = file;
  if (!takesTag(extension)) return file;
  for (const some of tags.picture ? [tags, { ...tags, picture: undefined }] : [tags]) {
    const tagged = { ...file, tagged: withTags(bytes, extension, some) };
    if (tagged.tagged && sumSizes([tagged]) <= maxBytes) return tagged;
  }
  return file;
}
