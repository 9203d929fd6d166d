import * as discord from '@skyra/discord-components-core';
import { type CSSResult, css, type LitElement } from 'lit';

/**
 * Dresses the Discord components in the colours of this page: their own are fixed, and too faint in places. Rules of a
 * page do not reach into an element, so they join those that the element brings along. Call it before any is made.
 */
export function dressComponents(): void {
  for (const [component, styles] of SKINS) component.elementStyles.push(styles);
}

const reply = css`
  :host {
    color: var(--text-muted);
    font-family: var(--font);
  }
  .discord-replied-message-username.discord-replied-message-username {
    color: var(--text-strong);
    opacity: 1;
  }
  .discord-replied-message-content.discord-replied-message-content {
    color: var(--text-muted);
    opacity: 1;
  }
`;

const SKINS: readonly (readonly [typeof LitElement, CSSResult])[] = [
  [
    discord.DiscordMessages,
    css`
      :host {
        border: 0;
        background: none;
        color: var(--text);
        font-family: var(--font);
      }
    `,
  ],
  [
    discord.DiscordMessage,
    css`
      :host {
        padding-right: 1em;
        color: var(--text);
        font-family: var(--font);
      }
      :host(:hover),
      :host(:focus-within) {
        background: var(--ground-hover);
      }
      :host([message-body-only]) {
        padding-top: 6px !important;
      }
      .discord-author-avatar img {
        cursor: default;
      }
      .discord-message-content {
        min-width: 0;
      }
      @media (max-width: 480px) {
        :host {
          padding-inline: 10px;
        }
        .discord-author-avatar,
        .discord-author-avatar img {
          min-width: 32px;
          width: 32px;
          height: 32px;
          margin-right: 10px;
        }
        .discord-message-body-only-indent {
          width: 42px;
        }
      }
      .discord-message-timestamp,
      .discord-message-edited {
        color: var(--text-muted);
        font-size: 12px;
      }
      .discord-message-body-only-indent {
        flex: none;
        margin-left: 0;
      }
      :host(:hover) .discord-message-timestamp-hover::before {
        content: '';
      }
      .discord-message-body {
        overflow-wrap: anywhere;
        word-break: normal;
      }
    `,
  ],
  [
    discord.DiscordAuthorInfo,
    css`
      :host .discord-author-username {
        color: var(--text-strong);
        font-weight: 600;
      }
      :host .discord-author-username:hover {
        cursor: default;
        text-decoration: none;
      }
    `,
  ],
  [discord.DiscordReply, reply],
  [
    discord.DiscordCommand,
    css`
      ${reply}
      :host .discord-slash-command-name.discord-slash-command-name,
      :host .discord-slash-command-name.discord-slash-command-name:hover {
        background: var(--accent-soft);
        color: var(--accent-text) !important;
      }
      .discord-context-command-name.discord-context-command-name {
        color: var(--accent-text) !important;
      }
      .discord-context-user {
        margin-inline-end: 0.3em;
      }
    `,
  ],
  [
    discord.DiscordEmbed,
    css`
      :host {
        color: var(--text);
      }
      .discord-embed-root {
        flex: 0 1 auto;
      }
      :host .discord-embed-wrapper .discord-embed-grid {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
      }
      :host .discord-embed-wrapper {
        border-color: var(--line);
        background: var(--ground-raised);
      }
      :host .discord-left-border {
        background: var(--line-strong);
      }
      :host .discord-embed-author,
      :host .discord-embed-title,
      :host .discord-embed-author a {
        color: var(--text-strong);
      }
      :host .discord-embed-title a {
        color: var(--text-link);
      }
    `,
  ],
  [
    discord.DiscordEmbedField,
    css`
      :host .discord-field-title {
        color: var(--text-strong);
      }
    `,
  ],
  [
    discord.DiscordEmbedFooter,
    css`
      :host,
      :host .discord-footer-separator {
        color: var(--text-muted);
      }
    `,
  ],
  [
    discord.DiscordMention,
    css`
      :host,
      :host(:hover) {
        background: var(--accent-soft);
        color: var(--accent-text);
        cursor: default;
      }
    `,
  ],
  [
    discord.DiscordQuote,
    css`
      .discord-quote-divider {
        flex: none;
        background: var(--line-strong);
      }
    `,
  ],
  [
    discord.DiscordSubscript,
    css`
      small {
        color: var(--text-muted);
      }
    `,
  ],
  [
    discord.DiscordTime,
    css`
      :host {
        background: var(--ground-input);
      }
    `,
  ],
];
