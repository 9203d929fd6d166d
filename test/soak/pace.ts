/** What a soak compresses, in ms of simulated time: an hour of it. */
const HOUR_MS = 60 * 60_000;

/** How real time passes for everything whose length is the services' or the operator's to decide. */
export interface Pace {
  /** Real ms for which members are active. */
  readonly lifeMs: number;
  /** Simulated ms in a real one. */
  readonly factor: number;
  /** Real ms of so much simulated time. */
  readonly real: (simulatedMs: number) => number;
}

/** So much life in so much real time. Both in ms. */
export function createPace(lifeMs: number, simulatedMs: number = HOUR_MS): Pace {
  const factor = simulatedMs / lifeMs;
  return { lifeMs, factor, real: (ms) => Math.max(1, Math.round(ms / factor)) };
}
