import type { Clip } from '../../domain/clip.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { Task } from '../../domain/task.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { listClips } from '../../store/clips.ts';
import { findDelivery, listDeliveriesOfTask } from '../../store/deliveries.ts';
import type { Store } from '../../store/open.ts';
import { findRestore } from '../../store/restores.ts';
import { findTask } from '../../store/tasks.ts';
import type { DeliveryPlaces } from './delivery-places.ts';
import { hasTriedLongEnough, presumeAttempt, retryDelayMs } from './delivery-plan.ts';
import type { DeliveryPoster } from './delivery-poster.ts';
import { type DeliveryRecords, Superseded, withPosted } from './delivery-records.ts';
import type { DeliveryTries } from './delivery-tries.ts';
import type { FreightLoader } from './freight-loader.ts';

interface CourierDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly poster: DeliveryPoster;
  readonly places: DeliveryPlaces;
  readonly loader: FreightLoader;
  readonly records: DeliveryRecords;
  readonly tries: DeliveryTries;
}

/**
 * Carries one delivery as far as it goes now. Everything that could be asked about after a crash is written
 * down before it is done: which part, by which route, since when.
 */
export class DeliveryCourier {
  readonly #deps: CourierDeps;

  constructor(deps: CourierDeps) {
    this.#deps = deps;
  }

  /** Works on a claimed delivery until it ended or has to wait. */
  async carry(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const task = await findTask(this.#deps.store.db, delivery.taskId);
    if (!task) return;
    try {
      if (await this.#deps.places.mustWaitForCard(task))
        return await this.#deps.records.wait(delivery, task, { waitMs: 1_000 });
      const settled = await this.#settleAttempt(delivery, task);
      if (settled) await this.#postRest(settled, task, signal);
    } catch (error) {
      if (error instanceof Superseded || signal.aborted) return;
      this.#deps.log.error(
        { reference: task.id, deliveryId: delivery.id, err: coerceError(error) },
        'delivery failed',
      );
      await this.#retryLater(delivery, task);
    }
  }

  /** After an error that nobody foresaw: what was written down decides how it goes on. */
  async #retryLater({ id }: Delivery, task: Task): Promise<void> {
    const { store, records } = this.#deps;
    const current = await findDelivery(store.db, id);
    if (!current) return;
    if (hasTriedLongEnough(current, await store.now())) return await records.giveUp(current, task, undefined);
    await records.wait(current, task, { waitMs: retryDelayMs(current.tries) });
  }

  /** Finds out about a try that was cut off. Gives undefined when a person has to decide. */
  async #settleAttempt(delivery: Delivery, task: Task): Promise<Delivery | undefined> {
    const { store } = this.#deps;
    const attempt = delivery.attempt ?? presumeAttempt(delivery, task, await findRestore(store.db));
    if (!attempt) return delivery;
    const now = await store.now();
    const found = await this.#deps.poster.search(delivery, attempt, task, now);
    switch (found.kind) {
      case 'posted':
        return await this.#deps.records.hold(delivery, withPosted(delivery, found.posted), task);
      case 'absent':
        return await this.#deps.records.hold(delivery, { ...delivery, attempt: undefined }, task);
      case 'repeatable':
        return delivery;
      case 'undecided':
        await this.#deps.records.release(
          delivery,
          { ...delivery, attempt, state: 'undecided', dueAt: undefined },
          task,
        );
        return undefined;
      default:
        return found satisfies never;
    }
  }

  async #postRest(claimed: Delivery, task: Task, signal: AbortSignal): Promise<void> {
    const clips = await listClips(this.#deps.store.db, task.accountId, claimed.clipIds);
    let delivery: Delivery | undefined = claimed;
    while (delivery) {
      const rest = clips.slice(countPosted(delivery));
      if (rest.length === 0) {
        await this.#deps.records.release(
          delivery,
          { ...delivery, state: 'delivered', dueAt: undefined, setback: undefined },
          task,
        );
        return;
      }
      delivery = await this.#postPart(delivery, task, rest, signal);
    }
  }

  /** Posts the next message. Gives the delivery to go on with; undefined when it ended or has to wait. */
  async #postPart(
    delivery: Delivery,
    task: Task,
    rest: readonly Clip[],
    signal: AbortSignal,
  ): Promise<Delivery | undefined> {
    const { loader, log, places, records, tries } = this.#deps;
    const open = await places.list(delivery, task);
    if (open.length === 0) return await tries.endInVain(delivery, delivery, task, { setback: 'no-route' });
    const loaded = await loader.load(delivery, task, rest, open, signal);
    if (loaded.kind === 'held') {
      const { setback, detail, waitMs } = loaded;
      log.warn({ reference: task.id, deliveryId: delivery.id, setback, detail }, 'delivery waits');
      await records.wait(delivery, task, { setback, detail, waitMs });
      return undefined;
    }
    const mention = await this.#mayMention(delivery);
    return await tries.make({ ...delivery, mention }, task, loaded.freight, signal);
  }

  /**
   * One mention per task: the first message that is tried notifies, the others come silently. One of which nobody
   * knows whether it was posted counts, so that nobody is notified twice. A task without any is one of several of
   * which another one notifies.
   */
  async #mayMention({ id, taskId, isCopy }: Delivery): Promise<boolean> {
    if (isCopy) return false;
    const all = await listDeliveriesOfTask(this.#deps.store.db, taskId);
    if (!all.some(({ mention }) => mention)) return false;
    return all.every((one) => one.id === id || !one.mention || (one.posted.length === 0 && !one.attempt));
  }
}

function countPosted(delivery: Delivery): number {
  return delivery.posted.reduce((sum, part) => sum + part.count, 0);
}
