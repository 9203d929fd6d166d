/** Texts that are longer than one input of a form: cut in two, and joined again without a loss. */
import { MAX_INPUT_LENGTH } from './form-fields.ts';

/** Longest text that two inputs take together. */
export const MAX_LONG_TEXT = 2 * MAX_INPUT_LENGTH;

/** From here on an input counts as full: a character of two units may not fit any more. */
const FULL_LENGTH = MAX_INPUT_LENGTH - 1;

/**
 * Cuts a text that is too long for one input, at the end of a line where that is possible. Clients trim what stands in
 * an input, so the cut is made beside white space only where a line ends.
 */
export function splitText(text: string): readonly [string, string] {
  if (text.length <= MAX_INPUT_LENGTH) return [text, ''];
  const at = findLineEnd(text, text.length - MAX_INPUT_LENGTH - 1);
  if (at !== undefined) return [text.slice(0, at), text.slice(at + 1)];
  const end = isPair(text, MAX_INPUT_LENGTH - 1) ? FULL_LENGTH : MAX_INPUT_LENGTH;
  return [text.slice(0, end), text.slice(end)];
}

/** Joins what stands in the two inputs. A first one that is full was cut within a line. */
export function joinText(first: string, more = ''): string {
  if (more.trim() === '') return first.trim();
  if (first.trim() === '') return more.trim();
  const separator = first.length >= FULL_LENGTH ? '' : '\n';
  return `${first}${separator}${more}`.trim();
}

/** Place of a line break between two lines that are not empty, as late as possible and not before `least`. */
function findLineEnd(text: string, least: number): number | undefined {
  let at = text.lastIndexOf('\n', FULL_LENGTH - 1);
  while (at > 0 && at >= least) {
    if (/\S/.test(text[at - 1] ?? '') && /\S/.test(text[at + 1] ?? '')) return at;
    at = text.lastIndexOf('\n', at - 1);
  }
  return undefined;
}

/** Whether a character of two units begins at this place. */
function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xff_ff;
}
