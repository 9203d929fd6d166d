import type { Modal } from '../discord/client-modal.ts';
import type { TimeSource } from '../discord/clock.ts';
import { PageError } from './page-error.ts';

/** An interaction can be answered for so long, and so can a modal that it opened. */
const LIFE_MS = 15 * 60_000;

/** The modals that people have open in front of them, by the interaction that opened them. */
export class OpenModals {
  readonly #clock: TimeSource;
  readonly #open = new Map<string, Modal>();

  constructor(clock: TimeSource) {
    this.#clock = clock;
  }

  /** Remembers a modal, and forgets those whose time is over. */
  open(modal: Modal): void {
    for (const [id, one] of this.#open) if (this.#isOver(one)) this.#open.delete(id);
    this.#open.set(modal.opener.id, modal);
  }

  /** @throws PageError 404 when it was submitted, or its time is over */
  get(id: string): Modal {
    const modal = this.#open.get(id);
    if (modal && !this.#isOver(modal)) return modal;
    throw new PageError(
      404,
      'This form is not open any more: it was sent, or fifteen minutes are over. Open it again.',
    );
  }

  close(id: string): void {
    this.#open.delete(id);
  }

  #isOver({ opener }: Modal): boolean {
    return this.#clock.now() - opener.createdAt > LIFE_MS;
  }
}
