/**
 * The stretch of time that a budget limits. Days, weeks (from Monday) and months are those of the calendar in
 * UTC, the same for every server and person; `rolling` is any stretch of so many hours, up to now.
 */
export type Period =
  | { readonly kind: 'day' | 'week' | 'month' }
  | { readonly kind: 'rolling'; readonly hours: number };

/** The period of `BUDGET_MEMBER_DAY` and `BUDGET_SERVER_DAY`. */
export const ANY_24_HOURS: Period = { kind: 'rolling', hours: 24 };

/** The longest rolling period: a year. */
const MAX_ROLLING_HOURS = 366 * 24;

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** The moment (epoch ms) after which a booking counts in the period that `now` is in. */
export function countsAfter(period: Period, now: number): number {
  if (period.kind === 'rolling') return now - period.hours * HOUR_MS;
  return startOf(period.kind, now) - 1;
}

/**
 * When a booking of this moment no longer counts (epoch ms): with the end of its calendar period, or so many hours
 * later.
 */
export function leavesAt(period: Period, bookedAt: number): number {
  if (period.kind === 'rolling') return bookedAt + period.hours * HOUR_MS;
  const start = startOf(period.kind, bookedAt);
  if (period.kind === 'day') return start + DAY_MS;
  if (period.kind === 'week') return start + 7 * DAY_MS;
  const month = new Date(start);
  return Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1);
}

/** Reads `day`, `week`, `month`, or a number of hours such as `12 hours` or `12h`; undefined when it is none. */
export function parsePeriod(text: string): Period | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'day' || word === 'week' || word === 'month') return { kind: word };
  const hours = Number(/^(\d{1,4}) ?h(?:ours?)?$/.exec(word)?.[1] ?? 0);
  return hours >= 1 && hours <= MAX_ROLLING_HOURS ? { kind: 'rolling', hours } : undefined;
}

function startOf(kind: 'day' | 'week' | 'month', at: number): number {
  const date = new Date(at);
  if (kind === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const midnight = Math.floor(at / DAY_MS) * DAY_MS;
  // Sunday is day 0; weeks begin on Monday.
  return kind === 'day' ? midnight : midnight - ((date.getUTCDay() + 6) % 7) * DAY_MS;
}
