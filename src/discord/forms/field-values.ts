/** What stands in the fields of a form, and what is read out of them again. */
import {
  type ClipReference,
  DOWNLOAD_FORMATS,
  ENGINES,
  type PersonaReference,
  VARIATIONS,
  VOCALS,
} from '../../domain/request.ts';
import type { Operation } from '../../musicapi/operation.ts';
import { words } from '../../words/words.ts';
import type { Draft } from '../drafts/drafts.ts';
import { formatDuration, oneLine } from '../messages/text.ts';
import { readChoice, readShare, readTime } from '../options/options.ts';
import { CONTINUED, type Field, isLong, isShare, isTime, labelOf, MAX_INPUT_LENGTH } from './form-fields.ts';
import { MAX_LONG_TEXT } from './long-text.ts';

/** A value as a person may type it; where something could not be read, as it was typed. */
export function textOf(draft: Draft, field: Field): string {
  const unread = draft.unread?.[field];
  if (unread) return unread.text;
  if (field === 'clip' || field === 'secondClip' || field === 'persona') return nameOf(draft[field]);
  if (field === 'engine') return draft.engine ?? '';
  const value = draft.inputs[field];
  if (value === undefined) return '';
  const { choices } = words().options;
  if (typeof value === 'boolean') return value ? choices.instrumental.yes : '';
  if (field === 'vocals' || field === 'variation') return wordFor(choices[field], String(value));
  if (typeof value === 'number') {
    return isTime(field) ? formatTime(value) : String(value);
  }
  return isLong(field) ? value.trim() : oneLine(value, MAX_INPUT_LENGTH);
}

/** A time as people type it; from a minute on, parts of a second stand behind it. */
function formatTime(seconds: number): string {
  if (Number.isInteger(seconds)) return formatDuration(seconds);
  if (seconds < 60) return String(seconds);
  const rest = String(Math.round((seconds % 1) * 1_000) / 1_000);
  return rest === '1' ? formatDuration(seconds) : `${formatDuration(Math.floor(seconds))}${rest.slice(1)}`;
}

/** The word for a choice; the choice itself where there is none. */
function wordFor(table: Readonly<Record<string, string>>, value: string): string {
  return table[value] ?? value;
}

/** A reference as a person names it. */
export function nameOf(named: ClipReference | PersonaReference | string | undefined): string {
  if (typeof named !== 'object') return named ?? '';
  return 'clipId' in named ? named.clipId : named.name;
}

/** Whether a field has two inputs. */
export function isContinued(draft: Draft, field: Field): boolean {
  if (!CONTINUED[field]) return false;
  return (draft.isComposed && field === 'lyrics') || textOf(draft, field).length > MAX_INPUT_LENGTH;
}

/** Whether a value cannot stand in the form, so that leaving its field empty changes nothing. */
export function isHidden(draft: Draft, field: Field): boolean {
  const { length } = textOf(draft, field);
  if (field === 'lyrics' && draft.lyricsFile) return length === 0;
  return length > (CONTINUED[field] ? MAX_LONG_TEXT : MAX_INPUT_LENGTH);
}

/** A value that was typed, and what is wrong with it. */
export interface ReadField {
  readonly value?: unknown;
  readonly problem?: string | undefined;
}

/** Reads what was typed into a field, without outer white space. An empty one has no value. */
export function readField(operation: Pick<Operation, 'inputs'>, field: Field, typed: string): ReadField {
  if (typed === '') return {};
  const problems: string[] = [];
  const value = readValue(field, labelOf(operation, field), typed, problems);
  return { value, problem: problems[0] };
}

function readValue(field: Field, label: string, typed: string, problems: string[]): unknown {
  if (isTime(field)) return readTime(label, typed, problems);
  if (isShare(field)) return readShare(label, typed, problems);
  const word = typed.toLowerCase();
  switch (field) {
    case 'engine':
      return readChoice(ENGINES, word, problems);
    case 'vocals':
      return readChoice(VOCALS, word, problems, (choices) => choices.vocals);
    case 'format':
      return readChoice(DOWNLOAD_FORMATS, word, problems);
    case 'variation':
      return readChoice(VARIATIONS, word, problems, (choices) => choices.variation);
    case 'instrumental':
      return (
        readChoice(['yes', 'no'], word, problems, (choices) => choices.instrumental) === 'yes' || undefined
      );
    default:
      return typed;
  }
}
