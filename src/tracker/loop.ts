import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { DatabaseUnavailableError } from '../store/unavailable.ts';
import { languageOf, speak } from '../words/words.ts';

/** What a loop does and how long it waits in between. */
export interface LoopOptions {
  /** For the errors' reader. */
  readonly name: string;
  /**
   * One pass. Gives the milliseconds until the next pass is useful; undefined = nothing in sight.
   * The signal is aborted by `stop()`.
   */
  readonly pass: (signal: AbortSignal) => Promise<number | undefined>;
  /** Least time between the end of a pass and the next one, also when woken: wakes in that time are one. */
  readonly minWaitMs: number;
  /** Longest time without a pass, and the wait after a failed one. */
  readonly maxWaitMs: number;
  /** Receives what a pass threw; must not throw. */
  readonly onError: (error: unknown, name: string) => void;
}

/** A pass repeated until it is stopped, one at a time. */
export interface Loop {
  /** Begins with a pass at once. A second call changes nothing. */
  start(): void;
  /** Runs the next pass as soon as `minWaitMs` allows; during a pass: one more pass after it. */
  wake(): void;
  /** Ends the wait, aborts the signal of a pass under way and awaits that pass. */
  stop(): Promise<void>;
}

/** A wait of one loop that others may end. */
interface Wait {
  readonly endsAt: number;
  readonly wakeable: boolean;
  readonly finish: () => void;
  timer: NodeJS.Timeout;
}

/** Creates a loop. It never overlaps with itself, and a failed pass waits the whole `maxWaitMs`, whoever wakes. */
export function createLoop({ name, pass, minWaitMs, maxWaitMs, onError }: LoopOptions): Loop {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let woken = false;
  let wait: Wait | undefined;
  let earliestAt = 0;

  function pause(ms: number, wakeable: boolean): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(wait?.timer);
        wait = undefined;
        resolve();
      };
      wait = { endsAt: performance.now() + ms, wakeable, finish, timer: setTimeout(finish, ms) };
    });
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      let nextMs: number | undefined;
      let failed = false;
      try {
        nextMs = await pass(stopping.signal);
      } catch (error) {
        failed = true;
        if (!stopping.signal.aborted) onError(error, name);
      }
      if (stopping.signal.aborted) return;
      earliestAt = performance.now() + minWaitMs;
      const restMs = Math.min(Math.max(nextMs ?? maxWaitMs, minWaitMs), maxWaitMs);
      // A failed pass must not turn into a hot loop, so it also ignores wakes.
      if (failed) await pause(maxWaitMs, false);
      else await pause(woken ? minWaitMs : restMs, true);
    }
  }

  return {
    start() {
      // Whoever starts it, what it does is nobody's own request.
      running ??= speak(languageOf(undefined), run);
    },
    wake() {
      woken = true;
      if (!wait?.wakeable) return;
      const now = performance.now();
      if (wait.endsAt <= earliestAt) return;
      clearTimeout(wait.timer);
      const finish = wait.finish;
      wait = {
        endsAt: earliestAt,
        wakeable: true,
        finish,
        timer: setTimeout(finish, Math.max(0, earliestAt - now)),
      };
    },
    async stop() {
      stopping.abort();
      wait?.finish();
      await running;
    },
  };
}

/** Logs what a pass threw, except that the database is away: the store says that once, and every pass looks again. */
export function logFailedPass(log: Logger): LoopOptions['onError'] {
  return (error, loop) => {
    if (error instanceof DatabaseUnavailableError) return;
    log.error({ loop, err: coerceError(error) }, 'a pass failed');
  };
}
