import { SlashCommandBuilder } from '@discordjs/builders';
import { openDraft } from '../src/discord/drafts/draft-buttons.ts';
import type { Draft } from '../src/discord/drafts/drafts.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped, withEngine } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';
import {
  addNamingOptions,
  addTuningOptions,
  completeModel,
  TUNING,
} from '../src/discord/options/tuning-options.ts';
import { words } from '../src/words/words.ts';

export default {
  data: everywhere(
    addTuningOptions(
      addNamingOptions(
        localised(new SlashCommandBuilder(), 'compose', (w) => w.compose.does),
      ).addAttachmentOption((option) => localised(option, 'lyrics-file', (w) => w.compose.file)),
    ),
  ),

  answer(interaction, services) {
    const { options } = interaction;
    const { desk, catalogue } = services;
    const file = options.getAttachment('lyrics-file');
    const typed = readTyped(options, ['tags', 'title', ...TUNING]);
    const draft: Draft = {
      operation: 'create',
      isComposed: true,
      ...withEngine(typed, options.getString('engine'), catalogue.explainRetired),
      ...(file ? { lyricsFile: { url: file.url, name: file.name } } : {}),
    };
    if (file) return desk.ask(interaction, draft);
    desk.lookAhead(interaction, draft);
    return openDraft(interaction, services, () => draft, words().tools.buttons.compose);
  },

  complete: completeModel,
} satisfies Command;
