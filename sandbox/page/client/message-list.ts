import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { announce } from './announcements.ts';
import { api } from './api.ts';
import { formatDay } from './formats.ts';
import { ICONS } from './icons.ts';
import type { MessageContext } from './message-context.ts';
import { parseMessageLink } from './message-link.ts';
import { messageListStyles } from './message-list-styles.ts';
import { layOutMessages } from './message-rows.ts';
import { messageView, noticeView } from './message-view.ts';
import { findChannel, nameOf, openChannel, type PageState, shownMessages } from './page-state.ts';
import { buttonStyles, sharedStyles } from './shared-styles.ts';
import { StoreElement } from './store-element.ts';

/** How near to the end one reads on when a message comes, in pixels. */
const END_PX = 60;

/** The messages of the open channel. It stays at the end while one is there, and keeps the focus when they change. */
class MessageList extends StoreElement {
  static override readonly properties = {
    busy: { state: true },
    isAtEnd: { state: true },
    said: { state: true },
  };
  static override readonly styles = [sharedStyles, buttonStyles, messageListStyles];
  /** The buttons and menus whose answer is awaited. */
  declare private busy: ReadonlySet<string>;
  declare private isAtEnd: boolean;
  /** The last announcement. */
  declare private said: string;
  #before: PageState | undefined;
  #focused: { readonly element: Element; readonly messageId: string | undefined } | undefined;
  readonly #resizes = new ResizeObserver(() => this.#followEnd());
  /** Of the content and its window, at the last scrolling. */
  #heights = '';

  constructor() {
    super();
    this.busy = new Set();
    this.isAtEnd = true;
    this.said = '';
  }

  override disconnectedCallback(): void {
    this.#resizes.disconnect();
    super.disconnectedCallback();
  }

  protected override willUpdate(): void {
    const { state } = this;
    if (this.#before && this.#before !== state) {
      if (this.#before.channelId !== state.channelId) this.isAtEnd = true;
      this.said = announce(this.#before, state) || this.said;
    }
    this.#before = state;
    const element = this.shadowRoot?.activeElement;
    this.#focused = element ? { element, messageId: element.closest('discord-message')?.id } : undefined;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    for (const one of this.renderRoot.querySelectorAll('.scroll, .rows')) this.#resizes.observe(one);
  }

  protected override updated(): void {
    this.#followEnd();
    // The focused button went with an edit: its message takes its place.
    if (this.#focused && !this.#focused.element.isConnected) this.#focusMessage(this.#focused.messageId);
  }

  override render(): TemplateResult {
    const { state } = this;
    const context = this.#context();
    const name = openChannel(state)?.name ?? '';
    const rows = layOutMessages(shownMessages(state), (one) => one.message);
    const notices = state.notices.filter(
      ({ channelId, messageId }) => channelId === state.channelId && messageId === undefined,
    );
    return html`
      <div class="scroll" role="log" aria-live="off" aria-label="Messages in ${name}" tabindex="0" @scroll=${this.#onScroll} @click=${this.#onClick}>
        <div class="rows">
          ${this.#beginningView()}
          <discord-messages no-background>
            ${repeat(
              rows,
              ({ key }) => key,
              (row) =>
                row.kind === 'day'
                  ? html`<div class="day">${formatDay(row.at, { locale: context.locale, now: Date.now() })}</div>`
                  : messageView(row.message, row.isGrouped, context),
            )}
          </discord-messages>
          ${notices.map((notice) => noticeView(notice, context))}
        </div>
      </div>
      ${
        this.isAtEnd
          ? nothing
          : html`<button type="button" class="button primary to-end" @click=${this.#goToEnd}>
              ${ICONS.down} To the newest
            </button>`
      }
      <div class="visually-hidden" role="status">${this.said}</div>
    `;
  }

  #beginningView(): TemplateResult {
    const { state } = this;
    const channel = openChannel(state);
    if (!channel) return html`<p class="beginning">Connecting to the sandbox…</p>`;
    const isDirect = channel.id === state.places?.dm.id;
    return html`<div class="beginning">
      <p class="beginning-name">${isDirect ? `You and ${channel.name}` : `#${channel.name}`}</p>
      <p>
        This is where ${isDirect ? 'your direct messages with the bot begin' : 'the channel begins'}. Type
        <strong>/create</strong> below, say what the song is about, and press Enter: it takes seconds here.
        <kbd>/</kbd> alone lists everything that the bot can do.
      </p>
    </div>`;
  }

  #context(): MessageContext {
    const { state, store } = this;
    return {
      state,
      store,
      locale: state.person?.locale ?? 'en-US',
      nameOf: (id) => nameOf(state, id),
      isBusy: (messageId, customId) => this.busy.has(`${messageId}/${customId}`),
      press: (message, customId, what) =>
        void this.#await(message, customId, what, (act) => api.press({ ...act, message, customId })),
      select: (message, customId, what, values) =>
        void this.#await(message, customId, what, (act) => api.select({ ...act, message, customId, values })),
      open: (channelId) => store.open(channelId),
      dismiss: (messageId) => store.dismiss(messageId),
      dismissNotice: ({ id }) => store.dismissNotice(id),
    };
  }

  async #await(
    messageId: string,
    customId: string,
    what: string,
    send: (act: { readonly as: string; readonly channel: string }) => ReturnType<typeof api.press>,
  ): Promise<void> {
    const { person, channelId: channel } = this.state;
    if (!person || !channel) return;
    const key = `${messageId}/${customId}`;
    this.busy = new Set([...this.busy, key]);
    try {
      await this.store.interactFrom({ what, messageId }, () => send({ as: person.id, channel }));
    } finally {
      this.busy = new Set([...this.busy].filter((one) => one !== key));
    }
  }

  get #scroll(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroll');
  }

  #onScroll(): void {
    const box = this.#scroll;
    if (!box) return;
    const heights = `${box.scrollHeight}/${box.clientHeight}`;
    // Where these have changed, nobody has scrolled: a picture came, or the window is another.
    if (heights === this.#heights)
      this.isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
    this.#heights = heights;
  }

  /** Links to messages lead there, wherever in a message they stand. */
  #onClick(event: Event): void {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
    const target = link && parseMessageLink(link.href);
    if (!target || !findChannel(this.state, target.channelId)) return;
    event.preventDefault();
    this.store.open(target.channelId);
    void this.updateComplete.then(() => {
      this.isAtEnd = target.messageId === undefined;
      this.#focusMessage(`message-${target.messageId}`)?.scrollIntoView({ block: 'start' });
    });
  }

  #followEnd(): void {
    if (this.isAtEnd) this.#scroll?.scrollTo({ top: this.#scroll.scrollHeight });
  }

  #goToEnd(): void {
    this.isAtEnd = true;
    this.#scroll?.focus();
  }

  /** Gives the focus to a message, or to the list where it is no more. */
  #focusMessage(id: string | undefined): HTMLElement | undefined {
    const message = this.shadowRoot?.getElementById(id ?? '') ?? undefined;
    if (message) {
      // For this moment alone, and never -1: Tab skips all that is in an element which it may not stop at.
      message.tabIndex = 0;
      message.addEventListener('blur', () => message.removeAttribute('tabindex'), { once: true });
    }
    const next = message ?? this.#scroll;
    next?.focus({ preventScroll: true });
    return message;
  }
}

customElements.define('encore-messages', MessageList);
