import type { APIEmbed, APIEmbedImage } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { pictureView } from './attachment-view.ts';
import { formatMessageTime } from './formats.ts';
import { plainMarkdown } from './markdown.ts';
import { inlineMarkdown, type MarkdownContext, markdown } from './markdown-view.ts';

/** The frame that a bot puts around words and pictures. */
export function embedView(embed: APIEmbed, context: MarkdownContext): TemplateResult {
  const { author, footer, timestamp, fields = [] } = embed;
  // The component shows a title as plain text, where Discord's client reads markdown.
  const title = embed.title && plainMarkdown(embed.title, context.nameOf);
  const when =
    timestamp && formatMessageTime(Date.parse(timestamp), { locale: context.locale, now: Date.now() });
  return html`<discord-embed
    slot="embeds"
    color=${ifDefined(embed.color === undefined ? undefined : toColour(embed.color))}
    embed-title=${ifDefined(title)}
    url=${ifDefined(embed.url)}
    author-name=${ifDefined(author?.name)}
    author-url=${ifDefined(author?.url)}
    author-image=${ifDefined(author?.icon_url)}
  >
    ${
      embed.description
        ? html`<discord-embed-description slot="description"
            >${markdown(embed.description, context)}</discord-embed-description
          >`
        : nothing
    }
    ${fields.length > 0 ? fieldsView(fields, context) : nothing}
    ${embed.image ? mediaView(embed.image, title, 'embed-picture') : nothing}
    ${embed.thumbnail ? mediaView(embed.thumbnail, title, 'embed-thumbnail') : nothing}
    ${
      footer || when
        ? html`<discord-embed-footer slot="footer" footer-image=${ifDefined(footer?.icon_url)} footer-image-alt=""
            >${[footer?.text, when].filter(Boolean).join(' · ')}</discord-embed-footer
          >`
        : nothing
    }
  </discord-embed>`;
}

function fieldsView(fields: NonNullable<APIEmbed['fields']>, context: MarkdownContext): TemplateResult {
  return html`<div slot="fields" class="embed-fields">
    ${fields.map(
      ({ name, value, inline }) =>
        html`<div class=${inline ? 'inline' : ''}>
          <div class="field-name">${inlineMarkdown(name, context)}</div>
          ${markdown(value, context)}
        </div>`,
    )}
  </div>`;
}

/** In the slot of the fields: the component's own picture takes no alternative text. */
function mediaView(image: APIEmbedImage, title: string | undefined, className: string): TemplateResult {
  const alt = describe(image) ?? `Picture: ${title ?? 'without a title'}`;
  return html`<div slot="fields" class=${className}>${pictureView(image.url, alt)}</div>`;
}

/** The alternative text of the attached file, which Discord hands on. */
function describe(image: APIEmbedImage & { readonly description?: string | null }): string | undefined {
  return image.description || undefined;
}

function toColour(value: number): string {
  return `#${value.toString(16).padStart(6, '0')}`;
}
