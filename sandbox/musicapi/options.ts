import type { AccountOptions } from './accounts.ts';
import { MODERATION_TRIGGERS, type ModerationTriggers } from './moderation.ts';
import { PRICES, type PriceTable } from './prices.ts';
import type { SongLengths } from './songs.ts';
import type { Timeline } from './timeline.ts';

/** How a local MusicAPI is set up. Everything has a default. */
export interface LocalMusicApiOptions {
  /** @defaultValue a free port */
  readonly port?: number;
  /** The first key and its credits. @defaultValue `local-musicapi-key` with 1000 credits */
  readonly account?: AccountOptions;
  /** Prices that differ from the provider's. */
  readonly prices?: Partial<PriceTable>;
  /** Least time between two accepted creates of one key, in ms; 0 switches the limit off. @defaultValue 3000 */
  readonly createIntervalMs?: number;
  /** When a task does what. @defaultValue 2.5 s not ready, first clip after 6 s, all after 8 s */
  readonly timeline?: Partial<Timeline>;
  /** Divides all times of the timeline. @defaultValue 1 */
  readonly speed?: number;
  /** Length of songs. @defaultValue 8 to 20 s; a requested duration is scaled down to a tenth */
  readonly lengths?: Partial<SongLengths>;
  /** Words that are refused. */
  readonly moderation?: Partial<ModerationTriggers>;
  /** `true`: every id that looks like a clip id exists; a list: these exist. @defaultValue none */
  readonly foreignClips?: boolean | readonly string[];
  /** Whether running clips already have a streaming address. @defaultValue true */
  readonly streaming?: boolean;
  /**
   * What tasks with `auto_concat` answer: pairs of the new part and the whole song, as the sister service does, or the whole songs as ordinary
   * clips. MusicAPI documents neither. @defaultValue paired
   */
  readonly autoConcat?: 'paired' | 'flat';
  /**
   * What a poll of a failed nuro task answers: 500 with type `api_error`, as the error page has it, or 200 with status `failed`, as the
   * sister service did. @defaultValue error
   */
  readonly nuroFailure?: 'error' | 'status';
  /** Nuro is gone: creates and polls answer 410, as they do at the sister service. @defaultValue false */
  readonly nuroRetired?: boolean;
  /** Everything that is derived (ids, songs) follows from it. @defaultValue different in every run */
  readonly seed?: string;
  /** The time in epoch ms; `advance` is added to it. @defaultValue Date.now */
  readonly now?: () => number;
  /** How many requests are remembered; the oldest are forgotten first. @defaultValue 50_000 */
  readonly rememberedRequests?: number;
}

/** Options with every default filled in. */
export interface Settings {
  readonly prices: PriceTable;
  readonly createIntervalMs: number;
  /** Already divided by the speed. Tasks keep the one of their acceptance. */
  timeline: Timeline;
  readonly lengths: SongLengths;
  readonly moderation: ModerationTriggers;
  readonly streaming: boolean;
  readonly autoConcat: 'paired' | 'flat';
  readonly nuroFailure: 'error' | 'status';
  readonly nuroRetired: boolean;
  readonly seed: string;
  readonly rememberedRequests: number;
}

/** Fills in the defaults. @param randomSeed - used when the options name no seed */
export function completeOptions(options: LocalMusicApiOptions, randomSeed: string): Settings {
  const timeline = { notReadyMs: 2_500, firstMs: 6_000, lastMs: 8_000, ...options.timeline };
  const speed = options.speed ?? 1;
  return {
    prices: { ...PRICES, ...options.prices },
    createIntervalMs: options.createIntervalMs ?? 3_000,
    timeline: {
      notReadyMs: timeline.notReadyMs / speed,
      firstMs: timeline.firstMs / speed,
      lastMs: timeline.lastMs / speed,
    },
    lengths: { songSeconds: [8, 20], durationScale: 0.1, ...options.lengths },
    moderation: { ...MODERATION_TRIGGERS, ...options.moderation },
    streaming: options.streaming ?? true,
    autoConcat: options.autoConcat ?? 'paired',
    nuroFailure: options.nuroFailure ?? 'error',
    nuroRetired: options.nuroRetired ?? false,
    seed: options.seed ?? randomSeed,
    rememberedRequests: options.rememberedRequests ?? 50_000,
  };
}
