import { ContextMenuCommandBuilder } from '@discordjs/builders';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { type MessageCommand, privately } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { localisedEntry } from '../src/discord/options/localised.ts';
import { stripMarkup } from '../src/discord/recipe/message-text.ts';
import { buildSongDraft, draftOfText } from '../src/discord/recipe/song-draft.ts';
import { readTarget } from '../src/discord/recipe/target-message.ts';
import { UserError } from '../src/errors.ts';
import { words } from '../src/words/words.ts';

export default {
  data: everywhere(
    localisedEntry(
      new ContextMenuCommandBuilder().setType(ApplicationCommandType.Message),
      ({ recipe }) => recipe.entries.songFrom,
    ),
  ),

  answer(interaction, { answers, catalogue, desk, drafts }) {
    const text = stripMarkup(readTarget(interaction).text);
    if (!/[\p{L}\p{N}]/u.test(text)) throw new UserError(words().recipe.song.noText);
    const { draft: typed, cutAt } = draftOfText(text, catalogue);
    const preview = desk.preview(interaction, typed);
    return privately(async () => {
      await desk.requireUnblocked(interaction);
      const { draft, warnings } = preview;
      const fields = warnings.map(({ field }) => field);
      if (!(await drafts.save(interaction.id, { userId: interaction.user.id, draft, fields }))) {
        throw new UserError(words().drafts.notKept);
      }
      await answers.fill(interaction, buildSongDraft(preview, { cutAt, draftId: interaction.id }));
    });
  },
} satisfies MessageCommand;
