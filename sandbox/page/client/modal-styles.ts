import { css } from 'lit';

/** The look of a modal. */
export const modalStyles = css`
  dialog {
    width: min(480px, calc(100vw - 24px));
    max-height: min(720px, calc(100dvh - 24px));
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--ground-side);
    color: var(--text);
    box-shadow: var(--shadow);
    font: 15px / 20px var(--font);
  }
  dialog::backdrop {
    background: #000a;
  }
  form {
    display: flex;
    flex-direction: column;
    max-height: inherit;
  }
  .head,
  footer {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    padding: 16px;
  }
  footer {
    justify-content: flex-end;
    border-top: 1px solid var(--line);
  }
  footer p {
    flex: 1;
    color: var(--text-strong);
    font-weight: 500;
  }
  footer .button {
    min-width: 96px;
    min-height: 38px;
  }
  h2 {
    flex: 1;
    margin: 0;
    color: var(--text-strong);
    font-size: 20px;
    line-height: 24px;
  }
  .rows {
    display: grid;
    gap: 18px;
    padding: 0 16px 20px;
    overflow-y: auto;
  }
  p {
    margin: 0;
  }
  .field {
    display: grid;
    gap: 6px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  label,
  legend {
    padding: 0;
    color: var(--text-strong);
    font-weight: 600;
  }
  .description,
  .count {
    color: var(--text-muted);
    font-size: 13px;
    font-weight: 400;
    line-height: 18px;
  }
  .count {
    justify-self: end;
  }
  .required,
  .problem,
  .over {
    color: var(--text-danger);
  }
  .problem {
    font-size: 13px;
    font-weight: 500;
  }
  .refusal {
    padding: 10px 12px;
    border: 1px solid var(--text-danger);
    border-radius: var(--radius);
    color: var(--text-danger);
  }
  input:is([type='text'], [type='file']),
  textarea {
    width: 100%;
    padding: 9px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--ground);
    color: var(--text);
    font: 15px / 20px var(--font);
  }
  textarea {
    min-height: 62px;
    max-height: 260px;
    field-sizing: content;
    resize: vertical;
  }
  ::file-selector-button {
    margin-inline-end: 12px;
    padding: 6px 12px;
    border: 0;
    border-radius: 6px;
    background: var(--neutral);
    color: var(--neutral-text);
    font: 500 14px var(--font);
    cursor: pointer;
  }
  ::placeholder {
    color: var(--text-muted);
    opacity: 1;
  }
  [aria-invalid='true'] {
    border-color: var(--text-danger);
  }
  encore-select {
    max-width: none;
  }
  .choice {
    display: flex;
    gap: 10px;
    padding: 8px 10px;
    border-radius: var(--radius);
    background: var(--ground-input);
    font-weight: 500;
    cursor: pointer;
  }
  .choice .description {
    display: block;
  }
  .choice input {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 1px 0 0;
    accent-color: var(--accent);
  }
`;
