/** The real store, submitter, poller and intake, one step at a time, over a MusicAPI that does as it is told. */
import { expect } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import type { Task, TaskState } from '../../src/domain/task.ts';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import type { MusicApi, ProviderTask, Submission } from '../../src/musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { releaseLeases } from '../../src/store/task-claims.ts';
import type { Lane } from '../../src/store/task-lists.ts';
import { findTask } from '../../src/store/tasks.ts';
import { Breaker } from '../../src/tracker/breaker.ts';
import { createChanges } from '../../src/tracker/changes.ts';
import { createHistory } from '../../src/tracker/history.ts';
import { requestTasks } from '../../src/tracker/intake.ts';
import { Members } from '../../src/tracker/members.ts';
import { Poller } from '../../src/tracker/poller.ts';
import type { TrackerContext } from '../../src/tracker/settings.ts';
import { Submitter } from '../../src/tracker/submitter.ts';
import { takeHead } from '../../src/tracker/take-head.ts';
import { createTracker, type Tracker } from '../../src/tracker/tracker.ts';
import { keepUp, loseOrphans } from '../../src/tracker/upkeep.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import { CREATE, originOf, T0 } from '../support/tasks.ts';
import { DEADLINE_MS, MEMBER_DAY, MEMBER_LIMITS } from './model.ts';
import { apiError, LYRICS, providerClip } from './support.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;
const LIMITS = { member: MEMBER_LIMITS, server: { running: UNLIMITED, queued: UNLIMITED } };
const BUDGETS = { memberDay: MEMBER_DAY, serverDay: UNLIMITED };
const SETTINGS = { pollIntervalMs: 15_000, submitIntervalMs: 3_000, deadlineMs: DEADLINE_MS, limits: LIMITS };

/** How a POST ends. Only what is direct is ever being prepared: a song is accepted then. */
export type PostEnd = 'accepted' | 'preparing' | 'refused' | 'rate-limited' | 'unreachable' | 'lost';

/** What can be asked for. */
export const REQUESTS = { song: CREATE, words: LYRICS } as const;
export type RequestName = keyof typeof REQUESTS;

/** What a look at a task finds. */
export type LookEnd = 'running' | 'succeeded' | 'failed' | 'no answer';

export class ModelWorld {
  readonly clock = { now: T0 };
  readonly changes: Task[] = [];
  readonly #database: TestDatabase;
  #store: Store;
  #count = 0;

  private constructor(database: TestDatabase, store: Store) {
    this.#database = database;
    this.#store = store;
  }

  static async open(): Promise<ModelWorld> {
    const database = await createSqliteDatabase();
    const store = await openStore({ databaseUrl: database.databaseUrl });
    return new ModelWorld(database, store);
  }

  get store(): Store {
    return this.#store;
  }

  get members(): Members {
    const { log, changes } = this.#context();
    return new Members({ store: this.#store, budgets: BUDGETS, log, onChange: changes.show });
  }

  get tracker(): Tracker {
    const { store, catalogue, log, owner } = this.#context();
    return createTracker({
      store,
      catalogue,
      provider: () => this.#provider(),
      settings: SETTINGS,
      log,
      owner,
      now: () => this.clock.now,
      onChange: (task) => this.changes.push(task),
    });
  }

  /** One decision. */
  async ask(memberId: string, guildId: string, names: readonly RequestName[]): Promise<readonly Task[]> {
    this.#count += 1;
    const { store, catalogue } = this.#context();
    const { tasks } = await requestTasks(
      { store, catalogue, budgets: BUDGETS, limits: LIMITS },
      {
        requests: names.map((name) => REQUESTS[name]),
        origin: originOf({ userId: memberId, guildId }),
        requestKey: `key-${this.#count}`,
        accountId: OPERATOR_ACCOUNT,
      },
    );
    return tasks;
  }

  /** Sends what may be sent now. @param meanwhile - done while MusicAPI has all the POSTs */
  async send(end: PostEnd, meanwhile: () => Promise<void>): Promise<void> {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const submitter = new Submitter(
      this.#context(async (request) => {
        await released;
        return endPost(end, request);
      }),
      () => {},
    );
    try {
      await submitter.pass(new AbortController().signal);
      await meanwhile();
    } finally {
      release();
    }
    await expect.poll(() => submitter.sending, { interval: 1, timeout: 10_000 }).toEqual([]);
  }

