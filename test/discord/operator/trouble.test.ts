import { describe, expect, it } from 'vitest';
import { forecastBalance, isMoment, keyOf } from '../../../src/discord/operator/trouble.ts';
import { describeOver, describeTrouble } from '../../../src/discord/operator/trouble-words.ts';
import { speak } from '../../../src/words/words.ts';
import { T0 } from '../../support/tasks.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const forecast = (balance: number, spent: number, agoMs: number | undefined) =>
  forecastBalance(balance, { spent, firstAt: agoMs === undefined ? undefined : T0 - agoMs, now: T0 });

describe('forecastBalance', () => {
  it('goes by the last seven days', () => {
    expect(forecast(300, 700, 30 * DAY_MS)).toEqual({ creditsPerDay: 100, days: 3 });
  });

  it('goes by the time since the beginning where that is shorter, but by a day at least', () => {
    expect(forecast(300, 200, 2 * DAY_MS)).toEqual({ creditsPerDay: 100, days: 3 });
    expect(forecast(300, 100, HOUR_MS)).toEqual({ creditsPerDay: 100, days: 3 });
  });

  it('says nothing where nothing was spent', () => {
    expect(forecast(300, 0, undefined)).toBeUndefined();
    expect(forecast(300, 0, 30 * DAY_MS)).toBeUndefined();
  });
});

describe('keyOf', () => {
  it('tells hosts apart, and the sums of the ledger from the balance', () => {
    const found = { cause: 'ledger-difference', expected: 20, found: 15 } as const;
    expect(keyOf({ cause: 'unlisted-host', host: 'one.example', reference: '1' })).toEqual({
      cause: 'unlisted-host',
      subject: 'one.example',
    });
    expect(keyOf({ ...found, sum: 'charged' })).toEqual(keyOf({ cause: 'ledger-difference' }));
    expect(keyOf({ ...found, sum: 'balance' }).subject).toBe('balance');
    expect([isMoment({ ...found, sum: 'charged' }), isMoment({ ...found, sum: 'balance' })]).toEqual([
      false,
      true,
    ]);
  });
});

describe('describeTrouble', () => {
  const low = { cause: 'balance-low', balance: 50, threshold: 500 } as const;

  it('says how long the balance lasts', () => {
    const say = (days: number) => describeTrouble({ ...low, forecast: { creditsPerDay: 99.6, days } }, T0);
    expect(say(12.9)).toContain('(100 credits a day) that lasts for about 12 days');
    expect(say(1.5)).toContain('about 1 day.');
    expect(say(0.5)).toContain('less than a day');
    expect(describeTrouble({ ...low, forecast: undefined }, T0)).toContain('there is no rate yet');
  });

  it('shows the name of a host as it is, whatever is in it', () => {
    const notice = describeTrouble({ cause: 'unlisted-host', host: '*evil*_host', reference: '1' }, T0);
    expect(notice).toContain('\\*evil\\*\\_host');
  });
});

describe('describeOver', () => {
  const outage = { cause: 'provider-down', waited: 3, inDoubt: 0 } as const;

  it('says how long it lasted, in a unit that fits', () => {
    const lasted = (ms: number) => /down for ([^,]+),/.exec(describeOver(outage, ms))?.[1];
    expect([400, 45_000, 12 * MINUTE_MS, 5 * HOUR_MS, 3 * DAY_MS].map(lasted)).toEqual([
      '1 second',
      '45 seconds',
      '12 minutes',
      '5 hours',
      '3 days',
    ]);
  });

  it('says what waited, and of what nobody knows', () => {
    const say = (waited: number, inDoubt: number) =>
      describeOver({ ...outage, waited, inDoubt }, 12 * MINUTE_MS);
    expect(say(3, 0)).toBe('MusicAPI answers again (down for 12 minutes, 3 tasks waited, none lost).');
    expect(say(0, 0)).toContain('no task waited, none lost');
    expect(say(1, 1)).toContain('1 task waited, of 1 it is not known whether MusicAPI took it');
    expect(speak('de', () => say(3, 0))).toBe(
      'MusicAPI antwortet wieder (keine Antwort für 12 Minuten, 3 Aufgaben warteten, keine ging verloren).',
    );
  });
});
