import pLimit from 'p-limit';
import type { Delivery } from '../../domain/delivery.ts';
import { coerceError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { collectGarbage } from '../../media/collect-garbage.ts';
import { touchCard } from '../../store/cards.ts';
import {
  claimDueDeliveries,
  findDelivery,
  renewDeliveries,
  updateDelivery,
  wakeDeliveries,
} from '../../store/deliveries.ts';
import type { Store } from '../../store/open.ts';
import { createLoop, type Loop, logFailedPass } from '../../tracker/loop.ts';
import { HeldLeases } from '../cards/held-leases.ts';
import type { DeliveryCourier } from './delivery-courier.ts';

interface RunnerDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly courier: DeliveryCourier;
  /** Name of this process in leases. */
  readonly owner: string;
  /** How long other processes leave a delivery alone that this one carries; renewed meanwhile. */
  readonly leaseMs: number;
}

/** At most this many uploads at a time, and files in memory for as many messages. */
const CONCURRENCY = 3;

/** Finds deliveries that are due and has them carried; the deliveries of one task one after the other. */
export class DeliveryRunner {
  readonly #deps: RunnerDeps;
  readonly #loop: Loop;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #underWay = new Map<string, Promise<void>>();
  /** By the ids of the deliveries that are being carried, or wait for that. */
  readonly #leases: HeldLeases;
  readonly #stopping = new AbortController();

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
    this.#leases = new HeldLeases(deps.owner, deps.leaseMs);
    this.#loop = createLoop({
      name: 'deliveries',
      pass: () => this.#pass(),
      minWaitMs: 20,
      maxWaitMs: 1_000,
      onError: logFailedPass(deps.log),
    });
  }

  /** Begins. Deliveries that waited for a host to be listed are tried again: the list may have changed. */
  async start(): Promise<void> {
    const { store } = this.#deps;
    await wakeDeliveries(store.db, 'unlisted-host', await store.now());
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  /** Takes nothing more and waits for what is under way, at most `graceMs`: the rest goes on after a restart. */
  async stop(graceMs: number): Promise<void> {
    await this.#loop.stop();
    const timer = setTimeout(() => this.#stopping.abort(), graceMs);
    await Promise.allSettled(this.#underWay.values());
    clearTimeout(timer);
  }

  /** A person says that an undecided message is not there. Gives false when somebody had decided already. */
  async repost(deliveryId: string): Promise<boolean> {
    const now = await this.#deps.store.now();
    return await this.#decide(deliveryId, (delivery) => ({
      ...delivery,
      state: 'pending',
      generation: delivery.generation + 1,
      attempt: undefined,
      dueAt: now,
    }));
  }

  /** A person says that an undecided message is there. Gives false when somebody had decided already. */
  async confirm(deliveryId: string): Promise<boolean> {
    const now = await this.#deps.store.now();
    return await this.#decide(deliveryId, (delivery) => {
      const { attempt } = delivery;
      const seen = attempt?.channelId ? [{ ...attempt, channelId: attempt.channelId }] : [];
      return {
        ...delivery,
        state: 'pending',
        posted: [...delivery.posted, ...seen],
        attempt: undefined,
        dueAt: now,
      };
    });
  }

  async #decide(deliveryId: string, change: (delivery: Delivery) => Delivery): Promise<boolean> {
    const { store } = this.#deps;
    const now = await store.now();
    const decided = await store.transaction(async (tx) => {
      const delivery = await findDelivery(tx, deliveryId);
      if (delivery?.state !== 'undecided') return false;
      await touchCard(tx, delivery.taskId, now);
      return await updateDelivery(tx, delivery, change(delivery));
    });
    this.#loop.wake();
    this.#deps.store.ring();
    return decided;
  }

  async #pass(): Promise<undefined> {
    const { store, log } = this.#deps;
    const now = await store.now();
    const renewal = this.#leases.takeRenewal(now);
    if (renewal) await renewDeliveries(store.db, renewal.lease, renewal.ids);
    const limit = CONCURRENCY * 2 - this.#underWay.size;
    if (limit <= 0) return;
    const lease = this.#leases.leaseAt(now);
    const claim = { now, limit, owner: lease.owner, leaseUntil: lease.until };
    const onBroken = (error: Error) => log.error({ err: error }, 'a delivery cannot be read');
    const due = await store.transaction((tx) => claimDueDeliveries(tx, { ...claim, onBroken }));
    for (const delivery of due) {
      if (this.#leases.has(delivery.id)) continue;
      this.#leases.hold(delivery.id, lease);
      this.#carry(delivery);
    }
  }

  #carry(delivery: Delivery): void {
    const { courier, log } = this.#deps;
    const before = this.#underWay.get(delivery.taskId) ?? Promise.resolve();
    const carrying = before
      .then(() => this.#limit(() => courier.carry(delivery, this.#stopping.signal)))
      .catch((error: unknown) => {
        log.error(
          { reference: delivery.taskId, deliveryId: delivery.id, err: coerceError(error) },
          'delivery failed',
        );
      })
      .then(() => {
        this.#leases.drop(delivery.id);
        // Its files lie outside of the heap, and the engine would collect 64 MB of them first.
        collectGarbage();
        if (this.#underWay.get(delivery.taskId) === carrying) this.#underWay.delete(delivery.taskId);
        this.#loop.wake();
      });
    this.#underWay.set(delivery.taskId, carrying);
  }
}
