import { SlashCommandBuilder } from '@discordjs/builders';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'replace', (w) => w.replace.does)
      .addStringOption(clipOption)
      .addStringOption((option) =>
        localised(option, 'from', (w) => w.replace.from)
          .setAutocomplete(true)
          .setRequired(true),
      )
      .addStringOption((option) =>
        localised(option, 'to', (w) => w.replace.to)
          .setAutocomplete(true)
          .setRequired(true),
      )
      .addStringOption((option) => localised(option, 'lyrics', (w) => w.replace.lyrics))
      .addStringOption((option) => localised(option, 'prompt', (w) => w.replace.prompt)),
  ),

  answer: (interaction, services) =>
    answerOnClip(interaction, services, 'replace', ['fromSeconds', 'toSeconds', 'lyrics', 'prompt']),

  complete: completeClip,
} satisfies Command;
