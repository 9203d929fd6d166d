import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Songs found again: lists of them, fresh cards, families. */
export const library = {
  /** The private list. */
  list: {
    own: 'Your songs',
    all: 'Your songs, and those shared in this server',
    of: ({ member }: { member: string }) => `Songs of ${member}`,
    favourites: 'Your favourites',
    favouritesOf: ({ member }: { member: string }) => `Your favourites of ${member}`,
    /** Stands before what was searched for; kept short. */
    search: ({ text }: { text: string }) => `Search: ${text}`,
    row: ({ title, facts }: { title: string; facts: readonly string[] }) => `${title} · ${facts.join(' · ')}`,
    take: ({ take }: { take: number }) => `take ${numbers.number(take)}`,
    stem: 'stem',
    hearts: ({ hearts }: { hearts: number }) =>
      `❤️ ${numbers.count(hearts, { one: 'heart', other: 'hearts' })}`,
    /** Nobody was sent it. */
    notPosted: 'not posted yet',
    buttons: { show: 'Show', newest: 'Newest', newer: 'Newer', older: 'Older' },
    empty: {
      nothing: 'You have no songs yet. Make one with /create.',
      nothingHere: 'You have no songs yet, and nobody has shared one in this server. Make one with /create.',
      noFavourites: 'You have no favourites yet. Press the heart on a song, and it is listed here.',
      notFound: ({ text }: { text: string }) =>
        `No song of yours, or shared in this server, has words that begin like "${text}" in its title, tags, lyrics or prompt. Try fewer words, or /library without a search.`,
      noneOf: ({ member }: { member: string }) =>
        `${member} has shared no song in this server that fits. Songs from other places are only for their owner.`,
      pageGone: 'There is nothing more in this direction.',
    },
  },

  /** A card of a song that is already known. */
  show: {
    unknown: ({ clipId, price }: { clipId: string; price: string }) =>
      `I do not know the clip \`${clipId}\`. **Fetch it** asks MusicAPI for its file, for ${price}; it is then in your library. Nothing is spent before you press.`,
    unknownHere: ({ clipId }: { clipId: string }) =>
      `I do not know the clip \`${clipId}\`, so I cannot show it. Choose one from the list while you type.`,
    buttons: { fetch: 'Fetch it' },
    tooLate: 'I could not get the file in time. Try again in a minute; nothing was spent.',
  },

  /** Where a song comes from, and what came of it. */
  tree: {
    title: ({ title }: { title: string }) => `The family of ${title}`,
    /** @param name - a title, perhaps as a link */
    member: ({ name, made, take }: { name: string; made: string; take: number }) =>
      `${name} · ${made}, take ${numbers.number(take)}`,
    named: ({ line }: { line: string }) => `${line} ← this one`,
    stems: ({ name, count }: { name: string; count: number }) =>
      `${name} · ${numbers.count(count, { one: 'track', other: 'tracks' })}`,
    hidden: 'a song that was not shared here',
    unknown: 'a song that I do not know',
    more: ({ count }: { count: number }) => `and ${numbers.count(count, { one: 'more', other: 'more' })}`,
    alone: 'Nothing came of it yet: Extend, Cover and Stems on its card go on from here.',
    unknownClip: ({ clipId }: { clipId: string }) =>
      `I do not know the clip \`${clipId}\`, so I do not know its family either. Choose one from the list while you type.`,
  },

  /** On a song's card: what came of it. */
  children: {
    field: 'Led to',
    more: ({ count }: { count: number }) =>
      `and ${numbers.count(count, { one: 'more', other: 'more' })}: /clip tree`,
  },
};
