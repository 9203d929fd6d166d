/** What forms can ask for: which fields there are, what they are called, and how much they take. */
import { DOWNLOAD_FORMATS, ENGINES, type InputName } from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';
import type { Words } from '../../words/en.ts';
import { words } from '../../words/words.ts';

/** A text input takes at most 4,000 characters (Discord: Text Input). */
export const MAX_INPUT_LENGTH = 4_000;

interface FieldLook {
  /** There is room for several lines. */
  readonly isLong?: boolean;
  readonly maxLength: number;
}

const LOOKS = {
  atSeconds: { maxLength: 20 },
  fromSeconds: { maxLength: 20 },
  toSeconds: { maxLength: 20 },
  lengthSeconds: { maxLength: 20 },
  durationSeconds: { maxLength: 20 },
  lyrics: { isLong: true, maxLength: MAX_INPUT_LENGTH },
  tags: { isLong: true, maxLength: 1_000 },
  title: { maxLength: 80 },
  strength: { maxLength: 10 },
  prompt: { isLong: true, maxLength: MAX_INPUT_LENGTH },
  avoid: { isLong: true, maxLength: 1_000 },
  variation: { maxLength: 10 },
  name: { maxLength: 80 },
  describe: { isLong: true, maxLength: 200 },
  styleWeight: { maxLength: 10 },
  weirdness: { maxLength: 10 },
  model: { maxLength: 200 },
  vocals: { maxLength: 20 },
  instrumental: { maxLength: 20 },
  format: { maxLength: 20 },
  engine: { maxLength: 20 },
  clip: { maxLength: 200 },
  secondClip: { maxLength: 200 },
  persona: { maxLength: 200 },
} as const satisfies Readonly<Record<keyof Words['forms']['fields'], FieldLook>>;

/** A field of text: an input of the request, or the name of what the request is about. */
export type Field = keyof typeof LOOKS;

/** Custom id of the field for an audio file. */
export const FILE = 'file';

/** Whether a custom id, or the name of what could not be read, is that of a field of text. */
export function isField(id: string): id is Field {
  return Object.hasOwn(LOOKS, id);
}

/** Texts that get a second field where one is too small, with its custom id. */
export const CONTINUED: { readonly [field in Field]?: string } = {
  lyrics: 'moreLyrics',
  prompt: 'morePrompt',
};

/** Choices of commands: a form shows them only where something is wrong with them. */
const CHOICES: readonly Field[] = ['model', 'vocals', 'instrumental', 'format'];

/** Whether an input is one that people write, and not one of a few that they choose from. */
export function isWritten(name: InputName): boolean {
  return !CHOICES.includes(name);
}

/** Whether an input holds a moment or length, which people write as 1:30. */
export function isTime(name: string): boolean {
  return name.endsWith('Seconds');
}

/** Whether a field holds a number from 0 to 1. */
export function isShare(name: Field): boolean {
  return name === 'strength' || name === 'styleWeight' || name === 'weirdness';
}

/** Whether a field has room for several lines. */
export function isLong(field: Field): boolean {
  const { isLong = false }: FieldLook = LOOKS[field];
  return isLong;
}

/** Characters that a field usually takes. */
export function maxLengthOf(field: Field): number {
  return LOOKS[field].maxLength;
}

/** What a field is called: *Instruction* for a prompt of the producer engine. */
export function labelOf({ inputs }: Pick<Operation, 'inputs'>, field: Field): string {
  const rule = isInput(field) ? inputs[field] : undefined;
  return rule?.field ? words().operations.fields[rule.field] : words().forms.fields[field].label;
}

/** What stands below its name: at most 100 characters (Discord: Label). */
export function describeField({ clip }: Pick<Operation, 'clip'>, field: Field): string {
  const { fields } = words().forms;
  if (field === 'format') return fields.format.description({ formats: DOWNLOAD_FORMATS });
  if (field === 'engine') return fields.engine.description({ engines: ENGINES });
  const { description, ofClip = description }: FieldWords = fields[field];
  return clip && !clip.optional ? ofClip : description;
}

interface FieldWords {
  readonly description: string;
  readonly ofClip?: string;
}

function isInput(field: Field): field is InputName {
  return field !== 'engine' && field !== 'clip' && field !== 'secondClip' && field !== 'persona';
}
