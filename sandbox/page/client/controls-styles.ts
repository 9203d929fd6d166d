import { css } from 'lit';
import { buttonStyles, sharedStyles } from './shared-styles.ts';

const panel = css`
  :host {
    display: block;
    padding: 0 16px 24px;
    color: var(--text);
    font: 14px / 20px var(--font);
  }
  h3 {
    margin: 20px 0 8px;
    color: var(--text-muted);
    font-size: 13px;
    font-weight: 600;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    padding: 6px 0;
  }
  /* In sight wherever one is in the panel. */
  .now {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 8px 0;
    background: var(--ground-side);
  }
  .armed,
  .said {
    padding: 8px 10px;
    border-radius: var(--radius);
    background: var(--ground-input);
    overflow-wrap: anywhere;
  }
  .said {
    margin-top: 6px;
  }
  .armed.some {
    background: var(--ground-ping);
    color: var(--text-warning);
  }
  .problem {
    padding: 8px 0;
    color: var(--text-danger);
    font-weight: 500;
  }
  .label {
    color: var(--text-strong);
    font-weight: 500;
  }
  .expect,
  small {
    color: var(--text-muted);
    font-size: 13px;
    line-height: 18px;
  }
  .expect {
    margin: 2px 0 0;
  }
  .switch {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: 32px;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .track {
    position: relative;
    flex: none;
    width: 40px;
    height: 24px;
    border-radius: 12px;
    background: var(--line-strong);
    transition: background-color 0.15s ease;
  }
  .track::after {
    position: absolute;
    inset: 3px auto auto 3px;
    width: 18px;
    height: 18px;
    border-radius: 50%;
    background: #fff;
    content: '';
    transition: translate 0.15s ease;
  }
  [aria-checked='true'] .track {
    background: var(--success);
  }
  [aria-checked='true'] .track::after {
    translate: 16px;
  }
  [aria-busy='true'] {
    cursor: progress;
  }
  @media (forced-colors: active) {
    .track {
      border: 1px solid ButtonText;
    }
    .track::after,
    [aria-checked='true'] .track {
      background: ButtonText;
    }
    [aria-checked='true'] .track::after {
      background: ButtonFace;
    }
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    justify-content: space-between;
  }
  select {
    max-width: 100%;
    min-height: 32px;
    padding: 4px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--ground-input);
    color: var(--text);
    font: inherit;
  }
`;

/** How the panel looks. */
export const controlsStyles = [sharedStyles, buttonStyles, panel];
