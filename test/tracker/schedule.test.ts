import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AFTERLIFE_MS } from '../../src/domain/task.ts';
import type { Estimate } from '../../src/tracker/estimate.ts';
import {
  afterlifePollAt,
  firstPollAt,
  leastGapMs,
  nextPollAt,
  pollBackOffMs,
  submitBackOffMs,
} from '../../src/tracker/schedule.ts';
import { seeded, simulateDetection } from '../bench/detection.ts';

const middle = () => 0.5;
const INTERVAL_MS = 15_000;
const HOUR_MS = 60 * 60_000;

/** Most end within a fifth of the usual duration. */
function estimateOf(typicalMs: number, measured: boolean): Estimate {
  return { typicalMs, fromMs: 0.8 * typicalMs, toMs: 1.2 * typicalMs, measured };
}

/** The moments at which a task is looked at, until one is at or after `endsAt`. */
function looks(endsAt: number, typicalMs: number, measured: boolean, random: () => number): number[] {
  const at = [firstPollAt(0, INTERVAL_MS, random)];
  for (let now = at[0] ?? 0; now < endsAt; at.push(now)) {
    now = nextPollAt({
      now,
      acceptedAt: 0,
      intervalMs: INTERVAL_MS,
      estimate: estimateOf(typicalMs, measured),
      random,
    });
  }
  return at;
}

describe('firstPollAt', () => {
  test('is one interval after acceptance, give or take a tenth', () => {
    expect(firstPollAt(1_000, INTERVAL_MS, middle)).toBe(16_000);
    expect(firstPollAt(0, INTERVAL_MS, () => 0)).toBe(13_500);
    expect(firstPollAt(0, INTERVAL_MS, () => 0.999_999)).toBe(16_500);
  });
});

describe('nextPollAt', () => {
  test('keeps the plain interval while there is no history', () => {
    expect(looks(100_000, 120_000, false, middle)).toEqual(
      [15, 30, 45, 60, 75, 90, 105].map((seconds) => seconds * 1_000),
    );
  });

  test('is sparse before, dense around and plain after the usual finish', () => {
    const at = looks(170_000, 120_000, true, middle).map((ms) => ms / 1_000);
    const gaps = at.slice(1).map((second, index) => second - (at[index] ?? 0));
    // Three long ones up to the first that may have ended, nine short ones, and plain ones from 144 s on.
    expect(at[3]).toBeCloseTo(101, 0);
    expect(gaps.slice(0, 3).every((gap) => gap > 25 && gap <= 30)).toBe(true);
    expect(gaps.slice(3, 12).every((gap) => gap >= 5 && gap < 5.3)).toBe(true);
    expect(gaps.slice(12)).toEqual([15, 15]);
  });

  test('becomes ever sparser long after the usual finish, up to four intervals', () => {
    const gap = (elapsed: number) =>
      nextPollAt({
        now: elapsed,
        acceptedAt: 0,
        intervalMs: INTERVAL_MS,
        estimate: estimateOf(60_000, true),
        random: middle,
      }) - elapsed;
    expect(gap(180_000)).toBe(22_500);
    expect(gap(240_000)).toBe(30_000);
    expect(gap(3_000_000)).toBe(60_000);
  });

  test('moves every look by up to a tenth, so that tasks taken together are not looked at together', () => {
    for (const [measured, now, gapMs] of [
      [false, 30_000, 15_000],
      [true, 15_000, 28_600],
      [true, 300_000, 18_750],
    ] as const) {
      const [earliest, middling, latest] = [0, 0.5, 0.99].map((chance) => {
        const estimate = estimateOf(120_000, measured);
        const plan = { now, acceptedAt: 0, intervalMs: INTERVAL_MS, estimate };
        return nextPollAt({ ...plan, random: () => chance }) - now;
      });
      expect(Math.abs((middling ?? 0) - gapMs)).toBeLessThan(200);
      expect(earliest).toBeCloseTo(0.9 * (middling ?? 0), -1);
      expect(latest).toBeCloseTo(1.098 * (middling ?? 0), -1);
    }
  });

  test('never looks again sooner than a third of the interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000 }),
        fc.integer({ min: 100, max: 60_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        fc.boolean(),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (now, intervalMs, typicalMs, measured, chance) => {
          const estimate = estimateOf(typicalMs, measured);
          const at = nextPollAt({ now, acceptedAt: 0, intervalMs, estimate, random: () => chance });
          expect(at - now).toBeGreaterThanOrEqual(leastGapMs(intervalMs));
          expect(at - now).toBeLessThanOrEqual(4.4 * intervalMs + 1);
          expect(Number.isSafeInteger(at)).toBe(true);
        },
      ),
    );
  });

  test.each([45_000, 60_000, 90_000, 120_000, 180_000])(
    'with history, notices the end of tasks of about %i ms sooner than a fixed interval, with no more looks',
    (typicalMs) => {
      // Roughly normal around the usual duration, a sixth of it wide.
      const duration = (random: () => number) =>
        typicalMs * (1 + Array.from({ length: 12 }, random).reduce((sum, chance) => sum + chance, -6) / 6);
      const { ours, fixed } = simulateDetection(duration, INTERVAL_MS, seeded(typicalMs));
      expect(ours.lagMs).toBeLessThan(0.95 * fixed.lagMs);
      expect(ours.lagMs).toBeLessThan(INTERVAL_MS / 2);
      expect(ours.polls).toBeLessThanOrEqual(fixed.polls);
    },
  );
});

