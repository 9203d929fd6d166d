import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import './members-list.ts';
import './message-list.ts';
import './modal-dialog.ts';
import './person-switch.ts';
import './places-nav.ts';
import { shellStyles } from './app-shell-styles.ts';
import { ICONS } from './icons.ts';
import { openChannel } from './page-state.ts';
import { PageStore } from './page-store.ts';
import { buttonStyles, sharedStyles } from './shared-styles.ts';
import { StoreElement } from './store-element.ts';
import { chooseTheme, isDark, onSystemTheme } from './theme.ts';

/** Where the sides become drawers, as in the styles. */
const NARROW = ['(max-width: 1100px)', '(max-width: 720px)'] as const;

type Drawer = 'places' | 'controls';

/** The page: places on the left, messages in the middle, controls on the right; both sides are drawers on a phone. */
class AppShell extends StoreElement {
  static override readonly properties = { drawer: { state: true } };
  static override readonly styles = [sharedStyles, buttonStyles, shellStyles];
  /** The drawer that is open; where there is room for everything, it makes no difference. */
  declare private drawer: Drawer | undefined;

  constructor() {
    super();
    this.store = new PageStore();
    this.drawer = undefined;
    for (const query of NARROW) matchMedia(query).addEventListener('change', () => this.#close());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    onSystemTheme(() => this.requestUpdate());
    void this.store.start();
  }

  protected override updated(): void {
    const name = openChannel(this.state)?.name;
    document.title = name ? `${name} · Encore sandbox` : 'Encore sandbox';
  }

  override render(): TemplateResult {
    const { store, drawer, state } = this;
    return html`
      <button type="button" class="button primary skip" @click=${this.#skip}>To the message box</button>
      <div class="page" @keydown=${this.#onKeydown}>
        <div id="places" class="side places ${drawer === 'places' ? 'open' : ''}">
          <header class="brand"><strong>Encore</strong> sandbox</header>
          <encore-places .store=${store} @chosen=${() => this.#close()}></encore-places>
        </div>
        <main>
          ${this.#headerView()}
          ${
            state.connection === 'lost'
              ? html`<p class="banner" role="alert">
                  The sandbox does not answer. It was stopped, or it is starting again; this page waits for it.
                </p>`
              : nothing
          }
          <encore-messages .store=${store} ?inert=${drawer !== undefined}></encore-messages>
          <encore-composer .store=${store} ?inert=${drawer !== undefined}></encore-composer>
        </main>
        <aside id="controls" class="side controls ${drawer === 'controls' ? 'open' : ''}" aria-label="Controls and members">
          <encore-members .store=${store}></encore-members>
          <h2>What may go wrong</h2>
          <encore-controls .store=${store}></encore-controls>
        </aside>
        ${drawer ? html`<div class="backdrop" @click=${() => this.#close()}></div>` : nothing}
      </div>
      <encore-modal .store=${store}></encore-modal>
    `;
  }

  #headerView(): TemplateResult {
    const channel = openChannel(this.state);
    const isDirect = channel !== undefined && channel.id === this.state.places?.dm.id;
    return html`<div class="bar">
      ${this.#drawerButton('places', 'Channels')}
      <h1><span aria-hidden="true">${isDirect ? '@' : '#'}</span> ${channel?.name ?? 'Encore sandbox'}</h1>
      <encore-person-switch .store=${this.store}></encore-person-switch>
      ${this.#themeButton()} ${this.#drawerButton('controls', 'Controls and members')}
    </div>`;
  }

  #drawerButton(which: Drawer, label: string): TemplateResult {
    return html`<button
      type="button"
      class="icon-button to-${which}"
      aria-label=${label}
      aria-controls=${which}
      aria-expanded=${this.drawer === which}
      @click=${() => this.#open(which)}
    >
      ${which === 'places' ? ICONS.menu : ICONS.controls}
    </button>`;
  }

  #themeButton(): TemplateResult {
    const dark = isDark();
    const change = () => {
      chooseTheme(dark ? 'light' : 'dark');
      this.requestUpdate();
    };
    return html`<button type="button" class="icon-button" aria-label="Dark theme" aria-pressed=${dark} @click=${change}>
      ${dark ? ICONS.moon : ICONS.sun}
    </button>`;
  }

  #open(which: Drawer): void {
    this.drawer = this.drawer === which ? undefined : which;
    void this.updateComplete.then(() => this.#firstIn(this.drawer)?.focus());
  }

  /** Closes the drawer and gives the focus back to its button. */
  #close(): void {
    const { drawer } = this;
    if (!drawer) return;
    this.drawer = undefined;
    this.renderRoot.querySelector<HTMLElement>(`.to-${drawer}`)?.focus();
  }

  /** For those who come by keyboard: every button of every message is before the box. */
  #skip(): void {
    this.renderRoot.querySelector<HTMLElement>('encore-composer')?.focus();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#close();
  }

  #firstIn(drawer: Drawer | undefined): HTMLElement | null {
    if (!drawer) return null;
    const host = drawer === 'places' ? 'encore-places' : 'encore-controls';
    const inner = this.renderRoot.querySelector<LitElement>(host)?.shadowRoot;
    return inner?.querySelector<HTMLElement>('button, input, select') ?? null;
  }
}

customElements.define('encore-app', AppShell);
