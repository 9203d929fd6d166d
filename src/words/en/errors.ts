/** What happened where something went wrong, and what to do now. */
export const errors = {
  /** Sentences about tasks that did not end well, and about refusals of MusicAPI, by kind. */
  failures: {
    'not-authorised':
      "MusicAPI refused the key of this bot's operator. Nothing you typed is wrong: tell the person who runs this bot.",
    'no-credits':
      "The operator's MusicAPI balance is used up. Tell the person who runs this bot, and try again once it is filled up.",
    'rate-limited': 'MusicAPI is too busy to take more right now. Wait a few minutes and try again.',
    'not-found': 'MusicAPI does not know this clip or task, or no longer has it. Choose another clip.',
    gone: 'MusicAPI does not offer this any more. See /help for what works.',
    unavailable: 'MusicAPI cannot be reached at the moment. Try again in a few minutes.',
    blocked:
      'You were blocked from making songs in this server while this was waiting. Once somebody who manages the server has unblocked you, try again.',
    'own-key':
      'The own key of MusicAPI that this is paid with was removed, or MusicAPI does not take it any more. Whoever set it can set another one in /settings; then try again.',
    'own-credits':
      'The MusicAPI balance of the own key that this is paid with is used up. Try again once it is filled up.',
    'task-timeout': 'MusicAPI ran out of time while it was making this. Try again.',
  },
  goneEngine: ({ engine }: { engine: string }) =>
    `MusicAPI does not offer this with the engine ${engine} any more. Choose the engine sonic and try again: it makes songs of every kind.`,
  noTimeline: 'MusicAPI has no words of this song, or no longer has the song. Choose another clip.',
  /** @param quoted - `quote`, or nothing */
  moderation: ({ quoted }: { quoted: string }) =>
    `MusicAPI's moderation refused the text${quoted}. Leave out names of artists, producer tags and other people's lyrics, then try again.`,
  invalidRequest: ({ quoted }: { quoted: string }) =>
    `MusicAPI did not accept the request${quoted}. Change it and try again.`,
  taskFailed: ({ quoted }: { quoted: string }) =>
    `MusicAPI took it but could not make it${quoted}. Try again, or change the text first.`,
  /** Are quoted where MusicAPI said nothing. */
  noReason: 'no reason given',
  onlyStatus: ({ status }: { status: string }) => `HTTP ${status} without a reason`,
  quote: ({ text }: { text: string }) => `: “${text}”`,
  /** Why it is not known whether MusicAPI took a request: opens `unknown`. */
  causes: {
    interrupted: 'I was stopped just as I was sending this',
    restored: 'I was set back to an earlier backup, in which this was still waiting',
    malformed: "MusicAPI's answer could not be read",
    unavailable: 'MusicAPI answered with an error of its own',
    lost: 'The connection to MusicAPI broke before its answer came',
  },
  unknown: ({ cause }: { cause: string }) =>
    `${cause}, so it is not known whether MusicAPI took it. The credits are held for 24 hours and then count as spent. "Try again" makes a new task, which is paid on its own.`,
  unknownReported: ({ cause }: { cause: string }) =>
    `${cause}, so it is not known whether MusicAPI took it. If it did, it is posted here as soon as MusicAPI reports it. The credits are held for 24 hours and then count as spent. "Try again" makes a new task, which is paid on its own.`,
  unreadable: 'MusicAPI gave no answer that could be read. Try again in a few minutes.',
  databaseInDoubt:
    'My database broke off just as this was being recorded, so I do not know whether it was. Look at /tasks in a minute before you try again.',
  databaseDown:
    'My database does not answer at the moment, so nothing was started and nothing was spent. Try again in a minute.',
  unexpected:
    'Something went wrong on my side. Try again; if it happens again, tell the person who runs this bot.',
  /** @param reference - id under which the log has the details */
  withReference: ({ sentence, reference }: { sentence: string; reference: string }) =>
    `${sentence} Reference: ${reference}`,
};
