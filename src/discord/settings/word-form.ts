/** The form of blocked words: one in each line, over as many inputs as the list needs. */
import { LabelBuilder, ModalBuilder, TextInputBuilder } from '@discordjs/builders';
import { type APIModalInteractionResponseCallbackData, TextInputStyle } from 'discord-api-types/v10';
import { words } from '../../words/words.ts';
import { MAX_INPUT_LENGTH } from '../forms/form-fields.ts';
import { type CustomId, encodeId } from '../messages/custom-ids.ts';

/** Discord takes at most this many inputs in a form. */
const MAX_INPUTS = 5;
/** For longer lists there is room for more. */
const MIN_INPUTS = 2;

/** Builds the form with the present list in it. */
export function buildWordForm(
  id: CustomId,
  list: readonly string[],
): APIModalInteractionResponseCallbackData {
  const { formTitle, label, more, hint } = words().settingsPanel.words;
  const pages = paginate(list);
  const inputs = Math.min(MAX_INPUTS, Math.max(MIN_INPUTS, pages.length + 1));
  const labels = Array.from({ length: inputs }, (_, index) => {
    const input = new TextInputBuilder()
      .setCustomId(`words-${index}`)
      .setStyle(TextInputStyle.Paragraph)
      .setMaxLength(MAX_INPUT_LENGTH)
      .setRequired(false);
    const text = pages[index];
    if (text !== undefined) input.setValue(text);
    return new LabelBuilder()
      .setLabel(index === 0 ? label : more)
      .setDescription(hint)
      .setTextInputComponent(input);
  });
  return new ModalBuilder()
    .setTitle(formTitle)
    .setCustomId(encodeId(id))
    .addLabelComponents(...labels)
    .toJSON();
}

/** The list that was typed into it. */
export function readWordForm(typed: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(typed).flatMap((text) =>
    text.split('\n').flatMap((line) => {
      const word = line.trim();
      return word === '' ? [] : [word];
    }),
  );
}

/** The words as texts that fit into one input each. */
function paginate(list: readonly string[]): readonly string[] {
  const pages: string[] = [];
  let page: string | undefined;
  for (const word of list) {
    const longer: string = page === undefined ? word : `${page}\n${word}`;
    if (page !== undefined && longer.length > MAX_INPUT_LENGTH) {
      pages.push(page);
      page = word;
    } else page = longer;
  }
  return page === undefined ? pages : [...pages, page];
}
