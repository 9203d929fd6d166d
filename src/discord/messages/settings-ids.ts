/** The part of a custom id that says which setting is meant, and what of it the person was shown. */
import { createHash } from 'node:crypto';

/** What there is to change in the panel of a server, in the order of its menu. */
export const SERVER_SECTIONS = [
  'pause',
  'channels',
  'roles',
  'operations',
  'engine',
  'pressers',
  'results',
  'explicit',
  'budgets',
  'words',
  'members',
  'retention',
  'language',
  'key',
] as const;
/** One of them. */
export type ServerSection = (typeof SERVER_SECTIONS)[number];

/** The same in a member's own panel. */
export const MY_SECTIONS = ['engine', 'voice', 'delivery', 'mention', 'language', 'key'] as const;
/** One of them. */
export type MySection = (typeof MY_SECTIONS)[number];

/** A control of a panel. */
export interface Control<Section> {
  readonly section: Section;
  /** What the person was shown of it, by `markSeen`; absent where that does not matter yet. */
  readonly seen?: string | undefined;
  /** Which part of the section, or whose budget. */
  readonly part?: string | undefined;
}

const SEEN_PATTERN = /^[0-9a-f]{10}$/;
const PART_PATTERN = /^[a-z0-9-]{1,20}$/;
const UNSEEN = '-';

/**
 * A short mark of a value, to tell whether it is still the one that somebody was shown.
 *
 * @param value - any JSON
 */
export function markSeen(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 10);
}

/** A control as parts of an id. */
export function writeControl({ section, seen, part }: Control<string>): string[] {
  return [section, seen ?? UNSEEN, ...(part === undefined ? [] : [part])];
}

/** Reads it back; undefined for another shape. */
export function readControl<const Section extends string>(
  sections: readonly Section[],
  [name, seen = '', part, ...rest]: readonly string[],
): Control<Section> | undefined {
  const section = sections.find((one) => one === name);
  const isSeen = SEEN_PATTERN.test(seen);
  if (section === undefined || rest.length > 0 || !(isSeen || seen === UNSEEN)) return undefined;
  if (part !== undefined && !PART_PATTERN.test(part)) return undefined;
  return { section, ...(isSeen ? { seen } : {}), ...(part === undefined ? {} : { part }) };
}
