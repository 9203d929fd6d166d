/** Budgets of a server in its panel. */
import { ActionRowBuilder, ModalBuilder, RoleSelectMenuBuilder } from '@discordjs/builders';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Budget } from '../../domain/budget.ts';
import type { BudgetKey } from '../../tracker/rule-book.ts';
import { words } from '../../words/words.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';
import { buildButton, buildRow } from '../messages/message.ts';
import { markSeen } from '../messages/settings-ids.ts';
import { oneLine } from '../messages/text.ts';
import { buildCreditsLabels } from '../people/credits-fields.ts';
import { buildMenu } from './panel-parts.ts';
import { type Controls, MAX_CHOICES } from './role-controls.ts';
import { type ServerView, shownOfBudget, shownOfBudgets } from './server-view.ts';
import { formatAmount, formatHolder, nameRolePlainly } from './value-words.ts';

const ROLE_PATTERN = /^\d{15,20}$/;
const MAX_LABEL_LENGTH = 100;

/** Whose budget it is, as a part of an id. */
function budgetPart({ holder, holderId }: BudgetKey): string {
  return holder === 'role' ? holderId : holder;
}

/** Reads it back. */
export function readBudgetPart(part: string | undefined): BudgetKey | undefined {
  if (part === 'member' || part === 'server') return { holder: part, holderId: '' };
  return part !== undefined && ROLE_PATTERN.test(part) ? { holder: 'role', holderId: part } : undefined;
}

/** The form of a budget, with the present one in it. */
export function buildBudgetForm(
  key: BudgetKey,
  budgets: readonly Budget[],
): APIModalInteractionResponseCallbackData {
  const { formTitle, amountIs } = words().settingsPanel.budgets;
  const present = budgets.find(({ holder, holderId }) => holder === key.holder && holderId === key.holderId);
  const control = {
    section: 'budgets',
    seen: markSeen(shownOfBudget(budgets, key)),
    part: budgetPart(key),
  } as const;
  return new ModalBuilder()
    .setTitle(formTitle)
    .setCustomId(encodeId({ action: 'server-typed', control }))
    .addLabelComponents(...buildCreditsLabels(amountIs, present))
    .toJSON();
}

/** The controls that set budgets and take them away. */
export function buildBudgetControls({ budgets, facts }: ServerView): Controls {
  const { placeholders, budgets: text } = words().settingsPanel;
  const section = 'budgets';
  const seen = markSeen(shownOfBudgets(budgets));
  // With a mark, so that a menu is a new one after each change: clients remember what was chosen in an old one.
  const ask = (part: string): CustomId => ({ action: 'server-ask', control: { section, seen, part } });
  const role = new RoleSelectMenuBuilder()
    .setCustomId(encodeId(ask('role')))
    .setPlaceholder(placeholders.budgetRole);
  const options = budgets.slice(0, MAX_CHOICES).map((budget) => {
    const holder = formatHolder(budget, (id) => nameRolePlainly(id, facts));
    const label = text.line({ holder, amount: formatAmount(budget) });
    return { label: oneLine(label, MAX_LABEL_LENGTH), value: budgetPart(budget) };
  });
  const id: CustomId = { action: 'server-set', control: { section, seen, part: 'remove' } };
  const remove = buildMenu({ id, placeholder: placeholders.budgetRemove, options, chosen: [] });
  return {
    texts: [text.about],
    rows: [
      new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(role),
      ...(options.length > 0 ? [remove] : []),
      buildRow(
        buildButton(text.buttons.member, ask('member')),
        buildButton(text.buttons.server, ask('server')),
      ),
    ],
  };
}
