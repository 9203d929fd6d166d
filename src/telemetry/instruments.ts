import { Counter, Histogram, type Registry } from 'prom-client';
import type { BotEvent, EventOf } from './events.ts';

/** What counts some kinds of events. */
export type Instruments = { readonly [Kind in BotEvent['kind']]?: (event: EventOf<Kind>) => void };

/** Buckets in seconds for what people or machines wait for, from an answer at once to one that takes minutes. */
export const CALL_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];

/** Buckets in seconds for what takes the time of a song. */
export const SONG_BUCKETS = [1, 2.5, 5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1_800, 3_600];

/** Creates a counter without labels: it is there with 0 from the start. */
export function createCounter(registry: Registry, name: string, help: string): Counter {
  return new Counter({ name, help, registers: [registry] });
}

/** Creates a counter for each combination of labels. */
export function createCounters<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
}

/** Creates a histogram of seconds that takes milliseconds, the unit of our clocks. */
export function createTimer<Label extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  buckets: readonly number[],
  labelNames: readonly Label[] = [],
): (ms: number, labels?: Record<Label, string>) => void {
  const histogram = new Histogram<Label>({
    name,
    help,
    buckets: [...buckets],
    labelNames: [...labelNames],
    registers: [registry],
  });
  return (ms, labels) => {
    // A clock that was set back must not end anything.
    const seconds = Math.max(0, ms) / 1_000;
    if (labels) histogram.observe(labels, seconds);
    else histogram.observe(seconds);
  };
}
