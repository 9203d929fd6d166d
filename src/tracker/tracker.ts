import { isOpen, type Task } from '../domain/task.ts';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { touchOpenCards } from '../store/cards.ts';
import { createCache } from '../store/keyv-store.ts';
import type { Store } from '../store/open.ts';
import { releaseLeases, releaseTasks } from '../store/task-claims.ts';
import { type Observe, unobserved } from '../telemetry/events.ts';
import { Breaker, type BreakerMemory, type BreakerNews, OUTAGE_MEMORY_MS } from './breaker.ts';
import { createChanges } from './changes.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import { createHistory } from './history.ts';
import { createIds } from './ids.ts';
import { createLoop, logFailedPass } from './loop.ts';
import { Poller } from './poller.ts';
import { type ReportOutcome, takeReport } from './reports.ts';
import { leaseMsOf, type TrackerContext, type TrackerSettings } from './settings.ts';
import { Submitter } from './submitter.ts';
import { keepUp, loseOrphans } from './upkeep.ts';
import type { Webhooks } from './webhooks.ts';

const DEFAULT_GRACE_MS = 10_000;

/** Ends of polls within this time are written together, which is what keeps many tasks cheap. */
const POLL_BATCH_MS = 40;

/** Requests that come within so long wake the submitter once: a busy server would have it look for each of them. */
const SUBMIT_BATCH_MS = 20;

/** Longest time without a look at the queue or at due polls, should a wake be missed. */
const MAX_IDLE_MS = 1_000;

/** Cards that are told of an outage at once: the others show it with their next progress. */
const MAX_TOLD = 200;

/** What a tracker is made of. */
export interface TrackerDeps {
  readonly store: Store;
  readonly catalogue: Catalogue;
  /** One account's view of MusicAPI. */
  readonly provider: (accountId: string) => MusicApi;
  readonly settings: TrackerSettings;
  readonly log: Logger;
  /** Name of this process in leases. */
  readonly owner: string;
  /** Epoch ms. @defaultValue the store's clock */
  readonly now?: () => number;
  /** 0 to 1. @defaultValue Math.random */
  readonly random?: () => number;
  /** Ids of deliveries, sorted by time. @defaultValue monotonic ULIDs */
  readonly newId?: () => string;
  /** Called after every committed change of state, and when a task can be listened to. */
  readonly onChange?: (task: Task) => void;
  /** Where MusicAPI may report tasks. @defaultValue nowhere: they are only looked at */
  readonly webhooks?: Webhooks | undefined;
  /** Called when cards have something to show that is no change of their tasks. */
  readonly onNews?: (news: { readonly isProviderDown: boolean }) => void;
  /** Is told of changes and of looks at tasks. @defaultValue nobody */
  readonly observe?: Observe;
}

/** Brings every task from the queue to its end. */
export interface Tracker extends Decisions {
  /** Takes up what an earlier run left, then begins sending and following. */
  start(): Promise<void>;
  /**
   * Begins nothing new, gives POSTs under way `graceMs` to end (those cut off then become `unknown`), and frees
   * the tasks that this process had claimed. May be called again.
   *
   * @param graceMs - @defaultValue 10 s
   */
  stop(graceMs?: number): Promise<void>;
  /** Whether MusicAPI as a whole does not answer at the moment, as far as this process knows. */
  readonly isProviderDown: boolean;
  /** Since when it has not answered (epoch ms), while it is down. */
  readonly providerDownSince: number | undefined;
  /** There may be something to do: a new task, or a moved clock. */
  wake(): void;
  /**
   * MusicAPI reported a task: it is looked at now, and one of which it was not known is followed under the name that
   * the report gives. What the report says of the result is not believed before a look.
   */
  report(taskId: string, providerTaskId: string | undefined): Promise<ReportOutcome>;
}

