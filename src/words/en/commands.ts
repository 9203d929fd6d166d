import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What people read of commands while they choose and fill them in; descriptions of at most 100 characters. */
export const commands = {
  /**
   * Of commands, subcommands and options. These here are what Discord sends, whatever people see; a word stands for
   * one thing wherever it occurs. Lower case, no spaces, at most 32 characters.
   */
  names: {
    about: 'about',
    add: 'add',
    at: 'at',
    avoid: 'avoid',
    batch: 'batch',
    clip: 'clip',
    compose: 'compose',
    concat: 'concat',
    count: 'count',
    cover: 'cover',
    create: 'create',
    credits: 'credits',
    delete: 'delete',
    describe: 'describe',
    duration: 'duration',
    engine: 'engine',
    export: 'export',
    extend: 'extend',
    favourites: 'favourites',
    file: 'file',
    first: 'first',
    forget: 'forget',
    format: 'format',
    from: 'from',
    help: 'help',
    inspect: 'inspect',
    instrumental: 'instrumental',
    kind: 'kind',
    length: 'length',
    library: 'library',
    list: 'list',
    lyrics: 'lyrics',
    'lyrics-file': 'lyrics-file',
    mashup: 'mashup',
    me: 'me',
    model: 'model',
    name: 'name',
    owner: 'owner',
    persona: 'persona',
    privacy: 'privacy',
    prompt: 'prompt',
    remaster: 'remaster',
    replace: 'replace',
    sample: 'sample',
    search: 'search',
    second: 'second',
    server: 'server',
    settings: 'settings',
    show: 'show',
    sing: 'sing',
    stems: 'stems',
    strength: 'strength',
    'style-weight': 'style-weight',
    tags: 'tags',
    tasks: 'tasks',
    // biome-ignore lint/suspicious/noThenProperty: the name of an option; nobody awaits a catalogue.
    then: 'then',
    title: 'title',
    to: 'to',
    tree: 'tree',
    upload: 'upload',
    variation: 'variation',
    vocals: 'vocals',
    voice: 'voice',
    weirdness: 'weirdness',
  },

  /** Choices that are more than a proper name; others are among the words of options. */
  choices: {
    kind: { basic: 'basic', full: 'full' },
    next: { nothing: 'nothing', extend: 'extend', cover: 'cover' },
  },

  /** Options that several commands have. */
  options: {
    clip: 'A song: choose from the list, or give its clip id or a link to its message',
    tags: 'Style, instruments, mood',
    title: 'At most 80 characters',
    ownValue: "Left out: the song's own",
    strength: '0 to 1; higher is further from the original',
    file: 'MP3, WAV or the like, at most 8 minutes',
    name: 'By which you choose it later; at most 79 characters',
  },

  /** Options of new songs. */
  songs: {
    prompt: 'What it is to be: 400 characters alone, 5,000 with tags or a title',
    tags: 'Style, instruments, mood, separated by commas',
    instrumental: 'Without vocals',
    vocals: 'The voice',
    duration: 'Wanted length, such as 2:30 or 150',
    engine: 'Who makes it; left out: sonic',
    model: 'Version of the engine',
    avoid: 'Styles to keep out',
    styleWeight: 'How closely to follow the tags, 0 to 1',
    weirdness: 'How unusual it may get, 0 to 1',
  },

  add: {
    does: 'Add a voice or instruments to audio that you uploaded',
    vocals: 'A voice for an instrumental that you uploaded',
    instrumental: 'Instruments for a voice that you uploaded',
    lyrics: 'What is sung',
    from: 'Where they begin, such as 0:15; left out: at the start',
    to: 'Where they end, such as 1:05; left out: at the end',
  },

  batch: {
    does: 'Several songs from one description, with one card for all',
    count: 'How many, each for the price of one',
    bounds: ({ min, max, count }: { min: number; max: number; count: number }) =>
      `A batch is of ${numbers.number(min)} to ${numbers.number(max)} songs; yours would be of ${numbers.number(count)}. Nothing was spent.`,
  },

  compose: {
    does: 'Make a new song from your own lyrics',
    file: 'A text file with the lyrics (UTF-8, at most 64 KiB); left out: a form opens',
  },

  concat: {
    does: 'The whole song of an extension: the new part joined to what it goes on from',
  },

  cover: {
    does: 'The same song, sung and played another way',
    tags: "The new style; left out: the song's own",
    prompt: 'What it is to be like (instead of lyrics)',
  },

  create: {
    does: 'Make a new song from a description',
  },

  credits: {
    does: 'What you may spend, and what things cost',
  },

  export: {
    does: 'A song as a file: other audio formats, its notes, or the time of its words',
    format: 'wav, mp3 and m4a: the audio · midi: the notes · lrc: the words with their times',
  },

  extend: {
    does: 'Go on from a moment of a song',
    at: 'Where to go on, such as 1:30; left out: at the end',
    prompt: 'What the new part is to be like (instead of lyrics)',
    length: 'Length of the new part (songs of the producer engine)',
  },

  help: {
    does: 'The commands, by what you want to do',
  },

  inspect: {
    does: 'Tempo, voice range and the time of every word of a song',
  },

  clip: {
    does: 'A song again, and its family',
    show: 'A fresh card of a song, here and for everybody',
    tree: 'Where a song comes from, and what came of it',
  },

  library: {
    does: 'Find songs again: yours, and those shared in this server',
    search: 'Beginnings of words in title, tags, lyrics or prompt',
    owner: 'Only songs of this person',
    favourites: 'Only songs that you gave a heart',
  },

  lyrics: {
    does: 'Two drafts of lyrics, for your eyes only',
    about: 'What they are to be about, in at most 200 characters',
  },

  mashup: {
    does: 'Mix two songs into a new one',
    second: 'The other song',
    prompt: 'What the new song is to be like',
  },

  persona: {
    does: 'Voices taken from songs, for new songs',
    persona: 'One of your voices: choose from the list',
    create: 'Keep the voice of a song of the last 24 hours',
    describe: 'How it sings; at most 200 characters',
    sing: 'A new song with one of your voices',
    prompt: 'What the song is to be (instead of lyrics)',
    lyrics: 'What is sung',
    list: 'Your voices',
    forget: 'Take one of your voices off the list',
    forgotten: ({ name }: { name: string }) =>
      `"${name}" is forgotten: it is not offered any more. Songs that were made with it stay.`,
  },

  remaster: {
    does: 'The same recording with better sound',
    variation: 'How far from the original',
  },

  replace: {
    does: 'Sing or play a part of a song anew',
    from: 'Where the part begins, such as 0:45',
    to: 'Where the part ends, such as 1:05',
    lyrics: 'What is sung in the new part',
    prompt: 'What the new part is to be like',
  },

  sample: {
    does: 'A whole song from a short piece of audio: a part of a song, or a file',
    file: 'Instead of a song: MP3, WAV or the like, at most 8 minutes',
    from: 'Where the piece begins, such as 0:15; left out: at the start',
    to: 'Where the piece ends, such as 0:30; left out: at the end',
    prompt: 'What the song is to be like',
  },

  settings: {
    does: 'What holds in this server, and what holds for you',
    server: 'For those who manage the server: places, roles, budgets, rules, delivery, language, own key',
    me: 'Your own: engine, voice, delivery, notifications, language, own key',
  },

  stems: {
    does: 'The separate tracks of a song',
    kind: 'Left out: you are asked, with both prices',
  },

  tags: {
    does: 'Richer tags from a few words, for your eyes only',
    tags: 'A few words of style, such as "sad piano"',
  },

  privacy: {
    does: 'What I have stored about you',
    export: 'A copy of everything about you, for your eyes only',
    delete: 'Delete everything about you; asks first, and says what that means',
  },

  tasks: {
    does: 'Your open tasks, with place and state',
  },

  upload: {
    does: 'Bring in a recording of yours, and go on from it if you like',
    next: 'What to do with it; left out: nothing, so that it can be used later',
    at: 'extend: where to go on, such as 1:30; left out: at the start',
    tags: 'extend, cover: style, instruments, mood',
    lyrics: 'extend, cover: what is sung',
    strength: 'cover: 0 to 1; higher is further from the original',
    /** @param uses - values of `then`, of which one was chosen */
    unused: ({ option, uses, chosen }: { option: string; uses: readonly string[]; chosen: string }) =>
      `\`${option}\` goes with ${numbers.or(uses.map((use) => `\`then: ${use}\``))}, and you chose \`then: ${chosen}\`. Change one of them.`,
  },

  voice: {
    does: 'Voices from recordings',
    create: 'Your own voice for new songs, from a recording of it',
    file: 'MP3 or WAV, longer than 10 seconds: one person, clearly heard',
  },
};
