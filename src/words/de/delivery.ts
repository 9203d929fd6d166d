import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const numbers = createNumbers('de-DE');
const { names } = commands;

/** Results on their way to the person. */
export const delivery: Words['delivery'] = {
  buttons: { repost: 'Noch einmal posten', there: 'Es ist da', more: 'Mehr' },
  refusals: {
    decided: 'Das hat schon jemand entschieden.',
    gone: 'Diese Lieferung kenne ich nicht mehr.',
    notYours: ({ who }) =>
      `Nur ${who}, von wem dieser Auftrag kommt, oder wer Nachrichten verwaltet, darf das entscheiden.`,
  },

  done: `Fertig, zu finden in /${names.library}.`,
  doneAt: ({ links }) => `Fertig: ${numbers.list(links)}`,
  doneAtMore: ({ links, more }) => `Fertig: ${numbers.list(links)} und ${numbers.number(more)} weitere`,

  // Names stand for one song or for many stems, so no verb agrees with them.
  states: {
    posted: ({ name }) => `${name}: gepostet.`,
    posting: ({ name }) => `${name}: wird gerade gepostet.`,
    undecided: ({ name }) =>
      `${name}: vielleicht gepostet, vielleicht auch nicht, denn das Senden wurde unterbrochen. Sieh hier nach und drück dann auf „Es ist da“ oder „Noch einmal posten“.`,
    undeliverable: ({ name, why }) => `${name}: nicht gepostet, denn ${why}. Zu finden in /${names.library}.`,
    noRoute: ({ name, why }) =>
      `${name}: wartet in /${names.library}, denn ${why}. Ich versuche es einen Tag lang jede Stunde noch einmal.`,
    forHost: ({ name, why }) =>
      `${name}: fertig, aber noch nicht gepostet, denn ${why}. Der Betreiber dieses Bots weiß Bescheid; sobald der Host erlaubt ist, wird gepostet.`,
    trying: ({ name, why }) =>
      `${name}: fertig, aber noch nicht gepostet, denn ${why}. Ich versuche es weiter.`,
    waiting: ({ name, why }) =>
      `${name}: fertig, aber noch nicht gepostet, denn ${why}. Zu finden in /${names.library}.`,
    soFar: ({ line, links }) => `${line} Bisher: ${numbers.list(links)}`,
  },

  setbacks: {
    host: ({ host }) =>
      `die Audiodatei liegt auf einem Host, von dem ich nichts herunterladen darf (${host})`,
    unnamedHost: 'die Audiodatei liegt auf einem Host, von dem ich nichts herunterladen darf',
    'audio-missing': 'MusicAPI gibt die Audiodatei nicht heraus',
    'not-audio': 'was MusicAPI dafür herausgegeben hat, ist kein Audio',
    'no-route': 'ich darf in diesem Kanal nicht schreiben und kann dir keine Direktnachricht schicken',
    discord: 'Discord hat es nicht angenommen',
    unnamed: 'etwas ist schiefgegangen',
  },

  names: {
    stems: ({ title }) => `Stems von ${title}`,
    stemsOfSong: 'Stems des Songs',
    unknown: ({ take }) => `Take ${numbers.number(take)}`,
    take: ({ take }) => `, Take ${numbers.number(take)}`,
  },

  files: {
    stems: 'Stems',
    part: ({ part }) => `Teil ${numbers.number(part)}`,
    partOf: ({ part, parts }) => `Teil ${numbers.number(part)} von ${numbers.number(parts)}`,
    takePartOf: ({ take, part, parts }) =>
      `Take ${numbers.number(take)}, Teil ${numbers.number(part)} von ${numbers.number(parts)}`,
  },

  stems: {
    ready: ({ who, title, files }) => `${who} Die Stems von **${title}** sind fertig: ${files}`,
    here: ({ title, files }) => `Stems von **${title}**: ${files}`,
    files: ({ files }) => countFiles(files),
    filesInPart: ({ files, part }) => `${countFiles(files)}, Teil ${numbers.number(part)}`,
    filesInPartOf: ({ files, part, parts }) =>
      `${countFiles(files)}, Teil ${numbers.number(part)} von ${numbers.number(parts)}`,
    stem: 'Spur',
    none: 'Keine Stems.',
    more: ({ stems }) => `und ${numbers.number(stems)} weitere`,
  },

  links: {
    download: ({ link }) => `${link} herunterladen`,
    none: `Du findest es in /${names.library}.`,
    more: ({ files }) =>
      numbers.form(files, {
        one: `${numbers.number(files)} weitere Datei ist in /${names.library}.`,
        other: `${numbers.number(files)} weitere Dateien sind in /${names.library}.`,
      }),
    ends: 'Ein solcher Link funktioniert nach einer Weile nicht mehr.',
  },

  freight: {
    archive: ({ files }) =>
      `Es sind ${countFiles(files)}, zu viele für Nachrichten; deshalb kommen sie in einem Archiv.`,
    notAudio: ({ files }) =>
      `${someOf(files)} nicht angehängt werden: Was MusicAPI herausgegeben hat, ist kein Audio.`,
    notGiven: ({ files }) => `${someOf(files)} nicht angehängt werden: MusicAPI gibt sie nicht heraus.`,
    tooLarge: ({ files }) =>
      numbers.form(files, {
        one: 'Die Datei ist zu groß, um sie hier anzuhängen. Sie ließ sich nicht klein genug machen.',
        other: `${numbers.number(files)} der Dateien sind zu groß, um sie hier anzuhängen. Sie ließen sich nicht klein genug machen.`,
      }),
    sounds: {
      lossless: 'FLAC',
      mp3: ({ kbps }) => `MP3 mit ${numbers.number(kbps)} kbit/s`,
      mp3OrBetter: ({ kbps }) => `MP3 mit ${numbers.number(kbps)} kbit/s oder besser`,
    },
    someRefused: ({ files, sound }) =>
      `${madeSmaller(files)} (${sound}): Discord hat die Originale als zu groß abgelehnt.`,
    someLimited: ({ files, sound, limit }) =>
      `${madeSmaller(files)} (${sound}): Größere als ${limit} lassen sich hier nicht anhängen.`,
    refused: ({ size }) => `Discord hat das Original (${size}) als zu groß abgelehnt`,
    limited: ({ size, limit }) => `Das Original (${size}) ist größer als die ${limit}, die hier hineinpassen`,
    pieces: ({ why, pieces, sound }) =>
      `${why}; deshalb kommt es in ${numbers.count(pieces, { one: 'Stück', other: 'Stücken' })} (${sound}).`,
    lossless: ({ why }) => `${why}; deshalb ist das hier eine FLAC-Datei, die genauso klingt.`,
    lossy: ({ why, sound }) => `${why}; deshalb ist das hier eine Datei in ${sound}.`,
    size: ({ mebibytes }) => `${numbers.fixed(mebibytes, 1)} MiB`,
    limit: ({ mebibytes }) => `${numbers.number(mebibytes)} MiB`,
  },
};

function countFiles(files: number): string {
  return numbers.count(files, { one: 'Datei', other: 'Dateien' });
}

function someOf(files: number): string {
  return numbers.form(files, {
    one: 'Die Datei kann',
    other: `${numbers.number(files)} der Dateien können`,
  });
}

function madeSmaller(files: number): string {
  const were = numbers.form(files, { one: 'wurde', other: 'wurden' });
  return `${numbers.number(files)} der Dateien ${were} verkleinert`;
}
