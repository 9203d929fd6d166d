import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What is typed into options and fields, and what of it cannot be read. */
export const options = {
  unknownChoice: ({ text, values }: { text: string; values: readonly string[] }) =>
    `"${text}" is none of ${numbers.list(values)}.`,
  /** @param name - of the option or field */
  noTime: ({ text, name }: { text: string; name: string }) =>
    `"${text}" is no time for \`${name}\`. Write it as 1:30, 90 or 90s.`,
  noShare: ({ text, name }: { text: string; name: string }) =>
    `"${text}" is no ${name}: it is a number from 0 to 1, such as 0.4.`,
  /** A model's earlier name, and the model that it stands for now. */
  madeWith: ({ typed, model }: { typed: string; model: string }) => `${typed}, made with ${model}`,
  /** Words that stand for a choice where it is typed; those of every language are understood. */
  choices: {
    instrumental: { yes: 'yes', no: 'no' },
    vocals: { female: 'female', male: 'male' },
    variation: { subtle: 'subtle', normal: 'normal', high: 'high' },
  },
};
