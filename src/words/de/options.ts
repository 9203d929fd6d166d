import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What is typed into options and fields, and what of it cannot be read. */
export const options: Words['options'] = {
  unknownChoice: ({ text, values }) => `„${text}“ gibt es hier nicht, nur ${numbers.list(values)}.`,
  noTime: ({ text, name }) => `„${text}“ ist keine Zeit für \`${name}\`. Schreib sie als 1:30, 90 oder 90s.`,
  noShare: ({ text, name }) => `„${text}“ passt nicht zu ${name}: Das ist eine Zahl von 0 bis 1, etwa 0,4.`,
  madeWith: ({ typed, model }) => `${typed}, gemacht mit ${model}`,
  choices: {
    instrumental: { yes: 'ja', no: 'nein' },
    vocals: { female: 'weiblich', male: 'männlich' },
    variation: { subtle: 'dezent', normal: 'mittel', high: 'stark' },
  },
};
