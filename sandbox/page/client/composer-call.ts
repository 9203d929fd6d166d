import type { ComposerState, Filling } from './composer-state.ts';
import { checkField, checkSize, type Field, type FieldValue, readField } from './option-field.ts';

/** Longest message of somebody without Nitro, in characters. @see https://support.discord.com/hc/en-us/articles/360034632292 */
const MAX_MESSAGE_LENGTH = 2000;
const MAX_FILES = 10;

/** What the message box asks for, before its files are read. */
export type Call =
  | { readonly kind: 'say'; readonly content: string; readonly files: readonly File[] }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly values: Readonly<Record<string, FieldValue>>;
    };

/** The call, what is wrong with the fields, or what is wrong with the message; `undefined` when there is nothing to send. */
export type Built =
  | { readonly call: Call }
  | { readonly fields: readonly Field[] }
  | { readonly problem: string }
  | undefined;

/** Builds what is sent, or says as Discord's client does why it cannot be. */
export function buildCall(state: ComposerState, uploadLimitBytes: number): Built {
  if (state.mode === 'filling') return buildCommand(state, uploadLimitBytes);
  const content = state.text.trim();
  const { files } = state;
  if (content === '' && files.length === 0) return undefined;
  const { length } = [...content];
  if (length > MAX_MESSAGE_LENGTH) {
    const [limit, own] = [MAX_MESSAGE_LENGTH, length].map((count) => count.toLocaleString('en'));
    return { problem: `A message has at most ${limit} characters; this one has ${own}.` };
  }
  if (files.length > MAX_FILES) return { problem: `A message has at most ${MAX_FILES} files.` };
  const tooLarge = files.map((file) => checkSize(file, uploadLimitBytes)).find(Boolean);
  return tooLarge === undefined ? { call: { kind: 'say', content, files } } : { problem: tooLarge };
}

function buildCommand({ command, fields }: Filling, uploadLimitBytes: number): Built {
  const checked = fields.map((field) => checkField(field, uploadLimitBytes));
  if (checked.some(({ problem }) => problem !== undefined)) return { fields: checked };
  return {
    call: { kind: 'command', command: command.command, values: readValues(fields, uploadLimitBytes) },
  };
}

/** The values of those fields that are in order. */
export function readValues(
  fields: readonly Field[],
  uploadLimitBytes: number,
): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const reading = readField(field, uploadLimitBytes);
      return 'value' in reading && reading.value !== undefined ? [[field.option.option, reading.value]] : [];
    }),
  );
}
