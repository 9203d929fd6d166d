import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'tags', (w) => w.tags.does).addStringOption((option) =>
      localised(option, 'tags', (w) => w.tags.tags).setRequired(true),
    ),
  ),

  answer: (interaction, { desk }) =>
    desk.ask(interaction, {
      operation: 'tags',
      inputs: { tags: interaction.options.getString('tags', true) },
    }),
} satisfies Command;
