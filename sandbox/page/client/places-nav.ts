import { css, html, nothing, type TemplateResult } from 'lit';
import type { ChannelView } from '../protocol.ts';
import { pictureOf } from './entities.ts';
import { ICONS } from './icons.ts';
import { unreadIn } from './page-state.ts';
import { sharedStyles } from './shared-styles.ts';
import { StoreElement } from './store-element.ts';

/** The servers with their channels, and the direct messages. It fires `chosen` when one was opened. */
class PlacesNav extends StoreElement {
  static override readonly styles = [
    sharedStyles,
    css`
      nav {
        padding: 12px 8px;
        font-family: var(--font);
      }
      h2 {
        margin: 16px 8px 6px;
        color: var(--text-muted);
        font-size: 12px;
        font-weight: 700;
        letter-spacing: 0.02em;
      }
      h2:first-child {
        margin-top: 0;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li.thread {
        padding-inline-start: 18px;
      }
      button {
        display: flex;
        align-items: center;
        gap: 8px;
        width: 100%;
        min-height: 36px;
        margin: 1px 0;
        padding: 6px 8px;
        border: 0;
        border-radius: 6px;
        background: none;
        color: var(--text-muted);
        font-weight: 500;
        text-align: start;
        cursor: pointer;
      }
      button:hover {
        background: var(--ground-hover);
        color: var(--text-strong);
      }
      button[aria-current],
      button.unread {
        color: var(--text-strong);
      }
      button[aria-current] {
        background: var(--neutral);
      }
      .sign {
        flex: none;
        width: 20px;
        font-size: 18px;
        text-align: center;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .unread .name {
        font-weight: 700;
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--text-strong);
      }
      .badge {
        min-width: 20px;
        padding: 0 6px;
        border-radius: 10px;
        background: var(--danger);
        color: #fff;
        font-size: 12px;
        font-weight: 700;
        line-height: 20px;
        text-align: center;
      }
      .hint {
        padding: 0 5px;
        border: 1px solid var(--line-strong);
        border-radius: 4px;
        color: var(--text-muted);
        font-size: 11px;
      }
      button[aria-current] .hint {
        color: inherit;
      }
      img {
        width: 24px;
        height: 24px;
        border-radius: 50%;
      }
    `,
  ];

  override render(): TemplateResult {
    const { places } = this.state;
    return html`<nav aria-label="Channels">
      ${places?.servers.map(
        ({ name, channels }) => html`
          <h2>${name}</h2>
          <ul>
            ${inOrder(channels).map((channel) => this.#channelView(channel))}
          </ul>
        `,
      )}
      ${
        places
          ? html`<h2>Direct messages</h2>
            <ul>
              ${this.#channelView(places.dm)}
            </ul>`
          : nothing
      }
    </nav>`;
  }

  #channelView(channel: ChannelView): TemplateResult {
    const { state } = this;
    const isOpen = channel.id === state.channelId;
    const { count, pings } = isOpen ? { count: 0, pings: 0 } : unreadIn(state, channel.id);
    return html`<li class=${channel.parentId ? 'thread' : ''}>
      <button
        type="button"
        class=${count > 0 ? 'unread' : ''}
        aria-current=${isOpen ? 'page' : nothing}
        @click=${() => this.#open(channel.id)}
      >
        ${this.#signOf(channel)}
        <span class="name">${channel.name}</span>
        ${channel.ageRestricted ? html`<span class="hint">18+</span>` : nothing}
        ${
          channel.botMayPost
            ? nothing
            : html`${ICONS.lock}<span class="visually-hidden">The bot may not post here by itself.</span>`
        }
        ${unreadView(count, pings)}
      </button>
    </li>`;
  }

  #signOf({ id, parentId }: ChannelView): TemplateResult {
    const { world, places } = this.state;
    if (world && id === places?.dm.id) return html`<img src=${pictureOf(this.state, world.bot)} alt="" />`;
    return html`<span class="sign" aria-hidden="true">${parentId ? '↳' : '#'}</span>`;
  }

  #open(channelId: string): void {
    this.store.open(channelId);
    this.dispatchEvent(new CustomEvent('chosen'));
  }
}

/** Threads below their channel. */
function inOrder(channels: readonly ChannelView[]): readonly ChannelView[] {
  return channels
    .filter(({ parentId }) => !parentId)
    .flatMap((channel) => [channel, ...channels.filter(({ parentId }) => parentId === channel.id)]);
}

function unreadView(count: number, pings: number): TemplateResult | typeof nothing {
  if (pings > 0)
    return html`<span class="badge">${pings}<span class="visually-hidden"> mentions</span></span>`;
  if (count > 0) return html`<span class="dot"></span><span class="visually-hidden">${count} unread</span>`;
  return nothing;
}

customElements.define('encore-places', PlacesNav);
