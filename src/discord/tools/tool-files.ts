import type { Clip } from '../../domain/clip.ts';
import type { SucceededTask } from '../../domain/task.ts';
import type { ToolResult } from '../../domain/tool-result.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { MediaError } from '../../media/errors.ts';
import type { FetchedResult } from '../cards/card-content.ts';
import { MAX_BYTES_PER_MESSAGE } from '../delivery/delivery-plan.ts';
import { findLargest, type LoadedClip, listFiles, sumSizes } from '../delivery/freight.ts';
import { EMPTY_SPACE, type FreightFitter } from '../delivery/freight-fitter.ts';
import type { FreightLoader } from '../delivery/freight-loader.ts';
import type { SongArchive } from '../delivery/song-archive.ts';
import type { SongTagger } from '../recipe/song-tagger.ts';
import type { FetchOutcome } from './files-card.ts';
import type { FetchedTool } from './tool-card.ts';

interface ToolFilesDeps {
  readonly loader: Pick<FreightLoader, 'fetch'>;
  readonly fitter: FreightFitter;
  readonly tagger: Pick<SongTagger, 'tagCopies'>;
  readonly archive: Pick<SongArchive, 'find'>;
  /** Asks MusicAPI for the result of a task once more, where that is free; undefined where it is not. */
  readonly askAgain: (task: SucceededTask, signal: AbortSignal) => Promise<ToolResult | undefined>;
  /** Tells the operators of a host that has to be listed first. */
  readonly onUnlistedHost: (host: string, taskId: string) => void;
  readonly log: Logger;
}

/** A host that does not give a file out is asked for so long after the end of the task; then there are words instead. */
const GIVE_UP_MS = 10 * 60_000;

/** An operator has so long to allow a host; addresses do not live longer. */
const HOST_GIVE_UP_MS = 24 * 60 * 60_000;

/** Fetches the files of results for their cards, and makes them fit. */
export class ToolFiles {
  readonly #deps: ToolFilesDeps;
  /** Tasks of which the operator was told. */
  readonly #told = new Set<string>();

  constructor(deps: ToolFilesDeps) {
    this.#deps = deps;
  }

  /**
   * All files of a result, for a place that takes `limitBytes` a file.
   *
   * @param title - what the files are called
   * @param now - epoch ms
   * @throws the reason of `signal` when aborted.
   */
  async load(
    { task, tool }: FetchedResult,
    title: string,
    { limitBytes, now }: { readonly limitBytes: number; readonly now: number },
    signal: AbortSignal,
  ): Promise<FetchOutcome> {
    const wanted = listUrls(tool);
    const clips: LoadedClip[] = [];
    let renewed: readonly string[] | undefined;
    for (const [index, url] of wanted.entries()) {
      const left = MAX_BYTES_PER_MESSAGE - sumSizes(clips.flatMap(({ files }) => files));
      const room = Math.min(limitBytes, left);
      const clip = clipOf(task, title, index, url);
      let loaded = await this.#deps.loader.fetch(clip, room, signal);
      if (loaded instanceof MediaError && loaded.kind === 'not-found') {
        renewed ??= await this.#renew(task, signal);
        const fresh = renewed[index];
        if (fresh && fresh !== url) {
          loaded = await this.#deps.loader.fetch({ ...clip, audioUrl: fresh }, room, signal);
        }
      }
      if (loaded instanceof MediaError) {
        loaded = (await this.#findKept({ task, tool }, clip, index, room, signal)) ?? loaded;
      }
      if (!(loaded instanceof MediaError)) clips.push(loaded);
      else if (loaded.kind === 'unlisted-host' && now - task.endedAt < HOST_GIVE_UP_MS) {
        return this.#holdForHost(task, loaded);
      } else if (loaded.kind === 'unavailable' && now - task.endedAt < GIVE_UP_MS) {
        return { kind: 'held', reason: 'unavailable' };
      } else clips.push({ clip, files: [], missing: missingBy(loaded) });
    }
    const room = Math.min(limitBytes, MAX_BYTES_PER_MESSAGE);
    return { kind: 'loaded', freight: await this.#deps.tagger.tagCopies({ clips }, task, room) };
  }

  /** The same after Discord refused the files as too large: smaller ones at first, none when these are refused too. */
  async shrink(
    { freight }: Extract<FetchOutcome, { kind: 'loaded' }>,
    signal: AbortSignal,
  ): Promise<FetchOutcome> {
    const isFirst = freight.clips.every(({ shrinkage }) => !shrinkage?.isRefused);
    const limitBytes = isFirst ? Math.floor(findLargest(listFiles(freight)) / 2) : 0;
    const fitted = await this.#deps.fitter.fit(freight, { limitBytes, isRefused: true }, signal);
    return { kind: 'loaded', freight: fitted };
  }

  /** The song itself, where it is kept in the format that was asked for. */
  async #findKept(
    { task: { accountId, request }, tool }: FetchedResult,
    clip: Clip,
    index: number,
    room: number,
    signal: AbortSignal,
  ): Promise<LoadedClip | undefined> {
    const { archive, fitter } = this.#deps;
    const format = tool.kind === 'files' ? tool.files[index]?.format : undefined;
    if (!request.clip || !format) return undefined;
    const kept = await archive.find({ accountId, clipId: request.clip.clipId }, MAX_BYTES_PER_MESSAGE);
    if (!kept || kept === 'too-large' || kept.extension !== format) return undefined;
    return await fitter.fitClip({ clip, files: [kept] }, { limitBytes: room }, EMPTY_SPACE, signal);
  }

  async #renew(task: SucceededTask, signal: AbortSignal): Promise<readonly string[]> {
    try {
      const tool = await this.#deps.askAgain(task, signal);
      return tool?.kind === 'files' || tool?.kind === 'midi' ? listUrls(tool) : [];
    } catch (error) {
      signal.throwIfAborted();
      this.#deps.log.warn(
        { reference: task.id, err: coerceError(error) },
        'files of a result not asked for again',
      );
      return [];
    }
  }

  #holdForHost(task: SucceededTask, { host = '', message }: MediaError): FetchOutcome {
    if (!this.#told.has(task.id)) {
      this.#told.add(task.id);
      this.#deps.log.error(
        { reference: task.id, variable: 'MUSICAPI_MEDIA_HOSTS', host, reason: message },
        'a result lies on a host that is not allowed: add the host to MUSICAPI_MEDIA_HOSTS (https; plain http only on loopback) and restart, then it is attached',
      );
      this.#deps.onUnlistedHost(host, task.id);
    }
    return { kind: 'held', reason: 'unlisted-host', host };
  }
}

function listUrls(tool: FetchedTool): readonly string[] {
  if (tool.kind === 'midi') return tool.url ? [tool.url] : [];
  return tool.files.map(({ url }) => url);
}

function missingBy({ kind }: MediaError): LoadedClip['missing'] {
  return kind === 'too-large' || kind === 'not-audio' ? kind : 'audio-missing';
}

/** The ladder is made for clips: a file stands for one with its title and address. */
function clipOf(task: SucceededTask, title: string, index: number, audioUrl: string): Clip {
  const { request, accountId, origin, endedAt } = task;
  return {
    clipId: request.clip?.clipId ?? task.id,
    accountId,
    engine: request.engine,
    source: 'generated',
    kind: 'song',
    taskId: task.id,
    take: index + 1,
    title,
    audioUrl,
    ownerId: origin.userId,
    createdAt: endedAt,
  };
}
