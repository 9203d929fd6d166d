import { SlashCommandBuilder, type SlashCommandSubcommandBuilder } from '@discordjs/builders';
import { answerOnClip, completeClip } from '../src/discord/clips/clip-operations.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

/** The options that both have: the style, and the part of the song. */
function addShared(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return subcommand
    .addStringOption((option) => localised(option, 'tags', (w) => w.options.tags))
    .addStringOption((option) => localised(option, 'from', (w) => w.add.from))
    .addStringOption((option) => localised(option, 'to', (w) => w.add.to));
}

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'add', (w) => w.add.does)
      .addSubcommand((subcommand) =>
        addShared(
          localised(subcommand, 'vocals', (w) => w.add.vocals)
            .addStringOption(clipOption)
            .addStringOption((option) => localised(option, 'lyrics', (w) => w.add.lyrics).setRequired(true)),
        ),
      )
      .addSubcommand((subcommand) =>
        addShared(
          localised(subcommand, 'instrumental', (w) => w.add.instrumental).addStringOption(clipOption),
        ),
      ),
  ),

  answer: (interaction, services) =>
    interaction.options.getSubcommand() === 'vocals'
      ? answerOnClip(interaction, services, 'add-vocals', ['lyrics', 'tags', 'fromSeconds', 'toSeconds'])
      : answerOnClip(interaction, services, 'add-instrumental', ['tags', 'fromSeconds', 'toSeconds']),

  complete: completeClip,
} satisfies Command;
