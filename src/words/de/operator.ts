import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;

const numbers = createNumbers('de-DE');

/** What the people who run the bot are told by direct message: what happened, what it means for members, what to do. */
export const operator: Words['operator'] = {
  keyRefused: ({ since }) =>
    `**MusicAPI lehnt den Schlüssel dieses Bots ab**, seit ${since}.\nMitglieder: Jeder neue Song scheitert mit dem Grund, ausgegeben wird nichts. Was gerade entsteht, wird gepostet, sobald ein Schlüssel gilt.\nJetzt: Trage einen gültigen Schlüssel (MusicAPI-Dashboard, API Keys) in \`MUSICAPI_KEY\` ein und starte mich neu. \`npm run doctor\` sagt, ob er gilt.`,
  balanceEmpty: ({ since, credits }) =>
    `**Das Guthaben bei MusicAPI ist aufgebraucht**, seit ${since}: ${credits} übrig.\nMitglieder: Neue Songs scheitern mit dem Grund, ausgegeben wird nichts.\nJetzt: Kaufe Credits im MusicAPI-Dashboard. Neu gestartet werden muss nichts.`,
  balanceLow: ({ since, credits, threshold, rate }) =>
    `**Das Guthaben bei MusicAPI geht zur Neige**, seit ${since}: ${credits} übrig. ${rate}\nMitglieder: merken nichts, bis es aufgebraucht ist.\nJetzt: Kaufe Credits im MusicAPI-Dashboard. Gewarnt wirst du unter ${numbers.number(threshold)} (\`BALANCE_WARNING_CREDITS\`).`,
  lasts: ({ credits, days }) =>
    `Geht es weiter wie in den letzten 7 Tagen (${credits} am Tag), reicht das noch etwa ${numbers.count(days, { one: 'Tag', other: 'Tage' })}.`,
  lastsHours: ({ credits }) =>
    `Geht es weiter wie in den letzten 7 Tagen (${credits} am Tag), reicht das keinen Tag mehr.`,
  noRate:
    'Wie lange das reicht, lässt sich nicht sagen: In den letzten 7 Tagen wurde nichts ausgegeben, es gibt noch keine Rate.',
  providerDown: ({ since }) =>
    `**MusicAPI antwortet nicht**, seit ${since}.\nMitglieder: Ihre Karten sagen es. Was sie wollen, wartet in der Warteschlange, nichts geht verloren oder wird doppelt bezahlt, und ich mache von selbst weiter.\nJetzt: Sieh nach, ob api.musicapi.ai diesem Rechner antwortet (\`npm run doctor\`). Antwortet es auch anderen nicht, hilft nur Warten.`,
  unlistedHost: ({ since, host, reference }) =>
    `**Ein bezahltes Ergebnis liegt auf einem Host, von dem ich nichts herunterladen darf**: ${host}, seit ${since}.\nMitglieder: Die Karte sagt, dass es den Song gibt; nach der Änderung wird er gepostet.\nJetzt: Wenn du dem Host vertraust, trage ihn in \`MUSICAPI_MEDIA_HOSTS\` ein (https; einfaches http nur auf diesem Rechner) und starte mich neu.\nReferenz: ${reference}`,
  database: ({ since }) =>
    `**Die Datenbank antwortet nicht oder lässt sich nicht beschreiben**, seit ${since}.\nMitglieder: Befehle werden mit dem Grund abgelehnt, ausgegeben wird nichts. Was bei MusicAPI entsteht, läuft dort weiter und wird danach gepostet.\nJetzt: Sieh nach dem Datenbankserver, oder nach dem freien Platz, wo die Datei liegt (\`DATABASE_URL\`). \`npm run doctor\` sagt, was fehlt.`,
  sumsDiffer: ({ since, expected, found }) =>
    `**Das Kassenbuch geht nicht auf**, seit ${since}: Die Aufgaben kommen auf ${numbers.number(expected)} Credits, das Buch auf ${numbers.number(found)}.\nMitglieder: Budgets können um den Unterschied falsch sein.\nJetzt: Das ist ein Fehler im Programm. Lege eine Sicherung an (\`npm run backup\`) und melde ihn mit der Zeile „the ledger does not add up“ aus dem Log.`,
  balanceDiffers: ({ since, taken }) =>
    `**MusicAPI hat ${taken} mehr genommen, als im Kassenbuch steht**, bemerkt um ${since}.\nMitglieder: merken nichts. Der Unterschied ist gebucht, damit beide wieder übereinstimmen.\nJetzt: Wenn noch etwas anderes mit demselben Schlüssel bezahlt, gib ihm einen eigenen. Sonst hat sich vielleicht ein Preis geändert: /${names.credits} zeigt die Preise, die ich gelernt habe.`,

  over: {
    key: ({ lasted }) =>
      `MusicAPI nimmt den Schlüssel dieses Bots wieder an (abgelehnt für ${lasted}). Songs entstehen wie gewohnt.`,
    balanceEmpty: ({ lasted, credits }) =>
      `Das Guthaben bei MusicAPI ist aufgefüllt: ${credits} (aufgebraucht für ${lasted}). Songs entstehen wie gewohnt.`,
    balanceLow: ({ lasted, credits }) =>
      `Das Guthaben bei MusicAPI ist wieder hoch genug: ${credits} (niedrig für ${lasted}).`,
    provider: ({ lasted, waited, lost }) =>
      `MusicAPI antwortet wieder (keine Antwort für ${lasted}, ${waited}, ${lost}).`,
    host: ({ host }) => `Ergebnisse auf ${host} dürfen jetzt geladen werden: Was wartete, wird gepostet.`,
    database: ({ lasted }) =>
      `Die Datenbank antwortet wieder (weg für ${lasted}). Was wartete, geht von selbst weiter.`,
    sums: ({ lasted }) => `Das Kassenbuch geht wieder auf (es ging nicht auf für ${lasted}).`,
  },
  waited: ({ tasks }) => numbers.count(tasks, { one: 'Aufgabe wartete', other: 'Aufgaben warteten' }),
  noneWaited: 'keine Aufgabe wartete',
  noneLost: 'keine ging verloren',
  inDoubt: ({ tasks }) =>
    `von ${numbers.number(tasks)} ist nicht bekannt, ob MusicAPI sie angenommen hat: Die Karten fragen ihre Mitglieder`,
  lasted: {
    seconds: ({ count }) => numbers.count(count, { one: 'Sekunde', other: 'Sekunden' }),
    minutes: ({ count }) => numbers.count(count, { one: 'Minute', other: 'Minuten' }),
    hours: ({ count }) => numbers.count(count, { one: 'Stunde', other: 'Stunden' }),
    days: ({ count }) => numbers.count(count, { one: 'Tag', other: 'Tage' }),
  },
};
