import { Gauge, type Registry } from 'prom-client';
import { settle } from '../domain/ledger.ts';
import type { Task, TaskState } from '../domain/task.ts';
import { ownerOf } from '../store/accounts.ts';
import type { EventOf } from './events.ts';
import {
  CALL_BUCKETS,
  createCounter,
  createCounters,
  createTimer,
  type Instruments,
  SONG_BUCKETS,
} from './instruments.ts';

/** States in which a person does not wait any more. */
const ENDS: ReadonlySet<TaskState> = new Set([
  'succeeded',
  'failed',
  'cancelled',
  'expired',
  'abandoned',
  'unknown',
]);

/** What counts how tasks come and go, how fast they are followed, and what they cost. */
export function createTaskInstruments(registry: Registry): Instruments {
  const ended = createCounters(
    registry,
    'encore_tasks_ended_total',
    'Tasks that nobody waits for any more, by how they ended; a late end of an expired one counts again.',
    ['engine', 'operation', 'outcome'],
  );
  const duration = createTimer(
    registry,
    'encore_task_duration_seconds',
    'Time from a request to its success or failure.',
    SONG_BUCKETS,
    ['engine', 'operation'],
  );
  const queueWait = createTimer(
    registry,
    'encore_queue_wait_seconds',
    'Time from a request to the first time it was sent to MusicAPI.',
    SONG_BUCKETS,
  );
  const pollLag = createTimer(
    registry,
    'encore_poll_lag_seconds',
    'Time between the moment a task was to be looked at and the look.',
    CALL_BUCKETS,
  );
  const detectionLag = createTimer(
    registry,
    'encore_detection_lag_seconds',
    'Longest time that an end can have gone unnoticed: between the look that found it and the one before.',
    [...CALL_BUCKETS, 300, 1_800],
  );
  const credits = createCredits(registry);
  return {
    'task-changed': ({ before, after, at }) => {
      credits(before, after, at);
      if (before?.state === after.state) return;
      if (before?.state === 'queued' && after.state === 'submitting' && before.tries === 0)
        queueWait(at - before.createdAt);
      const { engine, operation } = after.request;
      if (ENDS.has(after.state)) ended.inc({ engine, operation, outcome: after.state });
      if (after.state === 'succeeded' || after.state === 'failed')
        duration(at - after.createdAt, { engine, operation });
    },
    poll: ({ lagMs }) => pollLag(lagMs),
    'end-detected': ({ lagMs }) => detectionLag(lagMs),
    'ledger-finding': createDifference(registry),
  };
}

/** Credits by what a change of state writes into the ledger. */
function createCredits(registry: Registry) {
  const count = (what: string, help: string) =>
    createCounters(registry, `encore_credits_${what}_total`, help, ['account_kind']);
  const reserved = count('reserved', 'Credits that were held for new tasks.');
  const charged = count('charged', 'Credits that tasks were charged with when they ended.');
  const refunded = count('refunded', 'Credits that were given back, from what was held or charged.');
  for (const counter of [reserved, charged, refunded]) counter.inc({ account_kind: 'operator' }, 0);
  return (before: Task | undefined, after: Task, at: number): void => {
    const entry = settle(before, after, at);
    if (!entry) return;
    const labels = { account_kind: ownerOf(entry.accountId).kind };
    if (entry.kind === 'reserve') reserved.inc(labels, after.price);
    else if (entry.kind === 'charge') charged.inc(labels, after.price);
    else refunded.inc(labels, after.price);
  };
}

/** Shows a difference until it is gone: that the books of another account are right does not hide it. */
function createDifference(registry: Registry) {
  const gauge = new Gauge({
    name: 'encore_ledger_difference_credits',
    help: 'Last difference found: credits expected less credits found, in the sums of the ledger or in the balance.',
    labelNames: ['account_kind', 'kind'],
    registers: [registry],
  });
  const differing = new Map<string, Map<string, number>>();
  return ({ accountId, sum, difference }: EventOf<'ledger-finding'>): void => {
    const labels = { account_kind: ownerOf(accountId).kind, kind: sum };
    const key = `${labels.account_kind} ${sum}`;
    const accounts = differing.get(key) ?? new Map<string, number>();
    differing.set(key, accounts);
    // The last one found comes last.
    accounts.delete(accountId);
    if (difference !== 0) accounts.set(accountId, difference);
    gauge.set(labels, [...accounts.values()].at(-1) ?? 0);
  };
}

/** What counts the trouble that only an operator can mend. */
export function createTroubleInstruments(registry: Registry): Instruments {
  const unlistedHosts = createCounter(
    registry,
    'encore_media_unlisted_hosts_total',
    'Results that lay on a host that MUSICAPI_MEDIA_HOSTS does not list.',
  );
  const notices = createCounters(
    registry,
    'encore_operator_notices_total',
    'Words to operators by direct message.',
    ['cause', 'outcome'],
  );
  return {
    'unlisted-host': () => unlistedHosts.inc(),
    'operator-notice': ({ cause, outcome }) => notices.inc({ cause, outcome }),
  };
}
