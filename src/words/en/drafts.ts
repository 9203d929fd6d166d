import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What stands in the way of a request, and what was typed for it. */
export const drafts = {
  buttons: { edit: 'Edit', sendAnyway: 'Send anyway' },
  notKept: 'I cannot keep what you type at the moment. Try again in a minute.',
  gone: 'I keep what was typed for a day, and this is gone. Use the command again; nothing was spent.',
  notYours: 'Somebody else typed this, and only they may send it. Use the command yourself.',
  found: ({ count }: { count: number }) =>
    `${numbers.count(count, { one: 'thing was found', other: 'things were found' })}.`,
  /** Stands between what stands in the way and what does not. */
  lookToo: 'Worth a look, too:',
  sendFree: 'It can go as it is: "Send anyway" is free.',
  sendPaid: ({ price }: { price: string }) => `It can go as it is: "Send anyway" costs ${price}.`,
  noLyrics: 'The lyrics are empty. Write what is to be sung.',
  asked: 'This was already asked for, so nothing more was spent; its card is in this channel.',
  askedHere: ({ link }: { link: string }) => `This was already asked for, so nothing more was spent: ${link}`,
  differentKeys:
    'These songs and voices were made with different keys of MusicAPI, and each key knows only its own. Choose some that belong together. Nothing was spent.',
  /** About audio that somebody attached or chose. */
  audio: {
    tooLong: ({ most, length }: { most: string; length: string }) =>
      `MusicAPI takes in at most ${most} of audio, and this is ${length} long. Choose something shorter.`,
    tooLarge: ({ mebibytes }: { mebibytes: number }) =>
      `The file is larger than ${mebibytes} MiB. Save it as MP3 and attach that.`,
    notFetched: 'The file could not be fetched from Discord. Try again in a minute.',
    notAttached: 'The file is not one that was attached in Discord. Attach it to the command.',
    gone: 'Discord no longer has the file. Attach it once more.',
  },
  /** About a text file with lyrics. */
  lyricsFile: {
    tooLarge: 'The file is much larger than lyrics can be: at most 64 KiB. Send the lyrics alone.',
    notFetched: 'I could not read the file from Discord just now. Try again in a minute.',
    gone: 'Discord does not have the file any more. Attach it again.',
  },
};
