import { css } from 'lit';
import { cardStyles } from './card-styles.ts';
import { messageStyles } from './message-styles.ts';

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

/** How messages look, as far as the Discord components leave it to the page. */
export const messageListStyles = [list, ...messageStyles, cardStyles];
