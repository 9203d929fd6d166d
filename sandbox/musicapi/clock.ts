/** A clock that can be pushed forward. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves the clock forward by `ms` for good. */
  advance(ms: number): void;
}

/** A clock that follows `source` and adds whatever it was advanced by. */
export function createClock(source: () => number): Clock {
  let offsetMs = 0;
  return {
    now: () => source() + offsetMs,
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}
