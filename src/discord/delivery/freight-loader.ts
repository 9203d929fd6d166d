import pLimit from 'p-limit';
import type { Clip } from '../../domain/clip.ts';
import type { Delivery, DeliverySetback } from '../../domain/delivery.ts';
import type { Task } from '../../domain/task.ts';
import type { Logger } from '../../log.ts';
import type { Downloader, Media } from '../../media/download.ts';
import { MediaError } from '../../media/errors.ts';
import type { Transcoder } from '../../media/transcoder.ts';
import { languageForAll } from '../../words/readers.ts';
import { speak, words } from '../../words/words.ts';
import { titleOf } from '../messages/clip-title.ts';
import { fileName } from '../messages/text.ts';
import type { CoverPictures } from '../recipe/cover-pictures.ts';
import {
  MAX_BYTES_PER_MESSAGE,
  MAX_FILES_PER_MESSAGE,
  needsArchive,
  type Place,
  retryDelayMs,
} from './delivery-plan.ts';
import { type Freight, type LoadedClip, sumSizes } from './freight.ts';
import { EMPTY_SPACE, type FreightFitter } from './freight-fitter.ts';
import type { SongArchive } from './song-archive.ts';

/** Not now: `waitMs` undefined = until somebody changes the configuration. */
interface Held {
  readonly kind: 'held';
  readonly setback: DeliverySetback;
  readonly detail?: string | undefined;
  readonly waitMs: number | undefined;
}

/** Files that are ready to be sent, or why they are not yet. */
export type LoadOutcome = { readonly kind: 'loaded'; readonly freight: Freight } | Held;

interface LoaderDeps {
  readonly downloader: Downloader;
  readonly transcoder: Transcoder;
  readonly fitter: FreightFitter;
  readonly archive: Pick<SongArchive, 'find' | 'keep'>;
  /** Fetches covers meanwhile. */
  readonly pictures: Pick<CoverPictures, 'fetch'>;
  /** Asks MusicAPI for the present addresses of a task's clips; they may have changed. */
  readonly refresh: (task: Task, clip: Clip, signal: AbortSignal) => Promise<Clip>;
  /** Tells the operators of a host that has to be listed first. */
  readonly onUnlistedHost: (host: string, task: Task) => void;
  readonly log: Logger;
}

/** A file that does not come is asked for this often; then the person gets words instead. */
const MAX_TRIES = 4;

/** An original larger than this is not fetched: nine minutes of uncompressed sound take as much. */
const MAX_ORIGINAL_BYTES = 100 * 1024 * 1024;

/** What an archive needs for each file besides its content. */
const ARCHIVE_BYTES_PER_FILE = 1_024;

/** Fetches the audio for the next message of a delivery: as many clips as one message takes. */
export class FreightLoader {
  readonly #deps: LoaderDeps;
  /** Files that no message takes are in memory one at a time. */
  readonly #large = pLimit(1);

  constructor(deps: LoaderDeps) {
    this.#deps = deps;
  }

  /**
   * What no place takes as it is comes smaller, or is missing with the reason. Aborting `signal` ends downloads and
   * encoding; it is thrown on.
   */
  async load(
    delivery: Delivery,
    task: Task,
    rest: readonly Clip[],
    places: readonly Place[],
    signal: AbortSignal,
  ): Promise<LoadOutcome> {
    const limits = places.map(({ limitBytes }) => Math.min(limitBytes, MAX_BYTES_PER_MESSAGE));
    const isArchive = needsArchive(delivery, rest.length);
    const limitBytes = isArchive ? Math.min(...limits) : Math.max(...limits);
    const usualCount = delivery.kind === 'clip' ? 1 : isArchive ? rest.length : MAX_FILES_PER_MESSAGE;
    const space = isArchive
      ? { files: rest.length, bytes: limitBytes - rest.length * ARCHIVE_BYTES_PER_FILE }
      : EMPTY_SPACE;
    const clips: LoadedClip[] = [];
    for (const clip of rest.slice(0, delivery.attempt?.count ?? usualCount)) {
      const picture = this.#deps.pictures.fetch(clip, signal);
      const sound = await this.#loadClip(delivery, task, clip, limitBytes, signal);
      if ('kind' in sound) return sound;
      const loaded = { ...sound, picture: await picture };
      const files = [...clips, loaded].flatMap((one) => one.files);
      if (clips.length > 0 && (sumSizes(files) > space.bytes || files.length > space.files)) break;
      clips.push(loaded);
    }
    if (clips.length <= MAX_FILES_PER_MESSAGE) return { kind: 'loaded', freight: { clips } };
    const named = speak(languageForAll(task.origin), () => clips.flatMap(nameFiles));
    const archive = await this.#deps.transcoder.zip(named, signal);
    return { kind: 'loaded', freight: { clips, archive } };
  }

