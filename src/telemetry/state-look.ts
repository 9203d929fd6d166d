import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '../store/open.ts';
import { countStored, type StoredCounts } from '../store/stored-counts.ts';
import type { BotState } from './state-gauges.ts';

/** However many ask, the database is asked this rarely. */
const CACHE_MS = 3_000;

/** Whoever asks has given up by the time that a database that is away says so. */
const TIMEOUT_MS = 2_000;

/** Where to look. */
export interface StateSources {
  readonly store: Store;
  /** Undefined in a process without shards. */
  readonly isGatewayUp: (() => boolean) | undefined;
  /** Undefined in a process that does not call MusicAPI. */
  readonly isProviderUp: (() => boolean) | undefined;
}

/** Creates what looks how it stands when somebody asks. It never throws: what cannot be told is left out. */
export function createStateLook({ store, isGatewayUp, isProviderUp }: StateSources): () => Promise<BotState> {
  let last: { readonly at: number; readonly counts: Promise<StoredCounts | undefined> } | undefined;
  function count(): Promise<StoredCounts | undefined> {
    const at = performance.now();
    if (!last || at - last.at >= CACHE_MS) last = { at, counts: countInTime(store) };
    return last.counts;
  }
  return async () => ({
    stored: await count(),
    databaseErrors: store.health.errors,
    isGatewayUp: isGatewayUp?.(),
    isProviderUp: isProviderUp?.(),
  });
}

async function countInTime(store: Store): Promise<StoredCounts | undefined> {
  const timeout = new AbortController();
  const late = delay(TIMEOUT_MS, undefined, { signal: timeout.signal }).catch(() => undefined);
  const counts = store.now().then((now) => countStored(store.db, now));
  try {
    return await Promise.race([counts, late]);
  } catch {
    // That the database is away is said in the log by the store itself.
    return undefined;
  } finally {
    timeout.abort();
    counts.catch(() => undefined);
  }
}
