import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;
const numbers = createNumbers('de-DE');

/** What servers and members have set, and why something is therefore not done. */
export const settings: Words['settings'] = {
  refused: {
    paused: `Songs zu machen ist auf diesem Server angehalten. Nur wer den Server verwaltet, kann es wieder einschalten (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    channel: ({ channels }) =>
      `Auf diesem Server gibt es Songs nur in ${channels}. Wer den Server verwaltet, kann das ändern (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    role: ({ roles }) =>
      `Auf diesem Server gibt es Songs nur für Mitglieder mit der Rolle ${roles}. Wer den Server verwaltet, kann das ändern (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    operation: ({ operation }) =>
      `„${operation}“ ist auf diesem Server ausgeschaltet. Wer den Server verwaltet, kann es einschalten (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    word: ({ word }) =>
      `Dieser Server möchte das Wort „${word}“ in keinem Auftrag haben. Wer den Server verwaltet, kann die Liste ändern (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    explicit: ({ word }) =>
      `Dieser Server möchte anstößige Wörter wie „${word}“ nur in Kanälen mit Altersbeschränkung. Versuch es dort oder ändere den Text; wer den Server verwaltet, kann die Regel ändern (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    notRequester: ({ member }) =>
      `Auf diesem Server darf nur ${member} diese Knöpfe drücken, weil der Auftrag von dort kam. Mit den Befehlen geht es trotzdem; wer den Server verwaltet, kann die Regel ändern (/${names.settings} ${names.server}).`,
    notRequesterUnknown: `Auf diesem Server darf diese Knöpfe nur drücken, von wem der Auftrag kam. Mit den Befehlen geht es trotzdem; wer den Server verwaltet, kann die Regel ändern (/${names.settings} ${names.server}).`,
    notPresser: ({ roles }) =>
      `Auf diesem Server darf diese Knöpfe nur drücken, von wem der Auftrag kam oder wer die Rolle ${roles} hat. Wer den Server verwaltet, kann die Regel ändern (/${names.settings} ${names.server}).`,
  },

  invalid: {
    language: ({ language }) =>
      `Ich spreche „${language}“ nicht. Wähle eine der angebotenen Sprachen. Nichts wurde geändert.`,
    model: ({ model, engine }) => `Die Engine ${engine} hat kein Modell „${model}“. Nichts wurde geändert.`,
    tooManyWords: ({ most }) => `Ein Server kann höchstens ${most} Wörter sperren. Nichts wurde geändert.`,
    longWord: ({ most }) =>
      `Ein gesperrtes Wort oder eine Wendung hat höchstens ${most} Zeichen. Nichts wurde geändert.`,
    longWords: ({ most }) =>
      `Gesperrte Wörter und Wendungen haben zusammen höchstens ${most} Zeichen. Nichts wurde geändert.`,
    emptyWord: ({ word }) =>
      `„${word}“ hat weder Buchstaben noch Ziffern und würde nie gefunden. Nichts wurde geändert.`,
    retention: ({ most }) =>
      `Was getippt wurde, kann 1 bis ${most} ganze Tage aufbewahrt werden. Nichts wurde geändert.`,
  },

  keys: {
    off: 'Eigene Schlüssel sind ausgeschaltet: Der Betreiber dieses Bots muss zuerst ENCRYPTION_KEY setzen (openssl rand -base64 32). Nichts wurde gespeichert.',
    malformed:
      'Das ist kein Schlüssel: Er enthält Leerzeichen oder Zeichen, die kein Schlüssel hat, oder er ist zu kurz. Kopiere ihn noch einmal aus „API Keys“ im Dashboard von MusicAPI. Nichts wurde gespeichert.',
    refusedNow:
      'MusicAPI nimmt diesen Schlüssel nicht an. Kopiere ihn noch einmal aus „API Keys“ im Dashboard von MusicAPI. Nichts wurde gespeichert.',
    unchecked:
      'MusicAPI antwortet gerade nicht, deshalb konnte der Schlüssel nicht geprüft werden. Nichts wurde gespeichert; versuch es in einer Minute noch einmal.',
    inUse: ({ count }) => {
      const songs = numbers.count(count, { one: 'Song wird', other: 'Songs werden' });
      const they = numbers.form(count, { one: 'er fertig ist', other: 'sie fertig sind' });
      return `${songs} gerade damit gemacht: Versuch es noch einmal, wenn ${they}. Nichts wurde geändert.`;
    },
    unreadable: `Der Schlüssel dieses Kontos lässt sich nicht mehr lesen, weil der Verschlüsselungsschlüssel dieses Bots geändert wurde. Setz ihn in /${names.settings} neu. Nichts wurde ausgegeben.`,
    ofServerRefused: `MusicAPI nimmt den Schlüssel dieses Servers nicht mehr an, deshalb wird damit nichts gesendet. Wer den Server verwaltet, kann ihn ersetzen oder entfernen (/${names.settings} ${names.server}). Nichts wurde ausgegeben.`,
    ofMemberRefused: `MusicAPI nimmt deinen eigenen Schlüssel nicht mehr an, deshalb wird damit nichts gesendet. Ersetze oder entferne ihn in /${names.settings} ${names.me}. Nichts wurde ausgegeben.`,
    removed:
      'Das wurde mit einem eigenen Schlüssel von MusicAPI gemacht, der inzwischen entfernt ist, und kein anderer Schlüssel kennt es. Nichts wurde ausgegeben; mit demselben Schlüssel geht es wieder.',
    ofAnotherMember: ({ member }) =>
      `Das wurde mit dem eigenen Schlüssel von ${member} gemacht, und kein anderer Schlüssel kennt es; deshalb geht es nur dort weiter. Nichts wurde ausgegeben.`,
    ofAnotherServer:
      'Das wurde mit dem eigenen Schlüssel eines anderen Servers gemacht, und kein anderer Schlüssel kennt es; deshalb geht es nur dort weiter. Nichts wurde ausgegeben.',
    toldMember: `MusicAPI nimmt deinen eigenen Schlüssel nicht mehr an. Deine Aufträge damit warten, bis du ihn in /${names.settings} ${names.me} ersetzt, oder enden, wenn du ihn entfernst; was abgelehnt wurde, hat nichts gekostet.`,
    toldManager: `MusicAPI nimmt den Schlüssel nicht mehr an, den du für einen Server gesetzt hast. Die Aufträge damit warten, bis ihn jemand in /${names.settings} ${names.server} ersetzt, oder enden, wenn er entfernt wird; was abgelehnt wurde, hat nichts gekostet.`,
  },
};