  async #loadClip(
    delivery: Delivery,
    task: Task,
    clip: Clip,
    limitBytes: number,
    signal: AbortSignal,
  ): Promise<LoadedClip | Held> {
    const first = await this.fetchSong(clip, limitBytes, signal);
    if (!(first instanceof MediaError)) return first;
    if (first.kind === 'unlisted-host') return this.#holdForHost(task, first);
    if (first.kind === 'too-large') return { clip, files: [], missing: 'too-large' };
    const fresh = await this.#deps.refresh(task, clip, signal);
    const second = fresh.audioUrl === clip.audioUrl ? first : await this.fetchSong(fresh, limitBytes, signal);
    if (!(second instanceof MediaError)) return second;
    const setback = second.kind === 'not-audio' ? 'not-audio' : 'audio-missing';
    if (delivery.tries < MAX_TRIES) return { kind: 'held', setback, waitMs: retryDelayMs(delivery.tries) };
    return { clip: fresh, files: [], missing: setback };
  }

  /**
   * Fetches the audio of one clip from its address, made small enough for a place that takes `limitBytes` a file, or
   * missing as `too-large`. Gives the error where there is no file to be had.
   *
   * @throws the reason of `signal` when aborted.
   */
  async fetch(clip: Clip, limitBytes: number, signal: AbortSignal): Promise<LoadedClip | MediaError> {
    const get = (maxBytes: number) => this.#download(clip, maxBytes, signal);
    return await this.#squeezed(clip, get, limitBytes, signal);
  }

  /** The same from the archive, if it is there; else it is archived now. */
  async fetchSong(clip: Clip, limitBytes: number, signal: AbortSignal): Promise<LoadedClip | MediaError> {
    const get = (maxBytes: number) => this.#getSong(clip, maxBytes, signal);
    return await this.#squeezed(clip, get, limitBytes, signal);
  }

  async #getSong(clip: Clip, maxBytes: number, signal: AbortSignal): Promise<Media | MediaError> {
    const { archive } = this.#deps;
    const kept = await archive.find(clip, maxBytes);
    if (kept === 'too-large') return new MediaError('too-large', `the file is larger than ${maxBytes} bytes`);
    if (kept) return kept;
    const file = await this.#download(clip, maxBytes, signal);
    if (!(file instanceof MediaError)) await archive.keep(clip, file);
    return file;
  }

  async #squeezed(
    clip: Clip,
    get: (maxBytes: number) => Promise<Media | MediaError>,
    limitBytes: number,
    signal: AbortSignal,
  ): Promise<LoadedClip | MediaError> {
    const { fitter } = this.#deps;
    const squeeze = async (file: Media) =>
      await fitter.fitClip({ clip, files: [file] }, { limitBytes }, EMPTY_SPACE, signal);
    const file = await get(MAX_BYTES_PER_MESSAGE);
    if (!(file instanceof MediaError)) return await squeeze(file);
    if (file.kind !== 'too-large') return file;
    return await this.#large(async () => {
      const large = await get(MAX_ORIGINAL_BYTES);
      return large instanceof MediaError ? large : await squeeze(large);
    });
  }

  async #download(clip: Clip, maxBytes: number, signal: AbortSignal): Promise<Media | MediaError> {
    if (!clip.audioUrl) return new MediaError('not-found', 'the provider gave no address');
    try {
      return await this.#deps.downloader.download(clip.audioUrl, { signal, maxBytes });
    } catch (error) {
      if (error instanceof MediaError) return error;
      throw error;
    }
  }

  #holdForHost(task: Task, error: MediaError): Held {
    const detail = error.host ?? '';
    this.#deps.log.error(
      { reference: task.id, variable: 'MUSICAPI_MEDIA_HOSTS', host: detail, reason: error.message },
      'a result lies on a host that is not allowed: add the host to MUSICAPI_MEDIA_HOSTS (https; plain http only on loopback) and restart, then it is delivered',
    );
    this.#deps.onUnlistedHost(detail, task);
    return { kind: 'held', setback: 'unlisted-host', detail, waitMs: undefined };
  }
}

/** Numbered, since programs that open an archive sort its files by their names. */
function nameFiles({ clip, files }: LoadedClip) {
  const number = String(clip.take).padStart(2, '0');
  return files.map(({ bytes, extension }, index) => {
    const part = { part: index + 1, parts: files.length };
    const piece = files.length > 1 ? words().delivery.files.partOf(part) : undefined;
    return { name: `${number} ${fileName(titleOf(clip), piece, extension)}`, bytes: Uint8Array.from(bytes) };
  });
}
