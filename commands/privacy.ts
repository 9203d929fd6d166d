import { SlashCommandBuilder } from '@discordjs/builders';
import { type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { buildDeleteQuestion } from '../src/discord/privacy/delete-question.ts';
import { privacyButtons } from '../src/discord/privacy/privacy-buttons.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'privacy', (w) => w.privacy.does)
      .addSubcommand((subcommand) => localised(subcommand, 'export', (w) => w.privacy.export))
      .addSubcommand((subcommand) => localised(subcommand, 'delete', (w) => w.privacy.delete)),
  ),

  ...privacyButtons,

  answer(interaction, { answers, exports }) {
    return privately(async () => {
      if (interaction.options.getSubcommand() === 'export') await exports.send(interaction);
      else await answers.fill(interaction, buildDeleteQuestion(interaction.user.id));
    });
  },
} satisfies Command;
