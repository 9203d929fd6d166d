/** A measured clock is trusted this long; two quartzes drift apart by less than a millisecond in it. */
const TRUST_MS = 10_000;

/** When the clocks of this host disagree by more since the measurement, it was suspended or set. */
const MAX_JUMP_MS = 500;

/** The clocks of this host, in ms. */
export interface HostClocks {
  /** Never jumps. */
  readonly steady: () => number;
  readonly wall: () => number;
}

const HOST: HostClocks = { steady: () => performance.now(), wall: () => Date.now() };

/**
 * The clock of the database without asking it every time: measured now and then, and carried on by a clock of this
 * host that never jumps. So it does not matter what time this host believes it is.
 *
 * @param measure - Asks the database for its time (epoch ms).
 */
export function createDatabaseClock(measure: () => Promise<number>, { steady, wall }: HostClocks = HOST) {
  let known: { readonly at: number; readonly steadyAt: number; readonly wallAt: number } | undefined;
  let measuring: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const startedAt = steady();
    const at = await measure();
    // The answer was given somewhere between question and arrival.
    const middle = (startedAt + steady()) / 2;
    known = { at, steadyAt: middle, wallAt: wall() - (steady() - middle) };
  }

  function isStale(): boolean {
    if (!known) return true;
    const steadyMs = steady() - known.steadyAt;
    const wallMs = wall() - known.wallAt;
    return steadyMs > TRUST_MS || Math.abs(wallMs - steadyMs) > MAX_JUMP_MS;
  }

  /** While the database is away the last measurement has to do; without any the error is the caller's. */
  return async (): Promise<number> => {
    if (isStale()) {
      measuring ??= refresh().finally(() => {
        measuring = undefined;
      });
      await measuring.catch((error: unknown) => {
        if (!known) throw error;
      });
    }
    if (!known) throw new Error('the clock of the database was not measured');
    return Math.round(known.at + steady() - known.steadyAt);
  };
}
