import type { Words } from '../en.ts';
import { commands } from './commands.ts';

const { names } = commands;

/** What happened where something went wrong, and what to do now. */
export const errors: Words['errors'] = {
  failures: {
    'not-authorised':
      'MusicAPI hat den Schlüssel des Betreibers dieses Bots abgelehnt. An deiner Eingabe liegt es nicht: Sag dem Betreiber Bescheid.',
    'no-credits':
      'Das MusicAPI-Guthaben des Betreibers dieses Bots ist aufgebraucht. Sag ihm Bescheid und versuch es noch einmal, wenn es aufgefüllt ist.',
    'rate-limited':
      'MusicAPI ist gerade zu beschäftigt, um mehr anzunehmen. Warte ein paar Minuten und versuch es noch einmal.',
    'not-found':
      'MusicAPI kennt diesen Clip oder Auftrag nicht oder hat ihn nicht mehr. Wähle einen anderen Clip.',
    gone: `MusicAPI bietet das nicht mehr an. Was geht, steht in /${names.help}.`,
    unavailable: 'MusicAPI ist gerade nicht zu erreichen. Versuch es in ein paar Minuten noch einmal.',
    blocked:
      'Während das hier wartete, wurdest du auf diesem Server für Songs gesperrt. Wenn dich jemand entsperrt hat, der den Server verwaltet, versuch es noch einmal.',
    'own-key': `Der eigene Schlüssel von MusicAPI, mit dem das bezahlt wird, wurde entfernt, oder MusicAPI nimmt ihn nicht mehr an. Von wem er stammt, kann in /${names.settings} einen anderen setzen; versuch es dann noch einmal.`,
    'own-credits':
      'Das MusicAPI-Guthaben des eigenen Schlüssels, mit dem das bezahlt wird, ist aufgebraucht. Versuch es noch einmal, sobald es aufgefüllt ist.',
    'task-timeout': 'MusicAPI ist beim Erstellen die Zeit ausgegangen. Versuch es noch einmal.',
  },
  goneEngine: ({ engine }) =>
    `Mit der Engine ${engine} bietet MusicAPI das nicht mehr an. Wähle die Engine sonic und versuch es noch einmal: Sie macht Songs aller Art.`,
  noTimeline:
    'MusicAPI hat zu diesem Song keinen Songtext oder hat den Song nicht mehr. Wähle einen anderen Clip.',
  moderation: ({ quoted }) =>
    `Die Moderation von MusicAPI hat den Text abgelehnt${quoted}. Lass Namen von Künstlern, Producer-Tags und fremde Songtexte weg und versuch es dann noch einmal.`,
  invalidRequest: ({ quoted }) =>
    `MusicAPI hat die Anfrage nicht angenommen${quoted}. Ändere sie und versuch es noch einmal.`,
  taskFailed: ({ quoted }) =>
    `MusicAPI hat es angenommen, konnte es aber nicht erstellen${quoted}. Versuch es noch einmal oder ändere vorher den Text.`,
  noReason: 'ohne Angabe eines Grundes',
  onlyStatus: ({ status }) => `HTTP ${status} ohne Angabe eines Grundes`,
  quote: ({ text }) => `: „${text}“`,
  causes: {
    interrupted: 'Ich wurde angehalten, als ich das gerade abschickte',
    restored: 'Ich wurde auf eine ältere Sicherung zurückgesetzt, in der das hier noch wartete',
    malformed: 'Die Antwort von MusicAPI war nicht zu lesen',
    unavailable: 'MusicAPI hat mit einem eigenen Fehler geantwortet',
    lost: 'Die Verbindung zu MusicAPI ist abgebrochen, bevor eine Antwort kam',
  },
  unknown: ({ cause }) =>
    `${cause}. Deshalb ist nicht bekannt, ob MusicAPI es angenommen hat. Die Credits sind für 24 Stunden zurückgelegt und zählen dann als ausgegeben. „Noch einmal versuchen“ macht einen neuen Auftrag, der für sich bezahlt wird.`,
  unknownReported: ({ cause }) =>
    `${cause}. Deshalb ist nicht bekannt, ob MusicAPI es angenommen hat. Wenn ja, erscheint es hier, sobald MusicAPI es meldet. Die Credits sind für 24 Stunden zurückgelegt und zählen dann als ausgegeben. „Noch einmal versuchen“ macht einen neuen Auftrag, der für sich bezahlt wird.`,
  unreadable: 'MusicAPI hat keine lesbare Antwort gegeben. Versuch es in ein paar Minuten noch einmal.',
  databaseInDoubt: `Meine Datenbank ist abgebrochen, als das hier gerade gespeichert wurde. Ob es gelungen ist, weiß ich nicht. Sieh in einer Minute in /${names.tasks} nach, bevor du es noch einmal versuchst.`,
  databaseDown:
    'Meine Datenbank antwortet gerade nicht. Deshalb wurde nichts gestartet und nichts ausgegeben. Versuch es in einer Minute noch einmal.',
  unexpected:
    'Bei mir ist etwas schiefgegangen. Versuch es noch einmal; wenn es wieder passiert, sag dem Betreiber dieses Bots Bescheid.',
  withReference: ({ sentence, reference }) => `${sentence} Kennung: ${reference}`,
};
