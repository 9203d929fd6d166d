import { css } from 'lit';

/** What stands below the text of a message: files, embeds, buttons. */
export const cardStyles = css`
  discord-embed {
    max-width: min(520px, 100%);
  }
  .embed-fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 8px 12px;
    grid-column: 1 / 1;
    margin-top: 8px;
    font-size: 14px;
    line-height: 18px;
  }
  .embed-fields > :not(.inline) {
    grid-column: 1 / -1;
  }
  .field-name {
    margin-bottom: 2px;
    color: var(--text-strong);
    font-weight: 600;
  }
  .embed-picture {
    grid-column: 1 / 3;
    margin-top: 12px;
  }
  .embed-thumbnail {
    grid-column: 2 / 2;
    grid-row: 1 / 8;
    justify-self: end;
    width: 80px;
    margin: 8px 0 0 16px;
  }
  .picture {
    display: inline-block;
    max-width: 100%;
    border-radius: 6px;
  }
  .picture img {
    display: block;
    max-width: 100%;
    max-height: 320px;
    border-radius: 6px;
  }
  discord-attachments {
    grid-template-columns: minmax(0, 1fr);
  }
  @media (max-width: 480px) {
    .embed-thumbnail {
      width: 56px;
    }
    .embed-fields {
      grid-template-columns: repeat(auto-fit, minmax(84px, 1fr));
    }
  }
  .controls {
    gap: 8px;
    padding: 4px 0;
  }
  .file {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    width: 432px;
    max-width: 100%;
    margin-top: 4px;
    padding: 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--ground-raised);
  }
  .file-icon {
    display: grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: var(--radius);
    background: var(--ground-input);
    color: var(--accent-text);
    font-size: 20px;
  }
  .file-words {
    display: grid;
    flex: 1;
    min-width: 0;
    line-height: 20px;
  }
  .file-words a {
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .file-size {
    color: var(--text-muted);
    font-size: 13px;
  }
  audio {
    width: 100%;
    height: 40px;
  }
`;
