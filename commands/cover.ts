import { SlashCommandBuilder } from '@discordjs/builders';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'cover', (w) => w.cover.does)
      .addStringOption(clipOption)
      .addStringOption((option) => localised(option, 'tags', (w) => w.cover.tags))
      .addStringOption((option) => localised(option, 'prompt', (w) => w.cover.prompt))
      .addStringOption((option) => localised(option, 'lyrics', (w) => w.options.ownValue))
      .addStringOption((option) => localised(option, 'title', (w) => w.options.title))
      .addNumberOption((option) =>
        localised(option, 'strength', (w) => w.options.strength)
          .setMinValue(0)
          .setMaxValue(1),
      ),
  ),

  answer: (interaction, services) =>
    answerOnClip(interaction, services, 'cover', ['tags', 'prompt', 'lyrics', 'title', 'strength']),

  complete: completeClip,
} satisfies Command;
