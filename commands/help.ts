import { SlashCommandBuilder } from '@discordjs/builders';
import { buildHelp } from '../src/discord/help/help.ts';
import { type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { originOf } from '../src/discord/interactions/origin.ts';
import { localised } from '../src/discord/options/localised.ts';
import { languageForAll } from '../src/words/readers.ts';

const data = everywhere(localised(new SlashCommandBuilder(), 'help', (w) => w.help.does));

/** The command that lists the others and itself. */
export function helpWith(others: readonly Command[]): Command {
  const bodies = [...others.map((command) => command.data.toJSON()), data.toJSON()];
  return {
    data,
    answer: (interaction, { answers, catalogue }) => {
      const { locale } = interaction;
      const cardLanguage = languageForAll(originOf(interaction));
      const help = buildHelp(bodies, catalogue.list(), { locale, cardLanguage });
      return privately(() => answers.fill(interaction, help));
    },
  };
}
