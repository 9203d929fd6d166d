import { ContextMenuCommandBuilder } from '@discordjs/builders';
import type { ButtonInteraction } from 'discord.js';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { openDraft } from '../src/discord/drafts/draft-buttons.ts';
import type { Draft } from '../src/discord/drafts/drafts.ts';
import { type MessageCommand, privately, updating } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import type { Services } from '../src/discord/interactions/services.ts';
import { localisedEntry } from '../src/discord/options/localised.ts';
import { type AudioAction, draftOfAudio, draftOfRecipe } from '../src/discord/recipe/audio-drafts.ts';
import { buildFileQuestion, findAudio } from '../src/discord/recipe/audio-menu.ts';
import type { FoundAudio } from '../src/discord/recipe/audio-shelf.ts';
import { listAudioFiles, readTarget } from '../src/discord/recipe/target-message.ts';
import type { OperationId } from '../src/domain/request.ts';
import { UserError } from '../src/errors.ts';
import { operationWords } from '../src/words/operation-words.ts';
import { words } from '../src/words/words.ts';

/** Opens the form of something that is done with the audio; the file goes along with it. */
function openAudioForm(
  interaction: ButtonInteraction,
  draftId: string,
  services: Services,
  verb: OperationId,
  draftOf: (found: FoundAudio) => Draft | undefined,
) {
  const getDraft = async () => {
    const draft = draftOf(await services.audio.get(draftId, interaction.user.id));
    if (!draft) throw new UserError(words().recipe.audio.gone);
    return draft;
  };
  return openDraft(interaction, services, getDraft, operationWords({ engine: 'sonic', id: verb }).label);
}

/** The same for what is done with the file itself. */
function formOf(action: AudioAction, verb: OperationId) {
  return (interaction: ButtonInteraction, { draftId }: { readonly draftId: string }, services: Services) =>
    openAudioForm(interaction, draftId, services, verb, (found) =>
      draftOfAudio(action, found, services.catalogue),
    );
}

export default {
  data: everywhere(
    localisedEntry(
      new ContextMenuCommandBuilder().setType(ApplicationCommandType.Message),
      ({ recipe }) => recipe.entries.useAudio,
    ),
  ),

  answer(interaction, services) {
    const { answers, audio, desk } = services;
    desk.requirePlace(interaction);
    const { files: attached, clip } = readTarget(interaction);
    const files = listAudioFiles(attached).map(({ url, name }) => ({ url, name }));
    if (files.length === 0) throw new UserError(words().recipe.audio.noFile);
    return privately(async () => {
      await desk.requireUnblocked(interaction);
      const found = { userId: interaction.user.id, files, clip };
      if (files.length === 1) {
        return answers.fill(interaction, await findAudio(interaction, found, interaction.id, services));
      }
      await audio.save(interaction.id, found);
      await answers.fill(interaction, buildFileQuestion(files, interaction.id));
    });
  },

  lists: {
    'audio-pick': (interaction, { draftId }, services) =>
      updating(async () => {
        const { answers, audio } = services;
        const found = await audio.get(draftId, interaction.user.id);
        const picked = found.files[Number(interaction.values[0])];
        if (!picked) throw new UserError(words().recipe.audio.gone);
        const rest = found.files.filter((file) => file !== picked);
        const named = { ...found, files: [picked, ...rest] };
        await answers.fill(interaction, await findAudio(interaction, named, draftId, services));
      }),
  },

  buttons: {
    'audio-extend': formOf('audio-extend', 'extend'),
    'audio-cover': formOf('audio-cover', 'cover'),
    'audio-sample': formOf('audio-sample', 'sample'),
    'audio-create': (interaction, { draftId }, services) =>
      openAudioForm(interaction, draftId, services, 'create', ({ recipe }) =>
        recipe ? draftOfRecipe(recipe, services.catalogue) : undefined,
      ),
    'audio-upload': (interaction, { draftId }, { audio, catalogue, desk }) =>
      desk.answerPress(interaction, 'audio-upload', async () => {
        const found = await audio.get(draftId, interaction.user.id);
        const { operation, file, inputs } = draftOfAudio('audio-upload', found, catalogue);
        return { operation, engine: 'sonic', file, ...inputs };
      }),
  },
} satisfies MessageCommand;
