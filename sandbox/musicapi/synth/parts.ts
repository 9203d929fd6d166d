/** The twelve parts that every song is made of, which are also the twelve full stems, in the order they are listed. */
export const FULL_STEMS = [
  'Vocals',
  'Backing Vocals',
  'Drums',
  'Bass',
  'Guitar',
  'Keyboard',
  'Percussion',
  'Strings',
  'Synth',
  'FX',
  'Brass',
  'Woodwinds',
] as const;

/** The name of one of the twelve parts. */
export type PartName = (typeof FULL_STEMS)[number];

/** The four basic stems and the parts that each of them holds; together they hold every part once. */
export const BASIC_STEMS = {
  Vocals: ['Vocals', 'Backing Vocals'],
  Drums: ['Drums', 'Percussion'],
  Bass: ['Bass'],
  Other: ['Guitar', 'Keyboard', 'Strings', 'Synth', 'FX', 'Brass', 'Woodwinds'],
} as const satisfies Record<string, readonly PartName[]>;

/** The name of one of the four basic stems. */
export type BasicStemName = keyof typeof BASIC_STEMS;

/** What of a song is wanted: everything, a basic stem or a single part. */
export type Selection = 'mix' | `basic:${BasicStemName}` | `full:${PartName}`;

/** The parts that a selection is the sum of, in mixing order. */
export function listParts(selection: Selection): readonly PartName[] {
  if (selection === 'mix') return FULL_STEMS;
  const found = FULL_STEMS.find((part) => selection === `full:${part}`);
  if (found !== undefined) return [found];
  for (const [name, parts] of Object.entries(BASIC_STEMS)) {
    if (selection === `basic:${name}`) return parts;
  }
  throw new RangeError(`no such stem: ${selection}`);
}
