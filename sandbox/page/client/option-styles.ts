import { css } from 'lit';

/** How the fields of a command look. */
export const optionStyles = css`
  .hint {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 8px;
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
    font-size: 14px;
  }
  .hint b {
    color: var(--text-strong);
  }
  .keys {
    margin-inline-start: auto;
    color: var(--text-muted);
    font-size: 12px;
  }
  kbd {
    padding: 0 4px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    font: 11px var(--font);
  }
  .fields {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 6px;
    min-width: 0;
  }
  .command {
    padding: 8px 6px;
    color: var(--text-strong);
    font-weight: 600;
    line-height: 20px;
  }
  .field {
    min-width: 0;
    max-width: 100%;
  }
  .pill {
    display: flex;
    align-items: stretch;
    min-height: 36px;
    overflow: hidden;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--ground);
  }
  .pill:focus-within {
    border-color: var(--focus);
    box-shadow: 0 0 0 1px var(--focus);
  }
  .pill label {
    display: grid;
    place-items: center;
    padding: 0 8px;
    background: var(--ground-side);
    color: var(--text-strong);
    font-size: 14px;
    font-weight: 600;
    white-space: nowrap;
  }
  .pill input {
    field-sizing: content;
    min-width: 8ch;
    max-width: 100%;
  }
  .pill :focus-visible {
    outline: none;
  }
  .pill .file {
    padding: 0 10px;
    border: 0;
    background: none;
    color: var(--text-link);
    overflow-wrap: anywhere;
    text-align: start;
    cursor: pointer;
  }
  .pill .file + .file {
    border-inline-start: 1px solid var(--line);
  }
  .pill .file:hover {
    text-decoration: underline;
  }
  .pill button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: -3px;
    border-radius: 6px;
  }
  .wrong .pill {
    border-color: var(--text-danger);
  }
  .problem {
    padding: 2px 4px;
    color: var(--text-danger);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .pill .remove {
    align-self: center;
  }
  .more {
    width: 12ch;
    min-height: 36px;
    border: 1px dashed var(--line-strong);
    border-radius: 6px;
  }
  .more:focus-visible {
    border: 1px solid var(--focus);
    outline: none;
    box-shadow: 0 0 0 1px var(--focus);
  }
  @media (max-width: 600px) {
    .keys {
      display: none;
    }
    .filling {
      flex-wrap: wrap;
      justify-content: flex-end;
    }
    .filling .fields {
      flex-basis: 100%;
    }
  }
`;
