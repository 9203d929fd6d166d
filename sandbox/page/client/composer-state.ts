/**
 * What the message box holds. It is one of three: a message, a search for a command (as soon as the message starts
 * with `/`), or a command that is being filled in.
 */
import type { ChoiceView, CommandView } from '../protocol.ts';
import { createField, type Field, isFilled } from './option-field.ts';

export type ComposerState = Composing & {
  /** Attached to the message; they wait while a command is used. */
  readonly files: readonly File[];
  /** Why the last thing was not sent; empty when there is nothing to say. */
  readonly problem: string;
  readonly isSending: boolean;
  /** What stood in commands that were left without sending, by command: it is there when one comes back. */
  readonly left: Readonly<Record<string, readonly Field[]>>;
};

type Composing =
  | { readonly mode: 'message'; readonly text: string }
  | { readonly mode: 'search'; readonly text: string; readonly list: ListState }
  | Filling;

/** A command with its fields. */
export interface Filling {
  readonly mode: 'filling';
  readonly command: CommandView;
  /** The required options and those that were added, in the order of the line. */
  readonly fields: readonly Field[];
  /** The option whose field is used; `null` is the field that options are added by. */
  readonly focused: string | null;
  /** What stands in the field that options are added by. */
  readonly wanted: string;
  readonly list: ListState;
  readonly asked: Asked | undefined;
}

/** The list above the box. */
export interface ListState {
  readonly isOpen: boolean;
  /** What the arrow keys went to; `undefined` until they are used. */
  readonly active: number | undefined;
}

/** What the bot was asked to offer for the focused field, as its text stood. */
export interface Asked {
  readonly option: string;
  readonly text: string;
  readonly state: 'asking' | 'answered' | 'failed';
  /** While it is asked again, the earlier ones. */
  readonly choices: readonly ChoiceView[];
}

export const OPEN: ListState = { isOpen: true, active: undefined };
export const CLOSED: ListState = { isOpen: false, active: undefined };

/** An empty message. */
export function createComposer(): ComposerState {
  return { mode: 'message', text: '', files: [], problem: '', isSending: false, left: {} };
}

/** Starts to fill a command in: the required options are there, and what was typed when it was left. */
export function createFilling(command: CommandView, left: readonly Field[] | undefined): Filling {
  const fields =
    left?.filter(({ option }) => command.options.some((one) => one.option === option.option)) ??
    command.options.filter(({ required }) => required).map(createField);
  const first = fields.find((field) => !isFilled(field)) ?? fields[0];
  return focusOn({ mode: 'filling', command, fields, wanted: '' }, first?.option.option ?? null);
}

/** The filling with another field in use: its list opens, and the bot is asked when the option wants that. */
export function focusOn(
  filling: Pick<Filling, 'mode' | 'command' | 'fields' | 'wanted'>,
  focused: string | null,
): Filling {
  const { mode, command, fields, wanted } = filling;
  const field = fields.find(({ option }) => option.option === focused);
  const asked = field && !field.picked ? askFor(field, undefined) : undefined;
  // What is chosen already stands in the field: the list would only hide the channel.
  const list = field?.picked ? CLOSED : OPEN;
  return { mode, command, fields, wanted, focused, list, asked };
}

/** The question for a field as it stands; `undefined` where nothing is asked. */
export function askFor({ option, text }: Field, earlier: Asked | undefined): Asked | undefined {
  if (!option.autocomplete) return undefined;
  const choices = earlier?.option === option.option ? earlier.choices : [];
  return { option: option.option, text, state: 'asking', choices };
}

/** The field that is used now. */
export function focusedField({ fields, focused }: Filling): Field | undefined {
  return fields.find(({ option }) => option.option === focused);
}

/** The options that could still be added. */
export function listRemaining({ command, fields }: Filling): CommandView['options'] {
  return command.options.filter(({ option }) => !fields.some((field) => field.option.option === option));
}
