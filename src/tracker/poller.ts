import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { FollowedTask } from '../domain/task.ts';
import { coerceError } from '../errors.ts';
import { findNextFollowedDue } from '../store/task-claims.ts';
import { DatabaseUnavailableError } from '../store/unavailable.ts';
import type { Permit } from './breaker.ts';
import { settleCall } from './call.ts';
import type { History } from './history.ts';
import { decidePoll, type PollDecision } from './outcomes.ts';
import { PollFailures } from './poll-failures.ts';
import { PollRecord } from './poll-record.ts';
import { askForCall, endProbe } from './probes.ts';
import type { TrackerContext } from './settings.ts';
import { Sightings } from './sightings.ts';

/** Enough for 10,000 running tasks, looked at every 15 s, while MusicAPI takes 300 ms for an answer (measured). */
const DEFAULT_CONCURRENCY = 256;

/** The place of a poll that hangs is needed by others. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** Wait before what a poll found is written again, while the database is away. */
const OUTAGE_RETRY_MS = 500;

/** The right to a poll while nothing is known against MusicAPI. */
const CALL: Permit = { isProbe: false };

/** Follows the tasks that MusicAPI has, each poll on its own, and no more of them at the same time than are set. */
export class Poller {
  readonly #context: TrackerContext;
  readonly #history: History;
  readonly #onEnd: () => void;
  readonly #concurrency: number;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #polls = new Map<Promise<void>, AbortController>();
  /** Ids of the tasks that are looked at, or wait for it. */
  readonly #underWay = new Set<string>();
  readonly #failures: PollFailures;
  readonly #record: PollRecord;
  readonly #sightings = new Sightings();
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
    this.#failures = new PollFailures(context.log);
    this.#record = new PollRecord(context, this.#failures);
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
    const places = permit ? this.#freePlaces() : 0;
    const limit = permit?.isProbe ? Math.min(places, 1) : places;
    let claimed: FollowedTask[] = [];
    try {
      // A lease that ran out over a poll of our own, because the process stood still, is no reason for a second one.
      claimed = (await this.#record.exchange(limit)).filter(({ id }) => !this.#underWay.has(id));
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
    if (!this.#record.isEmpty) await this.#record.exchange(0);
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
    const failures = this.#failures.count(task, look, now);
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
    if (decision.kind === 'reschedule') this.#record.keep(task, decision);
    else await this.#waitOut(() => this.#record.end(task, decision, now));
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
}
