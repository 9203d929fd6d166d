import type { BaseInteraction, ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { ButtonStyle } from 'discord-api-types/v10';
import { UserError } from '../../errors.ts';
import { words } from '../../words/words.ts';
import { buildForm, hasForm, readForm } from '../forms/form.ts';
import { readSentForm } from '../forms/interaction-fields.ts';
import { type Answer, type Components, later, opening } from '../interactions/command.ts';
import { inTime } from '../interactions/in-time.ts';
import type { Services } from '../interactions/services.ts';
import { type ButtonRow, buildButton, buildRow } from '../messages/message.ts';
import type { DraftRefusal } from './draft-refusal.ts';
import type { Draft } from './drafts.ts';

/** A refusal is told without buttons where what was typed cannot be kept in this time: Discord waits for an answer. */
const SAVE_FIRST_MS = 800;

/** The same where Discord has its answer, and only the person waits. */
const SAVE_LATER_MS = 10_000;

/** **Edit** and **Send anyway** below a refusal, and the form behind **Edit**. */
export const draftButtons: Components = {
  buttons: {
    'draft-edit': (interaction, { draftId }, services) => {
      services.desk.requirePlace(interaction);
      return opening(async () => {
        await services.desk.requireUnblocked(interaction);
        const { draft, fields: found } = await services.drafts.get(draftId, interaction.user.id);
        const operation = services.desk.entryOf(draft);
        const { edit: verb } = words().drafts.buttons;
        return buildForm({ operation, draft, found, id: { action: 'draft-form', draftId }, verb });
      });
    },

    'draft-send': (interaction, { draftId }, services) =>
      later('public', async () => {
        const { draft } = await services.drafts.get(draftId, interaction.user.id);
        return services.desk.sendAnyway(interaction, draft);
      }),
  },

  forms: {
    'draft-form': (interaction, { draftId }, services) =>
      later('public', async () => {
        const { drafts, desk } = services;
        const { draft } = await drafts.get(draftId, interaction.user.id);
        return desk.ask(interaction, readForm(desk.entryOf(draft), draft, readSentForm(interaction)));
      }),
  },
};

/**
 * Opens the form of something that is not asked for yet, filled with what is known of it. What has no field is kept
 * with it, for a day.
 *
 * @param verb - opens the form's title
 */
export function openDraft(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  { desk, drafts }: Services,
  getDraft: () => Draft | Promise<Draft>,
  verb: string,
): Answer {
  desk.requirePlace(interaction);
  return opening(async () => {
    await desk.requireUnblocked(interaction);
    const draft = await getDraft();
    if (!(await drafts.save(interaction.id, { userId: interaction.user.id, draft, fields: [] }))) {
      throw new UserError(words().drafts.notKept);
    }
    const id = { action: 'draft-form', draftId: interaction.id } as const;
    return buildForm({ operation: desk.entryOf(draft), draft, id, verb });
  });
}

/**
 * Keeps what was refused for a day.
 *
 * @returns the buttons that lead to it; none where it could not be kept, or there is nothing to change or choose
 */
export async function keepDraft(
  interaction: BaseInteraction,
  { draft, findings, isChoice }: DraftRefusal,
  { answers, desk, drafts }: Pick<Services, 'answers' | 'desk' | 'drafts'>,
): Promise<readonly ButtonRow[]> {
  const draftId = interaction.id;
  const fields = findings.map(({ field }) => field);
  const canEdit = hasForm(desk.entryOf(draft), draft, fields);
  if (!canEdit && !isChoice) return [];
  const saving = drafts.save(draftId, { userId: interaction.user.id, draft, fields });
  const saved = await inTime(answers.find(interaction) ? SAVE_LATER_MS : SAVE_FIRST_MS, saving);
  if (!saved?.value) return [];
  const { buttons: labels } = words().drafts;
  const send = buildButton(
    labels.sendAnyway,
    { action: 'draft-send', draftId },
    { style: ButtonStyle.Primary },
  );
  const edit = buildButton(labels.edit, { action: 'draft-edit', draftId });
  return [buildRow(...(isChoice ? [send] : []), ...(canEdit ? [edit] : []))];
}
