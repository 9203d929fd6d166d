import type { Verdict } from './verdict.ts';

const MIB = 1024 * 1024;

/** What a process held in memory at a moment. Bytes. */
export interface MemorySample {
  /** Epoch ms. */
  readonly at: number;
  /** Everything. */
  readonly rss: number;
  /** Objects, garbage included. */
  readonly heapUsed: number;
  /** Of that: what the engine has compiled. */
  readonly code: number;
  /** Buffers and the like. */
  readonly external: number;
  /** Right after a full collection: there is no garbage in it. */
  readonly isCollected: boolean;
}

/**
 * What the bot itself holds. The engine goes on compiling for the whole of the ten minutes, as rarer and rarer paths become
 * frequent: that is the program and not what it remembers.
 */
export function heldBy({ heapUsed, code, external }: MemorySample): number {
  return heapUsed - code + external;
}

const PREFIX = 'memory: ';

/** Whether a line of standard error is one of `memory-process.ts`. */
export function isMemoryLine(line: string): boolean {
  return line.startsWith(PREFIX);
}

/** Reads what `memory-process.ts` wrote. A line that a kill cut off is left out. */
export function readSamples(complaints: string): readonly MemorySample[] {
  const lines = complaints.split('\n').slice(0, -1).filter(isMemoryLine);
  return lines.map((line) => JSON.parse(line.slice(PREFIX.length)) as MemorySample);
}

interface Point {
  /** Epoch ms. */
  readonly at: number;
  readonly bytes: number;
}

/** Bytes in a ms by which the line that fits best rises. 0 of fewer than two points. */
export function slopeOf(points: readonly Point[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const at = mean(points.map((point) => point.at));
  const bytes = mean(points.map((point) => point.bytes));
  const spread = points.reduce((sum, point) => sum + (point.at - at) ** 2, 0);
  if (spread === 0 || points.length < 2) return 0;
  return points.reduce((sum, point) => sum + (point.at - at) * (point.bytes - bytes), 0) / spread;
}

/**
 * The least of each stretch of time: what is really held, as far as that can be seen without asking for a collection,
 * which would be another process than the one that people run.
 */
function floorsOf(points: readonly Point[], everyMs: number): readonly Point[] {
  const stretches = Map.groupBy(points, ({ at }) => Math.floor(at / everyMs));
  return [...stretches.values()].map((all) =>
    all.reduce((least, one) => (one.bytes < least.bytes ? one : least)),
  );
}

/** Memory of the bot over a soak. */
export interface MemoryReport {
  /** Of the last life, which is the long one. */
  readonly samples: readonly MemorySample[];
  /** How many of them the slopes are of. */
  readonly measured: number;
  /** Bytes in ten simulated minutes, over the second half: what is held, and the whole process. */
  readonly heldSlope: number;
  readonly rssSlope: number;
}

/** Real ms of which one is the least. */
const STRETCH_MS = 10_000;
const TEN_MINUTES_MS = 10 * 60_000;
/** With fewer, the least of each stretch says more than what was there right after a collection. */
const LEAST_COLLECTIONS = 6;

/**
 * Measures the second half of the time in which members were active.
 *
 * @param life - that time, epoch ms, and its simulated ms in a real one
 */
export function measureMemory(
  samples: readonly MemorySample[],
  { from, to, factor }: { readonly from: number; readonly to: number; readonly factor: number },
): MemoryReport {
  const half = samples.filter(({ at }) => at >= (from + to) / 2 && at <= to);
  const heldOf = (sample: MemorySample) => ({ at: sample.at, bytes: heldBy(sample) });
  const collected = half.filter(({ isCollected }) => isCollected).map(heldOf);
  const held = collected.length < LEAST_COLLECTIONS ? floorsOf(half.map(heldOf), STRETCH_MS) : collected;
  const rss = half.map(({ at, rss: bytes }) => ({ at, bytes }));
  const ofTenMinutes = (slope: number) => (slope * TEN_MINUTES_MS) / factor;
  return {
    samples: samples.filter(({ at }) => at >= from && at <= to),
    measured: half.length,
    heldSlope: ofTenMinutes(slopeOf(held)),
    rssSlope: ofTenMinutes(slopeOf(floorsOf(rss, STRETCH_MS))),
  };
}

/**
 * After full collections a run of ten minutes holds 63 to 70 MiB, and a line through them falls or rises by about half a
 * MiB. A task that were never let go of, with its request and its clips, would be some 10 kB, of which an hour has
 * hundreds: more than this.
 */
const HELD_LIMIT = 1 * MIB;

/**
 * Besides, the process has what its threads have once needed to decode, encode and draw, and never gives back: it went
 * from 160 to 280 MiB in the first two minutes of a life and to 320 in the next five, with steps of 10 to 20 MiB up and
 * down, and a run with twice as many songs ended at the same 320. What leaks outside of the heap does not level off.
 */
const RSS_LIMIT = 10 * MIB;

/** Through fewer points, a line says nothing. */
const LEAST_SAMPLES = 20;

/** Whether it is flat. */
export function judgeMemory({ measured, heldSlope, rssSlope }: MemoryReport): Verdict {
  const faults: string[] = [];
  if (measured < LEAST_SAMPLES)
    faults.push(`Memory was measured ${measured} times in the second half: nobody knows whether it is flat.`);
  const tell = (bytes: number) => `${(bytes / MIB).toFixed(2)} MiB in ten simulated minutes`;
  if (heldSlope > HELD_LIMIT) faults.push(`What the bot holds grows by ${tell(heldSlope)}.`);
  if (rssSlope > RSS_LIMIT) faults.push(`The process grows by ${tell(rssSlope)}.`);
  return { claim: 'memory is flat', faults };
}
