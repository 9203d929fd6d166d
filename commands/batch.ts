import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped, withEngine } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';
import { addSongOptions, completeModel, promptOption, SONG } from '../src/discord/options/tuning-options.ts';
import { UserError } from '../src/errors.ts';
import { words } from '../src/words/words.ts';

const MIN_COUNT = 2;
const MAX_COUNT = 10;

export default {
  data: everywhere(
    addSongOptions(
      localised(new SlashCommandBuilder(), 'batch', (w) => w.batch.does)
        .addStringOption(promptOption)
        .addIntegerOption((option) =>
          localised(option, 'count', (w) => w.batch.count)
            .setRequired(true)
            .setMinValue(MIN_COUNT)
            .setMaxValue(MAX_COUNT),
        ),
    ),
  ),

  answer(interaction, { desk, catalogue }) {
    const { options } = interaction;
    const count = options.getInteger('count', true);
    // Discord checks bounds in its client only.
    if (count < MIN_COUNT || count > MAX_COUNT) {
      throw new UserError(words().commands.batch.bounds({ min: MIN_COUNT, max: MAX_COUNT, count }));
    }
    const typed = readTyped(options, SONG);
    return desk.ask(interaction, {
      operation: 'create',
      ...withEngine(typed, options.getString('engine'), catalogue.explainRetired),
      count,
    });
  },

  complete: completeModel,
} satisfies Command;
