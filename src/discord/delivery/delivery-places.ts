import type { Delivery, Route } from '../../domain/delivery.ts';
import type { Origin } from '../../domain/origin.ts';
import type { Task } from '../../domain/task.ts';
import { findCard } from '../../store/cards.ts';
import type { Store } from '../../store/open.ts';
import { listRoutes, type Place } from './delivery-plan.ts';
import type { UploadLimits } from './upload-limits.ts';

/** A follow-up sent before the status card's first content would become that content. */
const CARD_FIRST_MS = 60_000;

/** Knows where a delivery can go at this moment. */
export class DeliveryPlaces {
  readonly #store: Store;
  readonly #limits: UploadLimits;

  constructor(store: Store, limits: UploadLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  /** Whether a task is so young that its card has to be shown first. */
  async mustWaitForCard(task: Task): Promise<boolean> {
    const now = await this.#store.now();
    return now - task.createdAt < CARD_FIRST_MS && !(await this.#isCardShown(task));
  }

  /** The ways that are open now. A try that may only be repeated by its own route keeps to it. */
  async list({ attempt, setback, isCopy }: Delivery, task: Task): Promise<readonly Place[]> {
    const now = await this.#store.now();
    const isShown = await this.#isCardShown(task);
    const isHopeful = setback === 'no-route';
    const open = listWanted(isCopy ? { results: 'direct-message' } : task.origin, () =>
      listRoutes(task.origin, now, isHopeful).filter((route) => isShown || route !== 'follow-up'),
    );
    const routes = attempt ? open.filter((route) => route === attempt.route) : open;
    const places = routes.map(async (route) => ({
      route,
      limitBytes: await this.#limits.get(route, task.origin),
    }));
    return await Promise.all(places);
  }

  async #isCardShown(task: Task): Promise<boolean> {
    return (await findCard(this.#store.db, task.id))?.messageId !== undefined;
  }
}

/** A server's wish comes before what is possible: nothing goes where it wants nothing. */
function listWanted({ results }: Pick<Origin, 'results'>, list: () => readonly Route[]): readonly Route[] {
  switch (results) {
    case 'direct-message':
      return ['direct-message'];
    case 'thread':
      // A follow-up stands in the channel, not in the thread.
      return list().filter((route) => route !== 'follow-up');
    case undefined:
      return list();
    default:
      return results satisfies never;
  }
}
