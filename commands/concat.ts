import { SlashCommandBuilder } from '@discordjs/builders';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'concat', (w) => w.concat.does).addStringOption(clipOption),
  ),

  answer: (interaction, services) => answerOnClip(interaction, services, 'concat', []),

  complete: completeClip,
} satisfies Command;
