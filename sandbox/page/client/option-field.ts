import type { OptionView } from '../protocol.ts';
import { formatSize } from './formats.ts';

/** A value that is offered for an option, with the name that people read. */
export interface Offer {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** An option of the chosen command, and what has been done about it so far. */
export interface Field {
  readonly option: OptionView;
  /** What stands in it. */
  readonly text: string;
  /** The offer that the text stands for, once one was taken: its value is sent, its name is shown. */
  readonly picked: Offer | undefined;
  readonly file: File | undefined;
  /** Why it cannot be sent as it is. */
  readonly problem: string | undefined;
}

/** What a field holds when it is in order; files become text only when they are sent. */
export type FieldValue = string | number | boolean | File;

/** Whether it is in order, and what to send; `undefined` as a value leaves the option out. */
export type Reading = { readonly value: FieldValue | undefined } | { readonly problem: string };

/** Longest text where an option names no limit. @see https://discord.com/developers/docs/interactions/application-commands */
const MAX_TEXT_LENGTH = 6000;

/** An option that nothing has been done about. */
export function createField(option: OptionView): Field {
  return { option, text: '', picked: undefined, file: undefined, problem: undefined };
}

/** Whether somebody put something into it. */
export function isFilled({ text, file }: Field): boolean {
  return text !== '' || file !== undefined;
}

/** Reads a field as Discord's client does before it sends a command. */
export function readField(field: Field, uploadLimitBytes: number): Reading {
  const { option } = field;
  if (!isFilled(field)) {
    return option.required ? { problem: `${option.name} is required.` } : { value: undefined };
  }
  switch (option.kind) {
    case 'string':
      return readText(field);
    case 'integer':
    case 'number':
      return readNumber(field);
    case 'boolean':
    case 'user':
    case 'role':
    case 'channel':
    case 'mentionable':
      return field.picked ? { value: field.picked.value } : { problem: 'Choose one from the list.' };
    case 'file':
      return readFile(field, uploadLimitBytes);
    default:
      return option.kind satisfies never;
  }
}

/** The field with its problem, or without one. */
export function checkField(field: Field, uploadLimitBytes: number): Field {
  const reading = readField(field, uploadLimitBytes);
  return { ...field, problem: 'problem' in reading ? reading.problem : undefined };
}

/** The limits of an option in words; empty when there is nothing to say. */
export function describeLimits({ kind, min, max, fileTypes }: OptionView): string {
  if (kind === 'file') return fileTypes.length > 0 ? `${fileTypes.join(', ')} files` : '';
  if (kind === 'string') return max === null ? '' : `at most ${max.toLocaleString('en')} characters`;
  if (min !== null && max !== null) return `${min} to ${max}`;
  if (min !== null) return `at least ${min}`;
  return max === null ? '' : `at most ${max}`;
}

/** Why a file cannot be uploaded here; `undefined` when it can. */
export function checkSize({ name, size }: File, uploadLimitBytes: number): string | undefined {
  if (size <= uploadLimitBytes) return undefined;
  return `“${name}” has ${formatSize(size)}; you may upload up to ${formatSize(uploadLimitBytes)} here.`;
}

function readText({ option, text, picked }: Field): Reading {
  const { choices } = option;
  const value = picked?.value ?? text;
  if (choices.length > 0) {
    const choice = choices.find((one) => one.value === value || sameName(one.name, text));
    return choice ? { value: choice.value } : { problem: notAChoice(option) };
  }
  const { length } = [...String(value)];
  const max = option.max ?? MAX_TEXT_LENGTH;
  if (length > max) {
    return {
      problem: `At most ${max.toLocaleString('en')} characters; these are ${length.toLocaleString('en')}.`,
    };
  }
  return option.min !== null && length < option.min
    ? { problem: `At least ${option.min} characters.` }
    : { value };
}

function readNumber({ option, text, picked }: Field): Reading {
  const { choices, kind, min, max } = option;
  if (choices.length > 0) {
    const choice = choices.find((one) => one.value === picked?.value || sameName(one.name, text));
    return choice ? { value: choice.value } : { problem: notAChoice(option) };
  }
  const value = Number(picked?.value ?? text);
  if (text.trim() === '' || !Number.isFinite(value)) return { problem: `“${text}” is not a number.` };
  if (kind === 'integer' && !Number.isInteger(value)) return { problem: 'It takes a whole number.' };
  if ((min !== null && value < min) || (max !== null && value > max)) {
    return { problem: `It takes ${describeLimits(option)}.` };
  }
  return { value };
}

function readFile({ option, file }: Field, uploadLimitBytes: number): Reading {
  if (!file) return { problem: 'Choose a file.' };
  const { fileTypes } = option;
  if (fileTypes.length > 0 && !fileTypes.some((type) => file.name.toLowerCase().endsWith(type))) {
    return { problem: `“${file.name}” is not one of ${fileTypes.join(', ')}.` };
  }
  const problem = checkSize(file, uploadLimitBytes);
  return problem === undefined ? { value: file } : { problem };
}

function notAChoice({ choices }: OptionView): string {
  return `Not a choice. It takes ${choices.map((one) => one.name).join(', ')}.`;
}

function sameName(name: string, text: string): boolean {
  return name.toLowerCase() === text.trim().toLowerCase();
}
