import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;

const numbers = createNumbers('de-DE');

/** Songs found again: lists of them, fresh cards, families. */
export const library: Words['library'] = {
  list: {
    own: 'Deine Songs',
    all: 'Deine Songs und die, die auf diesem Server geteilt wurden',
    of: ({ member }) => `Songs von ${member}`,
    favourites: 'Deine Favoriten',
    favouritesOf: ({ member }) => `Deine Favoriten von ${member}`,
    search: ({ text }) => `Suche: ${text}`,
    row: ({ title, facts }) => `${title} · ${facts.join(' · ')}`,
    take: ({ take }) => `Take ${numbers.number(take)}`,
    stem: 'Stem',
    hearts: ({ hearts }) => `❤️ ${numbers.count(hearts, { one: 'Herz', other: 'Herzen' })}`,
    notPosted: 'noch nicht gepostet',
    buttons: { show: 'Zeigen', newest: 'Neueste', newer: 'Neuere', older: 'Ältere' },
    empty: {
      nothing: `Du hast noch keine Songs. Mach einen mit /${names.create}.`,
      nothingHere: `Du hast noch keine Songs, und auf diesem Server hat niemand einen geteilt. Mach einen mit /${names.create}.`,
      noFavourites: 'Du hast noch keine Favoriten. Drück das Herz an einem Song, dann steht er hier.',
      notFound: ({ text }) =>
        `Kein Song von dir oder von diesem Server hat in Titel, Tags, Songtext oder Prompt Wörter, die wie „${text}“ beginnen. Versuch es mit weniger Wörtern oder mit /${names.library} ohne Suche.`,
      noneOf: ({ member }) =>
        `${member} hat auf diesem Server keinen passenden Song geteilt. Songs von anderswo sind nur für die, denen sie gehören.`,
      pageGone: 'In dieser Richtung kommt nichts mehr.',
    },
  },

  show: {
    unknown: ({ clipId, price }) =>
      `Den Clip \`${clipId}\` kenne ich nicht. **Holen** fragt MusicAPI nach seiner Datei, für ${price}; danach ist er in deiner Bibliothek. Vor dem Drücken wird nichts ausgegeben.`,
    unknownHere: ({ clipId }) =>
      `Den Clip \`${clipId}\` kenne ich nicht und kann ihn darum nicht zeigen. Wähl beim Tippen einen aus der Liste.`,
    buttons: { fetch: 'Holen' },
    tooLate:
      'Ich konnte die Datei nicht rechtzeitig bekommen. Versuch es in einer Minute noch einmal; es wurde nichts ausgegeben.',
  },

  tree: {
    title: ({ title }) => `Die Familie von ${title}`,
    member: ({ name, made, take }) => `${name} · ${made}, Take ${numbers.number(take)}`,
    named: ({ line }) => `${line} ← dieser`,
    stems: ({ name, count }) => `${name} · ${numbers.count(count, { one: 'Spur', other: 'Spuren' })}`,
    hidden: 'ein Song, der hier nicht geteilt wurde',
    unknown: 'ein Song, den ich nicht kenne',
    more: ({ count }) => `und ${numbers.count(count, { one: 'weiterer', other: 'weitere' })}`,
    alone: 'Daraus wurde noch nichts: Verlängern, Cover und Stems an seiner Karte führen weiter.',
    unknownClip: ({ clipId }) =>
      `Den Clip \`${clipId}\` kenne ich nicht, also auch seine Familie nicht. Wähl beim Tippen einen aus der Liste.`,
  },

  children: {
    field: 'Daraus wurde',
    more: ({ count }) =>
      `und ${numbers.count(count, { one: 'weiterer', other: 'weitere' })}: /${names.clip} ${names.tree}`,
  },
};
