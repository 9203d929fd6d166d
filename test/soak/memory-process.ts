/**
 * Loaded before the bot (`NODE_OPTIONS=--import`): writes to standard error how much memory the process holds, as often
 * as `MEMORY_EVERY_MS` says, and after every full collection, when there is no garbage in it.
 */
import { writeSync } from 'node:fs';
import {
  constants,
  type NodeGCPerformanceDetail,
  type PerformanceEntry,
  PerformanceObserver,
} from 'node:perf_hooks';
import { getHeapCodeStatistics } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

const STDERR = 2;

function write(isCollected: boolean): void {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { code_and_metadata_size: machineCode, bytecode_and_metadata_size: byteCode } =
    getHeapCodeStatistics();
  const sample = { at: Date.now(), rss, heapUsed, code: machineCode + byteCode, external, isCollected };
  writeSync(STDERR, `memory: ${JSON.stringify(sample)}\n`);
}

/** Entries of type `gc` have it. */
type CollectionEntry = PerformanceEntry & { readonly detail: NodeGCPerformanceDetail };

// Threads load this too, but their heaps are none of the process's own.
if (isMainThread) {
  setInterval(() => write(false), Number(process.env.MEMORY_EVERY_MS)).unref();
  const observer = new PerformanceObserver((list) => {
    const isFull = list.getEntries().some((entry) => {
      return (entry as CollectionEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
    });
    if (isFull) write(true);
  });
  observer.observe({ entryTypes: ['gc'] });
}
