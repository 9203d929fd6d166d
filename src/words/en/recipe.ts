import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Songs from messages: audio that somebody points at, how it was made, and texts as a description. */
export const recipe = {
  /** Entries of a message's menu; at most 32 characters. */
  entries: { useAudio: 'Use this audio', songFrom: 'Song from this' },
  /** For the help, with the entries as the person's client shows them. */
  inMenu: ({ useAudio, songFrom }: { useAudio: string; songFrom: string }) =>
    `In the menu of any message (Apps): **${useAudio}** goes on from its file, **${songFrom}** makes a song of its words.`,

  audio: {
    noFile: 'That message has no audio file. Choose one that has an MP3, a WAV or the like attached.',
    which: 'That message has several files. Which one?',
    choose: 'Choose a file',
    gone: 'I keep what was found in a file for a day, and this is gone. Use the menu of the message again; nothing was spent.',
    notYours: 'Somebody else asked for this. Use the menu of the message yourself.',
    /** Stands for the title of a file that has none. */
    thisAudio: 'this audio',
    /** What each of them does with a file that is no song of ours. */
    does: {
      extend: 'go on from a moment of it',
      cover: 'the same, another way',
      sample: 'a whole song from a short piece of it',
      upload: 'this audio as a clip',
      create: 'a new song with the same words and style',
    },
    /** A file names a song that the person may not use by its id. */
    otherClip: 'Its own clip cannot be used here, so the file itself is brought in.',
    readFrom: 'This is what the file says of itself.',
  },

  /** What a file says of itself. */
  fields: {
    tags: 'Tags',
    engine: 'Engine',
    length: 'Length',
    madeWith: 'Made with',
    prompt: 'Prompt',
    settings: 'Settings',
    clipId: 'Clip ID',
    from: 'From',
  },
  engineAndModel: ({ engine, model }: { engine: string; model: string }) => `${engine}, ${model}`,
  setting: ({ name, value }: { name: string; value: string }) => `${name}: ${value}`,
  settings: ({ parts }: { parts: readonly string[] }) => numbers.list(parts),

  song: {
    noText: 'That message has no text that a song could be made from. Choose one with words in it.',
    draft: 'A song from this message:',
    price: ({ price }: { price: string }) =>
      `Nothing is spent yet. **Create** makes it for ${price}; **Edit** opens the form.`,
    cut: ({ most }: { most: string }) =>
      `The message is longer than the ${most} characters of a description, so this is its beginning.`,
    buttons: { create: 'Create', edit: 'Edit' },
  },

  /** A link to a message whose files cannot be seen. */
  notSeen:
    'I see nothing of what others attach to their messages. Use the menu of that message instead: Apps → Use this audio.',
};
