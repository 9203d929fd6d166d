import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const numbers = createNumbers('de-DE');
const { names } = commands;

/** Results of tools: texts, measures, files, voices. */
export const tools: Words['tools'] = {
  buttons: { again: 'Noch einmal', compose: 'Komponieren', createWith: 'Damit erstellen', sing: 'Singen' },
  done: 'Fertig.',

  lyrics: {
    priced: ({ what, price }) => `${what} (${price})`,
    none: 'MusicAPI hat keinen Songtext zurückgegeben.',
    compose: '**Komponieren** macht aus einem Entwurf sofort einen Song.',
    composeFor: ({ price }) => `**Komponieren** macht aus einem Entwurf sofort einen Song für ${price}.`,
    again: ({ price }) => `**Noch einmal** schreibt neue Entwürfe für ${price}.`,
    cut: 'Was zu lang ist, um es hier zu zeigen, hängt als Textdatei an.',
    file: 'Songtext',
    draft: ({ draft }) => `Entwurf ${numbers.number(draft)}`,
  },

  tags: {
    cut: 'Alle stehen in der angehängten Textdatei.',
    next: ({ price }) =>
      `**Damit erstellen** öffnet das Formular für einen neuen Song. **Noch einmal** kostet ${price}.`,
    file: 'Tags',
  },

  persona: {
    ready: ({ name }) => `**${name}** kann jetzt singen.`,
    unnamed: 'Die neue Stimme kann jetzt singen.',
    sing: `**Singen** öffnet das Formular für einen Song; später geht es mit /${names.persona} ${names.sing}.`,
    singFor: ({ price }) =>
      `**Singen** öffnet das Formular für einen Song (${price} pro Song); später geht es mit /${names.persona} ${names.sing}.`,
  },

  measures: {
    tempo: ({ bpm }) => `${numbers.number(bpm)} BPM`,
    tempoRange: ({ bpm, min, max }) =>
      `${numbers.number(bpm)} BPM im Durchschnitt, von ${numbers.number(min)} bis ${numbers.number(max)}`,
    sung: ({ from, to }) => `von ${from} bis ${to}`,
    sungSomewhere: 'Es wird gesungen.',
    vocals: ({ from, to }) => `Gesungen von ${from} bis ${to}`,
    noWords: 'Darin wird kein Text gesungen.',
  },

  inspect: {
    tooOld:
      'Nicht gesucht: Das macht MusicAPI nur bei Clips der letzten 24 Stunden, und dieser hier ist älter.',
    cut: 'Alles steht in der angehängten Datei.',
    queued: 'In der Warteschlange.',
    queuedAgain: 'Wieder in der Warteschlange: MusicAPI hat es noch nicht angenommen.',
    noWords: 'MusicAPI hat keinen Text zu diesem Song. Nichts wurde ausgegeben.',
    failed: ({ reason }) => `Nichts wurde ausgegeben. ${reason}`,
    cancelled: ({ who }) => `Abgebrochen von ${who}. Nichts wurde ausgegeben.`,
    unknown:
      'MusicAPI hat nicht geantwortet. Darum ist nicht bekannt, ob es gezählt hat; nach 24 Stunden gelten die Credits als ausgegeben.',
    nothing: 'MusicAPI hat nichts gefunden.',
  },

  files: {
    attached: 'Fertig und angehängt.',
    none: 'MusicAPI hat keine Datei daraus gemacht.',
    again: ({ price }) => `**Noch einmal** fragt MusicAPI ein weiteres Mal danach, für ${price}.`,
    unavailable: 'Fertig, aber ihr Host gibt die Datei gerade nicht heraus. Ich versuche es weiter.',
    unlisted: ({ host }) =>
      `Fertig, aber die Datei liegt auf einem Host, von dem ich nichts herunterladen darf (${host}). Der Betreiber dieses Bots weiß Bescheid; sobald der Host erlaubt ist, wird sie angehängt.`,
    unlistedUnnamed:
      'Fertig, aber die Datei liegt auf einem Host, von dem ich nichts herunterladen darf. Der Betreiber dieses Bots weiß Bescheid; sobald der Host erlaubt ist, wird sie angehängt.',
    part: 'Stimme',
    instrument: ({ name, notes }) => `- ${name}: ${numbers.count(notes, { one: 'Note', other: 'Noten' })}`,
    moreParts: ({ parts }) =>
      `und ${numbers.count(parts, { one: 'weitere Stimme', other: 'weitere Stimmen' })}`,
  },

  refusals: {
    notTheirVoice: 'Mit dieser Stimme kann nur singen, wer sie gemacht hat, und nur bis sie vergessen wird.',
    noDraft: `Diesen Entwurf habe ich nicht mehr. Neue bekommst du mit /${names.lyrics}.`,
    gone: `Dieses Ergebnis habe ich nicht mehr. Nimm den Befehl noch einmal: /${names.help} nennt sie alle.`,
  },
};
