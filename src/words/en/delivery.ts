import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Results on their way to the person. */
export const delivery = {
  buttons: { repost: 'Post again', there: 'It is there', more: 'More' },
  refusals: {
    decided: 'Somebody has decided this already.',
    gone: 'I do not know this delivery any more.',
    notYours: ({ who }: { who: string }) =>
      `Only ${who}, who asked for this, or a moderator may decide that.`,
  },

  done: 'Done. It is in /library.',
  doneAt: ({ links }: { links: readonly string[] }) => `Done: ${numbers.list(links)}`,
  doneAtMore: ({ links, more }: { links: readonly string[]; more: number }) =>
    `Done: ${numbers.list(links)} and ${numbers.number(more)} more`,

  /** What becomes of one result, by its name. */
  states: {
    posted: ({ name }: { name: string }) => `${name} is posted.`,
    posting: ({ name }: { name: string }) => `${name} is being posted.`,
    undecided: ({ name }: { name: string }) =>
      `${name} may or may not have been posted: sending it was cut off. Look for it here, then press "It is there" or "Post again".`,
    undeliverable: ({ name, why }: { name: string; why: string }) =>
      `${name} could not be posted: ${why}. It waits in /library.`,
    noRoute: ({ name, why }: { name: string; why: string }) =>
      `${name} waits in /library: ${why}. I try again every hour for a day.`,
    forHost: ({ name, why }: { name: string; why: string }) =>
      `${name} exists, but is not posted yet: ${why}. The operator was told; it is posted as soon as the host is allowed.`,
    trying: ({ name, why }: { name: string; why: string }) =>
      `${name} exists, but is not posted yet: ${why}. I keep trying.`,
    waiting: ({ name, why }: { name: string; why: string }) =>
      `${name} exists, but is not posted yet: ${why}. It is in /library.`,
    soFar: ({ line, links }: { line: string; links: readonly string[] }) =>
      `${line} So far: ${numbers.list(links)}`,
  },

  /** The end of a sentence. */
  setbacks: {
    host: ({ host }: { host: string }) => `its audio is on a host that I may not download from (${host})`,
    unnamedHost: 'its audio is on a host that I may not download from',
    'audio-missing': 'MusicAPI does not give out its audio',
    'not-audio': 'what MusicAPI gave out for it is not audio',
    'no-route': 'I may not write in this channel and cannot send you a direct message',
    discord: 'Discord did not take it',
    unnamed: 'something went wrong',
  },

  names: {
    stems: ({ title }: { title: string }) => `Stems of ${title}`,
    stemsOfSong: 'Stems of the song',
    unknown: ({ take }: { take: number }) => `Take ${numbers.number(take)}`,
    /** After the title. */
    take: ({ take }: { take: number }) => `, take ${numbers.number(take)}`,
  },

  /** In the names of files and links. */
  files: {
    stems: 'Stems',
    part: ({ part }: { part: number }) => `part ${numbers.number(part)}`,
    partOf: ({ part, parts }: { part: number; parts: number }) =>
      `part ${numbers.number(part)} of ${numbers.number(parts)}`,
    takePartOf: ({ take, part, parts }: { take: number; part: number; parts: number }) =>
      `take ${numbers.number(take)}, part ${numbers.number(part)} of ${numbers.number(parts)}`,
  },

  stems: {
    ready: ({ who, title, files }: { who: string; title: string; files: string }) =>
      `${who} The stems of **${title}** are ready: ${files}`,
    here: ({ title, files }: { title: string; files: string }) => `Stems of **${title}**: ${files}`,
    files: ({ files }: { files: number }) => countFiles(files),
    filesInPart: ({ files, part }: { files: number; part: number }) =>
      `${countFiles(files)}, part ${numbers.number(part)}`,
    filesInPartOf: ({ files, part, parts }: { files: number; part: number; parts: number }) =>
      `${countFiles(files)}, part ${numbers.number(part)} of ${numbers.number(parts)}`,
    stem: 'Stem',
    none: 'No stems.',
    more: ({ stems }: { stems: number }) => `and ${numbers.number(stems)} more`,
  },

  links: {
    download: ({ link }: { link: string }) => `Download ${link}`,
    none: 'It stays in /library.',
    more: ({ files }: { files: number }) => `${numbers.number(files)} more are in /library.`,
    ends: 'A link like this stops working after a while.',
  },

  /** Files that come in another form than they were made, or not at all. */
  freight: {
    archive: ({ files }: { files: number }) =>
      `There are ${countFiles(files)}, too many for messages, so they come in one archive.`,
    notAudio: ({ files }: { files: number }) =>
      `${someOf(files)} cannot be attached: what MusicAPI gave out is not audio.`,
    notGiven: ({ files }: { files: number }) =>
      `${someOf(files)} cannot be attached: MusicAPI does not give ${numbers.form(files, { one: 'it', other: 'them' })} out.`,
    tooLarge: ({ files }: { files: number }) =>
      `${someOf(files)} ${numbers.form(files, {
        one: 'is too large to attach here. It',
        other: 'are too large to attach here. They',
      })} could not be made small enough.`,
    sounds: {
      lossless: 'FLAC',
      mp3: ({ kbps }: { kbps: number }) => `MP3 at ${numbers.number(kbps)} kbit/s`,
      mp3OrBetter: ({ kbps }: { kbps: number }) => `MP3 at ${numbers.number(kbps)} kbit/s or better`,
    },
    someRefused: ({ files, sound }: { files: number; sound: string }) =>
      `${madeSmaller(files)} (${sound}): Discord refused the originals as too large.`,
    someLimited: ({ files, sound, limit }: { files: number; sound: string; limit: string }) =>
      `${madeSmaller(files)} (${sound}): larger ones than ${limit} cannot be attached here.`,
    refused: ({ size }: { size: string }) => `Discord refused the original (${size}) as too large`,
    limited: ({ size, limit }: { size: string; limit: string }) =>
      `The original (${size}) is larger than the ${limit} that fit here`,
    pieces: ({ why, pieces, sound }: { why: string; pieces: number; sound: string }) =>
      `${why}, so it comes in ${numbers.count(pieces, { one: 'piece', other: 'pieces' })} (${sound}).`,
    lossless: ({ why }: { why: string }) => `${why}, so this is a FLAC, which sounds the same.`,
    lossy: ({ why, sound }: { why: string; sound: string }) => `${why}, so this is an ${sound}.`,
    size: ({ mebibytes }: { mebibytes: number }) => `${numbers.fixed(mebibytes, 1)} MiB`,
    limit: ({ mebibytes }: { mebibytes: number }) => `${numbers.number(mebibytes)} MiB`,
  },
};

function countFiles(files: number): string {
  return numbers.count(files, { one: 'file', other: 'files' });
}

function someOf(files: number): string {
  return numbers.form(files, { one: 'The file', other: `${numbers.number(files)} of the files` });
}

function madeSmaller(files: number): string {
  const were = numbers.form(files, { one: 'was', other: 'were' });
  return `${numbers.number(files)} of the files ${were} made smaller`;
}
