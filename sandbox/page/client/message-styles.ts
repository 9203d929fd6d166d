import { css } from 'lit';

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

/** A message, and the marks in its text. */
export const messageStyles = [message, text];
