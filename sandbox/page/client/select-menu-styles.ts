import { css } from 'lit';

/** The look of a menu. */
export const selectMenuStyles = css`
  :host {
    display: block;
    width: 100%;
    max-width: 400px;
  }
  button {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    min-height: 40px;
    padding: 6px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground-input);
    color: var(--text);
    font: 500 14px / 20px var(--font);
    text-align: start;
    cursor: pointer;
  }
  button[aria-invalid='true'] {
    border-color: var(--text-danger);
  }
  button:disabled {
    opacity: 0.5;
    cursor: not-allowed;
  }
  .placeholder {
    color: var(--text-muted);
  }
  .shown,
  .words {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .shown {
    white-space: nowrap;
  }
  .detail {
    margin-inline-start: 6px;
    color: var(--text-muted);
    font-size: 13px;
    font-weight: 400;
  }
  @media (max-width: 900px) {
    .detail {
      display: none;
    }
  }
  .chevron {
    flex: none;
    transition: rotate 0.15s ease;
  }
  [aria-expanded='true'] .chevron {
    rotate: 180deg;
  }
  ul {
    position: fixed;
    margin: 0;
    padding: 6px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground-side);
    color: var(--text);
    box-shadow: var(--shadow);
    font: 14px / 18px var(--font);
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 8px 10px;
    border-radius: 6px;
    cursor: pointer;
  }
  li.active {
    background: var(--ground-input);
    box-shadow: inset 2px 0 var(--focus);
  }
  .option-label {
    color: var(--text-strong);
    font-weight: 500;
  }
  .description {
    display: block;
    color: var(--text-muted);
    font-size: 13px;
  }
  .tick {
    color: var(--accent-text);
  }
  img {
    flex: none;
    width: 24px;
    height: 24px;
    border-radius: 50%;
  }
`;
