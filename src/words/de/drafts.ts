import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What stands in the way of a request, and what was typed for it. */
export const drafts: Words['drafts'] = {
  buttons: { edit: 'Bearbeiten', sendAnyway: 'Trotzdem senden' },
  notKept: 'Ich kann gerade nicht aufbewahren, was du schreibst. Versuch es in einer Minute noch einmal.',
  gone: 'Was jemand schreibt, bewahre ich einen Tag auf, und das hier ist nicht mehr da. Nimm den Befehl noch einmal; nichts wurde ausgegeben.',
  notYours:
    'Das hat jemand anderes geschrieben, und nur diese Person darf es senden. Nimm selbst den Befehl.',
  found: ({ count }) =>
    `${numbers.count(count, { one: 'Sache ist aufgefallen', other: 'Sachen sind aufgefallen' })}.`,
  lookToo: 'Sieh dir auch das an:',
  sendFree: 'Du kannst es auch so lassen: „Trotzdem senden“ kostet nichts.',
  sendPaid: ({ price }) => `Du kannst es auch so lassen: „Trotzdem senden“ kostet ${price}.`,
  noLyrics: 'Der Songtext ist leer. Schreib auf, was gesungen werden soll.',
  asked:
    'Das wurde schon in Auftrag gegeben, also wurde nichts weiter ausgegeben; die Karte ist in diesem Kanal.',
  askedHere: ({ link }) => `Das wurde schon in Auftrag gegeben, also wurde nichts weiter ausgegeben: ${link}`,
  differentKeys:
    'Diese Songs und Stimmen wurden mit verschiedenen Schlüsseln von MusicAPI gemacht, und jeder Schlüssel kennt nur seine eigenen. Wähle welche, die zusammengehören. Nichts wurde ausgegeben.',
  audio: {
    tooLong: ({ most, length }) =>
      `MusicAPI nimmt höchstens ${most} an Audio an, und das hier ist ${length} lang. Wähle etwas Kürzeres.`,
    tooLarge: ({ mebibytes }) =>
      `Die Datei ist größer als ${mebibytes} MiB. Speichere sie als MP3 und häng diese an.`,
    notFetched: 'Die Datei ließ sich nicht von Discord abholen. Versuch es in einer Minute noch einmal.',
    notAttached: 'Diese Datei wurde nicht in Discord angehängt. Häng sie an den Befehl an.',
    gone: 'Discord hat die Datei nicht mehr. Häng sie noch einmal an.',
  },
  lyricsFile: {
    tooLarge:
      'Die Datei ist viel größer, als ein Songtext sein kann: höchstens 64 KiB. Sende nur den Songtext.',
    notFetched:
      'Ich konnte die Datei gerade nicht von Discord lesen. Versuch es in einer Minute noch einmal.',
    gone: 'Discord hat die Datei nicht mehr. Häng sie noch einmal an.',
  },
};
