import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Clip } from '../../domain/clip.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { type ArchiveFiles, archiveFileName } from '../../media/archive-files.ts';
import type { Media } from '../../media/download.ts';
import {
  type ArchivedSong,
  type ArchiveKey,
  evictArchived,
  findArchived,
  forgetArchived,
  saveArchived,
} from '../../store/archive.ts';
import { findClip } from '../../store/clips.ts';
import type { Store } from '../../store/open.ts';
import { settleWithin } from '../interactions/settle-within.ts';

interface ArchiveDeps {
  readonly store: Store;
  readonly files: ArchiveFiles;
  /** Of all songs together; 0 = nothing is kept. */
  readonly capBytes: number;
  readonly log: Logger;
  /** For reading one file, and for waiting until one can be written. @defaultValue 10 s */
  readonly readMs?: number;
}

/** Songs that wait to be written lie in memory. */
const MAX_WAITING = 4;

/** A folder that hangs, as one on a network may, is as good as none. */
const READ_MS = 10_000;
const SETTLE_MS = 1_000;

/** An unfinished file is left alone for so long: another process may be writing it. */
const MIN_AGE_MS = 60 * 60_000;

/**
 * Keeps songs as files, because the provider's addresses die. It only ever helps: what it cannot write, read or find
 * is not there, and nobody is kept waiting by it for long, or told of it.
 */
export class SongArchive {
  readonly #deps: ArchiveDeps;
  readonly #oneAtATime = pLimit(1);
  readonly #underWay = new Set<Promise<void>>();
  readonly #readMs: number;
  #isSwept = false;
  /** The last that was read is still awaited: every further one would take a thread. */
  #isHanging = false;

  constructor(deps: ArchiveDeps) {
    this.#deps = deps;
    this.#readMs = deps.readMs ?? READ_MS;
  }

  /**
   * The sound of a song as it was made, if it is kept and whole.
   *
   * @param maxBytes - a larger one is `too-large`
   */
  async find(key: ArchiveKey, maxBytes: number): Promise<Media | 'too-large' | undefined> {
    const { store, log } = this.#deps;
    try {
      const song = await findArchived(store.db, key);
      if (!song) return undefined;
      if (song.bytes > maxBytes) return 'too-large';
      const bytes = await this.#read(song.fileName);
      const { extension, mime } = song;
      if (bytes && (await digestOf(bytes)) === song.digest)
        return { bytes, extension, mime, contentType: mime };
      log.warn(
        { clipId: key.clipId, isMissing: bytes === undefined },
        'an archived song is not whole any more',
      );
      await this.#forget(song);
    } catch (error) {
      log.warn({ clipId: key.clipId, reason: coerceError(error).message }, 'an archived song cannot be read');
    }
    return undefined;
  }

  /**
   * Keeps a song, later. Resolves when there is room for it among those that wait to be written. Where that takes too
   * long it is not kept: that is done when it is fetched again.
   */
  async keep({ kind, clipId, accountId }: Clip, media: Media): Promise<void> {
    const { capBytes, log } = this.#deps;
    if (kind !== 'song' || media.bytes.length > capBytes) return;
    const endsAt = performance.now() + this.#readMs;
    while (this.#underWay.size > MAX_WAITING && performance.now() < endsAt) {
      await settleWithin([Promise.race(this.#underWay)], endsAt - performance.now());
    }
    if (this.#underWay.size > MAX_WAITING) {
      log.warn({ clipId }, 'a song is not archived: too many others wait to be written');
      return;
    }
    const keeping = this.#oneAtATime(() => this.#write({ accountId, clipId }, media));
    this.#underWay.add(keeping);
    void keeping.then(() => this.#underWay.delete(keeping));
  }

  /** Resolves when everything is written that was to be kept, or when that takes too long. */
  async settle(): Promise<void> {
    await settleWithin(this.#underWay, SETTLE_MS);
  }

  async #write(key: ArchiveKey, { bytes, extension, mime }: Media): Promise<void> {
    const { store, files, capBytes, log } = this.#deps;
    try {
      const hash = createHash('sha256').update(`${key.accountId}\n${key.clipId}`).digest('hex');
      const fileName = archiveFileName(hash, extension);
      const digest = await digestOf(bytes);
      await files.write(fileName, bytes);
      const keptAt = await store.now();
      const file = { fileName, extension, mime, bytes: bytes.length, digest, keptAt };
      const gone = await store.transaction(async (tx) => {
        // Its owner may have had it deleted meanwhile.
        if (!(await findClip(tx, key.clipId, key.accountId))) return [fileName];
        await saveArchived(tx, { ...key, ...file });
        return await evictArchived(tx, capBytes);
      });
      for (const name of gone) await files.remove(name);
      if (gone.length > 0) log.info({ count: gone.length }, 'songs left the archive to make room');
      await this.#sweepOnce();
    } catch (error) {
      log.warn({ clipId: key.clipId, reason: coerceError(error).message }, 'a song could not be archived');
    }
  }

  /** @throws Error of the file system, or because it does not answer. */
  async #read(fileName: string): Promise<Buffer | undefined> {
    if (this.#isHanging) throw new Error('the folder does not answer');
    const reading = this.#deps.files.read(fileName);
    let isDone = false;
    const ended = reading
      .catch(() => {})
      .then(() => {
        isDone = true;
        this.#isHanging = false;
      });
    await settleWithin([ended], this.#readMs);
    if (isDone) return await reading;
    this.#isHanging = true;
    throw new Error('the folder does not answer');
  }

  async #forget(song: ArchivedSong): Promise<void> {
    const { store, files } = this.#deps;
    if (await forgetArchived(store.db, song)) await files.remove(song.fileName);
  }

  /**
   * Removes what processes that died have left unfinished. Finished files stay, also those that are not known here: they
   * may belong to another database.
   */
  async #sweepOnce(): Promise<void> {
    if (this.#isSwept) return;
    this.#isSwept = true;
    const { files } = this.#deps;
    for (const { name, modifiedAt } of await files.listUnfinished()) {
      if (Date.now() - modifiedAt > MIN_AGE_MS) await files.remove(name);
    }
  }
}

/** Outside of the main thread, as a song has megabytes. */
async function digestOf(bytes: Buffer): Promise<string> {
  // Files are never read into memory that threads share.
  const own = bytes as Buffer<ArrayBuffer>;
  return Buffer.from(await crypto.subtle.digest('SHA-256', own)).toString('hex');
}
