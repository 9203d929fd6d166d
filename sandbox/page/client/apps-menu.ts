import { css, html, nothing, type TemplateResult } from 'lit';
import type { CommandView, ShownMessage } from '../protocol.ts';
import { api, explainRefusal } from './api.ts';
import { moveActive } from './menu-choice.ts';
import { sharedStyles } from './shared-styles.ts';
import { StoreElement } from './store-element.ts';

const GAP_PX = 4;
const WIDTH_PX = 220;

/** The menu of a message with what the application does with it ("Apps"): a button that opens it. */
class EncoreAppsMenu extends StoreElement {
  static override readonly properties = {
    ...StoreElement.properties,
    message: { attribute: false },
    commands: { state: true },
    problem: { state: true },
  };
  /** Whose menu it is. Set by whoever renders the element. */
  declare message: ShownMessage['message'];
  /** What the menu offers; `undefined` while it is asked for. */
  declare commands: readonly CommandView[] | undefined;
  declare problem: string;

  static override readonly styles = [
    sharedStyles,
    css`
      .opener {
        min-width: 28px;
        min-height: 28px;
        padding: 2px 8px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--ground-side);
        color: var(--text-muted);
        font: 500 12px / 20px var(--font);
        cursor: pointer;
      }
      .opener:hover,
      .opener[aria-expanded='true'] {
        color: var(--text-strong);
      }
      [popover] {
        position: fixed;
        width: ${WIDTH_PX}px;
        margin: 0;
        padding: 6px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--ground-side);
        color: var(--text);
        box-shadow: var(--shadow);
        font: 14px / 20px var(--font);
      }
      [role='menuitem'] {
        display: block;
        width: 100%;
        padding: 8px 10px;
        border: 0;
        border-radius: 6px;
        background: none;
        color: var(--text-strong);
        text-align: start;
        cursor: pointer;
      }
      [role='menuitem']:hover,
      [role='menuitem']:focus-visible {
        background: var(--ground-input);
      }
      p {
        margin: 0;
        padding: 8px 10px;
      }
    `,
  ];

  constructor() {
    super();
    this.commands = undefined;
    this.problem = '';
  }

  override render(): TemplateResult {
    return html`
      <button
        type="button"
        class="opener"
        aria-haspopup="menu"
        aria-expanded=${this.#isOpen}
        popovertarget="menu"
        aria-label="Apps for this message"
        title="Apps"
        @keydown=${this.#onOpenerKey}
      >Apps</button>
      <div
        id="menu"
        popover="auto"
        @beforetoggle=${this.#place}
        @toggle=${this.#onToggle}
        @keydown=${this.#onKey}
      >${this.#renderContent()}</div>`;
  }

  #renderContent(): TemplateResult | typeof nothing {
    if (!this.#isOpen) return nothing;
    if (this.problem !== '') return html`<p role="alert">${this.problem}</p>`;
    const { commands } = this;
    if (!commands) return html`<p role="status">Looking…</p>`;
    if (commands.length === 0) return html`<p>No application offers anything for this message.</p>`;
    return html`
      <div role="menu" aria-label="Apps">
        ${commands.map(
          (command) => html`
            <button type="button" role="menuitem" tabindex="-1" @click=${() => this.#use(command)}>
              ${command.name}
            </button>`,
        )}
      </div>`;
  }

  get #opener(): HTMLElement | null {
    return this.renderRoot.querySelector('.opener');
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector('#menu');
  }

  get #isOpen(): boolean {
    return this.#menu?.matches(':popover-open') ?? false;
  }

  /** Beside its button, on the side with more room. */
  readonly #place = (): void => {
    const box = this.#opener?.getBoundingClientRect();
    if (!box || !this.#menu) return;
    const isLow = box.bottom > innerHeight / 2;
    Object.assign(this.#menu.style, {
      left: `${Math.max(GAP_PX, Math.min(box.left, innerWidth - WIDTH_PX - GAP_PX))}px`,
      top: isLow ? 'auto' : `${box.bottom + GAP_PX}px`,
      bottom: isLow ? `${innerHeight - box.top + GAP_PX}px` : 'auto',
    });
  };

  readonly #onToggle = async ({ newState }: ToggleEvent): Promise<void> => {
    this.commands = undefined;
    this.problem = '';
    this.requestUpdate();
    if (newState !== 'open') {
      // After Escape or a choice it is still in the menu, which is gone; whoever went elsewhere keeps it there.
      if (this.shadowRoot?.activeElement != null) this.#opener?.focus();
      return;
    }
    try {
      // What is offered depends on who asks, and where.
      const all = await api.commands(this.state.person?.id ?? '', this.message.channel_id);
      this.commands = all.filter(({ kind }) => kind === 'message');
    } catch (error) {
      this.problem = explainRefusal(error);
    }
    await this.updateComplete;
    this.#items[0]?.focus();
  };

  #use({ command, name }: CommandView): void {
    const { id, channel_id: channel } = this.message;
    const as = this.state.person?.id ?? '';
    this.#menu?.hidePopover();
    void this.store.interactFrom({ what: name, messageId: id }, () =>
      api.messageCommand({ as, channel, message: id, command }),
    );
  }

  get #items(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  readonly #onOpenerKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#menu?.showPopover();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const items = this.#items;
    const at = items.findIndex((item) => item.matches(':focus'));
    const next = moveActive(at, event.key, items.length);
    if (event.key === 'Tab') this.#menu?.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
}

customElements.define('encore-apps-menu', EncoreAppsMenu);
