import { SlashCommandBuilder } from '@discordjs/builders';
import { completeClip } from '../src/discord/clips/clip-operations.ts';
import { readAudioFile } from '../src/discord/drafts/attached-audio.ts';
import type { Unread } from '../src/discord/drafts/drafts.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';
import { clipOption } from '../src/discord/options/options.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'sample', (w) => w.sample.does)
      .addStringOption((option) => clipOption(option).setRequired(false))
      .addAttachmentOption((option) => localised(option, 'file', (w) => w.sample.file))
      .addStringOption((option) => localised(option, 'from', (w) => w.sample.from).setAutocomplete(true))
      .addStringOption((option) => localised(option, 'to', (w) => w.sample.to).setAutocomplete(true))
      .addStringOption((option) => localised(option, 'prompt', (w) => w.sample.prompt))
      .addStringOption((option) => localised(option, 'tags', (w) => w.options.tags)),
  ),

  answer(interaction, { desk }) {
    const { options } = interaction;
    const typed = readTyped(options, ['fromSeconds', 'toSeconds', 'prompt', 'tags']);
    const unread: Record<string, Unread> = { ...typed.unread };
    const file = readAudioFile(options.getAttachment('file'), unread);
    const clip = options.getString('clip') ?? undefined;
    return desk.ask(interaction, { operation: 'sample', inputs: typed.inputs, unread, clip, file });
  },

  complete: completeClip,
} satisfies Command;
