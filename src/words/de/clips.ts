import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;

const numbers = createNumbers('de-DE');

/** Songs: their cards, what can be done with them, and what stands in the way. */
export const clips: Words['clips'] = {
  card: {
    ready: 'dein Song ist fertig',
    copied: 'deine Kopie ist da',
    uploaded: 'deine Datei ist hochgeladen',
    news: ({ member, news, what }) => `${member}, ${news}: ${what}`,
    named: ({ title }) => `**${title}**`,
    takeOf: ({ title, take, takes }) =>
      `**${title}**, Take ${numbers.number(take)} von ${numbers.number(takes)}`,
    priceOf: ({ price, takes }) => `${price} für ${numbers.count(takes, { one: 'Take', other: 'Takes' })}`,
    fields: {
      tags: 'Tags',
      engine: 'Engine',
      length: 'Länge',
      madeWith: 'Gemacht mit',
      from: 'Aus',
      price: 'Preis',
      requester: 'Für',
    },
    buttons: { extend: 'Verlängern', cover: 'Cover', stems: 'Stems', more: 'Mehr' },
  },

  listed: ({ title, take }) => `${title} · Take ${take}`,
  thisClip: 'diesem Clip',

  menu: {
    ask: ({ title }) => `Was soll mit **${title}** geschehen?`,
    missing: 'Nicht mit diesem Clip:',
    everythingElse: 'Alles andere',
    onlyElsewhere: ({ engines, engine }) =>
      `nur mit Songs der Engine ${numbers.or(engines)}, und dieser wurde von ${engine} gemacht.`,
    again: { label: 'Noch einmal', does: 'dieselbe Anfrage noch einmal' },
    lyrics: { label: 'Songtext', does: 'als Text lesen' },
    clipId: { label: 'Clip-ID', does: 'für die Clip-Option von Befehlen' },
    delete: { label: 'Löschen', does: 'diese Nachricht entfernen' },
    stems: { label: 'Stems', does: 'die einzelnen Spuren' },
    several: ({ labels }) => numbers.list(labels),
    file: ({ format }) => `der Song als ${format}-Datei`,
    entry: ({ label, does }) => `- ${label}: ${does}`,
    paidEntry: ({ label, does, price }) => `- ${label}: ${does}, ${price}`,
    unknownMaker:
      'Ich weiß nicht, wie dieser Clip gemacht wurde, und kann ihn nicht noch einmal machen. Nichts wurde ausgegeben.',
  },

  deleting: {
    deleted: 'Gelöscht.',
    unknownMessage: 'Ich weiß nicht, welche Nachricht gelöscht werden soll.',
    already: 'Das ist schon gelöscht.',
    noAccess:
      'Hier kann ich die Nachricht nicht löschen: Ich darf diesen Kanal nicht lesen. Wer Nachrichten verwaltet, kann sie von Hand löschen.',
    notThere: 'Ich kann diese Nachricht hier nicht löschen: Ich bin hier kein Mitglied, ich antworte nur.',
    noRight: ({ requester }) => `Nur ${requester} oder wer Nachrichten verwaltet, darf das löschen.`,
    somebody: 'wer es haben wollte',
  },

  lyrics: {
    of: ({ title }) => `Der Songtext von **${title}**:`,
    attached: 'Er ist zu lang, um hier zu stehen, deshalb hängt er ganz an.',
    unknown: 'Den Songtext dieses Songs kenne ich nicht.',
    file: 'Songtext',
  },

  stems: {
    ask: ({ title }) => `Welche Stems von **${title}**?`,
    basic: ({ price }) => `- Einfach: die wichtigsten Spuren, ${price}.`,
    full: ({ price }) =>
      `- Vollständig: jede Spur, die sich heraushören lässt, oft mehr als ein Dutzend, ${price}.`,
    buttons: { basic: 'Einfach', full: 'Vollständig' },
  },
  clipId: ({ clipId }) =>
    `Die ID dieses Clips, für die Option \`${names.clip}\` von Befehlen:\n\`${clipId}\``,

  finding: {
    noClip:
      'Das ist kein Clip. Wähle beim Tippen einen aus der Liste, füge einen Link zu einer Nachricht mit einem Song von mir ein oder gib eine Clip-ID an.',
    unreadable:
      'Ich kann diese Nachricht nicht lesen. Nimm stattdessen die Clip-ID: Auf der Karte zeigt sie Mehr → Clip-ID.',
    noCard:
      'In dieser Nachricht ist keine Clip-Karte von mir. Nimm den Link zur Nachricht mit dem Song oder die Clip-ID.',
    elsewhere:
      'Diese Nachricht ist an einem anderen Ort. Nimm einen Link zu einer Nachricht von hier oder die Clip-ID.',
    notShared:
      'Dieser Clip gehört jemand anderem und wurde auf diesem Server nicht geteilt. Bitte die Person, ihn hier zu posten, oder wähle einen aus der Liste.',
    deleted: 'Dieser Clip wurde gelöscht. Wähle einen anderen aus der Liste.',
  },

  refused: {
    noId: `MusicAPI hat diesem Song keine ID gegeben, deshalb lässt sich nichts mit ihm anfangen. Speichere seine Datei und bring sie mit /${names.upload} herein.`,
    otherEngine: ({ made, engine }) =>
      `Dieser Clip wurde von ${made} gemacht, also kann ${engine} nicht daran arbeiten.`,
    uploadsOnly: ({ label }) => `${label} geht nur mit hochgeladenem Audio. Nimm zuerst /${names.upload}.`,
    noUploads: ({ label }) =>
      `${label} geht nur mit Songs, die hier gemacht wurden, nicht mit Hochgeladenem.`,
    tooOld: ({ label, hours }) =>
      `${label} geht nur mit Clips aus ${numbers.form(hours, { one: 'der letzten Stunde', other: `den letzten ${numbers.number(hours)} Stunden` })}, und dieser ist älter. Mach zuerst einen neuen daraus, mit Cover oder Verlängern.`,
    noExtension: ({ label }) =>
      `${label} fügt eine Verlängerung mit dem zusammen, was sie fortsetzt, und dieser Clip ist keine. Nimm zuerst Verlängern.`,
    noAudio: 'Ich weiß nicht, wo das Audio dieses Clips liegt.',
    noAudioSpent: 'Ich weiß nicht, wo das Audio dieses Clips liegt. Nichts wurde ausgegeben.',
    noLength: `Ich weiß nicht, wie lang dieser Clip ist. Sag mit \`${names.at}\`, wo es weitergehen soll, etwa 1:30. Nichts wurde ausgegeben.`,
    behindClip: ({ time, length }) =>
      `${time} liegt hinter dem Ende: Der Clip ist ${length} lang. Nichts wurde ausgegeben.`,
    behindFile: ({ time, length }) =>
      `${time} liegt hinter dem Ende: Die Datei ist ${length} lang. Nichts wurde ausgegeben.`,
  },
};
