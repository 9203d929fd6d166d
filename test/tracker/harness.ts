/** A tracker over a real store, a clock that the test moves, and a MusicAPI whose every call the test answers. */
import { afterEach, expect } from 'vitest';
import type { Origin } from '../../src/domain/origin.ts';
import type { Engine, Request } from '../../src/domain/request.ts';
import type { Task, TaskState } from '../../src/domain/task.ts';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import type {
  CallOptions,
  Credits,
  MusicApi,
  ProviderTask,
  Submission,
  SubmitOptions,
  Webhook,
  Yield,
} from '../../src/musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import type { Store } from '../../src/store/open.ts';
import { findTask } from '../../src/store/tasks.ts';
import { type IntakeDeps, requestTask } from '../../src/tracker/intake.ts';
import type { TaskLimits } from '../../src/tracker/limits.ts';
import type { TrackerSettings } from '../../src/tracker/settings.ts';
import { createTracker, type Tracker } from '../../src/tracker/tracker.ts';
import type { Webhooks } from '../../src/tracker/webhooks.ts';
import { openTestStore } from '../support/store.ts';
import { CREATE, originOf, T0 } from '../support/tasks.ts';
import { apiError } from './support.ts';

/** For tests that are not about how many tasks may be under way. */
export const NO_LIMITS: TaskLimits = {
  member: { running: Number.POSITIVE_INFINITY, queued: Number.POSITIVE_INFINITY },
  server: { running: Number.POSITIVE_INFINITY, queued: Number.POSITIVE_INFINITY },
};

/** A POST that waits for the test. */
interface HeldSubmit {
  readonly request: Request;
  readonly webhook: Webhook | undefined;
  readonly signal: AbortSignal;
  readonly accept: (providerTaskId: string) => void;
  /** It was done at once. */
  readonly finish: (found: Yield) => void;
  /** Nothing was taken yet. */
  readonly prepare: (preparingMs: number) => void;
  readonly reject: (error: unknown) => void;
}

/** A poll that waits for the test. */
interface HeldPoll {
  readonly engine: Engine;
  readonly providerTaskId: string;
  readonly signal: AbortSignal;
  readonly answer: (found: ProviderTask) => void;
  readonly reject: (error: unknown) => void;
}

/** A MusicAPI that holds every call open. */
class HeldMusicApi implements MusicApi {
  readonly submits: HeldSubmit[] = [];
  readonly polls: HeldPoll[] = [];
  /** What the balance is said to be; undefined = it cannot be read. */
  credits: Credits | undefined;
  /** How often it was asked for. */
  balances = 0;

  submit(request: Request, { signal, webhook }: SubmitOptions): Promise<Submission> {
    const { promise, resolve, reject } = Promise.withResolvers<Submission>();
    this.submits.push({
      request,
      webhook,
      signal,
      accept: (providerTaskId) => resolve({ providerTaskId }),
      finish: resolve,
      prepare: (preparingMs) => resolve({ preparingMs }),
      reject,
    });
    return promise;
  }

  getTask(engine: Engine, providerTaskId: string, { signal }: CallOptions): Promise<ProviderTask> {
    const { promise, resolve, reject } = Promise.withResolvers<ProviderTask>();
    this.polls.push({ engine, providerTaskId, signal, answer: resolve, reject });
    return promise;
  }

  async getCredits(): Promise<Credits> {
    this.balances += 1;
    if (!this.credits) throw apiError({ status: 503 });
    return this.credits;
  }

  /** The poll number `index` (0 = first), once it has begun. */
  async poll(index: number): Promise<HeldPoll> {
    return await held(this.polls, index);
  }

  /** The POST number `index` (0 = first), once it has begun. */
  async submitted(index: number): Promise<HeldSubmit> {
    return await held(this.submits, index);
  }
}

