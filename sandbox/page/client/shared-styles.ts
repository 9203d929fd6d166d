import { css } from 'lit';

/** What all elements of the page have in common. */
export const sharedStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  a {
    color: var(--text-link);
    text-decoration: none;
  }
  a:hover,
  .message-text a {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  button {
    font: inherit;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/** Buttons in Discord's styles, and those that are an icon alone. */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    min-width: 60px;
    max-width: 100%;
    padding: 4px 14px;
    border: 0;
    border-radius: var(--radius);
    background: var(--neutral);
    color: var(--neutral-text);
    font: 500 14px / 18px var(--font);
    text-decoration: none;
    cursor: pointer;
    transition: background-color 0.15s ease;
  }
  .button:hover {
    background: var(--neutral-hover);
    text-decoration: none;
  }
  .button.primary,
  .button.success,
  .button.danger {
    background: var(--tone);
    color: #fff;
  }
  .button.primary {
    --tone: var(--accent);
    --tone-hover: var(--accent-hover);
  }
  .button.success {
    --tone: var(--success);
    --tone-hover: var(--success-hover);
  }
  .button.danger {
    --tone: var(--danger);
    --tone-hover: var(--danger-hover);
  }
  .button:is(.primary, .success, .danger):hover {
    background: var(--tone-hover);
  }
  .button:disabled {
    opacity: 0.5;
    cursor: not-allowed;
  }
  .button[aria-busy='true'] {
    cursor: progress;
    opacity: 0.75;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: 36px;
    padding: 0;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--text-muted);
    cursor: pointer;
  }
  .icon-button:hover {
    background: var(--ground-hover);
    color: var(--text-strong);
  }
  .link-button {
    padding: 0;
    border: 0;
    background: none;
    color: var(--text-link);
    font: inherit;
    cursor: pointer;
  }
  .link-button:hover {
    text-decoration: underline;
  }
`;
