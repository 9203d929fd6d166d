import { describeWorld } from './dump.ts';
import type { World } from './world.ts';

/** How long to wait, and what to call it when it does not come. */
export interface WaitOptions {
  /** What is being waited for; it stands in the error. */
  readonly what?: string;
  /** @defaultValue 45_000: only a deadlock takes so long */
  readonly timeoutMs?: number;
}

/**
 * Resolves as soon as `look` returns something after a change of this Discord's state.
 * Rejects with a dump of all channels when that does not happen in time, or with whatever `look` throws.
 */
export function until<T>(
  world: World,
  look: () => T | undefined | null | false,
  options: WaitOptions = {},
): Promise<T> {
  const { what = 'a state', timeoutMs = 45_000 } = options;
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const check = () => {
      try {
        const value = look();
        if (value !== undefined && value !== null && value !== false) finish(() => resolve(value));
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const timer = setTimeout(() => {
      const text = `Waited ${timeoutMs} ms in vain for ${what}.\n${describeWorld(world)}`;
      finish(() => reject(new Error(text)));
    }, timeoutMs);
    const stop = world.onChange(check);
    check();
  });
}
