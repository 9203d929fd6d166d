import type {
  APIButtonComponent,
  APIComponentInMessageActionRow,
  APIMessage,
  APIMessageComponentEmoji,
  APISelectMenuComponent,
} from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import './select-menu.ts';
import { COMPONENT, STYLE } from './discord-values.ts';
import { listEntities } from './entities.ts';
import type { MenuOption } from './menu-choice.ts';
import type { MessageContext } from './message-context.ts';

const CLASS_NAMES: Readonly<Record<number, string>> = {
  [STYLE.primary]: 'primary',
  [STYLE.success]: 'success',
  [STYLE.danger]: 'danger',
};

/** The buttons and menus of a message, row by row. */
export function controlsView(
  message: APIMessage,
  context: MessageContext,
): readonly (TemplateResult | typeof nothing)[] {
  return (message.components ?? []).map((row) =>
    row.type === COMPONENT.actionRow
      ? html`<discord-action-row slot="components" class="controls">
          ${row.components.map((one) => controlView(one, message.id, context))}
        </discord-action-row>`
      : nothing,
  );
}

function controlView(
  component: APIComponentInMessageActionRow,
  messageId: string,
  context: MessageContext,
): TemplateResult | typeof nothing {
  if (component.type === COMPONENT.button) return buttonView(component, messageId, context);
  return menuView(component, messageId, context);
}

function buttonView(
  button: APIButtonComponent,
  messageId: string,
  context: MessageContext,
): TemplateResult | typeof nothing {
  if (button.style === STYLE.premium) return nothing;
  const emoji = button.emoji ? html`<span>${button.emoji.name}</span>` : nothing;
  if (button.style === STYLE.link) {
    return html`<a class="button" href=${button.url} target="_blank" rel="noopener noreferrer"
      >${emoji}${button.label}<span aria-hidden="true">↗</span></a
    >`;
  }
  const { custom_id: customId, style, disabled = false } = button;
  const isBusy = context.isBusy(messageId, customId);
  const what = button.label ?? button.emoji?.name ?? 'a button';
  // Busy buttons stay enabled: a disabled one would lose the focus.
  return html`<button
    type="button"
    class="button ${CLASS_NAMES[style] ?? ''}"
    ?disabled=${disabled}
    aria-busy=${isBusy ? 'true' : nothing}
    @click=${() => isBusy || context.press(messageId, customId, what)}
  >
    ${emoji}${button.label}
  </button>`;
}

function menuView(menu: APISelectMenuComponent, messageId: string, context: MessageContext): TemplateResult {
  const { custom_id: customId, placeholder = 'Make a selection' } = menu;
  const isBusy = context.isBusy(messageId, customId);
  return html`<encore-select
    label=${placeholder}
    placeholder=${placeholder}
    .options=${optionsOf(menu, context)}
    .values=${chosenIn(menu)}
    .min=${menu.min_values ?? 1}
    .max=${menu.max_values ?? 1}
    ?disabled=${menu.disabled ?? false}
    aria-busy=${isBusy ? 'true' : nothing}
    @choose=${({ detail }: CustomEvent<readonly string[]>) =>
      isBusy || context.select(messageId, customId, placeholder, detail)}
  ></encore-select>`;
}

function optionsOf(menu: APISelectMenuComponent, { state }: MessageContext): readonly MenuOption[] {
  switch (menu.type) {
    case COMPONENT.stringSelect:
      return menu.options.map(({ label, value, description, emoji }) => ({
        label,
        value,
        ...(description ? { description } : {}),
        ...emojiOf(emoji),
      }));
    case COMPONENT.userSelect:
      return listEntities(state, 'user');
    case COMPONENT.roleSelect:
      return listEntities(state, 'role');
    case COMPONENT.mentionableSelect:
      return listEntities(state, 'mentionable');
    case COMPONENT.channelSelect:
      return listEntities(state, 'channel');
    default:
      return menu satisfies never;
  }
}

function emojiOf(emoji: APIMessageComponentEmoji | undefined): { emoji?: string } {
  return emoji?.name ? { emoji: emoji.name } : {};
}

function chosenIn(menu: APISelectMenuComponent): readonly string[] {
  return menu.type === COMPONENT.stringSelect
    ? menu.options.filter((option) => option.default).map(({ value }) => value)
    : (menu.default_values ?? []).map(({ id }) => id);
}
