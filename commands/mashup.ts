import { SlashCommandBuilder } from '@discordjs/builders';
import { completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'mashup', (w) => w.mashup.does)
      .addStringOption((option) =>
        localised(option, 'first', (w) => w.options.clip)
          .setRequired(true)
          .setAutocomplete(true),
      )
      .addStringOption((option) =>
        localised(option, 'second', (w) => w.mashup.second)
          .setRequired(true)
          .setAutocomplete(true),
      )
      .addStringOption((option) => localised(option, 'prompt', (w) => w.mashup.prompt))
      .addStringOption((option) => localised(option, 'tags', (w) => w.options.tags))
      .addStringOption((option) => localised(option, 'title', (w) => w.options.title)),
  ),

  answer(interaction, { desk }) {
    const { options } = interaction;
    return desk.ask(interaction, {
      operation: 'mashup',
      clip: options.getString('first', true),
      secondClip: options.getString('second', true),
      ...readTyped(options, ['prompt', 'tags', 'title']),
    });
  },

  complete: completeClip,
} satisfies Command;
