/** The private panel in which managers decide about single members. */
import { ActionRowBuilder, ModalBuilder, UserSelectMenuBuilder } from '@discordjs/builders';
import { type APIModalInteractionResponseCallbackData, ButtonStyle } from 'discord-api-types/v10';
import type { BudgetRule } from '../../tracker/budget.ts';
import type { MemberView } from '../../tracker/members.ts';
import { formatPeriod } from '../../words/periods.ts';
import { words } from '../../words/words.ts';
import { encodeId } from '../messages/custom-ids.ts';
import { buildButton, buildMessage, buildRow, type CardMessage } from '../messages/message.ts';
import { formatCredits } from '../messages/text.ts';
import { buildCreditsLabels } from './credits-fields.ts';

/** The chosen member, and what was just done. */
export interface MembersPanel {
  readonly memberId: string;
  readonly view: MemberView;
  /** One sentence. */
  readonly done?: string | undefined;
}

/** Builds the panel; without a member it only asks for one. */
export function buildMembersPanel(panel?: MembersPanel): CardMessage {
  const select = new UserSelectMenuBuilder()
    .setCustomId(encodeId({ action: 'members-pick' }))
    .setPlaceholder(words().people.members.choose)
    .setMinValues(1)
    .setMaxValues(1);
  const { ask, buttons } = words().people.members;
  if (!panel) return buildMessage({ content: ask, rows: [rowOf(select)] });
  const { memberId } = panel;
  select.setDefaultUsers(memberId);
  return buildMessage({
    content: linesOf(panel).join('\n'),
    rows: [
      rowOf(select),
      buildRow(
        buildButton(buttons.grant, { action: 'member-grant', memberId }, { style: ButtonStyle.Primary }),
        buildButton(buttons.reset, { action: 'member-reset', memberId }),
        buildButton(buttons.block, { action: 'member-block', memberId }, { style: ButtonStyle.Danger }),
        buildButton(buttons.unblock, { action: 'member-unblock', memberId }),
      ),
    ],
  });
}

/** The form of **Grant**. */
export function buildGrantForm(memberId: string): APIModalInteractionResponseCallbackData {
  const { title, amountIs } = words().people.grantForm;
  return new ModalBuilder()
    .setTitle(title)
    .setCustomId(encodeId({ action: 'member-grant-form', memberId }))
    .addLabelComponents(...buildCreditsLabels(amountIs))
    .toJSON();
}

function rowOf(select: UserSelectMenuBuilder): ActionRowBuilder<UserSelectMenuBuilder> {
  return new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(select);
}

function linesOf({ memberId, view, done }: MembersPanel): string[] {
  const { isBlocked, everywhere, usedHere, grant, hasOwnRules } = view;
  const { members } = words().people;
  const facts = [
    isBlocked ? members.isBlocked : members.isNotBlocked,
    members.used({ credits: formatCredits(usedHere) }),
    ...everywhere.map(({ rule, spent }) => describeRule(rule, spent)),
    ...(grant ? [members.grant({ limit: formatAmount(grant) })] : []),
  ];
  return [
    ...(done ? [done, ''] : []),
    members.here({ member: `<@${memberId}>` }),
    ...facts.map((fact) => `- ${fact}`),
    ...(hasOwnRules ? [] : ['', members.noOwnBudget]),
  ];
}

function describeRule(rule: BudgetRule, used: number): string {
  const { operatorGrant, botLimit } = words().people.members;
  const limit = formatAmount(rule);
  return rule.source === 'member-grant' ? operatorGrant({ limit, used }) : botLimit({ limit, used });
}

function formatAmount({ credits, period }: Pick<BudgetRule, 'credits' | 'period'>): string {
  const { members } = words().people;
  if (credits === Number.POSITIVE_INFINITY) return members.unlimited;
  return members.limit({ credits: formatCredits(credits), period: formatPeriod(period) });
}
