import type { ButtonInteraction } from 'discord.js';
import { UserError } from '../../errors.ts';
import { findDelivery } from '../../store/deliveries.ts';
import { findTask } from '../../store/tasks.ts';
import { words } from '../../words/words.ts';
import { type Components, updating } from '../interactions/command.ts';
import { isModerator } from '../interactions/origin.ts';
import type { Services } from '../interactions/services.ts';

/** The two answers to "was it posted or not?". */
export const deliveryButtons: Components = {
  buttons: {
    repost: (interaction, { deliveryId }, services) =>
      updating(async () => {
        await requireRight(interaction, deliveryId, services);
        if (!(await services.deliveries.repost(deliveryId)))
          throw new UserError(words().delivery.refusals.decided);
        services.cards.wake();
        await removeQuestion(interaction, deliveryId, services);
      }),

    there: (interaction, { deliveryId }, services) =>
      updating(async () => {
        await requireRight(interaction, deliveryId, services);
        if (!(await services.deliveries.confirm(deliveryId)))
          throw new UserError(words().delivery.refusals.decided);
        services.cards.wake();
        await removeQuestion(interaction, deliveryId, services);
      }),
  },
};

/**
 * Takes the two buttons away from the pressed message. A status card would lose them by itself, but the question
 * may have come as a message of its own.
 */
async function removeQuestion(
  interaction: ButtonInteraction,
  deliveryId: string,
  { api }: Services,
): Promise<void> {
  const rows = interaction.message.components.map((row) => row.toJSON());
  const components = rows.filter((row) => !JSON.stringify(row).includes(deliveryId));
  await api.editAnswer(interaction, { components });
}

async function requireRight(
  interaction: ButtonInteraction,
  deliveryId: string,
  { store }: Services,
): Promise<void> {
  const delivery = await findDelivery(store.db, deliveryId);
  const task = delivery && (await findTask(store.db, delivery.taskId));
  if (!task) throw new UserError(words().delivery.refusals.gone);
  const isTheirPlace = task.origin.guildId !== undefined && task.origin.guildId === interaction.guildId;
  if (task.origin.userId === interaction.user.id || (isTheirPlace && isModerator(interaction))) return;
  throw new UserError(words().delivery.refusals.notYours({ who: `<@${task.origin.userId}>` }));
}
