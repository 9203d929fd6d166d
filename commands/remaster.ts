import { SlashCommandBuilder } from '@discordjs/builders';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { choicesOf, localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';
import { VARIATIONS } from '../src/domain/request.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'remaster', (w) => w.remaster.does)
      .addStringOption(clipOption)
      .addStringOption((option) =>
        localised(option, 'variation', (w) => w.remaster.variation).addChoices(
          ...choicesOf(VARIATIONS, (w) => w.options.choices.variation),
        ),
      ),
  ),

  answer: (interaction, services) => answerOnClip(interaction, services, 'remaster', ['variation']),

  complete: completeClip,
} satisfies Command;
