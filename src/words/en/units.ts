import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Figures with their units, and lists. */
export const units = {
  number: ({ value }: { value: number }) => numbers.number(value),
  credits: ({ credits }: { credits: number }) => numbers.count(credits, { one: 'credit', other: 'credits' }),
  and: ({ parts }: { parts: readonly string[] }) => numbers.and(parts),
  or: ({ parts }: { parts: readonly string[] }) => numbers.or(parts),
};
