/** How soon a finished task is noticed: our schedule and a fixed interval over the same finishing times, simulated. */
import { measureEstimate } from '../../src/tracker/estimate.ts';
import { firstPollAt, nextPollAt } from '../../src/tracker/schedule.ts';
import { POLL_INTERVAL_MS } from './running-tasks.ts';
import type { Row } from './table.ts';

/** Gives how long a task takes, in ms. */
type Duration = (random: () => number) => number;

/** What watching tasks costs and brings, on average for a task. */
interface Watch {
  readonly polls: number;
  /** From its end until the poll that sees it. */
  readonly lagMs: number;
}

const TASKS = 5_000;
/** As many successes as the store keeps. */
const HISTORY = 20;

/** Creates take 1 to 3 minutes (musicapi.ai feature pages); the others are assumptions of the same kind. */
const DURATIONS: Readonly<Record<string, Duration>> = {
  'create, 60-180 s': (random) => 60_000 + 120_000 * random(),
  'extend, around 90 s': (random) => 90_000 * Math.exp(0.25 * normal(random)),
  'stems, 20-60 s': (random) => 20_000 + 40_000 * random(),
};

/**
 * Watches many tasks in both ways. The history of each consists of tasks of the same kind, so that also a small or
 * misleading one counts.
 */
export function simulateDetection(
  duration: Duration,
  intervalMs: number,
  random: () => number,
): { readonly ours: Watch; readonly fixed: Watch } {
  const sums = { ours: { polls: 0, lagMs: 0 }, fixed: { polls: 0, lagMs: 0 } };
  for (let task = 0; task < TASKS; task += 1) {
    const estimate = measureEstimate(Array.from({ length: HISTORY }, () => duration(random)));
    if (!estimate) throw new Error('a history is never empty here');
    const endsAt = duration(random);
    const next = (now: number) => nextPollAt({ now, acceptedAt: 0, intervalMs, estimate, random });
    add(sums.ours, watch(firstPollAt(0, intervalMs, random), endsAt, next));
    // With the same jitter: that tasks accepted together are not polled together has its price for both.
    add(
      sums.fixed,
      watch(firstPollAt(0, intervalMs, random), endsAt, (now) => firstPollAt(now, intervalMs, random)),
    );
  }
  const mean = ({ polls, lagMs }: Watch): Watch => ({ polls: polls / TASKS, lagMs: lagMs / TASKS });
  return { ours: mean(sums.ours), fixed: mean(sums.fixed) };
}

/** One row for each kind of operation: how late its end is noticed, with how many polls. */
export async function benchDetection(): Promise<readonly Row[]> {
  return Object.entries(DURATIONS).map(([name, duration], index) => {
    const { ours, fixed } = simulateDetection(duration, POLL_INTERVAL_MS, seeded(index));
    const part = ours.lagMs / POLL_INTERVAL_MS;
    return {
      what: `result noticed (${name})`,
      bare: `fixed interval: ${describe(fixed)}`,
      ours: describe(ours),
      reach: 'below half the interval, no more polls',
      figure: `${part.toFixed(2)} of the interval`,
      met: part < 0.5 && ours.polls <= fixed.polls,
    };
  });
}

/** Deterministic randomness (mulberry32), so that a simulation gives the same figures in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function watch(firstAt: number, endsAt: number, next: (now: number) => number): Watch {
  let polls = 1;
  let now = firstAt;
  for (; now < endsAt; polls += 1) now = next(now);
  return { polls, lagMs: now - endsAt };
}

function add(sum: { polls: number; lagMs: number }, { polls, lagMs }: Watch): void {
  sum.polls += polls;
  sum.lagMs += lagMs;
}

/** A normal distribution around 0 with a deviation of about 1. */
function normal(random: () => number): number {
  return Array.from({ length: 12 }, random).reduce((sum, chance) => sum + chance, -6);
}

function describe({ polls, lagMs }: Watch): string {
  return `${(lagMs / 1_000).toFixed(1)} s after, ${polls.toFixed(2)} polls`;
}
