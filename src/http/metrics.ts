import { Gauge, Histogram, Registry } from 'prom-client';
import type { Finding } from '../store/bookkeeping.ts';

/** What the process counts for Prometheus. No member and no text ever stands in a label. */
export interface Metrics {
  readonly contentType: string;
  /** Everything, in the text format of Prometheus. */
  read(): Promise<string>;
  /** The books differ from what they should be. */
  countFinding(finding: Finding): void;
  /** A look at a task began so long after its time. */
  countPoll(lagMs: number): void;
}

/** Creates the metrics of one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const difference = new Gauge({
    name: 'encore_ledger_difference_credits',
    help: 'Last difference found: credits expected less credits found, in the sums of the ledger or in the balance.',
    labelNames: ['account', 'kind'],
    registers: [registry],
  });
  const pollLag = new Histogram({
    name: 'encore_poll_lag_seconds',
    help: 'Time between the moment a task was to be looked at and the look.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    countFinding: ({ accountId, kind, expected, found }) =>
      difference.set({ account: accountId, kind }, expected - found),
    countPoll: (lagMs) => pollLag.observe(lagMs / 1_000),
  };
}
