/** How long the same cause is not reported again. */
const QUIET_MS = 10 * 60_000;

/** Keeps the log readable while something is broken: thousands of polls may fail for one cause. */
export interface Causes {
  /** Whether this cause has not been reported for a while. */
  isNews(cause: string, now: number): boolean;
}

/** Creates a memory of the causes that were reported. */
export function createCauses(): Causes {
  const reportedAt = new Map<string, number>();
  return {
    isNews(cause, now) {
      const last = reportedAt.get(cause);
      if (last !== undefined && now - last < QUIET_MS) return false;
      reportedAt.set(cause, now);
      return true;
    },
  };
}
