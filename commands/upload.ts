import { SlashCommandBuilder } from '@discordjs/builders';
import type { ChatInputCommandInteraction } from 'discord.js';
import { readAudioFile } from '../src/discord/drafts/attached-audio.ts';
import type { Unread } from '../src/discord/drafts/drafts.ts';
import type { Command } from '../src/discord/interactions/command.ts';
import { everywhere } from '../src/discord/interactions/command-places.ts';
import { readTyped } from '../src/discord/options/command-inputs.ts';
import { choicesOf, localised } from '../src/discord/options/localised.ts';
import { readChoice } from '../src/discord/options/options.ts';
import type { InputName, OperationId } from '../src/domain/request.ts';
import { optionNameOf } from '../src/musicapi/inputs.ts';
import { shownOption } from '../src/words/shown-names.ts';
import { words } from '../src/words/words.ts';

const THEN = ['nothing', 'extend', 'cover'] as const;
type Then = (typeof THEN)[number];

const OPERATIONS: Readonly<Record<Then, OperationId>> = {
  nothing: 'upload',
  extend: 'upload-extend',
  cover: 'upload-cover',
};

/** What each option goes with. */
const USES: readonly (readonly [InputName, readonly Then[]])[] = [
  ['atSeconds', ['extend']],
  ['tags', ['extend', 'cover']],
  ['lyrics', ['extend', 'cover']],
  ['title', THEN],
  ['strength', ['cover']],
];

type Options = Pick<ChatInputCommandInteraction['options'], 'get'>;

/** Notes the options that have no effect: what was typed for them cannot be read as anything. */
function noteUnused(then: Then, options: Options): Readonly<Record<string, Unread>> {
  const unread: Record<string, Unread> = {};
  for (const [name, uses] of USES) {
    const value = options.get(optionNameOf(name))?.value;
    if (value === undefined || uses.includes(then)) continue;
    const { choices, upload } = words().commands;
    const problem = upload.unused({
      option: shownOption(optionNameOf(name)),
      uses: uses.map((use) => choices.next[use]),
      chosen: choices.next[then],
    });
    unread[name] = { text: String(value), problem };
  }
  return unread;
}

export default {
  data: everywhere(
    localised(new SlashCommandBuilder(), 'upload', (w) => w.upload.does)
      .addAttachmentOption((option) => localised(option, 'file', (w) => w.options.file).setRequired(true))
      .addStringOption((option) =>
        localised(option, 'then', (w) => w.upload.next).addChoices(
          ...choicesOf(THEN, (w) => w.commands.choices.next),
        ),
      )
      .addStringOption((option) => localised(option, 'at', (w) => w.upload.at))
      .addStringOption((option) => localised(option, 'tags', (w) => w.upload.tags))
      .addStringOption((option) => localised(option, 'lyrics', (w) => w.upload.lyrics))
      .addStringOption((option) => localised(option, 'title', (w) => w.options.title))
      .addNumberOption((option) =>
        localised(option, 'strength', (w) => w.upload.strength)
          .setMinValue(0)
          .setMaxValue(1),
      ),
  ),

  answer(interaction, { desk }) {
    const { options } = interaction;
    const problems: string[] = [];
    const chosen = options.getString('then');
    const then = readChoice(THEN, chosen, problems) ?? 'nothing';
    const used = USES.flatMap(([name, uses]) => (uses.includes(then) ? [name] : []));
    const typed = readTyped(options, used);
    const unread: Record<string, Unread> = { ...noteUnused(then, options), ...typed.unread };
    const [problem] = problems;
    if (problem !== undefined) unread.next = { text: chosen ?? '', problem };
    const file = readAudioFile(options.getAttachment('file', true), unread);
    return desk.ask(interaction, {
      operation: OPERATIONS[then],
      engine: 'sonic',
      inputs: typed.inputs,
      unread,
      file,
    });
  },
} satisfies Command;
