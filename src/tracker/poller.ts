import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { FollowedTask, Task } from '../domain/task.ts';
import { expireTask, failTask, rescheduleTask, succeedTask } from '../domain/transitions.ts';
import { coerceError } from '../errors.ts';
import { MusicApiError } from '../musicapi/errors.ts';
import type { ProviderTask } from '../musicapi/types.ts';
import { touchCard } from '../store/cards.ts';
import { claimFollowed, findNextFollowedDue, rescheduleTasks } from '../store/task-claims.ts';
import { findTask } from '../store/tasks.ts';
import { DatabaseUnavailableError } from '../store/unavailable.ts';
import type { Extra } from './advance.ts';
import type { Permit } from './breaker.ts';
import { settleCall } from './call.ts';
import { createCauses } from './causes.ts';
import type { History } from './history.ts';
import { findOperation } from './operation.ts';
import { decidePoll, type PollDecision, type Settled } from './outcomes.ts';
import { askForCall, endProbe } from './probes.ts';
import { planResults } from './results.ts';
import { leaseMsOf, type TrackerContext } from './settings.ts';
import { Sightings } from './sightings.ts';

/** Enough for 10,000 running tasks, looked at every 15 s, while MusicAPI takes 300 ms for an answer (measured). */
const DEFAULT_CONCURRENCY = 256;

/** The place of a poll that hangs is needed by others. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** Wait before what a poll found is written again, while the database is away. */
const OUTAGE_RETRY_MS = 500;

/** Most changes that are tried when a task changes under our hands: more than there are states. */
const MAX_ATTEMPTS = 5;

/** The right to a poll while nothing is known against MusicAPI. */
const CALL: Permit = { isProbe: false };

/** Polls in a row that failed. */
interface Failures {
  readonly count: number;
  /** Epoch ms of the first; the moment of the poll where none did. */
  readonly since: number;
}

/** A poll that found a task unfinished, to be written with others. */
interface Look {
  readonly task: FollowedTask;
  readonly hasNewAddress: boolean;
}

/** Follows the tasks that MusicAPI has, each poll on its own; unfinished ones are written in batches. */
export class Poller {
  readonly #context: TrackerContext;
  readonly #history: History;
  readonly #onEnd: () => void;
  readonly #concurrency: number;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #polls = new Map<Promise<void>, AbortController>();
  /** Ids of the tasks that are looked at, or wait for it. */
  readonly #underWay = new Set<string>();
  /** Polls in a row that failed, by task. */
  readonly #failures = new Map<string, Failures>();
  readonly #causes = createCauses();
  readonly #sightings = new Sightings();
  #looks: Look[] = [];
  #stopped = false;

  /**
   * @param onEnd - called when a poll has ended: there may be something to write and a free place
   */
  constructor(context: TrackerContext, history: History, onEnd: () => void) {
    this.#context = context;
    this.#history = history;
    this.#onEnd = onEnd;
    this.#concurrency = context.settings.pollConcurrency ?? DEFAULT_CONCURRENCY;
    this.#limit = pLimit(this.#concurrency);
  }

