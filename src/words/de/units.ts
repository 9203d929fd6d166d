import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** Figures with their units, and lists. */
export const units: Words['units'] = {
  number: ({ value }) => numbers.number(value),
  credits: ({ credits }) => numbers.count(credits, { one: 'Credit', other: 'Credits' }),
  and: ({ parts }) => numbers.and(parts),
  or: ({ parts }) => numbers.or(parts),
};
