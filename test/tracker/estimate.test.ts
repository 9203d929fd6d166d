import { describe, expect, test } from 'vitest';
import { measureEstimate, statedEstimate } from '../../src/tracker/estimate.ts';

const SECOND_MS = 1_000;

describe('measureEstimate', () => {
  test('is the middle one of the durations, in whatever order they come, and not their average', () => {
    const durations = [300, 60, 50, 70, 40].map((seconds) => seconds * SECOND_MS);
    expect(measureEstimate(durations)?.typicalMs).toBe(60 * SECOND_MS);
  });

  test('says between which two moments most end: one in ten before them, and one in ten after', () => {
    const durations = Array.from({ length: 20 }, (_, index) => (index + 1) * 10 * SECOND_MS);
    const { fromMs, toMs, measured } = measureEstimate(durations) ?? {};
    expect({ fromMs, toMs, measured }).toEqual({
      fromMs: 30 * SECOND_MS,
      toMs: 190 * SECOND_MS,
      measured: true,
    });
  });

  test('leaves room for the next one to differ where all took equally long', () => {
    const alike = Array.from({ length: 5 }, () => 100 * SECOND_MS);
    expect(measureEstimate(alike)).toMatchObject({ fromMs: 80 * SECOND_MS, toMs: 120 * SECOND_MS });
  });

  test('is none without durations', () => {
    expect(measureEstimate([])).toBeUndefined();
  });
});

describe('statedEstimate', () => {
  test('is the word of the catalogue, and known as such', () => {
    const estimate = { typicalMs: 100_000, fromMs: 80_000, toMs: 120_000, measured: false };
    expect(statedEstimate(100_000)).toEqual(estimate);
  });
});