describe('afterlifePollAt', () => {
  test('looks ever more rarely, for a day, with the last look at its end', () => {
    const gaps: number[] = [];
    let now: number | undefined = 0;
    let last = 0;
    while (now !== undefined) {
      const next = afterlifePollAt(now, 0, INTERVAL_MS, middle);
      if (next !== undefined) gaps.push(next - now);
      last = now;
      now = next;
    }
    expect(last).toBe(AFTERLIFE_MS);
    expect(gaps[0]).toBe(2 * INTERVAL_MS);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60 * 60_000);
    expect(gaps.slice(0, -1)).toEqual(gaps.slice(0, -1).toSorted((a, b) => a - b));
    expect(gaps.length).toBeLessThan(60);
  });

  test('moves every look by up to a tenth', () => {
    const looksAt = [0, 0.5, 1].map((chance) => afterlifePollAt(HOUR_MS, 0, INTERVAL_MS, () => chance));
    expect(looksAt).toEqual([0.9, 1, 1.1].map((part) => HOUR_MS + part * (HOUR_MS / 4)));
  });
});

describe('pollBackOffMs', () => {
  test('doubles up to eight intervals, and a longer wish of MusicAPI wins', () => {
    const waits = [1, 2, 3, 4, 5, 50].map((failures) => pollBackOffMs(failures, INTERVAL_MS, middle));
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 120_000, 120_000]);
    expect(pollBackOffMs(1, INTERVAL_MS, middle, 45_000)).toBe(45_000);
    expect(pollBackOffMs(3, INTERVAL_MS, middle, 45_000)).toBe(60_000);
  });

  test('moves by up to a tenth', () => {
    const waits = [0, 0.5, 1].map((chance) => pollBackOffMs(2, INTERVAL_MS, () => chance));
    expect(waits).toEqual([27_000, 30_000, 33_000]);
  });
});

describe('submitBackOffMs', () => {
  test('doubles up to two minutes unless MusicAPI says how long', () => {
    const waits = [0, 1, 2, 10, 5_000].map((tries) => submitBackOffMs(tries, middle));
    expect(waits).toEqual([2_000, 4_000, 8_000, 120_000, 120_000]);
    expect(submitBackOffMs(4, middle, 7_000)).toBe(7_000);
  });

  test('moves by up to a tenth, but not before the moment that MusicAPI names', () => {
    const chances = [0, 0.5, 1].map((chance) => () => chance);
    expect(chances.map((random) => submitBackOffMs(1, random))).toEqual([3_600, 4_000, 4_400]);
    expect(chances.map((random) => submitBackOffMs(1, random, 7_000))).toEqual([7_000, 7_000, 7_000]);
  });
});
