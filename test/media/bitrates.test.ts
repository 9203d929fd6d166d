import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateBytes, lowerEncoding, planEncoding } from '../../src/media/bitrates.ts';

const MIB = 1024 * 1024;
const room = (maxMib: number, maxPieces = 10, totalMib = 25) => ({
  maxBytes: maxMib * MIB,
  maxTotalBytes: totalMib * MIB,
  maxPieces,
});

describe('planEncoding', () => {
  it.each([
    ['three minutes into 10 MiB', 180, room(10), { kbps: 320, pieces: 1 }],
    ['eight minutes into 10 MiB', 480, room(10), { kbps: 160, pieces: 1 }],
    ['twenty minutes into 10 MiB', 1_200, room(10), { kbps: 64, pieces: 1 }],
    ['half an hour into 10 MiB', 1_800, room(10), { kbps: 112, pieces: 3 }],
    ['an hour into 10 MiB, which no message takes', 3_600, room(10), undefined],
    ['half an hour into 10 MiB in one piece', 1_800, room(10, 1), undefined],
    ['no sound at all', 0, room(10), undefined],
    ['a length that is none', Number.NaN, room(10), undefined],
  ])('%s', (_, seconds, space, expected) => {
    expect(planEncoding(seconds, space)).toEqual(expected);
  });

  it('never plans more than fits, and never several pieces where one would do', () => {
    const mib = fc.double({ min: 0.01, max: 30, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10_000, noNaN: true }),
        mib,
        fc.integer({ min: 0, max: 10 }),
        mib,
        (seconds, each, maxPieces, total) => {
          const space = room(each, maxPieces, total);
          const plan = planEncoding(seconds, space);
          if (!plan) return;
          const bytes = estimateBytes(seconds / plan.pieces, plan.kbps);
          expect(bytes).toBeLessThanOrEqual(space.maxBytes);
          expect(bytes * plan.pieces).toBeLessThanOrEqual(space.maxTotalBytes);
          expect(plan.pieces).toBeLessThanOrEqual(Math.max(1, maxPieces));
          if (plan.pieces > 1) expect(planEncoding(seconds, { ...space, maxPieces: 1 })).toBeUndefined();
        },
      ),
    );
  });
});

describe('lowerEncoding', () => {
  it('goes down step by step, to an end', () => {
    expect(lowerEncoding({ kbps: 96, pieces: 2 })).toEqual({ kbps: 80, pieces: 2 });
    expect(lowerEncoding({ kbps: 64, pieces: 1 })).toBeUndefined();
  });
});
