import { type FollowingReport, MEASURE_MS, SETTLE_MS } from './following.ts';

/** Collects what a process that follows tasks has to report, and sends it to its parent. */
export function createFollowingReporter() {
  const startedAt = performance.now();
  const lagsMs: number[] = [];
  let readyMs: number | undefined;
  let measuring = false;
  return {
    /** A look began, so late. */
    onPoll(lagMs: number): void {
      readyMs ??= performance.now() - startedAt;
      if (measuring) lagsMs.push(lagMs);
    },
    /** Waits until there is something to report. */
    async run(): Promise<void> {
      await wait(SETTLE_MS);
      measuring = true;
      const before = process.cpuUsage();
      await wait(MEASURE_MS);
      const { user, system } = process.cpuUsage(before);
      const report: FollowingReport = {
        lagsMs,
        cpuMs: (user + system) / 1_000,
        rssBytes: process.memoryUsage.rss(),
        readyMs: readyMs ?? Number.POSITIVE_INFINITY,
      };
      process.send?.(report);
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
