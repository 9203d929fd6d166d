import { randomInt } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const RANGE = 2 ** 32;

/** Creates a source of monotonic ULIDs: unique, and sorted by time within this process. */
export function createIds(): () => string {
  // The library's own source asks the system for every single character, `randomInt` for thousands at a time.
  const next = monotonicFactory(() => randomInt(RANGE) / RANGE);
  return () => next();
}
