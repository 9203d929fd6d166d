import type { Delivery, DeliverySetback, PostedPart } from '../../domain/delivery.ts';
import type { Task } from '../../domain/task.ts';
import { touchCard } from '../../store/cards.ts';
import { shareClip } from '../../store/clips.ts';
import { updateDelivery } from '../../store/deliveries.ts';
import type { Store } from '../../store/open.ts';
import type { Lease } from '../../store/schema.ts';
import type { Observe } from '../../telemetry/events.ts';

interface RecordsDeps {
  readonly store: Store;
  /** The claim that a delivery is held by while it is worked on. */
  readonly lease: (now: number) => Lease;
  /** Called when a delivery ended or waits: its card has something new to show. */
  readonly onRelease: (delivery: Delivery, task: Task) => void;
  readonly observe: Observe;
}

/** Why a delivery waits, and for how long. */
interface Wait {
  readonly setback?: DeliverySetback;
  readonly detail?: string | undefined;
  /** Undefined = until somebody wakes it. */
  readonly waitMs: number | undefined;
  /** What it is from now on. @defaultValue as it was */
  readonly after?: Delivery;
}

/** The delivery was changed by somebody else meanwhile; whoever did goes on with it. */
export class Superseded extends Error {}

/** Writes down what becomes of deliveries. Every method throws `Superseded` and then wrote nothing. */
export class DeliveryRecords {
  readonly #deps: RecordsDeps;

  constructor(deps: RecordsDeps) {
    this.#deps = deps;
  }

  /** Saves and goes on. */
  async hold(before: Delivery, after: Delivery, task: Task): Promise<Delivery> {
    return await this.#save(before, after, task, this.#deps.lease(await this.#deps.store.now()));
  }

  /** Saves and lets go: it ended, or waits. */
  async release(before: Delivery, after: Delivery, task: Task): Promise<void> {
    await this.#save(before, after, task);
    const { state: outcome } = after;
    if (outcome === 'undeliverable' || outcome === 'undecided') {
      this.#deps.observe({ kind: 'delivery-ended', outcome });
    }
    this.#deps.onRelease(after, task);
  }

  /** Lets go until some time has passed. */
  async wait(before: Delivery, task: Task, { setback, detail, waitMs, after = before }: Wait): Promise<void> {
    const now = await this.#deps.store.now();
    const dueAt = waitMs === undefined ? undefined : now + waitMs;
    // While it waits for somebody, nothing is tried, so the time does not count.
    const troubledSince = dueAt === undefined ? undefined : (before.troubledSince ?? now);
    const tries = before.tries + 1;
    await this.release(before, { ...after, tries, dueAt, setback, detail, troubledSince }, task);
  }

  /** Tries no more: it stays in the library, or is a question where a try may have come through. */
  async giveUp(delivery: Delivery, task: Task, setback: DeliverySetback | undefined): Promise<void> {
    const ended = delivery.attempt
      ? ({ state: 'undecided', setback: undefined } as const)
      : ({ state: 'undeliverable', setback } as const);
    await this.release(delivery, { ...delivery, ...ended, dueAt: undefined, troubledSince: undefined }, task);
  }

  /** The one place where a delivery changes: with the clips that it made public, and a word to the card. */
  async #save(before: Delivery, after: Delivery, task: Task, lease?: Lease): Promise<Delivery> {
    const now = await this.#deps.store.now();
    await this.#deps.store.transaction(async (tx) => {
      if (!(await updateDelivery(tx, before, after, lease))) throw new Superseded();
      const shown = after.posted.length > before.posted.length ? after.posted.at(-1) : undefined;
      const { guildId } = task.origin;
      if (guildId && shown && shown.route !== 'direct-message' && !shown.isHidden) {
        for (const clipId of after.clipIds) await shareClip(tx, clipId, guildId);
      }
      if (!lease) await touchCard(tx, task.id, now);
    });
    return after;
  }
}

/** A delivery with one more message: whatever stood in its way is over. */
export function withPosted(delivery: Delivery, posted: PostedPart): Delivery {
  return {
    ...delivery,
    posted: [...delivery.posted, posted],
    attempt: undefined,
    tries: 0,
    setback: undefined,
    detail: undefined,
    troubledSince: undefined,
  };
}
