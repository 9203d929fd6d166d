import type { ButtonInteraction } from 'discord.js';
import type { Origin } from '../../domain/origin.ts';
import type { Task } from '../../domain/task.ts';
import { UserError } from '../../errors.ts';
import { moveLostResult } from '../../store/lost-results.ts';
import { findTask } from '../../store/tasks.ts';
import { words } from '../../words/words.ts';
import { type Components, privately } from '../interactions/command.ts';
import { originOf } from '../interactions/origin.ts';

/** **Show** in `/tasks`: what could be sent to nobody comes as the private answer. */
export const lostResults: Components = {
  buttons: {
    show: (interaction, { taskId }, { store, cards, preferences }) =>
      privately(async () => {
        const task = await findTask(store.db, taskId);
        if (task?.origin.userId !== interaction.user.id) {
          throw new UserError(words().tasks.refusals.mayShow);
        }
        const now = await store.now();
        const { locale } = preferences.localesFor(interaction);
        const origin = { ...movedOrigin(task, interaction), locale };
        if (!(await moveLostResult(store.db, taskId, origin, now))) {
          throw new UserError(words().tasks.refusals.shown);
        }
        cards.wake();
      }),
  },
};

/** The request stays where it came from; only its answer goes by the press, for these eyes only. */
function movedOrigin({ origin }: Task, interaction: ButtonInteraction): Origin {
  const { applicationId, interactionId, token, tokenExpiresAt, attachmentLimitBytes } = originOf(interaction);
  return {
    ...origin,
    ...{ applicationId, interactionId, token, tokenExpiresAt, attachmentLimitBytes },
    isPrivate: true,
  };
}