async function held<Call>(calls: readonly Call[], index: number): Promise<Call> {
  await expect.poll(() => calls.length, { interval: 2 }).toBeGreaterThan(index);
  const call = calls[index];
  if (call === undefined) throw new Error(`there is no call ${index}`);
  return call;
}

export interface Harness {
  readonly store: Store;
  readonly api: HeldMusicApi;
  readonly tracker: Tracker;
  readonly intake: IntakeDeps;
  readonly changes: Task[];
  readonly lines: Record<string, unknown>[];
  readonly clock: { now: number };
  /** Moves the clock and wakes the trackers. */
  advance(ms: number): void;
  /** After a tracker has had every chance to do what it should not. */
  settled(): Promise<void>;
  /** Takes in a request; every one with a key of its own. */
  ask(options?: { readonly request?: Request; readonly origin?: Partial<Origin> }): Promise<Task>;
  /** The task, once it is in this state. */
  reaches<State extends TaskState>(taskId: string, state: State): Promise<Extract<Task, { state: State }>>;
  /** Another tracker over the same store, as after a restart of the process. */
  restart(): Tracker;
}

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Builds the harness; trackers are stopped and files removed after the test. */
export async function createHarness(
  settings: Partial<TrackerSettings> = {},
  wrap: (store: Store) => Store = (store) => store,
  { webhooks }: { readonly webhooks?: Webhooks } = {},
): Promise<Harness> {
  const clock = { now: T0 };
  const { limits = NO_LIMITS } = settings;
  let reads = 0;
  const { store: opened, cleanup } = await openTestStore({
    now: () => {
      reads += 1;
      return clock.now;
    },
  });
  cleanups.push(cleanup);
  const store = wrap(opened);
  const api = new HeldMusicApi();
  const changes: Task[] = [];
  const lines: Record<string, unknown>[] = [];
  const catalogue = createCatalogue();
  const intake: IntakeDeps = {
    store,
    catalogue,
    budgets: { memberDay: Number.POSITIVE_INFINITY, serverDay: Number.POSITIVE_INFINITY },
    limits,
  };
  const log = createLogger({ level: 'info', destination: { write: (line) => lines.push(JSON.parse(line)) } });
  let keys = 0;
  const built: Tracker[] = [];
  const wake = (): void => {
    for (const one of built) one.wake();
  };

  function build(): Tracker {
    const one = createTracker({
      store,
      catalogue,
      provider: () => api,
      settings: {
        pollIntervalMs: 15_000,
        submitIntervalMs: 3_000,
        deadlineMs: 3_600_000,
        limits,
        ...settings,
      },
      log,
      owner: 'test',
      webhooks,
      random: () => 0.5,
      onChange: (task) => changes.push(task),
    });
    built.push(one);
    cleanups.push(() => one.stop(0));
    return one;
  }

  const tracker = build();
  return {
    store,
    api,
    tracker,
    intake,
    changes,
    lines,
    clock,
    advance(ms) {
      clock.now += ms;
      wake();
    },
    async settled() {
      for (let round = 0; round < 3; round += 1) {
        const before = reads;
        wake();
        // A pass of the submitter reads the clock once, one of the poller three times.
        await expect.poll(() => reads - before, { interval: 2 }).toBeGreaterThanOrEqual(4);
      }
    },
    async ask({ request = CREATE, origin = {} } = {}) {
      keys += 1;
      const { task } = await requestTask(intake, {
        request,
        origin: originOf(origin),
        requestKey: `key-${keys}`,
        accountId: OPERATOR_ACCOUNT,
      });
      tracker.wake();
      return task;
    },
    async reaches(taskId, state) {
      await expect.poll(async () => (await findTask(store.db, taskId))?.state, { interval: 5 }).toBe(state);
      const task = await findTask(store.db, taskId);
      if (!task || !isIn(task, state)) throw new Error(`task ${taskId} has left ${state}`);
      return task;
    },
    restart: build,
  };
}

function isIn<State extends TaskState>(task: Task, state: State): task is Extract<Task, { state: State }> {
  return task.state === state;
}