/** Creates the tracker of one process. */
export function createTracker(deps: TrackerDeps): Tracker {
  const { store, catalogue, log, now, observe = unobserved } = deps;
  const random = deps.random ?? Math.random;
  /** The end of a task may let its member or server have another one under way. */
  const onChange = (task: Task): void => {
    if (!isOpen(task)) submitting.wake();
    deps.onChange?.(task);
  };
  const context: TrackerContext = {
    store,
    catalogue,
    provider: deps.provider,
    settings: deps.settings,
    log,
    owner: deps.owner,
    now: now ? async () => now() : (executor) => store.now(executor),
    random,
    newId: deps.newId ?? createIds(),
    webhooks: deps.webhooks,
    breaker: new Breaker({
      intervalMs: deps.settings.pollIntervalMs,
      random,
      onChange: (news) => void tellOutage(news),
    }),
    changes: createChanges({ store, log, onChange, observe }),
    observe,
  };
  /** Of all processes together: each tells what it knows, and whoever starts next goes on from there. */
  const memories = createCache<BreakerMemory>(store, 'breaker', OUTAGE_MEMORY_MS);
  const onError = logFailedPass(log);
  const submitter = new Submitter(context, () => wake());
  const poller = new Poller(context, createHistory(catalogue), () => polling.wake());
  const submitting = createLoop({
    name: 'submitter',
    pass: (signal) => submitter.pass(signal),
    minWaitMs: SUBMIT_BATCH_MS,
    maxWaitMs: MAX_IDLE_MS,
    onError,
  });
  const polling = createLoop({
    name: 'poller',
    pass: async (signal) => {
      const waitMs = await poller.pass(signal);
      await hearOthers();
      return waitMs;
    },
    minWaitMs: POLL_BATCH_MS,
    maxWaitMs: MAX_IDLE_MS,
    onError,
  });
  const upkeep = createLoop({
    name: 'upkeep',
    pass: async () => {
      await keepUp(context, [...submitter.sending, ...poller.underWay]);
      return undefined;
    },
    minWaitMs: 0,
    maxWaitMs: leaseMsOf(deps.settings) / 3,
    onError,
  });
  const loops = [submitting, polling, upkeep];
  let stopped: Promise<void> | undefined;

  function wake(): void {
    submitting.wake();
    polling.wake();
  }

  /** A process that finds MusicAPI back takes up all the work, and leaves the others none to probe with. */
  async function hearOthers(): Promise<void> {
    const answered = context.breaker.isDown ? await memories.get('answered') : undefined;
    if (answered) context.breaker.hear(answered);
  }

  /** Said once, in the log and on the cards of those who wait. */
  async function tellOutage({ isDown, outageMs }: BreakerNews): Promise<void> {
    if (isDown) log.warn({ provider: 'musicapi' }, 'MusicAPI does not answer: nothing is sent until it does');
    else log.info({ provider: 'musicapi', outageMs }, 'MusicAPI answers again');
    if (!isDown) wake();
    try {
      await memories.set('musicapi', context.breaker.memory);
      if (!isDown) await memories.set('answered', context.breaker.memory);
      await store.transaction(async (tx) => await touchOpenCards(tx, await context.now(tx), MAX_TOLD));
      deps.onNews?.({ isProviderDown: isDown });
    } catch (error) {
      // They are shown anew before long anyway.
      log.warn({ err: coerceError(error) }, 'the cards could not be told whether MusicAPI answers');
    }
  }

  async function stop(graceMs: number): Promise<void> {
    await Promise.all(loops.map((loop) => loop.stop()));
    await Promise.all([submitter.stop(graceMs), poller.stop()]);
    await store.transaction((tx) => releaseTasks(tx, context.owner));
  }

  return {
    ...createDecisions(context),
    async start() {
      // Where only one process has the database, every lease in it is of a process that is gone. Else they run out.
      if (!store.isShared) await store.transaction((tx) => releaseLeases(tx));
      await loseOrphans(context);
      const memory = await memories.get('musicapi');
      if (memory) context.breaker.restore(memory);
      for (const loop of loops) loop.start();
    },
    async stop(graceMs = DEFAULT_GRACE_MS) {
      stopped ??= stop(graceMs);
      await stopped;
    },
    get isProviderDown() {
      return context.breaker.isDown;
    },
    get providerDownSince() {
      return context.breaker.downSince;
    },
    wake,
    async report(taskId, providerTaskId) {
      const outcome = await takeReport(context, taskId, providerTaskId);
      if (outcome === 'woken') {
        wake();
        // Another process may be the one that looks.
        store.ring();
      }
      return outcome;
    },
  };
}
