import { setTimeout as delay } from 'node:timers/promises';

/** Waits until everything has ended, well or badly, but not longer than `ms`. */
export async function settleWithin(promises: Iterable<Promise<unknown>>, ms: number): Promise<void> {
  const ended = new AbortController();
  const all = Promise.allSettled(promises).finally(() => ended.abort());
  await Promise.race([all, delay(ms, undefined, { signal: ended.signal }).catch(() => undefined)]);
}
