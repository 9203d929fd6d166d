import type { Logger } from '../log.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import type { MusicApi } from '../musicapi/types.ts';
import type { Store } from '../store/open.ts';
import type { Executor } from '../store/schema.ts';
import type { Observe } from '../telemetry/events.ts';
import type { Breaker } from './breaker.ts';
import type { Changes } from './changes.ts';
import type { TaskLimits } from './limits.ts';
import type { Webhooks } from './webhooks.ts';

/** Outlives three renewals that come late, and is short enough for those who wait. */
export const DEFAULT_LEASE_MS = 30_000;

/** What an operator may set. */
export interface TrackerSettings {
  /** Centre of the polling schedule (`POLL_INTERVAL_MS`). */
  readonly pollIntervalMs: number;
  /** Least time between two creates of one account (`SUBMIT_INTERVAL_MS`). */
  readonly submitIntervalMs: number;
  /** A task that runs longer than this after acceptance expires (`TASK_DEADLINE_MINUTES`). */
  readonly deadlineMs: number;
  /** Tasks under way at the same time. @defaultValue DEFAULT_LIMITS */
  readonly limits?: TaskLimits;
  /**
   * How long other processes leave alone what this one works at. It is renewed while the work goes on, so this is
   * the time in which the work of a dead process is taken over. @defaultValue DEFAULT_LEASE_MS
   */
  readonly leaseMs?: number;
  /** Polls under way at the same time. @defaultValue 256 */
  readonly pollConcurrency?: number;
  /** A poll that takes longer is given up and tried again later. @defaultValue 30 s */
  readonly pollTimeoutMs?: number;
}

/** How long a claim of the tracker lasts, in ms. */
export function leaseMsOf({ leaseMs = DEFAULT_LEASE_MS }: TrackerSettings): number {
  return leaseMs;
}

/** What the parts of the tracker work with. */
export interface TrackerContext {
  readonly store: Store;
  readonly catalogue: Catalogue;
  /** One account's view of MusicAPI. */
  readonly provider: (accountId: string) => MusicApi;
  readonly settings: TrackerSettings;
  readonly log: Logger;
  /** Name of this process in leases. */
  readonly owner: string;
  /** The clock that decides, epoch ms. */
  readonly now: (executor?: Executor) => Promise<number>;
  readonly random: () => number;
  readonly newId: () => string;
  readonly changes: Changes;
  /** Absent = MusicAPI is not asked to report. */
  readonly webhooks?: Webhooks | undefined;
  /** Whether MusicAPI is there at all. */
  readonly breaker: Breaker;
  /** Is told of changes and of looks at tasks. */
  readonly observe: Observe;
}
