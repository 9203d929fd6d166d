import { html, nothing, type TemplateResult } from 'lit';
import './time-element.ts';
import { type Block, type ListItem, parseMarkdown } from './markdown.ts';
import { type Inline, parseInline } from './markdown-inline.ts';

/** What the words of a message depend on besides themselves. */
export interface MarkdownContext {
  /** The language of the reader. */
  readonly locale: string;
  /** The name of a person, role or channel. */
  nameOf(id: string): string;
}

type Part = TemplateResult | string | typeof nothing;

/** A text with Discord's markdown, as a block of its own. */
export function markdown(source: string, context: MarkdownContext): Part {
  if (!source) return nothing;
  return html`<div class="message-text">${parseMarkdown(source).map((block) => blockView(block, context))}</div>`;
}

/** A text that takes marks, links and mentions, but stays in its line: the name of a field. */
export function inlineMarkdown(source: string, context: MarkdownContext): readonly Part[] {
  return parseInline(source).map((part) => inlineView(part, context));
}

function blockView(block: Block, context: MarkdownContext): Part {
  const inline = (parts: readonly Inline[]) => parts.map((part) => inlineView(part, context));
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${inline(block.children)}</p>`;
    case 'subtext':
      return html`<discord-subscript>${inline(block.children)}</discord-subscript>`;
    case 'heading':
      return html`<div role="heading" aria-level=${block.level + 2} class="heading-${block.level}">
        ${inline(block.children)}
      </div>`;
    case 'quote':
      return html`<discord-quote>${block.blocks.map((one) => blockView(one, context))}</discord-quote>`;
    case 'code':
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`;
    case 'list': {
      const items = block.items.map((item) => itemView(item, context));
      return block.start === undefined
        ? html`<ul>${items}</ul>`
        : html`<ol start=${block.start}>${items}</ol>`;
    }
    default:
      return block satisfies never;
  }
}

function itemView({ children, lists }: ListItem, context: MarkdownContext): TemplateResult {
  return html`<li>
    ${children.map((part) => inlineView(part, context))}${lists.map((list) => blockView(list, context))}
  </li>`;
}

function inlineView(part: Inline, context: MarkdownContext): Part {
  const inner = 'children' in part ? part.children.map((one) => inlineView(one, context)) : [];
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'strong':
      return html`<strong>${inner}</strong>`;
    case 'emphasis':
      return html`<em>${inner}</em>`;
    case 'underline':
      return html`<u>${inner}</u>`;
    case 'strike':
      return html`<s>${inner}</s>`;
    case 'spoiler':
      return html`<details class="spoiler"><summary>Spoiler</summary>${inner}</details>`;
    case 'link':
      return html`<a href=${part.url} target="_blank" rel="noopener noreferrer">${inner}</a>`;
    case 'mention':
      return html`<discord-mention type=${part.of}>${context.nameOf(part.id)}</discord-mention>`;
    case 'command':
      return html`<discord-mention type="slash">${part.name}</discord-mention>`;
    case 'everyone':
      return html`<discord-mention type="role">${part.text.slice(1)}</discord-mention>`;
    case 'emoji':
      return `:${part.name}:`;
    case 'time':
      return html`<discord-time
        ><encore-time seconds=${part.seconds} format=${part.style} locale=${context.locale}></encore-time
      ></discord-time>`;
    default:
      return part satisfies never;
  }
}
