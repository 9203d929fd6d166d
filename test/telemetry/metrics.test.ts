import { expect, test } from 'vitest';
import { failTask, startSubmitting, succeedTask } from '../../src/domain/transitions.ts';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics.ts';
import type { BotState } from '../../src/telemetry/state-gauges.ts';
import { deliveryOf, runningTask } from '../store/support.ts';
import { queuedTask, T0 } from '../support/tasks.ts';
import { listFaults, parseMetrics } from './metrics-text.ts';

const AWAY: BotState = {
  stored: undefined,
  databaseErrors: 3,
  isGatewayUp: false,
  isProviderUp: undefined,
};
const UP: BotState = {
  stored: {
    tasks: { queued: 2, submitting: 1, running: 7, unknown: 0, late: 0 },
    oldestQueuedMs: 4_500,
    openDeliveries: 1,
    oldestDeliveryMs: 61_000,
    balance: { credits: 800, ageMs: 60_000 },
  },
  databaseErrors: 3,
  isGatewayUp: true,
  isProviderUp: true,
};

const read = async (metrics: Metrics, state = UP) => parseMetrics(await metrics.read(state));
const create = () => createMetrics({ version: '1.2.3', role: 'all' });

test('every metric there is, besides those of Node and the process', async () => {
  const ours = [...(await read(create())).types.keys()].filter((name) => name.startsWith('encore_'));
  expect(ours.sort()).toEqual([
    'encore_build_info',
    'encore_credits_balance',
    'encore_credits_charged_total',
    'encore_credits_refunded_total',
    'encore_credits_reserved_total',
    'encore_database_errors_total',
    'encore_database_up',
    'encore_deliveries_oldest_seconds',
    'encore_deliveries_open',
    'encore_deliveries_total',
    'encore_delivery_duration_seconds',
    'encore_detection_lag_seconds',
    'encore_discord_rate_limits_total',
    'encore_discord_request_duration_seconds',
    'encore_discord_requests_total',
    'encore_download_bytes_total',
    'encore_downloads_total',
    'encore_gateway_up',
    'encore_interaction_ack_seconds',
    'encore_interactions_total',
    'encore_ledger_difference_credits',
    'encore_media_unlisted_hosts_total',
    'encore_operator_notices_total',
    'encore_poll_lag_seconds',
    'encore_provider_request_duration_seconds',
    'encore_provider_requests_total',
    'encore_provider_up',
    'encore_queue_oldest_seconds',
    'encore_queue_wait_seconds',
    'encore_task_duration_seconds',
    'encore_tasks',
    'encore_tasks_ended_total',
    'encore_upload_bytes_total',
    'encore_uploads_total',
    'encore_webhooks_total',
  ]);
});

test('what is so at the moment', async () => {
  const page = await read(create());
  expect(page.sum('encore_tasks', { state: 'queued' })).toBe(2);
  expect(page.sum('encore_tasks')).toBe(10);
  expect(page.sum('encore_queue_oldest_seconds')).toBe(4.5);
  expect(page.sum('encore_deliveries_open')).toBe(1);
  expect(page.sum('encore_deliveries_oldest_seconds')).toBe(61);
  expect(page.sum('encore_credits_balance')).toBe(800);
  expect(page.sum('encore_database_up')).toBe(1);
  expect(page.sum('encore_gateway_up')).toBe(1);
  expect(page.sum('encore_provider_up')).toBe(1);
  expect(page.sum('encore_build_info', { version: '1.2.3', role: 'all' })).toBe(1);
});

test('what is not known at the moment has no value, and has one again when it is', async () => {
  const metrics = create();
  await metrics.read(UP);
  const page = await read(metrics, AWAY);
  expect(page.sum('encore_database_up')).toBe(0);
  expect(page.sum('encore_database_errors_total')).toBe(3);
  expect(page.sum('encore_gateway_up')).toBe(0);
  for (const name of [
    'encore_tasks',
    'encore_queue_oldest_seconds',
    'encore_deliveries_open',
    'encore_deliveries_oldest_seconds',
    'encore_credits_balance',
    'encore_provider_up',
  ]) {
    expect(page.sum(name), name).toBeUndefined();
  }
  expect((await read(metrics)).sum('encore_tasks')).toBe(10);
});

test('the balance is what was heard of it last, by whichever process, and only that of the operator', async () => {
  const metrics = create();
  metrics.observe({ kind: 'balance', accountId: 'user:500', credits: 5 });
  expect((await read(metrics)).sum('encore_credits_balance')).toBe(800);
  metrics.observe({ kind: 'balance', accountId: 'operator', credits: 780 });
  expect((await read(metrics)).sum('encore_credits_balance')).toBe(780);
  // Another process has heard of it since.
  const filled = { ...UP, stored: UP.stored && { ...UP.stored, balance: { credits: 5_000, ageMs: 0 } } };
  expect((await read(metrics, filled)).sum('encore_credits_balance')).toBe(5_000);
});

