import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** Results of tools: texts, measures, files, voices. */
export const tools = {
  buttons: { again: 'Again', compose: 'Compose', createWith: 'Create with these', sing: 'Sing' },
  done: 'Done.',

  lyrics: {
    priced: ({ what, price }: { what: string; price: string }) => `${what} (${price})`,
    none: 'MusicAPI gave back no lyrics.',
    compose: '**Compose** makes a song of a draft at once.',
    composeFor: ({ price }: { price: string }) => `**Compose** makes a song of a draft at once for ${price}.`,
    again: ({ price }: { price: string }) => `**Again** writes new drafts for ${price}.`,
    cut: 'What is too long to show here is attached as a text file.',
    file: 'Lyrics',
    draft: ({ draft }: { draft: number }) => `draft ${numbers.number(draft)}`,
  },

  tags: {
    cut: 'All of them are in the attached text file.',
    next: ({ price }: { price: string }) =>
      `**Create with these** opens the form of a new song. **Again** costs ${price}.`,
    file: 'Tags',
  },

  persona: {
    ready: ({ name }: { name: string }) => `**${name}** can sing now.`,
    unnamed: 'The new voice can sing now.',
    sing: '**Sing** opens the form of a song; later it is /persona sing.',
    singFor: ({ price }: { price: string }) =>
      `**Sing** opens the form of a song (${price} a song); later it is /persona sing.`,
  },

  measures: {
    tempo: ({ bpm }: { bpm: number }) => `${numbers.number(bpm)} BPM`,
    tempoRange: ({ bpm, min, max }: { bpm: number; min: number; max: number }) =>
      `${numbers.number(bpm)} BPM on average, from ${numbers.number(min)} to ${numbers.number(max)}`,
    sung: ({ from, to }: { from: string; to: string }) => `from ${from} to ${to}`,
    sungSomewhere: 'Somebody sings.',
    vocals: ({ from, to }: { from: string; to: string }) => `Sung from ${from} to ${to}`,
    noWords: 'No words are sung in it.',
  },

  inspect: {
    tooOld: 'Not looked for: MusicAPI does that only with clips of the last 24 hours, and this one is older.',
    cut: 'All of it is in the attached file.',
    queued: 'In the queue.',
    queuedAgain: 'In the queue again: MusicAPI did not take it yet.',
    noWords: 'MusicAPI has no words of this song. Nothing was spent.',
    failed: ({ reason }: { reason: string }) => `Nothing was spent. ${reason}`,
    cancelled: ({ who }: { who: string }) => `Cancelled by ${who}. Nothing was spent.`,
    unknown:
      'MusicAPI did not answer, so it is not known whether it counted; the credits count as spent after 24 hours.',
    nothing: 'MusicAPI found nothing.',
  },

  files: {
    attached: 'Made, and attached.',
    none: 'MusicAPI made no file of it.',
    again: ({ price }: { price: string }) => `**Again** asks MusicAPI for it once more, for ${price}.`,
    unavailable: 'Made, but its host does not give the file out right now. I keep trying.',
    unlisted: ({ host }: { host: string }) =>
      `Made, but the file is on a host that I may not download from (${host}). The operator was told; it is attached as soon as the host is allowed.`,
    unlistedUnnamed:
      'Made, but the file is on a host that I may not download from. The operator was told; it is attached as soon as the host is allowed.',
    part: 'Part',
    instrument: ({ name, notes }: { name: string; notes: number }) =>
      `- ${name}: ${numbers.count(notes, { one: 'note', other: 'notes' })}`,
    moreParts: ({ parts }: { parts: number }) => `and ${numbers.number(parts)} more parts`,
  },

  refusals: {
    notTheirVoice: 'Only the person who made this voice can sing with it, until they forget it.',
    noDraft: 'I do not have this draft any more. Ask for new ones with /lyrics.',
    gone: 'I do not have this result any more. Use the command again: /help lists them.',
  },
};
