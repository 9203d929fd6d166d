import { SlashCommandBuilder } from '@discordjs/builders';
import { type Command, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { loadLibrary } from '../src/discord/library/library-page.ts';
import { localised } from '../src/discord/options/localised.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'library', (w) => w.library.does)
      .addStringOption((option) => localised(option, 'search', (w) => w.library.search))
      .addUserOption((option) => localised(option, 'owner', (w) => w.library.owner))
      .addBooleanOption((option) => localised(option, 'favourites', (w) => w.library.favourites)),
  ),

  answer(interaction, services) {
    const { options } = interaction;
    return privately(async () => {
      const text = options.getString('search') ?? '';
      const page = {
        ownerId: options.getUser('owner')?.id,
        isFavourite: options.getBoolean('favourites') || undefined,
      };
      await services.answers.fill(interaction, await loadLibrary(interaction, page, text, services));
    });
  },
} satisfies Command;
