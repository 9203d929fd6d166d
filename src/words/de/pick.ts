import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** Pointing at a line or section of a song instead of typing its time. */
export const pick: Words['pick'] = {
  entry: {
    label: 'Zeile wählen',
    does: 'auf eine Zeile oder einen Abschnitt zeigen, statt Zeiten zu tippen',
  },
  askFirst: ({ title }) => `**${title}**: ab welcher Zeile oder welchem Abschnitt?`,
  picked: ({ title, first, last }) => `**${title}**: von ${first} bis zum Ende von ${last}.`,
  pickedOne: ({ title, first }) => `**${title}**: ${first}.`,
  askLast:
    'Soll der Teil länger sein, wähle unten seine letzte Zeile. Die Zeiten kannst du im Formular noch ändern.',
  does: {
    extend: ({ from }) => `geht ab ${from} weiter`,
    replace: ({ from, to }) => `macht ${from} bis ${to} neu`,
    sample: ({ from, to }) => `macht einen Song um ${from} bis ${to} herum`,
  },
  firstLine: 'Erste Zeile oder erster Abschnitt',
  lastLine: 'Letzte Zeile oder letzter Abschnitt',
  until: ({ time }) => `bis ${time}`,
  page: ({ page, pages }) => `Seite ${numbers.number(page)} von ${numbers.number(pages)}.`,
  buttons: { earlier: 'Frühere Zeilen', later: 'Spätere Zeilen', again: 'Andere erste Zeile' },
  unknown: ({ title, label, price }) =>
    `Ich weiß noch nicht, wann die Wörter von **${title}** gesungen werden. **${label}** fragt MusicAPI danach, für ${price}, und unter der Antwort steht **Zeile wählen**. Oder tippe die Zeiten selbst:`,
  wordless: ({ title }) =>
    `In **${title}** singt niemand, also gibt es keine Zeile, auf die man zeigen könnte. Tippe die Zeiten selbst:`,
};
