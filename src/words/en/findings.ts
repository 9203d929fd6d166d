import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What is found in a request before it is paid for; each says what is wrong and how to put it right. */
export const findings = {
  /** One input, or the lack of it. Options are named as people see them. */
  input: {
    notTaken: ({ operation, option, engine }: { operation: string; option: string; engine: string }) =>
      `${operation} takes no \`${option}\` with the engine ${engine}. Leave it out.`,
    needed: ({ operation, option }: { operation: string; option: string }) =>
      `Give \`${option}\`: ${operation} needs it.`,
    neededInForm: ({ operation, option, field }: { operation: string; option: string; field: string }) =>
      `Give \`${option}\` (${field}): ${operation} needs it.`,
    /** What a field of a form is called that has another name than its option. */
    fields: { about: 'the about', instruction: 'the instruction' },
    between: ({ option, min, max, value }: { option: string; min: number; max: number; value: number }) =>
      `The ${option} must be between ${numbers.exact(min)} and ${numbers.exact(max)}; yours is ${numbers.exact(value)}.`,
    atLeast: ({ option, min, value }: { option: string; min: number; value: number }) =>
      `The ${option} must be at least ${numbers.exact(min)}; yours is ${numbers.exact(value)}.`,
    duration: ({ min, max, value }: { min: number; max: number; value: number }) =>
      `The duration must be a whole number of seconds from ${numbers.exact(min)} to ${numbers.exact(max)}; yours is ${numbers.exact(value)}.`,
    at: 'The place to extend from must be a time after the beginning of the clip, such as 1:30 or 90.',
    order: ({ from, to }: { from: string; to: string }) =>
      `The part must end after it begins: \`${to}\` has to be later than \`${from}\`.`,
    engineLacks: ({ engine, operation }: { engine: string; operation: string }) =>
      `The engine ${engine} has no "${operation}".`,
    engineMissing: ({ engine, operation }: { engine: string; operation: string }) =>
      `The engine ${engine} does not offer "${operation}"; none does.`,
    engineElsewhere: ({
      engine,
      operation,
      others,
    }: {
      engine: string;
      operation: string;
      others: readonly string[];
    }) =>
      `The engine ${engine} does not offer "${operation}"; ${numbers.and(others)} ${numbers.form(others.length, { one: 'does', other: 'do' })}.`,
    model: ({ engine, model, models }: { engine: string; model: string; models: readonly string[] }) =>
      `The engine ${engine} has no model "${model}". Choose one of: ${numbers.list(models)}.`,
  },

  /** Lengths of texts. */
  text: {
    tooShort: ({ situation, least, yours }: { situation: string; least: number; yours: string }) =>
      `${situation}, MusicAPI needs at least ${numbers.number(least)} characters; ${yours}. Write more.`,
    tooLong: ({
      situation,
      most,
      yours,
      advice,
    }: {
      situation: string;
      most: number;
      yours: string;
      advice: string;
    }) => `${situation}, MusicAPI takes at most ${numbers.number(most)} characters; ${yours}. ${advice}`,
    situations: {
      prompt: 'For a prompt',
      about: 'For an about',
      lyrics: 'For lyrics',
      tags: 'For tags',
      title: 'For a title',
      avoid: 'For a list of things to avoid',
      name: 'For a name',
      describe: 'For a describe',
      promptWithoutLyrics: 'With a prompt and no lyrics',
      promptAlone: 'With a prompt alone',
      promptBesideTags: 'With tags or a title',
      instrumental: 'For an instrumental',
    },
    yours: {
      prompt: ({ count }: { count: number }) => `yours has ${numbers.number(count)}`,
      about: ({ count }: { count: number }) => `yours has ${numbers.number(count)}`,
      lyrics: ({ count }: { count: number }) => `yours have ${numbers.number(count)}`,
      tags: ({ count }: { count: number }) => `yours have ${numbers.number(count)}`,
      title: ({ count }: { count: number }) => `yours has ${numbers.number(count)}`,
      avoid: ({ count }: { count: number }) => `yours has ${numbers.number(count)}`,
      name: ({ count }: { count: number }) => `yours has ${numbers.number(count)}`,
      describe: ({ count }: { count: number }) => `yours has ${numbers.number(count)}`,
    },
    advice: {
      shorten: 'Shorten it.',
      giveLyrics: ({ most }: { most: number }) =>
        `Give lyrics to use up to ${numbers.number(most)}, or shorten it.`,
      addTags: ({ most }: { most: number }) =>
        `Add tags or a title to use up to ${numbers.number(most)}, or shorten it.`,
    },
  },

  /** What a request is about, and what it says altogether. */
  request: {
    eitherLyricsOrPrompt:
      'Give either lyrics or a prompt, not both: lyrics are sung as they are, a prompt has new ones written.',
    emptyPrompt: 'The prompt is empty. Say what the song should be about.',
    sameSongs: 'Choose two different songs.',
    noSong: 'Choose a song.',
    noSecondSong: 'Choose the second song.',
    noFile: 'Attach an audio file.',
    songOrFile: 'Give either a song or a file, one of the two.',
    noPersona: 'Choose who sings.',
    otherEngine: ({ made, engine }: { made: string; engine: string }) =>
      `This clip was made by ${made}, so ${engine} cannot work on it.`,
    uploadsOnly: ({ operation, command }: { operation: string; command: string }) =>
      `${operation} works on uploaded audio only: use ${command} first.`,
    noUploads: ({ operation }: { operation: string }) =>
      `${operation} works only on songs that were made here, not on uploads.`,
    voiceless: ({ option }: { option: string }) =>
      `An instrumental has no lyrics: leave out the lyrics, or \`${option}\`.`,
    emptyPart: 'Give lyrics or a prompt: what is to be in this part of the song?',
    longVoice: ({ seconds }: { seconds: number }) =>
      `A voice is looked for in at most ${numbers.count(seconds, { one: 'second', other: 'seconds' })}: choose a shorter part.`,
    producerFormats: 'The engine producer makes mp3 and wav files, no m4a.',
    promptAndTags: ({ engine, most }: { engine: string; most: number }) =>
      `Prompt and tags together may have ${numbers.number(most)} characters with the engine ${engine}. Shorten one of them.`,
    batch: ({ most }: { most: number }) =>
      `A batch is made of 1 to ${numbers.number(most)} new songs of the engine sonic.`,
  },

  nuro: {
    noLyrics: ({ command, option }: { command: string; option: string }) =>
      `The engine nuro writes no lyrics of its own: give it lyrics with ${command}, or leave out \`${option}\` for background music.`,
    eitherLyricsOrPrompt:
      'Give either lyrics or a prompt: nuro sings lyrics as they are, or makes background music from a prompt.',
    shortSong: ({ least, value }: { least: number; value: number }) =>
      `A song of nuro lasts at least ${numbers.count(least, { one: 'second', other: 'seconds' })}; yours would last ${numbers.exact(value)}.`,
    longMusic: ({ most, value }: { most: number; value: number }) =>
      `Background music of nuro lasts at most ${numbers.count(most, { one: 'second', other: 'seconds' })}; yours would last ${numbers.exact(value)}. Give lyrics for a longer song.`,
    noTags: ({ genres }: { genres: readonly string[] }) =>
      `nuro knows none of these tags. Use one of its genres (${numbers.list(genres)}), moods (such as Happy, Chill, Romantic) or voices (such as Warm, Bright, Husky).`,
  },

  /** Engines that MusicAPI no longer offers. */
  retired: {
    riffusion: 'MusicAPI has retired the engine riffusion. Use sonic instead.',
    studio: 'The engine studio is not available at MusicAPI any more. Use sonic instead.',
  },

  /** Lyrics, line by line. */
  lyrics: {
    tooLong: ({ most, count, excess }: { most: number; count: number; excess: number }) =>
      `Lyrics may have at most ${numbers.number(most)} characters here; yours have ${numbers.number(count)}. Leave out at least ${numbers.number(excess)}.`,
    lines: ({ lines }: { lines: readonly string[] }) =>
      `${numbers.form(lines.length, { one: 'Line', other: 'Lines' })} ${numbers.and(lines)}`,
    linesAndMore: ({ lines, more }: { lines: readonly string[]; more: number }) =>
      `Lines ${numbers.list(lines)} and ${numbers.number(more)} more`,
    unclosedTag: ({ place, text, advice }: { place: string; text: string; advice: string }) =>
      `${place}: “${text}” has no closing bracket of its own. ${advice}`,
    unclosedBracket: ({ place, text, advice }: { place: string; text: string; advice: string }) =>
      `${place}: “${text}” is never closed. ${advice}`,
    strayBracket: ({ place, text, advice }: { place: string; text: string; advice: string }) =>
      `${place}: “${text}” closes a bracket that nothing opens. ${advice}`,
    writeAlone: ({ tag }: { tag: string }) => `Write [${tag}] on a line of its own.`,
    openIt: 'Open it with [ or take it away.',
    closeIt: 'Close it with ] or take it away.',
    nameless: ({ place }: { place: string }) =>
      `${place}: [] names no section. Name one, such as [Verse], or take it away.`,
    misspelt: ({ place, text, nearest }: { place: string; text: string; nearest: string }) =>
      `${place}: “${text}” is no section that MusicAPI knows. Did you mean [${nearest}]?`,
    unknown: ({ place, text }: { place: string; text: string }) =>
      `${place}: “${text}” is no section that MusicAPI knows. As a direction it belongs into a section's tag, such as [Verse: whispered].`,
    emptySection: ({ place, text }: { place: string; text: string }) =>
      `${place}: “${text}” has no lines. Write what is sung there (again, if it comes again), or take the tag away.`,
    /** Those that are not told one by one. */
    more: {
      unclosed: ({ count }: { count: number }) =>
        `And ${numbers.form(count, { one: 'one more tag that is never closed', other: `${numbers.number(count)} more tags that are never closed` })}.`,
      unknown: ({ count }: { count: number }) =>
        `And ${numbers.form(count, { one: 'one more unknown tag', other: `${numbers.number(count)} more unknown tags` })}.`,
      empty: ({ count }: { count: number }) =>
        `And ${numbers.form(count, { one: 'one more empty section', other: `${numbers.number(count)} more empty sections` })}.`,
      brackets: ({ count }: { count: number }) =>
        `And ${numbers.form(count, { one: 'one more single bracket', other: `${numbers.number(count)} more single brackets` })}.`,
    },
  },

  artistName: ({ name }: { name: string }) =>
    `“${name}” looks like an artist's or a producer's name, which MusicAPI is likely to refuse. Describe the sound instead: voice, instruments, era, mood.`,
};
