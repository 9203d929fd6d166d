import type { APIAttachment } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { formatSize } from './formats.ts';
import { ICONS } from './icons.ts';

/** A file under a message: sound with a player, a picture as one, everything else to save. */
export function attachmentView(file: APIAttachment): TemplateResult {
  const kind = file.content_type?.split('/')[0];
  if (kind === 'audio') return audioView(file);
  if (kind === 'image') return pictureView(file.url, file.description ?? file.filename);
  return html`<div class="file">
    <span class="file-icon">${ICONS.file}</span>
    ${nameAndSize(file)}
  </div>`;
}

/** A picture that opens in its full size. */
export function pictureView(url: string, alt: string): TemplateResult {
  return html`<a class="picture" href=${url} target="_blank" rel="noopener"><img src=${url} alt=${alt} /></a>`;
}

function audioView(file: APIAttachment): TemplateResult {
  const title = titleOf(file);
  return html`<div class="file audio" role="group" aria-label=${title}>
    <span class="file-icon">${ICONS.note}</span>
    ${nameAndSize(file)}
    <audio controls preload="metadata" src=${file.url} aria-label="Player: ${title}"></audio>
  </div>`;
}

function nameAndSize(file: APIAttachment): TemplateResult {
  return html`<span class="file-words">
    <a href=${file.url} download=${file.filename}>${titleOf(file)}</a>
    <span class="file-size">${formatSize(file.size)}</span>
  </span>`;
}

/** Discord cleans file names; the title keeps the one that was given. */
function titleOf({ title, filename }: APIAttachment): string {
  const extension = /\.\w+$/.exec(filename)?.[0] ?? '';
  return title ? `${title}${title.endsWith(extension) ? '' : extension}` : filename;
}
