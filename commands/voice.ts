import { SlashCommandBuilder } from '@discordjs/builders';
import { readAudioFile } from '../src/discord/drafts/attached-audio.ts';
import type { Unread } from '../src/discord/drafts/drafts.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped } from '../src/discord/options/command-inputs.ts';
import { localised } from '../src/discord/options/localised.ts';

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'voice', (w) => w.voice.does).addSubcommand((subcommand) =>
      localised(subcommand, 'create', (w) => w.voice.create)
        .addAttachmentOption((option) => localised(option, 'file', (w) => w.voice.file).setRequired(true))
        .addStringOption((option) => localised(option, 'name', (w) => w.options.name)),
    ),
  ),

  answer(interaction, { desk }) {
    const { options } = interaction;
    const typed = readTyped(options, ['name']);
    const unread: Record<string, Unread> = { ...typed.unread };
    const file = readAudioFile(options.getAttachment('file', true), unread);
    return desk.ask(interaction, { operation: 'voice', inputs: typed.inputs, unread, file });
  },
} satisfies Command;
