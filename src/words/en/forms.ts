import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

const SONG_NAMED = 'Its clip id (More, Clip ID), or a link to its message.';

/** Forms: their titles, and the fields with what is told below their names. */
export const forms = {
  titled: ({ verb, about }: { verb: string; about: string }) => `${verb}: ${about}`,
  /** By the name of the input. `ofClip` takes the place of `description` where the operation works on a song. */
  fields: {
    atSeconds: {
      label: 'From',
      description:
        'Where the new part begins, such as 1:30 or 90. Empty: at the end; for an upload, at the start.',
    },
    fromSeconds: { label: 'From', description: 'Where the part begins, such as 0:45.' },
    toSeconds: { label: 'To', description: 'Where the part ends, such as 1:05.' },
    lengthSeconds: { label: 'Length', description: 'Of the new part, such as 0:30.' },
    durationSeconds: { label: 'Duration', description: 'Wanted length, such as 2:30.' },
    lyrics: {
      label: 'Lyrics',
      description: 'Sung as they are; [Verse], [Chorus] and the like tell the parts apart.',
      ofClip: "Empty: the clip's own lyrics.",
    },
    tags: {
      label: 'Tags',
      description: 'Style, instruments, mood.',
      ofClip: "Style, instruments, mood. Empty: the clip's own tags.",
    },
    title: { label: 'Title', description: 'At most 80 characters.' },
    strength: {
      label: 'Strength',
      description: '0 to 1; higher is further from the original. Empty: left to MusicAPI.',
    },
    prompt: { label: 'Prompt', description: 'What it is to be like, in your own words.' },
    avoid: { label: 'Avoid', description: 'Styles to keep out.' },
    variation: { label: 'Variation', description: 'subtle, normal or high. Empty: normal.' },
    name: { label: 'Name', description: 'By which you choose it later.' },
    describe: { label: 'Describe', description: 'How it sings.' },
    styleWeight: { label: 'Style weight', description: '0 to 1.' },
    weirdness: { label: 'Weirdness', description: '0 to 1.' },
    model: { label: 'Model', description: 'Version of the engine. Empty: the newest.' },
    vocals: { label: 'Vocals', description: 'female or male. Empty: left to MusicAPI.' },
    instrumental: { label: 'Instrumental', description: 'yes or no.' },
    format: {
      label: 'Format',
      description: ({ formats }: { formats: readonly string[] }) => `${numbers.list(formats)}.`,
    },
    engine: {
      label: 'Engine',
      description: ({ engines }: { engines: readonly string[] }) => `${numbers.list(engines)}. Empty: sonic.`,
    },
    clip: { label: 'Song', description: SONG_NAMED },
    secondClip: { label: 'Second song', description: SONG_NAMED },
    persona: { label: 'Voice', description: 'One of yours, by its name.' },
  },
  /** The second input of a text that is too long for one. */
  continued: ({ name }: { name: string }) => `${name}, continued`,
  continues: 'Goes on where the field above is full.',
  fromFile: ({ file }: { file: string }) => `From ${file}; left empty, it stays as it is.`,
  tooLong: ({ length }: { length: number }) =>
    `Too long to show here (${numbers.number(length)} characters); left empty, it stays as it is.`,
  file: {
    label: 'File',
    description: 'MP3, WAV or the like.',
    kept: ({ file }: { file: string }) => `Left empty: still ${file}.`,
  },
};