  /** Ids of the tasks that are looked at. */
  get underWay(): readonly string[] {
    return [...this.#underWay];
  }

  /** Writes what the ended polls found, begins those that are due, and gives the time until the next is. */
  async pass(signal: AbortSignal): Promise<number | undefined> {
    const { store, breaker, now: clock } = this.#context;
    const startedAt = await clock();
    const permit = await this.#ask(startedAt);
    let claimed: FollowedTask[] = [];
    try {
      // A lease that ran out over a poll of our own, because the process stood still, is no reason for a second one.
      claimed = (await this.#exchange(permit)).filter(({ id }) => !this.#underWay.has(id));
    } finally {
      const isUnused = claimed.length === 0 || signal.aborted;
      if (permit?.isProbe && isUnused) await endProbe(this.#context, permit, startedAt);
    }
    if (signal.aborted) return undefined;
    for (const task of claimed) this.#begin(task, permit);
    const now = await clock();
    const nextAt = await findNextFollowedDue(store.db, now);
    // Without a free place the end of a poll brings the next pass.
    if (nextAt === undefined || this.#freePlaces() === 0) return undefined;
    return Math.max(nextAt - now, breaker.isDown ? (breaker.waitMs(now) ?? Number.POSITIVE_INFINITY) : 0);
  }

  /** Gives up the polls under way (they are free) and writes those that have ended. The loop is stopped before. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const controller of this.#polls.values()) controller.abort(new Error('the tracker was stopped'));
    await Promise.all(this.#polls.keys());
    if (this.#looks.length > 0) await this.#exchange(undefined);
  }

  /** The right to polls now; a probe that has no task to look at is the submitter's to make. */
  async #ask(now: number): Promise<Permit | undefined> {
    const { store, breaker } = this.#context;
    const nextAt = breaker.isDown ? await findNextFollowedDue(store.db, now) : now;
    return nextAt !== undefined && nextAt <= now ? await askForCall(this.#context, now) : undefined;
  }

  /** As many again as are under way wait their turn, so that no place is empty until the next pass. */
  #freePlaces(): number {
    return this.#stopped ? 0 : Math.max(0, 2 * this.#concurrency - this.#polls.size);
  }

  /** One transaction for both directions: what was found goes in, what is due comes out. */
  async #exchange(permit: Permit | undefined): Promise<FollowedTask[]> {
    const { store, owner, settings, now: clock, changes } = this.#context;
    const looks = this.#looks;
    this.#looks = [];
    const places = permit ? this.#freePlaces() : 0;
    const limit = permit?.isProbe ? Math.min(places, 1) : places;
    const exchange = store.transaction(async (tx) => {
      const now = await clock(tx);
      const ids = await rescheduleTasks(
        tx,
        looks.map((look) => look.task),
      );
      const saved = looks.filter((look) => ids.has(look.task.id));
      for (const { task, hasNewAddress } of saved) if (hasNewAddress) await touchCard(tx, task.id, now);
      const leaseUntil = now + leaseMsOf(settings);
      const onBroken = (error: unknown): void => this.#reportOnce('broken row', error, now);
      const due = limit > 0 ? await claimFollowed(tx, { now, limit, owner, leaseUntil, onBroken }) : [];
      return { written: saved, claimed: due };
    });
    const { written, claimed } = await exchange.catch((error: unknown) => {
      this.#looks = [...looks, ...this.#looks];
      throw error;
    });
    for (const { task, hasNewAddress } of written) if (hasNewAddress) changes.show(task);
    return claimed;
  }

  #begin(task: FollowedTask, permit: Permit = CALL): void {
    const controller = new AbortController();
    const poll = this.#limit(() => this.#poll(task, controller, permit))
      .catch((error: unknown) => {
        // Its lease runs out, and then it is polled again.
        const facts = { err: coerceError(error), taskId: task.id, reference: task.id };
        this.#context.log.error(facts, 'what a poll found could not be written');
      })
      .finally(() => {
        this.#polls.delete(poll);
        this.#underWay.delete(task.id);
        this.#onEnd();
      });
    this.#polls.set(poll, controller);
    this.#underWay.add(task.id);
  }

  async #poll(task: FollowedTask, controller: AbortController, permit: Permit): Promise<void> {
    const { provider, store, settings, breaker, random, now: clock, observe } = this.#context;
    const { signal } = controller;
    observe({ kind: 'poll', lagMs: (await clock()) - (task.nextPollAt ?? 0) });
    const giveUp = setTimeout(
      () => controller.abort(new Error('the poll took too long')),
      settings.pollTimeoutMs ?? DEFAULT_TIMEOUT_MS,
    );
    const look = await settleCall(async () => {
      const { request, providerTaskId } = task;
      return await provider(task.accountId).getTask(request.engine, providerTaskId, { signal, request });
    }, signal);
    clearTimeout(giveUp);
    if (this.#stopped && !look.ok) {
      await endProbe(this.#context, permit, await clock());
      return;
    }
    const now = await clock();
    breaker.note(permit, task.id, look, now);
    await this.#waitOut(() => endProbe(this.#context, permit, now));
    const failures = this.#countFailures(task, look, now);
    const decision = decidePoll(task, look, {
      now,
      intervalMs: settings.pollIntervalMs,
      // What MusicAPI was away for is no time that it could have used.
      deadlineMs: settings.deadlineMs + breaker.outageMs(task.acceptedAt, now),
      isAnswering: breaker.hasAnsweredSince(failures.since),
      estimate: await this.#waitOut(() => this.#history.get(store.db, task.request, now)),
      failures: failures.count,
      random,
    });
    this.#noteSighting(task, decision, look.ok, now);
    if (decision.kind === 'reschedule') this.#keep(task, decision);
    else await this.#waitOut(() => this.#finish(task, decision, now));
  }

  #noteSighting({ id }: FollowedTask, { kind }: PollDecision, isSeen: boolean, now: number): void {
    if (kind === 'reschedule' || kind === 'expire') {
      if (isSeen) this.#sightings.note(id, now);
      return;
    }
    const seenAt = this.#sightings.take(id);
    if (seenAt !== undefined) this.#context.observe({ kind: 'end-detected', lagMs: now - seenAt });
  }

