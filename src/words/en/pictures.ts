import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What is said of pictures to those who do not see them. */
export const pictures = {
  waveform: ({ title, length }: { title: string; length: string }) =>
    `Waveform of “${title}”, ${length} long.`,
  part: ({ name, time }: { name: string; time: string }) => `${name} at ${time}`,
  parts: ({ parts }: { parts: readonly string[] }) => `Its parts: ${numbers.and(parts)}.`,
  /** Where they were placed by the length of the lyrics. */
  partsAbout: ({ parts }: { parts: readonly string[] }) =>
    `Its parts, about where they are by the lyrics: ${numbers.and(parts)}.`,
  more: ({ count }: { count: number }) => numbers.count(count, { one: 'more part', other: 'more parts' }),
};
