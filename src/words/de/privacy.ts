import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;

const numbers = createNumbers('de-DE');

const songs = (count: number) => numbers.count(count, { one: 'Song', other: 'Songs' });

/** What people read about what is stored of them, and when they take it away. */
export const privacy: Words['privacy'] = {
  export: {
    here: 'Das ist alles, was ich über dich gespeichert habe. Es beginnt mit LIESMICH.txt: Dort steht, was was ist.',
    part: ({ number }) => `Teil ${numbers.number(number)} davon.`,
    missing: ({ count }) =>
      `Nicht dabei: ${songs(count)}, zu groß für eine Nachricht oder nicht lesbar. /${names.clip} ${names.show} zeigt jeden einzeln.`,
    more: 'Es ist mehr, als in so viele Nachrichten passt. Frag auf einem Server, auf dem ich Mitglied bin: Dort darf ich mehr senden.',
    tooLarge:
      'Discord nimmt hier keine Datei von mir an. Frag noch einmal an einem anderen Ort, etwa auf einem Server oder in unseren Direktnachrichten.',
    busy: 'Dein Export wird noch gemacht. Warte darauf, bevor du noch einen anforderst.',
    fileName: ({ number }) => `encore-kopie-${number}.zip`,
    readMeName: 'LIESMICH.txt',
    readMe: [
      'Alles, was dieser Bot über dich gespeichert hat.',
      '',
      'requests.json    Was du wolltest: Texte, Ort, Preis, wie es ausging',
      'songs.json       Deine Songs mit ihren Texten',
      'messages.json    Wohin Ergebnisse gebracht wurden',
      'hearts.json      Songs, denen du ein Herz gegeben hast',
      'credits.json     Was für dich reserviert, berechnet und zurückgegeben wurde',
      'voices.json      Deine Stimmen (Personas)',
      'drafts.json      Was du getippt oder gezeigt und noch nicht beauftragt hast; einen Tag lang aufbewahrt',
      'settings.json    Was du eingestellt hast',
      'decisions.json   Was über dich entschieden wurde, und was du entschieden hast',
      'audio            Deine Songs, soweit ich sie als Dateien aufbewahre',
      '',
      'Sehr lange Listen gehen in weiteren Dateien weiter, etwa requests-2.json. Zeiten sind in UTC.',
      'Schlüssel und Token sind nicht dabei, andere Menschen auch nicht.',
    ].join('\r\n'),
  },

  delete: {
    ask: [
      '**Alles über dich löschen?**',
      '- Was in einer Warteschlange steht, wird abgebrochen, und die Credits dafür werden zurückgegeben. Was gerade entsteht, bleibt bezahlt und wird niemandem gebracht.',
      '- Deine Songs verlassen meine Bibliothek, mit ihren Songtexten und den Dateien, die ich aufbewahre. Deine Prompts, Entwürfe, Herzen, Stimmen, Einstellungen und dein MusicAPI-Schlüssel werden gelöscht, für jeden Server.',
      '- Was verbraucht wurde, bleibt ohne deinen Namen in den Büchern. Budgets beginnen nicht neu, und eine Sperre bleibt.',
      '- Meine Nachrichten in Kanälen bleiben, mit den Songs darin: Lösche vorher die, die weg sollen (**Mehr**, dann **Löschen**). Was MusicAPI von deinen Songs hat, bleibt dort.',
      '',
      `Es gibt kein Zurück. /${names.privacy} ${names.export} gibt dir vorher eine Kopie.`,
    ].join('\n'),
    yes: 'Alles löschen',
    no: 'Alles behalten',
    kept: 'Nichts wurde gelöscht.',
    working: 'Ich lösche alles über dich …',
    done: ({ count }) =>
      `Fertig: Über dich ist nichts mehr gespeichert (gelöscht: ${songs(count)}). Wenn du wieder etwas von mir willst, beginnt es von vorn.`,
    notYours: 'Darauf kann nur antworten, wer gefragt wurde.',
    expired: `Das ist zu lange her. Nimm noch einmal /${names.privacy} ${names.delete}; nichts wurde gelöscht.`,
  },
};
