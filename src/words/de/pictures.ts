import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What is said of pictures to those who do not see them. */
export const pictures: Words['pictures'] = {
  waveform: ({ title, length }) => `Wellenform von „${title}“, Länge ${length}.`,
  part: ({ name, time }) => `${name} bei ${time}`,
  parts: ({ parts }) => `Die Teile: ${numbers.and(parts)}.`,
  partsAbout: ({ parts }) => `Die Teile, nach dem Songtext ungefähr hier: ${numbers.and(parts)}.`,
  more: ({ count }) => numbers.count(count, { one: 'weiterer Teil', other: 'weitere Teile' }),
};
