import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What is wrong with files that people bring along. */
export const media = {
  /** What a file is; follows "it is". */
  kinds: {
    empty: 'empty',
    text: 'text',
    unknown: 'of a kind that is not known here',
    mid: 'a MIDI file, which holds notes and no sound',
    pdf: 'a PDF document',
    docx: 'a Word document',
    cfb: 'an Office document of the old kind',
    rtf: 'an RTF document',
    odt: 'an OpenDocument text',
    zip: 'a ZIP archive',
    html: 'a web page',
    image: ({ extension }: { extension: string }) => `a picture (${extension})`,
    video: ({ extension }: { extension: string }) => `a video (${extension})`,
    audio: ({ extension }: { extension: string }) => `audio of another kind (${extension})`,
    font: ({ extension }: { extension: string }) => `a font (${extension})`,
    other: ({ extension }: { extension: string }) => `a file of another kind (${extension})`,
  },
  upload: {
    notAudio: ({ kind, kinds }: { kind: string; kinds: readonly string[] }) =>
      `This is not audio that MusicAPI takes: it is ${kind}. Choose a file of ${numbers.or(kinds)}.`,
    unreadable: ({ kinds }: { kinds: readonly string[] }) =>
      `The file could not be looked through: it is damaged, or not what it seems to be. Choose a file of ${numbers.or(kinds)}.`,
    otherKind: ({ kind, kinds }: { kind: string; kinds: readonly string[] }) =>
      `The file is ${kind}; here it has to be ${numbers.or(kinds)}. Save it as one of those.`,
    noLength:
      'The length of the file cannot be read: it is damaged or has no sound. Save it again as MP3 or WAV.',
    tooLong: ({ limit, length }: { limit: string; length: string }) =>
      `The file is longer than ${limit}: it has ${length}. Cut it and send it again.`,
    tooShort: ({ limit, length }: { limit: string; length: string }) =>
      `The file has to be longer than ${limit}: it has ${length}. Choose a longer one.`,
    minutes: ({ minutes }: { minutes: number }) =>
      numbers.count(minutes, { one: 'minute', other: 'minutes' }),
    seconds: ({ seconds }: { seconds: number }) =>
      numbers.count(seconds, { one: 'second', other: 'seconds' }),
  },
  lyricsFile: {
    tooLarge: ({ size, most }: { size: number; most: number }) =>
      `The file has ${numbers.number(size)} KiB, and lyrics may have at most ${numbers.number(most)} KiB. Send the lyrics alone.`,
    encoding: ({ encoding }: { encoding: string }) =>
      `The file is ${encoding}. Save it as plain text in UTF-8 and send it again.`,
    document: ({ kind }: { kind: string }) =>
      `The file is ${kind}. Save it as plain text in UTF-8 and send it again.`,
    noText: ({ kind }: { kind: string }) =>
      `The file is no text: it is ${kind}. Save the lyrics as plain text in UTF-8.`,
    notUtf8: ({ line }: { line: number }) =>
      `Line ${line} of the file is not UTF-8. Save it as plain text in UTF-8 and send it again.`,
    controls: ({ line }: { line: number }) =>
      `Line ${line} of the file has control characters, which no lyrics have. Save it as plain text.`,
    empty: 'The file is empty. Write the lyrics into it and send it again.',
  },
};
