import { SlashCommandBuilder } from '@discordjs/builders';
import { type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localised } from '../src/discord/options/localised.ts';
import { myPanel, showMyPanel } from '../src/discord/settings/my-handlers.ts';
import { requireManager, serverPanel, showServerPanel } from '../src/discord/settings/server-handlers.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'settings', (w) => w.settings.does)
      .addSubcommand((sub) => localised(sub, 'server', (w) => w.settings.server))
      .addSubcommand((sub) => localised(sub, 'me', (w) => w.settings.me)),
  ),

  ...serverPanel,
  lists: { ...serverPanel.lists, ...myPanel.lists },
  buttons: { ...serverPanel.buttons, ...myPanel.buttons },
  forms: { ...serverPanel.forms, ...myPanel.forms },

  answer(interaction, services) {
    if (interaction.options.getSubcommand() === 'me') {
      return privately(() => showMyPanel(interaction, services));
    }
    const deed = requireManager(interaction);
    return privately(() => showServerPanel(interaction, services, deed));
  },
} satisfies Command;
