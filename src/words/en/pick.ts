import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Pointing at a line or section of a song instead of typing its time. */
export const pick = {
  /** In the menu behind **More**. */
  entry: { label: 'Pick a line', does: 'point at a line or section instead of typing its time' },
  askFirst: ({ title }: { title: string }) => `**${title}**: from which line or section on?`,
  picked: ({ title, first, last }: { title: string; first: string; last: string }) =>
    `**${title}**: from ${first} to the end of ${last}.`,
  pickedOne: ({ title, first }: { title: string; first: string }) => `**${title}**: ${first}.`,
  /** Stands below what is picked so far. */
  askLast: 'For a longer part, choose its last line below. The times can still be changed in the form.',
  does: {
    extend: ({ from }: { from: string }) => `goes on from ${from}`,
    replace: ({ from, to }: { from: string; to: string }) => `makes ${from} to ${to} anew`,
    sample: ({ from, to }: { from: string; to: string }) => `makes a song around ${from} to ${to}`,
  },
  firstLine: 'First line or section',
  lastLine: 'Last line or section',
  until: ({ time }: { time: string }) => `until ${time}`,
  page: ({ page, pages }: { page: number; pages: number }) =>
    `Page ${numbers.number(page)} of ${numbers.number(pages)}.`,
  buttons: { earlier: 'Earlier lines', later: 'Later lines', again: 'Another first line' },
  unknown: ({ title, label, price }: { title: string; label: string; price: string }) =>
    `I do not know yet when the words of **${title}** are sung. **${label}** asks MusicAPI, for ${price}, and its answer has the button **Pick a line**. Or type the times yourself:`,
  wordless: ({ title }: { title: string }) =>
    `Nobody sings in **${title}**, so there is no line to point at. Type the times yourself:`,
};
