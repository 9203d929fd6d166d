import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Cards of tasks, and what the person is told besides. */
export const cards = {
  inspect: 'Inspect',
  batch: 'Batch',
  fields: {
    prompt: 'Prompt',
    lyrics: 'Lyrics',
    tags: 'Tags',
    describe: 'Described as',
    options: 'Options',
    parent: 'From',
    price: 'Price',
    requester: 'For',
  },
  options: {
    instrumental: 'instrumental',
    voices: { female: 'female voice', male: 'male voice' },
    duration: ({ time }: { time: string }) => `about ${time}`,
    styleWeight: ({ value }: { value: number }) => `style weight ${numbers.exact(value)}`,
    weirdness: ({ value }: { value: number }) => `weirdness ${numbers.exact(value)}`,
    from: ({ time }: { time: string }) => `from ${time}`,
    to: ({ time }: { time: string }) => `to ${time}`,
    length: ({ time }: { time: string }) => `${time} long`,
    strength: ({ value }: { value: number }) => `strength ${numbers.exact(value)}`,
    variations: { subtle: 'variation subtle', normal: 'variation normal', high: 'variation high' },
    singer: ({ name }: { name: string }) => `sung by ${name}`,
    file: ({ name }: { name: string }) => `of ${name}`,
    avoid: ({ styles }: { styles: string }) => `without ${styles}`,
    model: ({ asked, sent }: { asked: string; sent: string }) => `${asked}, made with ${sent}`,
  },
  buttons: { cancel: 'Cancel', stop: 'Stop waiting', retry: 'Try again', edit: 'Edit' },
  reference: ({ id }: { id: string }) => `Reference: ${id}`,
  nothingSpent: 'Nothing was spent.',

  queue: {
    waiting: ({ time }: { time: string }) => `In the queue, waiting for ${time}.`,
    waitingAt: ({ place, time }: { place: number; time: string }) =>
      `Place ${numbers.number(place)} in the queue, waiting for ${time}.`,
    outlook: ({ time }: { time: string }) => `Done in about ${time}.`,
    setbacks: {
      'rate-limited': 'MusicAPI asked for a pause; it is sent as soon as that is over.',
      preparing: 'MusicAPI is preparing the file; I ask again in a moment.',
      unreachable:
        'MusicAPI cannot be reached at the moment; it is sent as soon as it can. Nothing was spent.',
    },
    outage:
      'MusicAPI is not answering at the moment. This is sent as soon as it answers again. Nothing was spent and nothing is lost.',
  },

  sending: 'Being handed to MusicAPI.',
  atWork: 'MusicAPI is at work on it.',
  running: {
    title: 'Being made.',
    soFar: ({ time }: { time: string }) => `${time} so far.`,
    toGo: ({ time, left }: { time: string; left: string }) => `${time} so far, about ${left} to go.`,
    late: ({ time }: { time: string }) => `${time} so far, longer than usual.`,
    outage:
      'MusicAPI is not answering at the moment. Nothing is lost: I go on looking and post what was made.',
    listen: 'Listen now',
    ifStopped: ({ what }: { what: string }) => `If you stop waiting: ${what}`,
  },
  /** In place of the name of somebody about whom everything was deleted. */
  deletedMember: '*deleted member*',
  /** In place of the title of a song that was not shared where the card stands. */
  hiddenParent: 'a song from elsewhere',

  stopped: {
    song: ({ credits }: { credits: number }) => `${staySpent(credits)}; the song will be in /library.`,
    stems: ({ credits }: { credits: number }) => `${staySpent(credits)}; the stems will be in /library.`,
    file: ({ credits }: { credits: number }) =>
      `${staySpent(credits)}; the file is attached here once it is made.`,
    voice: ({ credits }: { credits: number }) => `${staySpent(credits)}; the voice will be in /persona list.`,
    several: ({ credits }: { credits: number }) =>
      `${staySpent(credits)}; what is being made will be in /library.`,
    nobodys: ({ credits }: { credits: number }) => `${staySpent(credits)}; it is brought to nobody.`,
  },

  ends: {
    made: 'Made.',
    failed: 'Not made. Nothing was spent.',
    hidden: 'The reason was sent privately.',
    cancelled: ({ who, what }: { who: string; what: string }) =>
      `Cancelled by ${who}: ${what}. Nothing was spent.`,
    abandoned: ({ who, what, so }: { who: string; what: string; so: string }) =>
      `${who} stopped waiting: ${what}. ${so}`,
    neverKnown: ({ credits }: { credits: number }) =>
      `MusicAPI never said whether it took this. After 24 hours the ${countSpent(credits)}.`,
    expired: ({ time }: { time: string }) =>
      `MusicAPI has not finished this in ${time}. I look again, ever more rarely, for 24 hours; what comes late is still posted.`,
    expiredPrice: ({ credits }: { credits: number }) => `${staySpent(credits)} unless it fails.`,
    again: ({ credits }: { credits: number }) => `Try again: a new task for ${inCredits(credits)}.`,
  },

  batches: {
    summary: ({ songs, counts }: { songs: number; counts: readonly string[] }) =>
      `${numbers.count(songs, { one: 'song', other: 'songs' })}: ${numbers.list(counts)}.`,
    counts: {
      done: ({ count }: { count: number }) => `${numbers.number(count)} done`,
      running: ({ count }: { count: number }) => `${numbers.number(count)} being made`,
      queued: ({ count }: { count: number }) => `${numbers.number(count)} in the queue`,
      failed: ({ count }: { count: number }) => `${numbers.number(count)} not made`,
      unknown: ({ count }: { count: number }) => `${numbers.number(count)} not known`,
      expired: ({ count }: { count: number }) => `${numbers.number(count)} late`,
      cancelled: ({ count }: { count: number }) => `${numbers.number(count)} cancelled`,
      abandoned: ({ count }: { count: number }) => `${numbers.number(count)} not waited for`,
    },
    again: ({ tasks, credits }: { tasks: number; credits: number }) =>
      `Try again: ${numbers.form(tasks, { one: 'a new task', other: `${numbers.number(tasks)} new tasks` })} for ${inCredits(credits)}.`,
    failed: ({ reason }: { reason: string }) => `not made, nothing was spent: ${reason}`,
    unknown: ({ credits }: { credits: number }) =>
      `it is not known whether MusicAPI took it; its ${countSpent(credits)} after 24 hours.`,
    expired: 'late: I look again for 24 hours, and what comes is still posted.',
    cancelled: ({ who }: { who: string }) => `cancelled by ${who}, nothing was spent.`,
    abandoned: ({ who }: { who: string }) => `${who} stopped waiting; it will be in /library.`,
    abandonedForGood: ({ who }: { who: string }) => `${who} stopped waiting; it is brought to nobody.`,
  },

  /** A task in few words, after its name. */
  states: {
    queued: 'in the queue',
    queuedAt: ({ place }: { place: number }) => `place ${numbers.number(place)} in the queue`,
    sending: 'being handed to MusicAPI',
    running: ({ time }: { time: string }) => `being made for ${time}`,
    toGo: ({ time }: { time: string }) => `about ${time} to go`,
  },

  /** Said to the requester alone. */
  told: {
    expired: ({ time }: { time: string }) =>
      `MusicAPI has not finished this in ${time}. I look again for 24 hours; what comes late is still posted.`,
    failures: ({ failed, all }: { failed: number; all: number }) =>
      `${numbers.number(failed)} of ${numbers.number(all)} were not made; nothing was spent for them.`,
    late: ({ late, all }: { late: number; all: number }) =>
      `${numbers.number(late)} of ${numbers.number(all)} ${numbers.form(late, { one: 'is', other: 'are' })} late: MusicAPI has not finished in time. I look again for 24 hours; what comes late is still posted.`,
    lost: ({ why }: { why: string }) =>
      `What you asked for is made, but I could not post it for a day: ${why}. It stays in /library.`,
  },
};

function inCredits(credits: number): string {
  return numbers.count(credits, { one: 'credit', other: 'credits' });
}

function staySpent(credits: number): string {
  return numbers.count(credits, { one: 'credit stays spent', other: 'credits stay spent' });
}

function countSpent(credits: number): string {
  return numbers.count(credits, { one: 'credit counts as spent', other: 'credits count as spent' });
}
