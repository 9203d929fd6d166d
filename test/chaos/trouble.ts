import { setTimeout as delay } from 'node:timers/promises';
import { TROUBLES } from '../support/troubles.ts';
import type { TestWorld } from '../support/world.ts';

interface TroubleOptions {
  readonly random: () => number;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Lets one thing after the other go wrong until it is stopped. Gives how many. */
export async function makeTrouble(
  world: TestWorld,
  { random, everyMs, signal }: TroubleOptions,
): Promise<number> {
  let count = 0;
  for (; !signal.aborted; count += 1) {
    TROUBLES[Math.floor(random() * TROUBLES.length)]?.happen(world, count);
    // What goes wrong has to be spread over time, which no state tells.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return count;
}
