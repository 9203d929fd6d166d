/** How interactions are answered, whatever they are about. */
export const answers = {
  /** Ends many refusals, word for word: where several stand together it is said once. */
  nothingSpent: 'Nothing was spent.',
  restarting: 'I am restarting. Please try again in half a minute.',
  otherVersion:
    'This button belongs to another version of the bot. Use the command instead: /help lists them.',
  unknownCommand: 'I do not know this command. It may have been removed: /help lists what there is.',
  slowDatabase: 'My database takes too long at the moment. Nothing was spent; try again in a minute.',
  slowForm:
    'My database takes too long at the moment, and a form has to open at once. Try again in a minute.',
  typedIsAttached: 'What you typed is in the attached file.',
  typedFileName: 'what-you-typed.txt',
  closedServer:
    'I am not switched on for this server. Nothing was spent; ask the person who runs this bot to add the server.',
  noDirectMessages:
    'I make songs in servers only, not in direct messages. Use the command in a server where I am; nothing was spent.',
  /** Stands for a title where a link needs words. */
  link: 'link',
  /** A song without a title. */
  untitled: 'Untitled',
  /** Ends the names of files. */
  take: ({ take }: { take: number }) => `take ${take}`,
  /** Follows a progress bar. */
  done: ({ percent }: { percent: number }) => `${percent}% done`,
};
