import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What is wrong with files that people bring along. */
export const media: Words['media'] = {
  kinds: {
    empty: 'leer',
    text: 'Text',
    unknown: 'von einer Art, die hier nicht bekannt ist',
    mid: 'eine MIDI-Datei, die Noten enthält und keinen Ton',
    pdf: 'ein PDF-Dokument',
    docx: 'ein Word-Dokument',
    cfb: 'ein Office-Dokument der alten Art',
    rtf: 'ein RTF-Dokument',
    odt: 'ein OpenDocument-Text',
    zip: 'ein ZIP-Archiv',
    html: 'eine Webseite',
    image: ({ extension }) => `ein Bild (${extension})`,
    video: ({ extension }) => `ein Video (${extension})`,
    audio: ({ extension }) => `Audio einer anderen Art (${extension})`,
    font: ({ extension }) => `eine Schriftart (${extension})`,
    other: ({ extension }) => `eine Datei anderer Art (${extension})`,
  },
  upload: {
    notAudio: ({ kind, kinds }) =>
      `Das ist kein Audio, das MusicAPI annimmt, sondern: ${kind}. Wähle eine Datei in ${numbers.or(kinds)}.`,
    unreadable: ({ kinds }) =>
      `Die Datei ließ sich nicht durchsehen: Sie ist beschädigt oder nicht das, was sie zu sein scheint. Wähle eine Datei in ${numbers.or(kinds)}.`,
    otherKind: ({ kind, kinds }) =>
      `Die Datei ist ${kind}; hier muss sie ${numbers.or(kinds)} sein. Speichere sie in einem davon.`,
    noLength:
      'Die Länge der Datei lässt sich nicht lesen: Sie ist beschädigt oder hat keinen Ton. Speichere sie noch einmal als MP3 oder WAV.',
    tooLong: ({ limit, length }) =>
      `Die Datei ist länger als ${limit}: Sie dauert ${length}. Kürze sie und schick sie noch einmal.`,
    tooShort: ({ limit, length }) =>
      `Die Datei muss länger als ${limit} sein: Sie dauert ${length}. Wähle eine längere.`,
    minutes: ({ minutes }) => numbers.count(minutes, { one: 'Minute', other: 'Minuten' }),
    seconds: ({ seconds }) => numbers.count(seconds, { one: 'Sekunde', other: 'Sekunden' }),
  },
  lyricsFile: {
    tooLarge: ({ size, most }) =>
      `Die Datei hat ${numbers.number(size)} KiB, und ein Songtext darf höchstens ${numbers.number(most)} KiB haben. Schick nur den Songtext.`,
    encoding: ({ encoding }) =>
      `Die Datei ist in ${encoding}. Speichere sie als reinen Text in UTF-8 und schick sie noch einmal.`,
    document: ({ kind }) =>
      `Die Datei ist ${kind}. Speichere sie als reinen Text in UTF-8 und schick sie noch einmal.`,
    noText: ({ kind }) =>
      `Die Datei ist kein Text, sondern: ${kind}. Speichere den Songtext als reinen Text in UTF-8.`,
    notUtf8: ({ line }) =>
      `Zeile ${line} der Datei ist nicht in UTF-8. Speichere sie als reinen Text in UTF-8 und schick sie noch einmal.`,
    controls: ({ line }) =>
      `Zeile ${line} der Datei enthält Steuerzeichen, die in keinen Songtext gehören. Speichere sie als reinen Text.`,
    empty: 'Die Datei ist leer. Schreib den Songtext hinein und schick sie noch einmal.',
  },
};