test('the life of a task, with what it holds, costs and gives back', async () => {
  const metrics = create();
  const queued = queuedTask('task-1');
  const submitting = startSubmitting(queued, T0 + 4_000);
  const running = runningTask('task-1');
  const at = T0 + 90_000;
  const lives = [
    [undefined, queued, T0],
    [queued, submitting, T0 + 4_000],
    [submitting, running, T0 + 5_000],
    [running, succeedTask(running, at), at],
    [submitting, failTask(submitting, { kind: 'moderation', text: 'no' }, at), at],
  ] as const;
  for (const [before, after, moment] of lives) {
    metrics.observe({ kind: 'task-changed', before, after, at: moment });
  }
  const page = await read(metrics);
  const create2 = { engine: 'sonic', operation: 'create' };
  expect(page.sum('encore_queue_wait_seconds_sum')).toBe(4);
  expect(page.sum('encore_task_duration_seconds_sum', create2)).toBe(180);
  expect(page.sum('encore_tasks_ended_total', { ...create2, outcome: 'succeeded' })).toBe(1);
  expect(page.sum('encore_tasks_ended_total', { ...create2, outcome: 'failed' })).toBe(1);
  expect(page.sum('encore_tasks_ended_total')).toBe(2);
  const operators = { account_kind: 'operator' };
  expect(page.sum('encore_credits_reserved_total', operators)).toBe(20);
  expect(page.sum('encore_credits_charged_total', operators)).toBe(20);
  expect(page.sum('encore_credits_refunded_total', operators)).toBe(20);
});

test('deliveries by rung, place and end; nobody waited for what was posted again', async () => {
  const metrics = create();
  const tried = {
    kind: 'delivery-tried',
    rung: 'smaller',
    route: 'follow-up',
    isThread: false,
    outcome: 'posted',
    at: T0 + 2_000,
  } as const;
  const delivery = deliveryOf('delivery-1', { createdAt: T0 });
  metrics.observe({ ...tried, delivery });
  metrics.observe({ ...tried, delivery: { ...delivery, generation: 1 } });
  metrics.observe({ ...tried, delivery, route: 'channel', isThread: true, outcome: 'too-large' });
  metrics.observe({ kind: 'delivery-ended', outcome: 'undeliverable' });
  const page = await read(metrics);
  const sum = (labels: Record<string, string>) => page.sum('encore_deliveries_total', labels);
  expect(sum({ rung: 'smaller', route: 'interaction', outcome: 'posted' })).toBe(2);
  expect(sum({ rung: 'smaller', route: 'thread', outcome: 'too_large' })).toBe(1);
  expect(sum({ rung: 'none', route: 'library', outcome: 'undeliverable' })).toBe(1);
  expect(page.sum('encore_delivery_duration_seconds_count')).toBe(1);
  expect(page.sum('encore_delivery_duration_seconds_sum')).toBe(2);
});

test('differences in the books, by whose they are', async () => {
  const metrics = create();
  metrics.observe({ kind: 'ledger-finding', accountId: 'guild:300', sum: 'charged', difference: -5 });
  const labels = { account_kind: 'server', kind: 'charged' };
  const shown = async () => (await read(metrics)).sum('encore_ledger_difference_credits', labels);
  expect(await shown()).toBe(-5);
  metrics.observe({ kind: 'ledger-finding', accountId: 'guild:301', sum: 'charged', difference: 0 });
  expect(await shown(), 'the books of another server are right').toBe(-5);
  metrics.observe({ kind: 'ledger-finding', accountId: 'guild:300', sum: 'charged', difference: 0 });
  expect(await shown()).toBe(0);
});

test('the conventions are looked after', () => {
  const page = parseMetrics(
    [
      '# HELP encore_latency_ms How late it is.',
      '# TYPE encore_latency_ms histogram',
      'encore_latency_ms_count 1',
      '# HELP encore_songs Songs.',
      '# TYPE encore_songs counter',
      'encore_songs{member="123456789012345678"} 1',
      '',
    ].join('\n'),
  );
  expect(listFaults(page)).toEqual([
    'encore_latency_ms is a histogram without a unit',
    'encore_latency_ms has no unit',
    'encore_latency_ms has a unit that is no base unit',
    'encore_songs has no sentence of help',
    'encore_songs is a counter without _total, or the other way round',
    'encore_songs has no unit',
    'encore_songs has member="123456789012345678"',
  ]);
});
