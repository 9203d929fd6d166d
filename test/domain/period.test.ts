import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsAfter, leavesAt, type Period, parsePeriod } from '../../src/domain/period.ts';
import { formatPeriod } from '../../src/words/periods.ts';

/** A Wednesday. */
const NOON = Date.UTC(2026, 10, 18, 12);

const period: fc.Arbitrary<Period> = fc.oneof(
  fc.constantFrom<Period>({ kind: 'day' }, { kind: 'week' }, { kind: 'month' }),
  fc.integer({ min: 1, max: 800 }).map((hours): Period => ({ kind: 'rolling', hours })),
);
const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0) });

describe('countsAfter', () => {
  test('counts a calendar period from its first moment in UTC', () => {
    expect(countsAfter({ kind: 'day' }, NOON)).toBe(Date.UTC(2026, 10, 18) - 1);
    expect(countsAfter({ kind: 'week' }, NOON)).toBe(Date.UTC(2026, 10, 16) - 1);
    expect(countsAfter({ kind: 'week' }, Date.UTC(2026, 10, 22, 23, 59))).toBe(Date.UTC(2026, 10, 16) - 1);
    expect(countsAfter({ kind: 'month' }, NOON)).toBe(Date.UTC(2026, 10, 1) - 1);
    expect(countsAfter({ kind: 'rolling', hours: 2 }, NOON)).toBe(Date.UTC(2026, 10, 18, 10));
  });
});

describe('leavesAt', () => {
  test('knows the end of a month, also of the last one and of a short one', () => {
    expect(leavesAt({ kind: 'month' }, Date.UTC(2026, 11, 31, 23))).toBe(Date.UTC(2027, 0));
    expect(leavesAt({ kind: 'month' }, Date.UTC(2028, 1, 29))).toBe(Date.UTC(2028, 2));
  });

  test('a booking counts until exactly the moment at which it leaves', () => {
    fc.assert(
      fc.property(period, moment, (one, bookedAt) => {
        const end = leavesAt(one, bookedAt);
        expect(end).toBeGreaterThan(bookedAt);
        expect(bookedAt).toBeGreaterThan(countsAfter(one, end - 1));
        expect(bookedAt).toBeLessThanOrEqual(countsAfter(one, end));
      }),
    );
  });
});

describe('parsePeriod', () => {
  test.each([
    ['day', 'per day (UTC)'],
    [' Week ', 'per week (from Monday, UTC)'],
    ['month', 'per month (UTC)'],
    ['12h', 'in any 12 hours'],
    ['1 hour', 'in any hour'],
    ['72 hours', 'in any 72 hours'],
  ])('reads %j as %j', (text, words) => {
    const found = parsePeriod(text);
    expect(found && formatPeriod(found)).toBe(words);
  });

  test.each(['', 'year', '0h', '9999h', '-1h', '12', 'h', '1.5h'])('refuses %j', (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  });
});
