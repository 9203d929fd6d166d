import type { ButtonInteraction } from 'discord.js';
import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIMessageTopLevelComponent,
} from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import type { Logger } from '../../log.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError } from '../api/api-errors.ts';
import { type CustomId, decodeId } from '../messages/custom-ids.ts';

/** What one does next with a tool's result: each of these is a decision of its own. */
const RESULT_ACTIONS: readonly CustomId['action'][] = [
  'compose-1',
  'compose-2',
  'create-with',
  'sing',
  'audio-upload',
];

/**
 * Takes away the buttons that a press has used up. Never throws: what was asked for is taken, and buttons that stay are
 * harmless, because they find the same task.
 */
export async function removeButtons(
  press: ButtonInteraction,
  { api, log }: { readonly api: DiscordApi; readonly log: Logger },
): Promise<void> {
  try {
    await api.editAnswer(press, { components: leftoverRows(press) }, press.message.id);
  } catch (error) {
    log.info({ interactionId: press.id, reason: describeApiError(error) }, 'buttons not removed');
  }
}

/**
 * The rows of a pressed message that stay. Below a question or a refusal every button is an answer to the same, so none
 * does; below a tool's result only the pressed one goes.
 */
function leftoverRows({
  customId,
  message,
}: Pick<ButtonInteraction, 'customId' | 'message'>): APIActionRowComponent<APIComponentInMessageActionRow>[] {
  const rows = message.components.map((row): APIMessageTopLevelComponent => row.toJSON()).filter(isRow);
  const isResult = rows.some(({ components }) =>
    components.some(
      (one) => 'custom_id' in one && RESULT_ACTIONS.some((action) => isOf(action, one.custom_id)),
    ),
  );
  if (!isResult) return [];
  return rows.flatMap((row) => {
    const components = row.components.filter((one) => !('custom_id' in one) || one.custom_id !== customId);
    return components.length > 0 ? [{ ...row, components }] : [];
  });
}

function isOf(action: CustomId['action'], customId: string): boolean {
  return decodeId(customId)?.action === action;
}

function isRow(
  component: APIMessageTopLevelComponent,
): component is APIActionRowComponent<APIComponentInMessageActionRow> {
  return component.type === ComponentType.ActionRow;
}
