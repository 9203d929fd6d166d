import { describe, expect, it } from 'vitest';
import { judgeConnectionFailure } from '../../src/musicapi/connection.ts';
import { MusicApiError, type MusicApiErrorFacts } from '../../src/musicapi/errors.ts';
import { DEFAULT_RETRY, retryDelayMs } from '../../src/musicapi/retry.ts';
import { parseRetryAfter } from '../../src/musicapi/retry-after.ts';

function failure(facts: Pick<MusicApiErrorFacts, 'kind' | 'delivered' | 'retryAfterMs'>): MusicApiError {
  return new MusicApiError({ method: 'GET', path: '/x', text: '', ...facts });
}

const busy = failure({ kind: 'unavailable', delivered: 'yes' });
const look = { spends: false };
const spend = { spends: true };

describe('retryDelayMs', () => {
  const policy = { tries: 10, baseMs: 500, capMs: 8_000 };

  it('doubles up to a cap', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((tries) => retryDelayMs(busy, look, tries, policy, 0));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  it('leaves up to a quarter of a wait to chance', () => {
    expect(retryDelayMs(busy, look, 1, policy, 0.999)).toBe(375);
  });

  it('ends after a few tries', () => {
    expect(retryDelayMs(busy, look, DEFAULT_RETRY.tries, DEFAULT_RETRY, 0)).toBeUndefined();
  });

  it('repeats a call that spends only when it never arrived', () => {
    const lost = failure({ kind: 'answer-lost', delivered: 'maybe' });
    const limited = failure({ kind: 'rate-limited', delivered: 'yes' });
    for (const error of [busy, lost, limited])
      expect(retryDelayMs(error, spend, 1, policy, 0)).toBeUndefined();
    expect(retryDelayMs(failure({ kind: 'unavailable', delivered: 'no' }), spend, 1, policy, 0)).toBe(500);
  });

  it('waits as long as it was asked to, if that is not too long', () => {
    const ask = (retryAfterMs: number) => failure({ kind: 'rate-limited', delivered: 'yes', retryAfterMs });
    expect(retryDelayMs(ask(8_000), look, 1, policy, 0)).toBe(8_000);
    expect(retryDelayMs(ask(8_001), look, 1, policy, 0)).toBeUndefined();
  });

  it('does not repeat what is no passing trouble', () => {
    expect(
      retryDelayMs(failure({ kind: 'not-found', delivered: 'yes' }), look, 1, policy, 0),
    ).toBeUndefined();
    expect(retryDelayMs(new Error('aborted'), look, 1, policy, 0)).toBeUndefined();
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-10-07T12:00:00Z');

  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['1.5', 1_500],
    ['Wed, 07 Oct 2026 12:00:30 GMT', 30_000],
    ['Wed, 07 Oct 2026 11:00:00 GMT', 0],
    ['86400', 600_000],
    ['Wed, 07 Oct 2099 12:00:00 GMT', 600_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j ms', (header, waitMs) => {
    expect(parseRetryAfter(header, now)).toBe(waitMs);
  });
});

describe('judgeConnectionFailure', () => {
  const coded = (code: string, cause?: unknown) => Object.assign(new Error('failed', { cause }), { code });

  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_CONNECT_TIMEOUT',
  ])('knows that nothing was sent after %s', (code) => {
    expect(judgeConnectionFailure(coded(code)).delivered).toBe('no');
    expect(judgeConnectionFailure(new TypeError('fetch failed', { cause: coded(code) })).delivered).toBe(
      'no',
    );
    expect(judgeConnectionFailure(new AggregateError([coded(code), coded('ECONNREFUSED')])).delivered).toBe(
      'no',
    );
  });

  it.each([
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_DESTROYED',
  ])('cannot know whether anything was sent after %s', (code) => {
    expect(judgeConnectionFailure(coded(code)).delivered).toBe('maybe');
    expect(judgeConnectionFailure(new AggregateError([coded('ECONNREFUSED'), coded(code)])).delivered).toBe(
      'maybe',
    );
  });

  it('cannot know it either when an established connection became unreachable', () => {
    const late = Object.assign(coded('EHOSTUNREACH'), { syscall: 'read' });
    expect(judgeConnectionFailure(late).delivered).toBe('maybe');
    expect(judgeConnectionFailure(Object.assign(late, { syscall: 'connect' })).delivered).toBe('no');
  });

  it('says what happened', () => {
    expect(judgeConnectionFailure(coded('EPIPE')).text).toBe('EPIPE: failed');
    expect(judgeConnectionFailure(new AggregateError([coded('ENOTFOUND')])).text).toBe('failed');
    expect(judgeConnectionFailure('thrown').text).toBe('thrown');
  });
});
