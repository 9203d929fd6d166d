import { html, type TemplateResult } from 'lit';
import { openChannel } from './page-state.ts';
import { PageStore } from './page-store.ts';
import { StoreElement } from './store-element.ts';

/** The page: places on the left, messages in the middle, members and controls on the right. */
class AppShell extends StoreElement {
  constructor() {
    super();
    this.store = new PageStore();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.store.start();
  }

  override render(): TemplateResult {
    const { store, state } = this;
    return html`
      <main>
        <h1>${openChannel(state)?.name}</h1>
        <encore-composer .store=${store}></encore-composer>
      </main>
      <aside aria-label="Controls"><encore-controls .store=${store}></encore-controls></aside>
    `;
  }
}

customElements.define('encore-app', AppShell);
