import { SlashCommandBuilder } from '@discordjs/builders';
import { completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'inspect', (w) => w.inspect.does).addStringOption(clipOption),
  ),

  answer: (interaction, { desk }) =>
    desk.ask(interaction, {
      operation: 'bpm',
      also: ['vox', 'timeline'],
      clip: interaction.options.getString('clip', true),
      inputs: {},
    }),

  complete: completeClip,
} satisfies Command;