  /** Begins to send, and dies before anything is heard of it. */
  async dieWhileSending(lane: Lane): Promise<void> {
    const context = this.#context();
    const head = await this.#store.transaction((tx) =>
      takeHead(tx, OPERATOR_ACCOUNT, lane, context, () => {}),
    );
    if (head.kind === 'taken' || head.kind === 'refused') this.changes.push(head.task);
  }

  /** Where a task stands. */
  async stateOf(taskId: string): Promise<TaskState | undefined> {
    return (await findTask(this.#store.db, taskId))?.state;
  }

  /** Looks at everything that is due. Gives what was found by provider task. */
  async look(ends: readonly LookEnd[]): Promise<ReadonlyMap<string, LookEnd>> {
    const found = new Map<string, LookEnd>();
    const { count } = await this.#store.db
      .selectFrom('tasks')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('state', 'in', ['running', 'expired', 'abandoned'])
      .where('due_at', '<=', this.clock.now)
      .executeTakeFirstOrThrow();
    let ended = 0;
    const context = this.#context(undefined, (providerTaskId) => {
      const end = ends[found.size % ends.length] ?? 'running';
      found.set(providerTaskId, end);
      return endLook(end, providerTaskId);
    });
    const poller = new Poller(context, createHistory(context.catalogue), () => {
      ended += 1;
    });
    const { signal } = new AbortController();
    await poller.pass(signal);
    await expect.poll(() => ended, { interval: 1, timeout: 10_000 }).toBe(Number(count));
    await poller.pass(signal);
    await poller.stop();
    return found;
  }

  async keepUp(): Promise<void> {
    await keepUp(this.#context(), []);
  }

  /** The process is gone and comes back. */
  async restart(): Promise<void> {
    await this.#store.close();
    this.#store = await openStore({ databaseUrl: this.#database.databaseUrl });
    await this.#store.transaction((tx) => releaseLeases(tx));
    await loseOrphans(this.#context());
  }

  async close(): Promise<void> {
    await this.#store.close();
    await this.#database.remove();
  }

  #provider(
    post: (request: Request) => Promise<Submission> = (request) => endPost('accepted', request),
    look: (providerTaskId: string) => ProviderTask = () => ({ state: 'not-ready' }),
  ): MusicApi {
    return {
      submit: async (request) => await post(request),
      getTask: async (_engine, providerTaskId) => look(providerTaskId),
      getCredits: () => Promise.reject(new Error('nobody reads the balance here')),
    };
  }

  #context(
    post?: (request: Request) => Promise<Submission>,
    look?: (providerTaskId: string) => ProviderTask,
  ): TrackerContext {
    // Its own clock is the world's: a store that is opened again has not seen it move.
    const store: Store = { ...this.#store, now: async () => this.clock.now };
    const log = createLogger({ level: 'silent' });
    return {
      store,
      catalogue: createCatalogue(),
      provider: () => this.#provider(post, look),
      settings: SETTINGS,
      log,
      owner: 'model',
      now: async () => this.clock.now,
      random: () => 0.5,
      newId: () => `delivery-${Math.random()}`,
      changes: createChanges({ store, log, onChange: (task) => this.changes.push(task) }),
      breaker: new Breaker({ intervalMs: 15_000, random: () => 0.5 }),
      observe: () => {},
    };
  }
}

/** Ids of provider tasks are never used twice. */
let accepted = 0;

async function endPost(end: PostEnd, request: Request): Promise<Submission> {
  switch (end) {
    case 'accepted':
    case 'preparing':
      if (request.operation === LYRICS.operation) {
        if (end === 'preparing') return { preparingMs: 3_000 };
        return { clips: [], tool: { kind: 'lyrics', drafts: [{ lyrics: 'la' }] } };
      }
      accepted += 1;
      return { providerTaskId: `provider-${accepted}` };
    case 'refused':
      throw apiError({ kind: 'moderation', method: 'POST', status: 403 });
    case 'rate-limited':
      throw apiError({ kind: 'rate-limited', method: 'POST', status: 429 });
    case 'unreachable':
      throw apiError({ method: 'POST', delivered: 'no' });
    case 'lost':
      throw apiError({ kind: 'answer-lost', method: 'POST', delivered: 'maybe' });
    default:
      throw new Error(`${end satisfies never} is no end of a POST`);
  }
}

function endLook(end: LookEnd, providerTaskId: string): ProviderTask {
  switch (end) {
    case 'running':
      return { state: 'running', clips: [] };
    case 'succeeded':
      return { state: 'succeeded', clips: [providerClip(`clip-of-${providerTaskId}`)] };
    case 'failed':
      return { state: 'failed', failure: { kind: 'task-failed', text: 'no' } };
    case 'no answer':
      throw apiError({ status: 502 });
    default:
      throw new Error(`${end satisfies never} is nothing that a look finds`);
  }
}
