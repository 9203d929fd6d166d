/** The labelled inputs of a form, each with what was typed. */
import { type APILabelComponent, ComponentType, TextInputStyle } from 'discord-api-types/v10';
import type { Operation } from '../../musicapi/operation.ts';
import { words } from '../../words/words.ts';
import type { Draft } from '../drafts/drafts.ts';
import { oneLine } from '../messages/text.ts';
import { isContinued, isHidden, textOf } from './field-values.ts';
import {
  CONTINUED,
  describeField,
  FILE,
  type Field,
  isLong,
  labelOf,
  MAX_INPUT_LENGTH,
  maxLengthOf,
} from './form-fields.ts';
import { splitText } from './long-text.ts';

/** The input, or inputs, of a field. */
export function buildLabels(operation: Operation, draft: Draft, field: Field): APILabelComponent[] {
  const value = textOf(draft, field);
  const label = buildLabel(operation, field);
  const more = CONTINUED[field];
  if (isHidden(draft, field)) return [label({ placeholder: describeHidden(draft, value) })];
  // Without another song there is nothing to ask for, so the client can say that already.
  if (!more || !isContinued(draft, field)) return [label({ value, isRequired: field === 'secondClip' })];
  const [first, rest] = splitText(value);
  return [label({ value: first }), label({ value: rest, continues: more })];
}

interface Filling {
  readonly value?: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  /** Custom id of the input that goes on where the first one is full. */
  readonly continues?: string;
}

function buildLabel(operation: Operation, field: Field) {
  const { forms } = words();
  const name = labelOf(operation, field);
  return ({ value = '', placeholder, isRequired = false, continues }: Filling): APILabelComponent => {
    const shown = isLong(field) ? value : oneLine(value, MAX_INPUT_LENGTH);
    return {
      type: ComponentType.Label,
      label: continues ? forms.continued({ name }) : name,
      description: continues ? forms.continues : describeField(operation, field),
      component: {
        type: ComponentType.TextInput,
        custom_id: continues ?? field,
        style: isLong(field) ? TextInputStyle.Paragraph : TextInputStyle.Short,
        // What is too long has to fit nevertheless: how else could it be shortened?
        max_length: Math.max(maxLengthOf(field), shown.length),
        required: isRequired,
        ...(shown === '' ? {} : { value: shown }),
        ...(placeholder === undefined ? {} : { placeholder }),
      },
    };
  };
}

function describeHidden({ lyricsFile }: Draft, value: string): string {
  const { forms } = words();
  if (lyricsFile && value === '') return forms.fromFile({ file: oneLine(lyricsFile.name, 40) });
  return forms.tooLong({ length: value.length });
}

/** The field for another audio file. */
export function buildFileLabel({ file }: Draft): APILabelComponent {
  const { label, description, kept } = words().forms.file;
  return {
    type: ComponentType.Label,
    label,
    description: file ? kept({ file: oneLine(file.name, 60) }) : description,
    component: { type: ComponentType.FileUpload, custom_id: FILE, required: false, max_values: 1 },
  };
}
