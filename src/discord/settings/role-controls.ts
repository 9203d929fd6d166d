import { ActionRowBuilder, RoleSelectMenuBuilder } from '@discordjs/builders';
import { ButtonStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';
import { type ButtonRow, buildButton, type buildMessage, buildRow } from '../messages/message.ts';
import { isRoleGone } from './guild-facts.ts';
import type { ServerView } from './server-view.ts';

/** A section as it is open. */
export interface Controls {
  /** What there is to know. */
  readonly texts?: readonly string[];
  readonly rows: NonNullable<Parameters<typeof buildMessage>[0]['rows']>;
}

/** Discord offers at most so many choices. */
export const MAX_CHOICES = 25;

/** The menu of roles, and what there is to do about those that were removed. */
export function buildRoleControls(
  roleIds: readonly string[],
  placeholder: string,
  { facts, guildId }: ServerView,
  ids: { readonly set: CustomId; readonly gone: CustomId },
): Controls {
  const gone = roleIds.filter((id) => isRoleGone(facts, id));
  const select = new RoleSelectMenuBuilder()
    .setCustomId(encodeId(ids.set))
    .setPlaceholder(placeholder)
    .setMinValues(0)
    .setMaxValues(MAX_CHOICES);
  // The role of everybody is not among those that Discord offers.
  const there = roleIds.filter((id) => !gone.includes(id) && id !== guildId).slice(0, MAX_CHOICES);
  if (facts.roles && there.length > 0) select.setDefaultRoles(there);
  const row = new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(select);
  if (gone.length === 0) return { rows: [row] };
  const { roles, rolesAll } = words().settingsPanel.gone;
  return {
    texts: [gone.length === roleIds.length ? rolesAll : roles],
    rows: [row, buildGoneButton(ids.gone)],
  };
}

/** **Remove what is gone**. */
export function buildGoneButton(id: CustomId): ButtonRow {
  return buildRow(buildButton(words().settingsPanel.gone.button, id, { style: ButtonStyle.Danger }));
}
