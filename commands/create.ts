import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped, withEngine } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';
import { addSongOptions, completeModel, promptOption, SONG } from '../src/discord/options/tuning-options.ts';

export default {
  data: everywhere(
    addSongOptions(
      localised(new SlashCommandBuilder(), 'create', (w) => w.create.does).addStringOption(promptOption),
    ),
  ),

  answer(interaction, { desk, catalogue }) {
    const { options } = interaction;
    const typed = readTyped(options, SONG);
    return desk.ask(interaction, {
      operation: 'create',
      ...withEngine(typed, options.getString('engine'), catalogue.explainRetired),
    });
  },

  complete: completeModel,
} satisfies Command;
