import { css } from 'lit';

/** The frame of the page: three columns, two with a drawer on a tablet, one with two drawers on a phone. */
export const shellStyles = css`
  :host {
    font-family: var(--font);
  }
  .page {
    display: grid;
    grid-template: minmax(0, 1fr) / 232px minmax(0, 1fr) 312px;
    height: 100dvh;
  }
  .side {
    min-width: 0;
    overflow: hidden auto;
    background: var(--ground-side);
  }
  main {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--ground);
  }
  .brand {
    position: sticky;
    top: 0;
    z-index: 1;
    margin: 0;
    padding: 14px 16px;
    border-bottom: 1px solid var(--line);
    background: inherit;
    color: var(--text-muted);
    line-height: 24px;
  }
  .brand strong {
    color: var(--text-strong);
  }
  .bar {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-height: 53px;
    padding: 6px 12px 6px 16px;
    border-bottom: 1px solid var(--line);
  }
  h1 {
    flex: 1;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    color: var(--text-strong);
    font-size: 16px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h1 span {
    color: var(--text-muted);
    font-size: 20px;
    font-weight: 400;
  }
  .controls {
    border-inline-start: 1px solid var(--line);
  }
  encore-members {
    padding: 16px 16px 0;
  }
  .controls h2 {
    margin: 24px 16px 8px;
    color: var(--text-muted);
    font-size: 12px;
    font-weight: 700;
  }
  .skip {
    position: fixed;
    top: 8px;
    left: 8px;
    z-index: 4;
  }
  .skip:not(:focus) {
    clip-path: inset(50%);
  }
  .banner {
    margin: 0;
    padding: 8px 16px;
    background: var(--danger);
    color: #fff;
    font-weight: 500;
  }
  .to-places,
  .to-controls {
    display: none;
  }
  .backdrop {
    display: none;
  }

  @media (max-width: 1100px) {
    .page {
      grid-template-columns: 232px minmax(0, 1fr);
    }
    .to-controls {
      display: inline-grid;
    }
    .controls {
      right: 0;
    }
    .controls:not(.open) {
      display: none;
    }
    .side.open {
      position: fixed;
      inset-block: 0;
      z-index: 3;
      width: min(340px, calc(100vw - 48px));
      box-shadow: var(--shadow);
    }
    .places.open {
      position: static;
      width: auto;
      box-shadow: none;
    }
    .backdrop {
      position: fixed;
      inset: 0;
      z-index: 2;
      display: block;
      background: #0009;
    }
  }

  @media (max-width: 720px) {
    .page {
      grid-template-columns: minmax(0, 1fr);
    }
    .bar {
      gap: 4px;
      padding-inline: 4px;
    }
    .to-places {
      display: inline-grid;
    }
    .places:not(.open) {
      display: none;
    }
    .places.open {
      position: fixed;
      left: 0;
      width: min(300px, calc(100vw - 48px));
      box-shadow: var(--shadow);
    }
  }
`;
