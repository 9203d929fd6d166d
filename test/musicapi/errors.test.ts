import { describe, expect, it } from 'vitest';
import { createAnswerError, MusicApiError, submissionOutcome } from '../../src/musicapi/errors.ts';

const PLACE = { method: 'POST', path: '/sonic/create' };

function errorOf(status: number, body: unknown, raw = JSON.stringify(body)): MusicApiError {
  return createAnswerError(PLACE, { status, body, raw });
}

describe('createAnswerError', () => {
  it.each([
    [400, 'invalid-request'],
    [401, 'not-authorised'],
    [402, 'no-credits'],
    [404, 'not-found'],
    [408, 'unavailable'],
    [409, 'invalid-request'],
    [410, 'gone'],
    [413, 'invalid-request'],
    [422, 'invalid-request'],
    [429, 'rate-limited'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [302, 'malformed'],
    [200, 'malformed'],
  ])('takes %i for %s', (status, kind) => {
    expect(errorOf(status, {}).kind).toBe(kind);
  });

  it.each([
    ['credits not enough', 'no-credits'],
    ['Usage limit reached.', 'no-credits'],
    ['QPS limit', 'rate-limited'],
    ['The queue is full.', 'rate-limited'],
    ['Too many concurrent tasks', 'rate-limited'],
    ["The lyrics contain copyrighted content: 'credits roll, subscription'", 'moderation'],
    ['The description contains producer tags.', 'moderation'],
    ['Something new about your words.', 'moderation'],
    ['This API key has no permission for sonic.', 'not-authorised'],
    ['Forbidden', 'not-authorised'],
    ['', 'not-authorised'],
  ])('tells a 403 by its words: %j is %s', (text, kind) => {
    expect(errorOf(403, { error: text }).kind).toBe(kind);
  });

  it('tells a thing that is gone from a field that is wrong', () => {
    expect(errorOf(400, { error: 'task not found.' }).kind).toBe('not-found');
    expect(errorOf(400, { error: 'The clip_id: clip was not found' }).kind).toBe('not-found');
    expect(errorOf(400, { error: "The field 'mv' was not found." }).kind).toBe('invalid-request');
  });

  it('reads the words from error, then message, then detail, wherever a service nests them', () => {
    expect(errorOf(400, { error: 'one', message: 'two' }).text).toBe('one');
    expect(errorOf(400, { error: null, message: 'two', detail: 'three' }).text).toBe('two');
    expect(errorOf(400, { detail: 'three' }).text).toBe('three');
    expect(errorOf(400, { error: { code: 7, message: 'nested' } }).text).toBe('nested');
    expect(errorOf(400, { detail: [{ loc: ['mv'] }] }).text).toBe('[{"loc":["mv"]}]');
    expect(errorOf(400, 'bare').text).toBe('bare');
  });

  it('takes a text that is no JSON, but not a page', () => {
    expect(errorOf(502, undefined, 'bad gateway').text).toBe('bad gateway');
    expect(errorOf(502, undefined, ' <!doctype html>…').text).toBe('HTTP 502 without a reason');
    expect(errorOf(502, undefined, '').text).toBe('HTTP 502 without a reason');
  });

  it('keeps the type and says where it happened', () => {
    const error = errorOf(500, { type: 'api_error', message: 'sorry' });
    expect(error.type).toBe('api_error');
    expect(error.message).toBe('POST /sonic/create: 500 unavailable: sorry');
  });
});

describe('submissionOutcome', () => {
  const facts = { ...PLACE, text: '' };

  it('leaves everything open that is no error of a call', () => {
    expect(submissionOutcome(new Error('aborted'))).toBe('unknown');
    expect(submissionOutcome(undefined)).toBe('unknown');
  });

  it('tells what certainly never arrived from what may have', () => {
    expect(submissionOutcome(new MusicApiError({ ...facts, kind: 'unavailable', delivered: 'no' }))).toBe(
      'not-sent',
    );
    expect(submissionOutcome(new MusicApiError({ ...facts, kind: 'answer-lost', delivered: 'maybe' }))).toBe(
      'unknown',
    );
  });

  it.each([
    [400, 'refused'],
    [408, 'refused'],
    [429, 'rate-limited'],
    [500, 'unknown'],
    [503, 'unknown'],
    [302, 'unknown'],
    [200, 'unknown'],
  ])('takes %i for %s', (status, outcome) => {
    expect(submissionOutcome(errorOf(status, {}))).toBe(outcome);
  });

  it('takes a full queue for a reason to come back, whatever its status', () => {
    expect(submissionOutcome(errorOf(403, { type: 'forbidden', message: 'queue full' }))).toBe(
      'rate-limited',
    );
  });
});
