import type { ButtonInteraction } from 'discord.js';
import { UserError } from '../../errors.ts';
import { words } from '../../words/words.ts';
import { type Components, updating } from '../interactions/command.ts';
import type { Services } from '../interactions/services.ts';
import { buildMessage } from '../messages/message.ts';

/** So long the question may be answered with yes. */
const QUESTION_MS = 15 * 60_000;

/** The answers to the question whether everything is to be deleted. */
export const privacyButtons = {
  buttons: {
    'privacy-delete': (interaction, { memberId }, services) => {
      requirePerson(interaction, memberId);
      return updating(() => deleteEverything(interaction, services));
    },
    'privacy-keep': (interaction, { memberId }, { answers }) => {
      requirePerson(interaction, memberId);
      return updating(async () => {
        await answers.fill(interaction, buildMessage({ content: words().privacy.delete.kept }));
      });
    },
  },
} satisfies Components;

function requirePerson({ user }: ButtonInteraction, memberId: string): void {
  if (user.id !== memberId) throw new UserError(words().privacy.delete.notYours);
}

async function deleteEverything(interaction: ButtonInteraction, services: Services): Promise<void> {
  const { answers, farewells, store } = services;
  const { working, done, expired } = words().privacy.delete;
  if ((await store.now()) - interaction.message.createdTimestamp > QUESTION_MS) throw new UserError(expired);
  await answers.fill(interaction, buildMessage({ content: working }));
  const { songs } = await farewells.leave(interaction.user.id);
  await answers.fill(interaction, buildMessage({ content: done({ count: songs }) }));
}
