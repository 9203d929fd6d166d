import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Songs: their cards, what can be done with them, and what stands in the way. */
export const clips = {
  /** The message that shows one song. */
  card: {
    ready: 'Your song is ready',
    copied: 'Your copy is here',
    uploaded: 'Your upload is here',
    /** @param what - `named`, or `takeOf` */
    news: ({ member, news, what }: { member: string; news: string; what: string }) =>
      `${member} ${news}: ${what}`,
    named: ({ title }: { title: string }) => `**${title}**`,
    takeOf: ({ title, take, takes }: { title: string; take: number; takes: number }) =>
      `**${title}**, take ${numbers.number(take)} of ${numbers.number(takes)}`,
    priceOf: ({ price, takes }: { price: string; takes: number }) =>
      `${price} for ${numbers.count(takes, { one: 'take', other: 'takes' })}`,
    fields: {
      tags: 'Tags',
      engine: 'Engine',
      length: 'Length',
      madeWith: 'Made with',
      from: 'From',
      price: 'Price',
      requester: 'For',
    },
    buttons: { extend: 'Extend', cover: 'Cover', stems: 'Stems', more: 'More' },
  },

  /** A song in the list that opens while one types. */
  listed: ({ title, take }: { title: string; take: number }) => `${title} · take ${take}`,
  /** A song whose title nobody knows. */
  thisClip: 'this clip',

  /** The private menu behind **More**. */
  menu: {
    ask: ({ title }: { title: string }) => `What to do with **${title}**?`,
    missing: 'Not with this one:',
    everythingElse: 'Everything else',
    onlyElsewhere: ({ engines, engine }: { engines: readonly string[]; engine: string }) =>
      `only with songs of the engine ${numbers.or(engines)}, and this one was made by ${engine}.`,
    again: { label: 'Again', does: 'the same request once more' },
    lyrics: { label: 'Lyrics', does: 'read them as text' },
    clipId: { label: 'Clip ID', does: 'for the clip option of commands' },
    delete: { label: 'Delete', does: 'remove this message' },
    stems: { label: 'Stems', does: 'the separate tracks' },
    several: ({ labels }: { labels: readonly string[] }) => numbers.list(labels),
    file: ({ format }: { format: string }) => `the song as ${format} file`,
    entry: ({ label, does }: { label: string; does: string }) => `- ${label}: ${does}`,
    paidEntry: ({ label, does, price }: { label: string; does: string; price: string }) =>
      `- ${label}: ${does}, ${price}`,
    unknownMaker: 'I do not know how this clip was made, so I cannot make it again. Nothing was spent.',
  },

  /** Deleting a message. */
  deleting: {
    deleted: 'Deleted.',
    unknownMessage: 'I do not know which message to delete.',
    already: 'It has been deleted already.',
    noAccess:
      'I cannot delete that message here: I may not read this channel. A moderator can delete it by hand.',
    notThere: 'I cannot delete that message here: I am no member of this place, I only answer in it.',
    noRight: ({ requester }: { requester: string }) =>
      `Only ${requester} who asked for it, or a moderator, may delete this.`,
    /** Stands for a requester whom nobody knows any more. */
    somebody: 'the person',
  },

  /** The text of a song, for those who read it or have it read to them. */
  lyrics: {
    of: ({ title }: { title: string }) => `The lyrics of **${title}**:`,
    attached: 'They are too long to show here, so the whole text is attached.',
    unknown: 'I do not know the lyrics of this song.',
    file: 'lyrics',
  },

  /** Which stems. */
  stems: {
    ask: ({ title }: { title: string }) => `Which stems of **${title}**?`,
    basic: ({ price }: { price: string }) => `- Basic: the main parts, ${price}.`,
    full: ({ price }: { price: string }) =>
      `- Full: every part that can be told apart, often more than a dozen tracks, ${price}.`,
    buttons: { basic: 'Basic', full: 'Full' },
  },
  clipId: ({ clipId }: { clipId: string }) =>
    `The id of this clip, for the \`clip\` option of commands:\n\`${clipId}\``,

  /** Why a song was not found. */
  finding: {
    noClip:
      'That is no clip. Choose one from the list while you type, paste a link to a message with a song of mine, or give a clip id.',
    unreadable: 'I cannot read that message. Use the clip id instead: More → Clip ID on the card shows it.',
    noCard: 'That message has no clip card of mine. Link to the message with the song, or use the clip id.',
    elsewhere: 'That message is in another place. Use a link to a message from here, or the clip id.',
    notShared:
      'This clip belongs to somebody else and was not shared in this server. Ask them to post it here, or choose one from the list.',
    deleted: 'This clip was deleted. Choose another one from the list.',
  },

  /** Why something does not work on a song. Sentences that open with the label stand in the menu without it. */
  refused: {
    noId: 'MusicAPI gave this song no id, so nothing can be asked for about it. Save its file and bring it in with /upload.',
    otherEngine: ({ made, engine }: { made: string; engine: string }) =>
      `This clip was made by ${made}, so ${engine} cannot work on it.`,
    uploadsOnly: ({ label }: { label: string }) =>
      `${label} works on uploaded audio only: use /upload first.`,
    noUploads: ({ label }: { label: string }) =>
      `${label} works only on songs that were made here, not on uploads.`,
    tooOld: ({ label, hours }: { label: string; hours: number }) =>
      `${label} works only on clips of the last ${numbers.count(hours, { one: 'hour', other: 'hours' })}, and this one is older. Make a new one of it first, with Cover or Extend.`,
    noExtension: ({ label }: { label: string }) =>
      `${label} joins an extension to what it goes on from, and this clip is no extension. Use Extend first.`,
    noAudio: 'I do not know where the audio of this clip is.',
    noAudioSpent: 'I do not know where the audio of this clip is. Nothing was spent.',
    noLength:
      'I do not know how long this clip is. Say with `at` where to go on, such as 1:30. Nothing was spent.',
    behindClip: ({ time, length }: { time: string; length: string }) =>
      `${time} is past the end: the clip is ${length} long. Nothing was spent.`,
    behindFile: ({ time, length }: { time: string; length: string }) =>
      `${time} is past the end: the file is ${length} long. Nothing was spent.`,
  },
};
