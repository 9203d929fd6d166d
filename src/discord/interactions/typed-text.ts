/** What somebody typed, to be handed back where nothing else keeps it. */
import type { BaseInteraction, CommandInteractionOption } from 'discord.js';
import { shownOption } from '../../words/shown-names.ts';
import { words } from '../../words/words.ts';
import type { OutgoingFile } from '../api/api.ts';
import { readSentForm } from '../forms/interaction-fields.ts';

/** Custom id of a form's field that holds a secret: nobody is shown it again. */
export const SECRET_FIELD = 'secret';

/** Less than a line of it is typed again faster than it is copied. */
const MIN_LENGTH = 100;

/** The texts of a command or form as a file; undefined when there is hardly any. */
export function buildTypedFile(interaction: BaseInteraction): OutgoingFile | undefined {
  const texts = listTexts(interaction).filter(
    ({ name, text }) => name !== SECRET_FIELD && text.trim() !== '',
  );
  if (texts.reduce((sum, { text }) => sum + text.length, 0) < MIN_LENGTH) return undefined;
  const content = texts.map(({ name, text }) => `${shownOption(name)}:\n${text}\n`).join('\n');
  return {
    name: words().answers.typedFileName,
    bytes: Buffer.from(content),
    contentType: 'text/plain; charset=utf-8',
  };
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

function listTexts(interaction: BaseInteraction): readonly NamedText[] {
  if (interaction.isModalSubmit()) {
    return Object.entries(readSentForm(interaction).texts).map(([name, text]) => ({ name, text }));
  }
  return interaction.isChatInputCommand() ? interaction.options.data.flatMap(listOptionTexts) : [];
}

function listOptionTexts({ name, value, options = [] }: CommandInteractionOption): readonly NamedText[] {
  const own = typeof value === 'string' ? [{ name, text: value }] : [];
  return [...own, ...options.flatMap(listOptionTexts)];
}