  /** What a poll found is worth keeping while the database is away: the next poll is a lease away. */
  async #waitOut<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (this.#stopped || !(error instanceof DatabaseUnavailableError)) throw error;
        await delay(OUTAGE_RETRY_MS);
      }
    }
  }

  #keep(task: FollowedTask, { nextPollAt, listenUrl }: PollDecision & { kind: 'reschedule' }): void {
    // Only the first address: later ones may differ with every poll, and the card would never rest.
    const newAddress = task.state === 'running' && !task.listenUrl ? listenUrl : undefined;
    const next = rescheduleFollowed(task, nextPollAt, newAddress);
    if (next.nextPollAt === undefined) this.#failures.delete(task.id);
    this.#looks.push({ task: next, hasNewAddress: newAddress !== undefined });
  }

  /** Ends a task. A person may have changed it meanwhile: then the same find is applied to what it is now. */
  async #finish(
    task: FollowedTask,
    decision: Exclude<PollDecision, { kind: 'reschedule' }>,
    now: number,
  ): Promise<void> {
    const { store, changes } = this.#context;
    let before: Task | undefined = task;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && before && isFollowed(before); attempt += 1) {
      const end = this.#endOf(before, decision, now);
      if (!end) return;
      if (await changes.commit(before, end.after, now, end.extra)) {
        if (end.after.state !== 'expired') this.#failures.delete(task.id);
        return;
      }
      before = await findTask(store.db, task.id);
    }
  }

  #endOf(
    task: FollowedTask,
    decision: Exclude<PollDecision, { kind: 'reschedule' }>,
    now: number,
  ): { readonly after: Task; readonly extra?: Extra } | undefined {
    const { catalogue, newId } = this.#context;
    switch (decision.kind) {
      case 'succeed': {
        const result = findOperation(catalogue, task.request)?.result ?? 'clips';
        const extra = planResults({ task, found: decision.yield, result, now, newId });
        return { after: succeedTask(task, now, decision.yield.tool), extra };
      }
      case 'fail':
        return { after: failTask(task, decision.failure, now) };
      case 'expire':
        return task.state === 'running' ? { after: expireTask(task, now, decision.nextPollAt) } : undefined;
      default:
        return decision satisfies never;
    }
  }

  /** Failed looks in a row at a task, this one included. */
  #countFailures(task: FollowedTask, look: Settled<ProviderTask>, now: number): Failures {
    if (look.ok) {
      this.#failures.delete(task.id);
      if (look.value.state === 'running' && look.value.unrecognised !== undefined) {
        this.#reportOnce(`unrecognised state ${look.value.unrecognised}`, undefined, now, task);
      }
      return { count: 0, since: now };
    }
    const { count, since } = this.#failures.get(task.id) ?? { count: 0, since: now };
    const failures = { count: count + 1, since };
    this.#failures.set(task.id, failures);
    const { error } = look;
    const cause =
      error instanceof MusicApiError ? `${error.kind} ${error.status ?? ''}` : coerceError(error).message;
    this.#reportOnce(`${task.accountId} ${cause}`, error, now, task);
    return failures;
  }

  #reportOnce(cause: string, error: unknown, now: number, task?: FollowedTask): void {
    if (!this.#causes.isNews(cause, now)) return;
    const err = error === undefined ? undefined : coerceError(error);
    const facts = { err, cause, taskId: task?.id, reference: task?.id, providerTaskId: task?.providerTaskId };
    this.#context.log.warn(facts, 'a look at a task went wrong; it is followed on');
  }
}

function isFollowed(task: Task): task is FollowedTask {
  return task.state === 'running' || task.state === 'expired' || task.state === 'abandoned';
}

function rescheduleFollowed(
  task: FollowedTask,
  nextPollAt: number | undefined,
  listenUrl: string | undefined,
): FollowedTask {
  if (task.state !== 'running') return rescheduleTask(task, nextPollAt);
  if (nextPollAt === undefined)
    throw new Error(`task ${task.id} is running and would never be looked at again`);
  return rescheduleTask(task, nextPollAt, listenUrl);
}
