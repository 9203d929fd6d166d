import { setTimeout as delay } from 'node:timers/promises';

/**
 * What the work gave, if it did within `ms`; undefined when not. It goes on by itself then.
 *
 * @throws what the work throws in that time
 */
export async function inTime<T>(ms: number, work: Promise<T>): Promise<{ readonly value: T } | undefined> {
  const ended = new AbortController();
  const late = delay(Math.max(0, ms), undefined, { signal: ended.signal });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    ended.abort();
    // What the abort rejects is waited for by nobody.
    late.catch(() => undefined);
  }
}
