import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { Breaker, type BreakerNews } from '../../src/tracker/breaker.ts';
import type { Settled } from '../../src/tracker/outcomes.ts';
import { apiError } from './support.ts';

const CALL = { isProbe: false };
const ANSWER: Settled<unknown> = { ok: true, value: {} };
const INTERVAL_MS = 15_000;

function failed(facts: Parameters<typeof apiError>[0] = { status: 503 }): Settled<unknown> {
  return { ok: false, error: apiError(facts) };
}

function createBreaker() {
  const news: BreakerNews[] = [];
  const breaker = new Breaker({
    intervalMs: INTERVAL_MS,
    random: () => 0.5,
    onChange: (one) => news.push(one),
  });
  return { breaker, news };
}

/** One that has just opened, at 1,000. */
function createOpen() {
  const open = createBreaker();
  for (let index = 0; index < 5; index += 1) open.breaker.note(CALL, `task-${index}`, failed(), 1_000);
  return open;
}

describe('Breaker', () => {
  test('opens after five failures in a row of several tasks, and tells it once', () => {
    const { breaker, news } = createBreaker();
    for (let index = 0; index < 4; index += 1) breaker.note(CALL, `task-${index % 2}`, failed(), index);
    expect([breaker.isDown, breaker.downSince]).toEqual([false, undefined]);
    breaker.note(CALL, 'task-0', failed(), 10);
    breaker.note(CALL, 'task-1', failed(), 11);
    expect([breaker.isDown, breaker.downSince]).toEqual([true, 0]);
    expect(news).toEqual([{ isDown: true, outageMs: 0 }]);
  });

  test('one task that always fails is its own matter', () => {
    const { breaker } = createBreaker();
    for (let index = 0; index < 100; index += 1) breaker.note(CALL, 'task-1', failed(), index);
    expect(breaker.isDown).toBe(false);
  });

  test.each([
    ['an answer', ANSWER],
    ['a refusal', failed({ kind: 'not-authorised', status: 401 })],
    ['a wish for a pause', failed({ kind: 'rate-limited', status: 429 })],
    ['an unknown task', failed({ kind: 'not-found', status: 400 })],
  ])('%s in between begins the count anew', (_, end) => {
    const { breaker } = createBreaker();
    for (let index = 0; index < 4; index += 1) breaker.note(CALL, `task-${index}`, failed(), index);
    breaker.note(CALL, 'task-5', end, 5);
    for (let index = 0; index < 4; index += 1) breaker.note(CALL, `task-${index}`, failed(), index);
    expect(breaker.isDown).toBe(false);
  });

  test.each([
    ['a 502', failed({ status: 502 })],
    ['a lost connection', failed({ kind: 'answer-lost', delivered: 'maybe' })],
    ['a refused connection', failed({ delivered: 'no' })],
    ['an answer that cannot be read', failed({ kind: 'malformed', status: 200 })],
    ['a poll that took too long', { ok: false, error: new Error('the poll took too long') } as const],
  ])('%s counts as a failure', (_, end) => {
    const { breaker } = createBreaker();
    for (let index = 0; index < 5; index += 1) breaker.note(CALL, `task-${index}`, end, index);
    expect(breaker.isDown).toBe(true);
  });

  test('a request that our own checks refuse says nothing about MusicAPI', () => {
    const { breaker } = createBreaker();
    const refused = { ok: false, error: new UserError('No.') } as const;
    for (let index = 0; index < 9; index += 1) breaker.note(CALL, `task-${index}`, refused, index);
    expect(breaker.isDown).toBe(false);
  });

  test('what we find out without asking MusicAPI says nothing about it, and keeps no probe back', () => {
    const noKey = failed({ kind: 'not-authorised', status: 401, isLocal: true });
    const noDatabase = failed({ delivered: 'no', isLocal: true });
    const { breaker: up } = createBreaker();
    for (let index = 0; index < 9; index += 1) up.note(CALL, `task-${index}`, noDatabase, index);
    expect(up.isDown).toBe(false);
    for (let index = 0; index < 4; index += 1) up.note(CALL, `task-${index}`, failed(), index);
    up.note(CALL, 'task-5', noKey, 5);
    up.note(CALL, 'task-6', failed(), 6);
    expect(up.isDown).toBe(true);

    const { breaker: down, news } = createOpen();
    for (const end of [noKey, noDatabase]) {
      const probe = down.ask(16_000);
      expect(probe).toEqual({ isProbe: true });
      if (probe) down.note(probe, 'task-7', end, 16_000);
    }
    down.note(CALL, 'task-8', noKey, 16_000);
    expect(down.ask(16_000)).toEqual({ isProbe: true });
    expect(news).toEqual([{ isDown: true, outageMs: 0 }]);
  });

  test('lets one probe through at a time, ever more rarely', () => {
    const { breaker } = createOpen();
    expect(breaker.ask(1_000)).toBeUndefined();
    expect(breaker.waitMs(1_000)).toBe(INTERVAL_MS);
    const waits = [];
    let now = 1_000;
    for (let round = 0; round < 6; round += 1) {
      const waitMs = breaker.waitMs(now) ?? Number.NaN;
      waits.push(waitMs / INTERVAL_MS);
      now += waitMs;
      const probe = breaker.ask(now);
      expect(probe).toEqual({ isProbe: true });
      expect(breaker.ask(now)).toBeUndefined();
      expect(breaker.waitMs(now)).toBeUndefined();
      if (probe) breaker.note(probe, 'task-1', failed(), now);
    }
    expect(waits).toEqual([1, 2, 4, 8, 8, 8]);
  });

  test('a probe that was not made may be made again at once', () => {
    const { breaker } = createOpen();
    const probe = breaker.ask(16_000);
    if (probe) breaker.release(probe);
    expect(breaker.ask(16_000)).toEqual({ isProbe: true });
  });

  test('calls that were under way when it opened change nothing when they fail, and close it when they do not', () => {
    const { breaker, news } = createOpen();
    breaker.note(CALL, 'task-7', failed(), 2_000);
    expect(breaker.waitMs(2_000)).toBe(14_000);
    breaker.note(CALL, 'task-8', ANSWER, 5_000);
    expect(breaker.isDown).toBe(false);
    expect(news.at(-1)).toEqual({ isDown: false, outageMs: 4_000 });
    expect(breaker.ask(5_000)).toEqual({ isProbe: false });
  });

  test('has answered since a moment only if it answered at it or later, and is not down', () => {
    const { breaker } = createBreaker();
    expect(breaker.hasAnsweredSince(0)).toBe(false);
    breaker.note(CALL, 'task-1', ANSWER, 5_000);
    breaker.note(CALL, 'task-1', failed(), 6_000);
    expect([5_000, 5_001].map((moment) => breaker.hasAnsweredSince(moment))).toEqual([true, false]);
    for (let index = 0; index < 5; index += 1) breaker.note(CALL, `task-${index}`, failed(), 7_000);
    expect(breaker.hasAnsweredSince(5_000)).toBe(false);
  });

  test('hands an outage on to the next run, which probes at once, and all that it knew', () => {
    const { breaker: first } = createOpen();
    first.note(CALL, 'task-8', ANSWER, 5_000);
    for (let index = 0; index < 5; index += 1) first.note(CALL, `task-${index}`, failed(), 20_000 + index);
    const { breaker: next, news } = createBreaker();
    next.restore(first.memory);
    expect([next.isDown, next.downSince, next.outageMs(0, 30_000)]).toEqual([true, 20_000, 4_000 + 9_996]);
    expect(news).toEqual([{ isDown: true, outageMs: 0 }]);
    const probe = next.ask(30_000);
    expect(probe).toEqual({ isProbe: true });
    if (probe) next.note(probe, 'task-1', ANSWER, 30_004);
    expect(news.at(-1)).toEqual({ isDown: false, outageMs: 10_000 });

    const { breaker: last, news: quiet } = createBreaker();
    last.restore(next.memory);
    expect([last.isDown, last.outageMs(0, 100_000)]).toEqual([false, 14_000]);
    expect(quiet).toEqual([]);
  });

  test('knows how much of a time was an outage', () => {
    const { breaker } = createOpen();
    expect(breaker.outageMs(0, 3_000)).toBe(2_000);
    breaker.note(CALL, 'task-8', ANSWER, 5_000);
    expect(breaker.outageMs(0, 100_000)).toBe(4_000);
    expect(breaker.outageMs(2_000, 100_000)).toBe(3_000);
    expect(breaker.outageMs(6_000, 100_000)).toBe(0);
  });

  test('gives way to the probe of another process: looks again an interval later, and then ever more rarely', () => {
    const { breaker } = createOpen();
    const probe = breaker.ask(16_000);
    if (probe) breaker.giveWay(probe, 16_000);
    expect(breaker.waitMs(16_000)).toBe(INTERVAL_MS);
    const next = breaker.ask(31_000);
    if (next) breaker.note(next, 'task-1', failed(), 31_000);
    expect(breaker.waitMs(31_000)).toBe(4 * INTERVAL_MS);
  });

  test('takes an answer that another process got since it is down here for its own, but no older one', () => {
    const { breaker, news } = createOpen();
    breaker.hear({ outages: [{ from: 0, to: 900 }] });
    expect(breaker.isDown).toBe(true);
    breaker.hear({ outages: [{ from: 0, to: 4_000 }] });
    expect(breaker.isDown).toBe(false);
    expect(news.at(-1)).toEqual({ isDown: false, outageMs: 3_000 });
    expect(breaker.hasAnsweredSince(4_000)).toBe(true);
  });
});
