import { css } from 'lit';
import { commandStyles } from './command-styles.ts';
import { optionStyles } from './option-styles.ts';
import { buttonStyles, sharedStyles } from './shared-styles.ts';

const box = css`
  :host {
    position: relative;
    display: block;
    padding: 0 16px 16px;
    font-family: var(--font);
  }
  .box {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground-input);
  }
  .box:focus-within {
    border-color: var(--focus);
  }
  .line {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 6px;
  }
  .icon-button,
  .send {
    flex: none;
    height: 36px;
    font-size: 20px;
  }
  .send {
    font-size: 14px;
  }
  .send[aria-disabled='true'] {
    opacity: 0.75;
    cursor: progress;
  }
  textarea,
  input {
    min-width: 0;
    padding: 7px 6px;
    border: 0;
    background: none;
    color: var(--text);
    font: 16px / 22px var(--font);
  }
  .line > textarea,
  .line > input {
    flex: 1;
  }
  textarea {
    field-sizing: content;
    max-height: 40vh;
    resize: none;
  }
  textarea:focus-visible,
  .line > input:focus-visible {
    outline: none;
  }
  ::placeholder {
    color: var(--text-muted);
    opacity: 1;
  }
  .refusal {
    padding: 8px 12px;
    color: var(--text-danger);
    font-weight: 500;
  }
  small {
    color: var(--text-muted);
    font-size: 12px;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0;
    padding: 8px 8px 0;
    list-style: none;
  }
  .files li {
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    padding: 2px 2px 2px 10px;
    border-radius: 6px;
    background: var(--ground);
    overflow-wrap: anywhere;
  }
  .remove {
    flex: none;
    width: 28px;
    height: 28px;
    padding: 0;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--text-muted);
    font-size: 18px;
    cursor: pointer;
  }
  .remove:hover {
    color: var(--text-danger);
  }
  @media (max-width: 600px) {
    :host {
      padding: 0 8px 8px;
    }
  }
`;

/** How the message box looks. */
export const composerStyles = [sharedStyles, buttonStyles, box, optionStyles, commandStyles];
