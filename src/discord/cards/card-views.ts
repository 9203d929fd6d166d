import { isOpen, type Task } from '../../domain/task.ts';
import type { Catalogue } from '../../musicapi/catalogue.ts';
import type { TaskCard } from '../../store/cards.ts';
import { listClips } from '../../store/clips.ts';
import { listDeliveriesOfTask } from '../../store/deliveries.ts';
import type { Store } from '../../store/open.ts';
import { findTaskByRequestKey, listGroup } from '../../store/tasks.ts';
import { type ViewDeps, viewTask } from '../../tracker/view.ts';
import { draftOf } from '../drafts/drafts.ts';
import { hasForm } from '../forms/form.ts';
import { pressKey } from '../interactions/press-key.ts';
import { viewParents } from './parent-view.ts';
import type { StatusView } from './status-card.ts';

/** Gathers what a status card shows. */
export class CardViews {
  readonly #store: Store;
  readonly #catalogue: Catalogue;
  readonly #tracking: ViewDeps;

  constructor(store: Store, catalogue: Catalogue, tracking: ViewDeps) {
    this.#store = store;
    this.#catalogue = catalogue;
    this.#tracking = tracking;
  }

  /** What the card of a task shows; with all tasks of its group where it is the first of one. */
  async load(task: Task, card: TaskCard, now: number): Promise<StatusView> {
    const { db } = this.#store;
    const again = card.messageId && (await findTaskByRequestKey(db, pressKey(card.messageId, 'retry')));
    const view = { ...(await this.#loadTask(task, now)), retried: again !== undefined && again !== '' };
    if (task.groupId !== task.id) return view;
    const members = await listGroup(db, task.id);
    return { ...view, group: await Promise.all(members.map((member) => this.#loadTask(member, now))) };
  }

  async #loadTask(task: Task, now: number): Promise<StatusView> {
    const { db } = this.#store;
    const { engine, operation, model } = task.request;
    const entry = this.#catalogue.get(engine, operation);
    // They are planned when a task ends.
    const deliveries = isOpen(task) ? [] : await listDeliveriesOfTask(db, task.id);
    const clipIds = deliveries.flatMap((delivery) => delivery.clipIds);
    return {
      task,
      now,
      ...(await viewTask(db, this.#tracking, task, now)),
      parent: await viewParents(db, task.request, task.origin),
      sentModel: this.#catalogue.resolveModel(engine, model),
      deliveries,
      clips: await listClips(db, task.accountId, clipIds),
      isFixed: !hasForm(entry, draftOf(task.request)),
      prices: {
        again: entry.price,
        create: this.#catalogue.get('sonic', 'create').price,
        sing: this.#catalogue.get('sonic', 'persona-song').price,
      },
    };
  }
}
