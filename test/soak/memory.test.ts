import { describe, expect, it } from 'vitest';
import { judgeMemory, type MemorySample, measureMemory, readSamples, slopeOf } from './memory.ts';

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;
/** Ten minutes stand for an hour. */
const LIFE = { from: 0, to: 10 * MINUTE_MS, factor: 6 };

/** Ten minutes of garbage that comes and goes, on top of what is held. */
function sampleLife(heldMibAt: (minute: number) => number): readonly MemorySample[] {
  return Array.from({ length: 600 }, (_, second): MemorySample => {
    const heapUsed = (heldMibAt(second / 60) + (second % 20)) * MIB;
    return {
      at: second * 1_000,
      heapUsed,
      code: 0,
      external: 0,
      rss: heapUsed + 100 * MIB,
      isCollected: second % 20 === 0,
    };
  });
}

describe('slopeOf', () => {
  it('is that of the line that fits best', () => {
    const points = [0, 1, 2, 3].map((at) => ({ at, bytes: 5 + 2 * at + (at % 2) * 0.1 }));
    expect(slopeOf(points)).toBeCloseTo(2, 1);
    expect(slopeOf(points.slice(0, 1))).toBe(0);
  });
});

describe('measureMemory', () => {
  it('takes a process that only warms up for flat', () => {
    const report = measureMemory(
      sampleLife((minute) => 60 + Math.min(20, 5 * minute)),
      LIFE,
    );
    expect(judgeMemory(report).faults).toEqual([]);
  });

  it('finds a leak of three MiB a minute under the garbage', () => {
    const report = measureMemory(
      sampleLife((minute) => 60 + 3 * minute),
      LIFE,
    );
    expect(report.heldSlope / MIB).toBeCloseTo(5, 0);
    expect(judgeMemory(report).faults).not.toEqual([]);
  });

  it('does not take for flat what was hardly measured', () => {
    const early = sampleLife(() => 60).filter(({ at }) => at < 5.1 * MINUTE_MS);
    expect(judgeMemory(measureMemory(early, LIFE)).faults).toHaveLength(1);
  });
});

describe('readSamples', () => {
  it('leaves out what a kill cut off, and what is none', () => {
    const line = `memory: ${JSON.stringify(sampleLife(() => 1)[0])}`;
    expect(readSamples(`a warning\n${line}\nmemory: {"at":1`)).toHaveLength(1);
  });
});
