import { expect, test } from 'vitest';
import { createMetrics } from '../../src/http/metrics.ts';
import { startServer } from './support.ts';

test('/metrics gives out what was counted, and nothing where there is nothing to give', async () => {
  const metrics = createMetrics();
  metrics.countPoll(120);
  metrics.countFinding({ id: '1', accountId: 'operator', kind: 'balance', expected: 25, found: 20, at: 0 });
  const { url } = await startServer({ metrics });
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  expect(text).toContain('encore_ledger_difference_credits{account="operator",kind="balance"} 5');
  expect(text).toContain('encore_poll_lag_seconds_bucket{le="0.25"} 1');
  const without = await startServer();
  expect((await fetch(`${without.url}/metrics`)).status).toBe(404);
});
