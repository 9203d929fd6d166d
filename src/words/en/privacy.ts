import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

const songs = (count: number) => numbers.count(count, { one: 'song', other: 'songs' });

/** What people read about what is stored of them, and when they take it away. */
export const privacy = {
  /** The copy of everything. */
  export: {
    here: 'This is everything that I have stored about you. It begins with README.txt, which says what is what.',
    part: ({ number }: { number: number }) => `Part ${numbers.number(number)} of it.`,
    missing: ({ count }: { count: number }) =>
      `${songs(count)} did not fit into a message or could not be read: /clip show brings them one by one.`,
    more: 'There is more than fits into so many messages. Ask for it in a server that I am a member of, where I may send more.',
    tooLarge:
      'Discord takes no file of mine here. Ask for it again in another place, such as a server or our direct messages.',
    busy: 'Your export is still being made. Wait for it before you ask for another one.',
    fileName: ({ number }: { number: number }) => `encore-export-${number}.zip`,
    readMeName: 'README.txt',
    readMe: [
      'Everything that this bot has stored about you.',
      '',
      'requests.json    What you asked for: texts, place, price, how it ended',
      'songs.json       Your songs, with their words',
      'messages.json    Where results were put',
      'hearts.json      Songs that you have given a heart',
      'credits.json     What was reserved, charged and given back for you',
      'voices.json      Your voices (personas)',
      'drafts.json      What you typed or pointed at and have not asked for; kept for a day',
      'settings.json    What you have set',
      'decisions.json   What was decided about you, and what you decided',
      'audio            Your songs, as far as I keep them as files',
      '',
      'Very long lists go on in further files, such as requests-2.json. Times are in UTC.',
      'Keys and tokens are not in it, nor are other people.',
    ].join('\r\n'),
  },

  /** The end of everything. */
  delete: {
    ask: [
      '**Delete everything about you?**',
      '- What waits in a queue is cancelled, and its credits are given back. What is being made stays paid and is brought to nobody.',
      '- Your songs leave my library, with their lyrics and the files that I keep. Your prompts, drafts, hearts, voices, settings and your MusicAPI key are deleted, for every server.',
      '- What was spent stays in the books without your name. Budgets do not start anew, and a block stays.',
      '- My messages in channels stay, with the songs in them: first delete those that shall go (**More**, then **Delete**). What MusicAPI has of your songs stays there.',
      '',
      'There is no way back. /privacy export gives you a copy first.',
    ].join('\n'),
    yes: 'Delete everything',
    no: 'Keep everything',
    kept: 'Nothing was deleted.',
    working: 'Deleting everything about you …',
    done: ({ count }: { count: number }) =>
      `Done: nothing about you is stored any more (${songs(count)} deleted). If you ask me for something again, it begins anew.`,
    notYours: 'Only the person who was asked can answer that.',
    expired: 'That was asked too long ago. Use /privacy delete again; nothing was deleted.',
  },
};
