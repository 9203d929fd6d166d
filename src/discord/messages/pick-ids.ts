/** The parts of custom ids that say which lines of a song were picked. */

/** What can be asked for from a picked line on. */
export const PICK_OPERATIONS = ['extend', 'replace', 'sample'] as const;

/** One of them. */
export type PickOperation = (typeof PICK_OPERATIONS)[number];

/** How far picking has come: lines are named by their place in the song's list. */
export interface PickState {
  /** Of the menu, from 0. */
  readonly page: number;
  /** The first line. Absent: still to be picked. */
  readonly first?: number | undefined;
  /** The last line. @defaultValue the first one */
  readonly last?: number | undefined;
}

/** A stretch of a song in milliseconds. */
export interface PickedTimes {
  readonly fromMs: number;
  readonly toMs: number;
}

const NUMBER_PATTERN = /^(?:0|[1-9]\d{0,3})$/;
const MS_PATTERN = /^(?:0|[1-9]\d{0,7})$/;

/** The state as parts of an id. */
export function writePickState({ page, first, last }: PickState): string[] {
  return [page, first, last].flatMap((part) => (part === undefined ? [] : [String(part)]));
}

/** Reads it back; undefined for another shape. */
export function readPickState(parts: readonly string[]): PickState | undefined {
  const [page, first, last] = parts.map(Number);
  if (page === undefined || parts.length > 3) return undefined;
  if (!parts.every((part) => NUMBER_PATTERN.test(part))) return undefined;
  return {
    page,
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
  };
}

/** The times as parts of an id. */
export function writePickedTimes({ fromMs, toMs }: PickedTimes): string[] {
  return [String(fromMs), String(toMs)];
}

/** Reads them back; undefined for another shape. */
export function readPickedTimes(parts: readonly string[]): PickedTimes | undefined {
  const [fromMs = 0, toMs = 0] = parts.map(Number);
  if (parts.length !== 2 || !parts.every((part) => MS_PATTERN.test(part))) return undefined;
  return { fromMs, toMs };
}
