import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait, and how often to look. In ms. */
interface Patience {
  readonly timeout: number;
  readonly interval: number;
}

/**
 * Resolves with the first thing that `look` finds. `vi.waitUntil` for programs that vitest does not run, too.
 *
 * @throws Error with `what` when it does not come in time; whatever `look` throws
 */
export async function waitUntil<T>(
  look: () => T | Promise<T>,
  { timeout, interval }: Patience,
  what = 'a state',
): Promise<NonNullable<Exclude<T, false>>> {
  for (const deadline = performance.now() + timeout; ; ) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false)
      return found as NonNullable<Exclude<T, false>>; // what the condition says
    if (performance.now() > deadline) throw new Error(`Waited ${timeout} ms in vain for ${what}`);
    await delay(interval);
  }
}
