import { setTimeout as delay } from 'node:timers/promises';
import type { Task } from '../domain/task.ts';
import { cancelTask } from '../domain/transitions.ts';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { countDueCards } from '../store/cards.ts';
import { type Departure, endDeparture, findDeparture, wishDeparture } from '../store/departures.ts';
import { lockKey } from '../store/dialect.ts';
import { forgetPerson } from '../store/forget-person.ts';
import type { Store } from '../store/open.ts';
import type { Executor } from '../store/schema.ts';
import { listOpenTasksOf } from '../store/task-lists.ts';
import type { Observe } from '../telemetry/events.ts';
import { leaveQueue } from './advance.ts';
import { createChanges } from './changes.ts';
import type { Decisions } from './decisions.ts';
import { createIds } from './ids.ts';

/** What deleting people needs. */
export interface FarewellDeps {
  readonly store: Store;
  readonly log: Logger;
  /** Takes back what is under way. */
  readonly decisions: Decisions;
  /** Called after every committed change of a task. */
  readonly onChange: (task: Task) => void;
  /** Is told of the same. @defaultValue nobody */
  readonly observe?: Observe;
  /** Called when nothing about a person is there any more: what is kept in memory of them has to go too. */
  readonly onGone: (userId: string) => Promise<void>;
  /** Ids of stand-ins. @defaultValue ULIDs */
  readonly newId?: () => string;
}

/** What was deleted. */
export interface Farewell {
  readonly songs: number;
}

/** The cards of what was taken back say so before they are forgotten; a card that cannot be shown holds up nobody. */
const CARDS_MS = 15_000;
const CARDS_LOOK_MS = 100;

/** More often than this a task does not change under our hands. */
const MAX_ATTEMPTS = 5;

const newStandIn = createIds();

/** Deletes everything about people who want that. */
export class Farewells {
  readonly #deps: FarewellDeps;

  constructor(deps: FarewellDeps) {
    this.#deps = deps;
  }

  /**
   * Deletes everything about a person: what waits is cancelled, what runs is followed for the ledger alone. The wish is
   * written down first, so that another pass finishes what a process that dies has begun.
   */
  async leave(userId: string): Promise<Farewell> {
    const { store, newId = newStandIn } = this.#deps;
    const wish = await store.transaction(async (tx) =>
      wishDeparture(tx, userId, { id: newId(), at: await store.now(tx) }),
    );
    return await this.finish(wish);
  }

  /**
   * Does what is left of it.
   *
   * @param signal - Aborted when there is no time for it any more: nothing is deleted then, and the wish stays.
   * @throws its reason when the signal is aborted before anything was deleted.
   */
  async finish(departure: Departure, signal?: AbortSignal): Promise<Farewell> {
    const { store, log } = this.#deps;
    const { userId, standIn } = departure;
    await this.#takeBack(departure, signal);
    await this.#untilCardsAreShown(userId, signal);
    signal?.throwIfAborted();
    const done = await store.transaction(async (tx) => {
      await lockKey(tx, `departure ${standIn}`);
      // Another process was faster.
      if (!(await findDeparture(tx, userId))) return undefined;
      const now = await store.now(tx);
      const cancelled = await cancelQueued(tx, departure, now);
      const songs = await forgetPerson(tx, departure, now);
      await endDeparture(tx, departure, now);
      return { songs, cancelled, now };
    });
    const changes = createChanges(this.#deps);
    for (const { before, after } of done?.cancelled ?? []) changes.announce(before, after, done?.now ?? 0);
    await this.#tellGone(departure);
    if (done) log.info({ standIn, songs: done.songs }, 'everything about a member was deleted');
    return { songs: done?.songs ?? 0 };
  }

  /** Everything is deleted by now, whatever becomes of what is kept in memory. */
  async #tellGone({ userId, standIn }: Departure): Promise<void> {
    const { log, onGone } = this.#deps;
    try {
      await onGone(userId);
    } catch (error) {
      log.error(
        { standIn, err: coerceError(error) },
        'what is in memory of a deleted member may be there still',
      );
    }
  }

  /**
   * First what waits: it would be sent as soon as something that runs makes room for it. Again where a look at a task
   * came in between; what is left after that is taken back or followed without a word.
   */
  async #takeBack({ userId, standIn }: Departure, signal?: AbortSignal): Promise<void> {
    const { store, decisions } = this.#deps;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      signal?.throwIfAborted();
      const open = await listOpenTasksOf(store.db, userId, ignore);
      const waiting = open.filter(({ state }) => state !== 'running');
      for (const { id } of waiting) await decisions.cancel(id, standIn);
      // What is being sent can only be marked.
      if (open.every(({ state }) => state === 'submitting')) return;
      const left = await listOpenTasksOf(store.db, userId, ignore);
      const running = left.filter(({ state }) => state === 'running');
      for (const { id } of running) await decisions.abandon(id, standIn);
    }
  }

  async #untilCardsAreShown(userId: string, signal?: AbortSignal): Promise<void> {
    const { store } = this.#deps;
    const endsAt = performance.now() + CARDS_MS;
    while (performance.now() < endsAt && (await countDueCards(store.db, userId, await store.now())) > 0)
      await delay(CARDS_LOOK_MS, undefined, signal ? { signal } : {});
  }
}

/** What cannot be read is in nobody's way. */
function ignore(): void {}

/** What was asked for in the meantime goes with the rest. */
async function cancelQueued(tx: Executor, { userId, standIn }: Departure, now: number) {
  const cancelled = [];
  for (const before of await listOpenTasksOf(tx, userId, ignore)) {
    if (before.state !== 'queued') continue;
    const after = cancelTask(before, standIn, now);
    if (await leaveQueue(tx, before, after, now)) cancelled.push({ before, after });
  }
  return cancelled;
}
