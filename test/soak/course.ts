import { setTimeout as delay } from 'node:timers/promises';

/** How far the time has come in which members are active. */
export interface Course {
  /** Waits so many real ms, or until the end. Gives whether there is time left. */
  lasts(ms: number): Promise<boolean>;
  /** Waits until this progress. Gives whether it came before the end. */
  reaches(progress: number): Promise<boolean>;
}

const LOOK_EVERY_MS = 20;

/**
 * One that is over when `measure`, which begins with 0, says 1: after some time, or when enough was done, however slow the machine is.
 */
export function createCourse(measure: () => number): Course {
  const isOver = () => measure() >= 1;
  return {
    async lasts(ms) {
      const endsAt = performance.now() + ms;
      for (let leftMs = ms; leftMs > 0 && !isOver(); leftMs = endsAt - performance.now())
        await delay(Math.min(leftMs, 10 * LOOK_EVERY_MS));
      return !isOver();
    },
    async reaches(progress) {
      while (measure() < progress && !isOver()) await delay(LOOK_EVERY_MS);
      return !isOver();
    },
  };
}
