import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'lyrics', (w) => w.lyrics.does).addStringOption((option) =>
      localised(option, 'about', (w) => w.lyrics.about).setRequired(true),
    ),
  ),

  answer: (interaction, { desk }) =>
    desk.ask(interaction, {
      operation: 'lyrics',
      inputs: { prompt: interaction.options.getString('about', true) },
    }),
} satisfies Command;
