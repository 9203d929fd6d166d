import { css } from 'lit';

/** How the list above the message box looks. */
export const commandStyles = css`
  [role='listbox'] {
    position: absolute;
    z-index: 10;
    inset: auto 16px 100%;
    max-height: min(45vh, 420px);
    margin-bottom: 8px;
    padding: 6px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground-side);
    box-shadow: var(--shadow);
  }
  .heading {
    padding: 4px 8px;
    color: var(--text-muted);
    font-size: 12px;
    font-weight: 600;
  }
  [role='option'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    padding: 7px 8px;
    border-radius: 6px;
    font-size: 14px;
    line-height: 20px;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  [role='option']:hover {
    background: var(--ground-hover);
  }
  [role='option'][aria-selected='true'] {
    background: var(--ground-input);
    box-shadow: inset 3px 0 var(--focus);
  }
  .name {
    color: var(--text-strong);
    font-weight: 600;
  }
  .name i {
    padding: 1px 6px;
    border: 1px solid var(--line);
    border-radius: 4px;
    color: var(--text-muted);
    font-size: 12px;
    font-style: normal;
    font-weight: 400;
  }
  .about {
    color: var(--text-muted);
  }
  @media (max-width: 600px) {
    [role='listbox'] {
      inset-inline: 8px;
    }
  }
`;
