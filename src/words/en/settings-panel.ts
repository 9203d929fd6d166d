import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** The private panels of `/settings`. */
export const settingsPanel = {
  server: {
    title: 'Settings of this server',
    onlyManagers:
      'Only members with the permission Manage Server may see and change the settings of this server. Yours are in /settings me.',
    noServer: 'These settings belong to a server: use /settings server there. Yours are in /settings me.',
  },
  me: {
    title: 'Your settings',
    hint: 'They hold for you in every server.',
  },

  choose: 'What do you want to change?',
  set: ({ setting, value }: { setting: string; value: string }) => `**${setting}:** ${value}`,
  changed: ({ setting, before, after }: { setting: string; before: string; after: string }) =>
    `Changed. **${setting}:** ${after} (before: ${before}).`,
  unchanged: 'Nothing was changed: it is like that already.',
  moved:
    'Somebody has changed this since you were shown it, so I have changed nothing. You see now what holds; choose once more.',

  /** What there is to change, as it stands in the menu; hints of at most 100 characters. */
  sections: {
    pause: { label: 'Pause', hint: 'Whether anybody may ask for songs at all' },
    channels: { label: 'Channels', hint: 'Where songs may be asked for; none chosen means everywhere' },
    roles: { label: 'Roles', hint: 'Who may ask for songs; none chosen means everybody' },
    operations: { label: 'Operations', hint: 'What is switched off in this server' },
    engine: { label: 'Engine and model', hint: 'Of new songs for which nobody names one' },
    pressers: {
      label: 'Buttons',
      hint: 'Who may press the buttons of songs, besides whoever asked for them',
    },
    results: { label: 'Results', hint: 'Where finished songs are posted' },
    explicit: { label: 'Explicit words', hint: 'In which channels lyrics and descriptions may hold them' },
    budgets: { label: 'Budgets', hint: 'Credits for members, roles and the whole server, per period' },
    words: { label: 'Blocked words', hint: 'Words and phrases that no request may hold' },
    members: { label: 'Blocked members', hint: 'Who may not ask for anything' },
    retention: {
      label: 'Keeping texts',
      hint: 'How long I keep what was typed; finished songs keep their words in the library',
    },
    voice: { label: 'Voice', hint: 'Of new songs for which you say nothing else' },
    delivery: { label: 'Copies', hint: 'Whether you get finished songs as a direct message too' },
    mention: { label: 'Notifications', hint: 'Whether I notify you when a song is finished' },
    language: { label: 'Language', hint: 'The one I speak' },
    key: { label: 'Own MusicAPI key', hint: 'Who pays: the operator of this bot, or a key of your own' },
  },

  /** Names of the single settings. */
  names: {
    isPaused: 'Songs',
    channelIds: 'Channels',
    roleIds: 'Roles',
    offOperations: 'Switched off',
    engine: 'Engine',
    model: 'Model',
    pressers: 'Buttons',
    presserRoleIds: 'Roles that may press buttons',
    results: 'Results',
    explicit: 'Explicit words',
    blockedWords: 'Blocked words',
    blockedMembers: 'Blocked members',
    budgets: 'Budgets',
    language: 'Language',
    retentionDays: 'Texts of requests are kept',
    vocals: 'Voice',
    instrumental: 'Instrumental',
    delivery: 'Copies',
    isMentioned: 'Notifications',
    key: 'Own MusicAPI key',
  },

  /** What is set, in words. */
  values: {
    open: 'may be asked for',
    paused: 'paused; only members with the permission Manage Server may ask',
    everywhere: 'everywhere',
    everybody: 'everybody',
    nothing: 'nothing',
    nobody: 'nobody',
    noRoles: 'none',
    defaultEngine: ({ engine }: { engine: string }) => `none set, so ${engine}`,
    defaultModel: 'none set, so the usual one of the engine',
    asTheServer: 'none set, so as the server has it',
    pressers: {
      anyone: 'anyone may press',
      requester: 'only whoever asked may press',
      roles: 'whoever asked and certain roles may press',
    },
    results: {
      channel: 'in the channel',
      thread: 'in a thread for each request',
      'direct-message': 'as a direct message to whoever asked',
    },
    explicit: {
      anywhere: 'everywhere',
      'age-restricted': 'only in channels that are age-restricted',
    },
    delivery: {
      server: 'none; songs go where the server wants them',
      'direct-message-too': 'as a direct message too',
    },
    mentioned: 'I notify you',
    silent: 'I do not notify you',
    anyVoice: 'any',
    instrumental: { yes: 'always without vocals', no: 'with vocals' },
    asDiscordSays: 'as Discord says',
    unknownLanguage: ({ language }: { language: string }) =>
      `"${language}", which I do not speak, so as Discord says`,
    keptForDays: ({ days }: { days: number }) => `for ${numbers.count(days, { one: 'day', other: 'days' })}`,
    keptUntilDeleted: 'until whoever typed them deletes them',
    goneRole: ({ id }: { id: string }) => `a role that was removed (${id})`,
    goneChannel: ({ id }: { id: string }) => `a channel that was deleted (${id})`,
    more: ({ count }: { count: number }) => `${numbers.number(count)} more`,
    words: ({ count, some }: { count: number; some: string }) =>
      `${numbers.count(count, { one: 'word', other: 'words' })}: ${some}`,
    members: ({ count, some }: { count: number; some: string }) =>
      `${numbers.count(count, { one: 'member', other: 'members' })}: ${some}`,
  },
  /** What a language calls itself. */
  languageItself: 'English',

  gone: {
    channels:
      'Some of these channels do not exist any more. **Remove what is gone** takes them off the list.',
    channelsAll:
      'None of these channels exists any more, so nobody can ask for anything. **Remove what is gone** opens all channels.',
    roles: 'Some of these roles do not exist any more. **Remove what is gone** takes them off the list.',
    rolesAll: 'None of these roles exists any more. **Remove what is gone** takes them off the list.',
    button: 'Remove what is gone',
  },

  pause: { pause: 'Pause', resume: 'Go on' },

  placeholders: {
    channels: 'Channels in which songs may be asked for',
    roles: 'Roles that may ask for songs',
    offSongs: 'Switched off: songs',
    offTools: 'Switched off: files and tools',
    engine: 'Engine',
    model: 'Model',
    pressers: 'Who may press',
    presserRoles: 'Roles that may press',
    results: 'Where songs go',
    explicit: 'Where they may stand',
    language: 'Language',
    retention: 'How long',
    vocals: 'Voice',
    instrumental: 'With or without vocals',
    delivery: 'Copies',
    mention: 'Notifications',
    budgetRole: 'Set the budget of a role',
    budgetRemove: 'Take a budget away',
  },
  notSet: 'Not set',

  budgets: {
    about:
      'While the operator of this bot pays, its limits hold too. Whoever pays with a key of their own is not limited by them. A member with several of the roles has the most generous one; the budget of every member is for those who have none of the roles.',
    none: ({ member, server }: { member: string; server: string }) =>
      `none of its own; while its operator pays, the bot allows a member ${member} and a server ${server}`,
    perDay: ({ credits }: { credits: string }) => `${credits} in any 24 hours`,
    member: 'every member',
    role: ({ role }: { role: string }) => `each with ${role}`,
    server: 'all together',
    line: ({ holder, amount }: { holder: string; amount: string }) => `${holder}: ${amount}`,
    name: ({ holder }: { holder: string }) => `Budget, ${holder}`,
    noBudget: 'none',
    buttons: { member: 'Every member', server: 'All together' },
    formTitle: 'Budget',
    amountIs: 'Credits in each period, or unlimited. 0 allows nothing.',
  },

  words: {
    about:
      'Whole words, however they are written. They are looked for in everything that is typed for a song.',
    button: 'Change the list',
    formTitle: 'Blocked words',
    label: 'Words and phrases',
    more: 'More words and phrases',
    hint: 'One in each line',
    /** @param added, removed - a list, or the word for nothing */
    changed: ({ after, added, removed }: { after: string; added: string; removed: string }) =>
      `Changed. **Blocked words:** ${after}. Added: ${added}. Removed: ${removed}.`,
  },

  members: {
    about: '**Members** opens the panel in which single members are blocked, unblocked and granted more.',
    button: 'Members',
  },

  key: {
    server: {
      off: 'A server can pay for its songs with a MusicAPI key of its own. Here this is switched off: the person who runs this bot has to set ENCRYPTION_KEY to 32 random bytes in base64 (openssl rand -base64 32) and start the bot again.',
      about:
        'With a key of its own the server pays for what is asked for here, except by members who have a key themselves. The limits of this bot do not hold then; the budgets of this server do.',
      removal:
        'Removing it ends what waits in the queue with it. Its songs stay, but can be taken further only when the same key is set again.',
    },
    me: {
      off: 'You can pay for your songs with a MusicAPI key of your own. Here this is switched off: the person who runs this bot has to set ENCRYPTION_KEY to 32 random bytes in base64 (openssl rand -base64 32) and start the bot again.',
      about:
        'With a key of your own you pay for everything that you ask for, in every server and in direct messages, and no budget limits you.',
      removal:
        'Removing it ends what waits in the queue with it. Your songs stay, but can be taken further only when the same key is set again.',
    },
    safe: 'It is stored encrypted, and never shown again.',
    none: 'none, so the operator of this bot pays',
    there: ({ member, when }: { member: string; when: string }) => `set by ${member} ${when}`,
    refused: ({ set }: { set: string }) => `${set}; MusicAPI does not take it any more: replace or remove it`,
    unreadable: ({ set }: { set: string }) =>
      `${set}; it cannot be read, because the encryption key of this bot was changed: replace or remove it`,
    /** As it is written down after a change. */
    present: 'set',
    absent: 'none',
    balance: ({ credits }: { credits: string }) => `Balance: ${credits}.`,
    noBalance: 'MusicAPI does not tell its balance at the moment.',
    taken: 'MusicAPI has taken the key.',
    replaced: 'MusicAPI has taken the key; the one before is gone.',
    removed: 'The key was removed.',
    notThere: 'There was no key.',
    set: 'Set a key',
    replace: 'Replace it',
    remove: 'Remove it',
    formTitle: 'Own MusicAPI key',
    label: 'Key',
    hint: 'From API Keys in the MusicAPI dashboard. It is checked, then stored encrypted.',
  },
};
