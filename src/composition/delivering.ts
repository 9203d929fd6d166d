import { DeliveryCourier } from '../discord/delivery/delivery-courier.ts';
import { DeliveryPlaces } from '../discord/delivery/delivery-places.ts';
import { DeliveryPoster } from '../discord/delivery/delivery-poster.ts';
import { DeliveryRecords } from '../discord/delivery/delivery-records.ts';
import { DeliveryRunner } from '../discord/delivery/delivery-runner.ts';
import { DeliveryTries } from '../discord/delivery/delivery-tries.ts';
import { FreightFitter } from '../discord/delivery/freight-fitter.ts';
import { FreightLoader } from '../discord/delivery/freight-loader.ts';
import { ResultMessages } from '../discord/delivery/result-messages.ts';
import { ResultThreads } from '../discord/delivery/result-threads.ts';
import { SongArchive } from '../discord/delivery/song-archive.ts';
import { UploadLimits } from '../discord/delivery/upload-limits.ts';
import { createAudioLoader } from '../discord/library/audio-loader.ts';
import { ParentCards } from '../discord/library/parent-cards.ts';
import { SongShower } from '../discord/library/song-shower.ts';
import { CoverPictures } from '../discord/recipe/cover-pictures.ts';
import { SongTagger } from '../discord/recipe/song-tagger.ts';
import { ToolFiles } from '../discord/tools/tool-files.ts';
import type { SucceededTask } from '../domain/task.ts';
import type { ToolResult } from '../domain/tool-result.ts';
import { createArchiveFiles } from '../media/archive-files.ts';
import { listAttachmentHosts } from '../media/attachment-hosts.ts';
import { createDownloader } from '../media/download.ts';
import { createTranscoder } from '../media/transcoder.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { refreshClip } from '../tracker/refresh.ts';
import type { Basis } from './basis.ts';
import type { DiscordSide } from './discord.ts';
import { createPictures } from './pictures.ts';

interface DeliveringOptions {
  readonly discord: DiscordSide;
  readonly provider: (accountId: string) => MusicApi;
  /** For one download of a result. @defaultValue 2 min */
  readonly downloadTimeoutMs?: number | undefined;
  /** Called when a result lies on a host that results are not downloaded from. */
  readonly onUnlistedHost: (host: string, reference: string) => void;
  /** Called when a delivery ended or waits: its card has something new to show. */
  readonly onRelease: () => void;
}

/** What brings results to people. */
interface Delivering {
  readonly deliveries: DeliveryRunner;
  /** Fresh cards of songs. */
  readonly shower: SongShower;
  /** Files of results that belong into cards. */
  readonly files: ToolFiles;
  readonly limits: UploadLimits;
  /** Songs that are kept as files. */
  readonly archive: SongArchive;
  /** Ends the connections of downloads and the thread that draws, once what is archived is written. */
  close(): Promise<void>;
}

const MAX_DOWNLOAD_BYTES = 25 * 1024 * 1024;
const DEFAULT_DOWNLOAD_TIMEOUT_MS = 120_000;

/** Creates all that lies between a finished task and its songs in a channel. */
export function createDelivering(basis: Basis, options: DeliveringOptions): Delivering {
  const { config, store, catalogue, log, owner, leaseMs, now, observe } = basis;
  const {
    discord,
    provider,
    onUnlistedHost,
    onRelease,
    downloadTimeoutMs = DEFAULT_DOWNLOAD_TIMEOUT_MS,
  } = options;
  const downloader = createDownloader({
    // An uploaded clip is heard where it was attached.
    allowedHosts: [...config.mediaHosts, ...listAttachmentHosts(config.discordApiUrl)],
    maxBytes: MAX_DOWNLOAD_BYTES,
    timeoutMs: downloadTimeoutMs,
    observe,
  });
  const transcoder = createTranscoder({ log });
  const fitter = new FreightFitter(transcoder);
  const archive = new SongArchive({
    store,
    files: createArchiveFiles(config.mediaDir),
    capBytes: config.mediaCapBytes,
    log,
  });
  const covers = new CoverPictures({ downloader, log });
  const loader = new FreightLoader({
    downloader,
    transcoder,
    fitter,
    archive,
    pictures: covers,
    refresh: (task, clip, signal) => refreshClip({ store, provider, log }, task, clip, signal),
    onUnlistedHost: (host, task) => onUnlistedHost(host, task.id),
    log,
  });
  const poster = new DeliveryPoster(
    discord.api,
    () => discord.user?.id ?? '',
    new ResultThreads(store, discord.api, log),
  );
  const limits = new UploadLimits(discord.api, log, now);
  const places = new DeliveryPlaces(store, limits);
  const lease = (at: number) => ({ owner, until: at + leaseMs });
  const parentCards = new ParentCards({ store, api: discord.api, log });
  const records = new DeliveryRecords({
    store,
    lease,
    observe,
    onRelease: (delivery, task) => {
      onRelease();
      if (delivery.state === 'delivered') void parentCards.tell(task);
    },
  });
  const messages = new ResultMessages(store, catalogue);
  const tagger = new SongTagger({ store, log });
  const { pictures, close: closePictures } = createPictures(basis);
  const tries = new DeliveryTries({
    store,
    log,
    poster,
    places,
    fitter,
    tagger,
    pictures,
    messages,
    records,
    observe,
  });
  const courier = new DeliveryCourier({ store, log, poster, places, loader, records, tries });
  const files = new ToolFiles({
    loader,
    fitter,
    archive,
    tagger,
    askAgain: (task, signal) => refreshTool(provider(task.accountId), task, signal),
    onUnlistedHost,
    log,
  });
  const shower = new SongShower({
    store,
    api: discord.api,
    log,
    loadAudio: createAudioLoader(loader, {
      refresh: (task, clip, signal) => refreshClip({ store, provider, log }, task, clip, signal),
      onUnlistedHost,
      pictures: covers,
    }),
    fitter,
    tagger,
    pictures,
    messages,
  });
  return {
    files,
    limits,
    archive,
    shower,
    deliveries: new DeliveryRunner({ store, log, courier, owner, leaseMs }),
    close: async () => {
      await Promise.all([archive.settle(), parentCards.close(), downloader.close(), closePictures()]);
    },
  };
}

/** What a task's result is now: only a provider task can be looked at again, which is free. */
async function refreshTool(
  api: MusicApi,
  { request, providerTaskId }: SucceededTask,
  signal: AbortSignal,
): Promise<ToolResult | undefined> {
  if (!providerTaskId) return undefined;
  const found = await api.getTask(request.engine, providerTaskId, { signal });
  return found.state === 'succeeded' ? found.tool : undefined;
}
