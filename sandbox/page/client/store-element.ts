import { LitElement, type PropertyDeclarations } from 'lit';
import type { PageState } from './page-state.ts';
import type { PageStore } from './page-store.ts';

/** An element that shows something of the page's state and renders anew when that changes. */
export class StoreElement extends LitElement {
  static override readonly properties: PropertyDeclarations = { store: { attribute: false } };
  /** Set by whoever renders the element. */
  declare store: PageStore;
  #unsubscribe: (() => void) | undefined;

  /** What the page shows now. */
  protected get state(): PageState {
    return this.store.state;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // lit sets properties before it connects an element, and connects it again after a move.
    this.#unsubscribe = this.store.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    this.#unsubscribe?.();
    super.disconnectedCallback();
  }
}
