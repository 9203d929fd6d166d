import { html, nothing, type TemplateResult } from 'lit';
import { groupCommands } from './command-search.ts';
import type { ComposerList, ListItem } from './composer-list.ts';

/** The id of the list, for `aria-controls`. */
export const LIST_ID = 'list';

const itemId = (index: number) => `item-${index}`;

/** The id of the entry that Enter takes, for `aria-activedescendant`. */
export function describeActive({ active }: ComposerList): string | typeof nothing {
  return active < 0 ? nothing : itemId(active);
}

/** The list above the box; nothing while it is empty. */
export function renderList(
  { items, active }: ComposerList,
  label: string,
  take: (item: ListItem) => void,
): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const renderItem = (item: ListItem, index: number) => html`
    <div
      role="option"
      id=${itemId(index)}
      aria-selected=${index === active}
      @click=${() => take(item)}
    >${renderText(item)}</div>`;
  // The box keeps the focus while somebody points at the list.
  return html`
    <div id=${LIST_ID} role="listbox" aria-label=${label} @pointerdown=${(event: Event) => event.preventDefault()}>
      <div class="heading" aria-hidden="true">${label}</div>
      ${renderGroups(items, renderItem)}
    </div>`;
}

function renderGroups(
  items: readonly ListItem[],
  renderItem: (item: ListItem, index: number) => TemplateResult,
): readonly TemplateResult[] {
  const commands = items.flatMap((item) => (item.kind === 'command' ? [item.command] : []));
  if (commands.length < items.length) return items.map(renderItem);
  let index = 0;
  return groupCommands(commands).map(({ name, commands: members }) => {
    const rendered = members.map((command) => renderItem({ kind: 'command', command }, index++));
    return members.length === 1
      ? html`${rendered}`
      : html`<div role="group" aria-label=${`/${name}`}>${rendered}</div>`;
  });
}

function renderText(item: ListItem): TemplateResult {
  switch (item.kind) {
    case 'command': {
      const { name, description, options } = item.command;
      const required = options.filter((option) => option.required).map((option) => option.name);
      return html`<span class="name">/${name}${required.map((one) => html` <i>${one}</i>`)}</span>
        <span class="about">${description}</span>`;
    }
    case 'option':
      return html`<span class="name">${item.option.name}</span>
        <span class="about">${item.option.description}</span>`;
    case 'offer':
      return html`<span class="name">${item.offer.name}</span>`;
    default:
      return item satisfies never;
  }
}
