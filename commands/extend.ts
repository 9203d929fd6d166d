import { SlashCommandBuilder } from '@discordjs/builders';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'extend', (w) => w.extend.does)
      .addStringOption(clipOption)
      .addStringOption((option) => localised(option, 'at', (w) => w.extend.at).setAutocomplete(true))
      .addStringOption((option) => localised(option, 'prompt', (w) => w.extend.prompt))
      .addStringOption((option) => localised(option, 'lyrics', (w) => w.options.ownValue))
      .addStringOption((option) => localised(option, 'tags', (w) => w.options.ownValue))
      .addStringOption((option) => localised(option, 'title', (w) => w.options.title))
      .addStringOption((option) => localised(option, 'length', (w) => w.extend.length)),
  ),

  answer: (interaction, services) =>
    answerOnClip(interaction, services, 'extend', [
      'atSeconds',
      'prompt',
      'lyrics',
      'tags',
      'title',
      'lengthSeconds',
    ]),

  complete: completeClip,
} satisfies Command;
