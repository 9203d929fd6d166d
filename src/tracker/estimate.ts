/** How long an operation usually takes from acceptance to its end. Pure. */
export interface Estimate {
  readonly typicalMs: number;
  /** Most end between these two moments after acceptance. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Taken from our own history; otherwise it is the catalogue's word. */
  readonly measured: boolean;
}

/** Part of the durations that lies before `fromMs`, and after `toMs`. */
const MARGIN = 0.1;

/** Also when a few durations happen to be alike, the next one may differ by this part of the usual one. */
const LEAST_SPREAD = 0.2;

/** The catalogue's word for an operation that we have not seen ending yet. */
export function statedEstimate(typicalMs: number): Estimate {
  return { typicalMs, ...spreadAround(typicalMs, typicalMs, typicalMs), measured: false };
}

/** What durations of the past say; undefined when there are none. */
export function measureEstimate(durationsMs: readonly number[]): Estimate | undefined {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  const typicalMs = at(0.5);
  if (typicalMs === undefined) return undefined;
  const low = at(MARGIN) ?? typicalMs;
  const high = at(1 - MARGIN) ?? typicalMs;
  return { typicalMs, ...spreadAround(typicalMs, low, high), measured: true };
}

function spreadAround(typicalMs: number, low: number, high: number) {
  return {
    fromMs: Math.min(low, (1 - LEAST_SPREAD) * typicalMs),
    toMs: Math.max(high, (1 + LEAST_SPREAD) * typicalMs),
  };
}
