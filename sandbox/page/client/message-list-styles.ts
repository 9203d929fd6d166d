import { css } from 'lit';

const list = css`
  :host {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
    font-family: var(--font);
  }
  .scroll {
    flex: 1;
    overflow: hidden auto;
    padding-bottom: 16px;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .rows {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
  }
  .beginning {
    margin: 0;
    padding: 32px 16px 8px;
    color: var(--text-muted);
  }
  .beginning-name {
    margin: 0 0 4px;
    color: var(--text-strong);
    font-size: 28px;
    font-weight: 700;
    line-height: 1.2;
  }
  kbd {
    padding: 1px 7px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--ground-input);
    color: var(--text-strong);
    font: 600 13px var(--font-mono);
  }
  .day {
    display: flex;
    align-items: center;
    gap: 12px;
    margin: 16px !important;
    padding: 0;
    color: var(--text-muted);
    font-size: 12px;
    font-weight: 600;
    line-height: 1.2;
  }
  .day::before,
  .day::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  .to-end {
    position: absolute;
    right: 20px;
    bottom: 12px;
    box-shadow: var(--shadow);
  }
`;

const message = css`
  discord-message {
    scroll-margin: 16px;
  }
  discord-message.private {
    background: var(--ground-private);
    box-shadow: inset 2px 0 var(--accent);
  }
  discord-message.pinged {
    background: var(--ground-ping);
    box-shadow: inset 2px 0 #f0b132;
  }
  discord-message:focus-visible {
    outline-offset: -2px;
  }
  .marks,
  .notice,
  .thinking {
    margin: 4px 0 0;
    font-size: 13px;
    line-height: 18px;
    color: var(--text-muted);
  }
  .marks svg {
    vertical-align: text-bottom;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    color: var(--text-danger);
  }
  .rows > .notice {
    margin: 12px 16px 0;
    padding: 10px 12px;
    border: 1px solid var(--text-danger);
    border-radius: var(--radius);
  }
  .thinking {
    margin: 2px 0 0;
    font-size: 15px;
    font-style: italic;
  }
  .dots::after {
    content: '…';
    animation: dots 1.4s steps(4, jump-none) infinite;
  }
  @keyframes dots {
    from {
      opacity: 0.2;
    }
    to {
      opacity: 1;
    }
  }
  encore-apps-menu {
    position: absolute;
    top: -10px;
    right: 16px;
    opacity: 0;
  }
  discord-message:is(:hover, :focus-within) encore-apps-menu {
    opacity: 1;
  }
  @media (hover: none) {
    encore-apps-menu {
      opacity: 1;
    }
  }
`;

const text = css`
  .message-text :is(p, ul, ol, pre) {
    margin: 0;
  }
  .message-text p {
    white-space: pre-wrap;
  }
  /* "(edited)" follows the last word. */
  discord-message > .message-text,
  discord-message > .message-text > p:last-child {
    display: inline;
  }
  .message-text :is(ul, ol) {
    padding-inline-start: 24px;
  }
  .message-text [role='heading'] {
    margin: 8px 0 4px;
    color: var(--text-strong);
    font-weight: 700;
    line-height: 1.25;
  }
  .heading-1 {
    font-size: 1.5em;
  }
  .heading-2 {
    font-size: 1.25em;
  }
  .message-text code {
    padding: 1px 5px;
    border-radius: 4px;
    background: var(--ground-input);
    font: 0.85em var(--font-mono);
  }
  .message-text pre {
    max-height: 320px;
    margin: 6px 0;
    padding: 10px 12px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--ground-side);
    line-height: 1.4;
  }
  .message-text pre code {
    padding: 0;
    background: none;
  }
  .spoiler {
    display: inline-block;
    padding: 0 6px;
    border-radius: 4px;
    background: var(--ground-input);
  }
  .spoiler summary {
    cursor: pointer;
    color: var(--text-muted);
    font-size: 0.85em;
  }
`;

const cards = css`
  discord-embed {
    max-width: min(520px, 100%);
  }
  .embed-fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 8px 12px;
    grid-column: 1 / 1;
    margin-top: 8px;
    font-size: 14px;
    line-height: 18px;
  }
  .embed-fields > :not(.inline) {
    grid-column: 1 / -1;
  }
  .field-name {
    margin-bottom: 2px;
    color: var(--text-strong);
    font-weight: 600;
  }
  .embed-picture {
    grid-column: 1 / 3;
    margin-top: 12px;
  }
  .embed-thumbnail {
    grid-column: 2 / 2;
    grid-row: 1 / 8;
    justify-self: end;
    width: 80px;
    margin: 8px 0 0 16px;
  }
  .picture {
    display: inline-block;
    max-width: 100%;
    border-radius: 6px;
  }
  .picture img {
    display: block;
    max-width: 100%;
    max-height: 320px;
    border-radius: 6px;
  }
  discord-attachments {
    grid-template-columns: minmax(0, 1fr);
  }
  @media (max-width: 480px) {
    .embed-thumbnail {
      width: 56px;
    }
    .embed-fields {
      grid-template-columns: repeat(auto-fit, minmax(84px, 1fr));
    }
  }
  .controls {
    gap: 8px;
    padding: 4px 0;
  }
  .file {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    width: 432px;
    max-width: 100%;
    margin-top: 4px;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground-raised);
  }
  .file-icon {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: var(--radius);
    background: var(--ground-input);
    color: var(--accent-text);
    font-size: 20px;
  }
  .file-words {
    display: grid;
    flex: 1;
    min-width: 0;
    line-height: 20px;
  }
  .file-words a {
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .file-size {
    color: var(--text-muted);
    font-size: 13px;
  }
  audio {
    width: 100%;
    height: 40px;
  }
`;

/** How messages look, as far as the Discord components leave it to the page. */
export const messageListStyles = [list, message, text, cards];
