import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const numbers = createNumbers('de-DE');
const { names } = commands;

/** Cards of tasks, and what the person is told besides. */
export const cards: Words['cards'] = {
  inspect: 'Untersuchen',
  batch: 'Serie',
  fields: {
    prompt: 'Prompt',
    lyrics: 'Songtext',
    tags: 'Tags',
    describe: 'Beschrieben als',
    options: 'Optionen',
    parent: 'Aus',
    price: 'Preis',
    requester: 'Für',
  },
  options: {
    instrumental: 'ohne Gesang',
    voices: { female: 'Frauenstimme', male: 'Männerstimme' },
    duration: ({ time }) => `etwa ${time}`,
    styleWeight: ({ value }) => `Stilgewicht ${numbers.exact(value)}`,
    weirdness: ({ value }) => `Eigenwilligkeit ${numbers.exact(value)}`,
    from: ({ time }) => `ab ${time}`,
    to: ({ time }) => `bis ${time}`,
    length: ({ time }) => `${time} lang`,
    strength: ({ value }) => `Stärke ${numbers.exact(value)}`,
    variations: { subtle: 'leichte Abweichung', normal: 'normale Abweichung', high: 'starke Abweichung' },
    singer: ({ name }) => `gesungen von ${name}`,
    file: ({ name }) => `aus ${name}`,
    avoid: ({ styles }) => `ohne ${styles}`,
    model: ({ asked, sent }) => `${asked}, gemacht mit ${sent}`,
  },
  buttons: {
    cancel: 'Abbrechen',
    stop: 'Nicht mehr warten',
    retry: 'Noch einmal versuchen',
    edit: 'Bearbeiten',
  },
  reference: ({ id }) => `Kennung: ${id}`,
  nothingSpent: 'Nichts wurde ausgegeben.',

  queue: {
    waiting: ({ time }) => `In der Warteschlange, wartet seit ${time}.`,
    waitingAt: ({ place, time }) =>
      `Platz ${numbers.number(place)} in der Warteschlange, wartet seit ${time}.`,
    outlook: ({ time }) => `Fertig in etwa ${time}.`,
    setbacks: {
      'rate-limited': 'MusicAPI hat um eine Pause gebeten. Danach wird der Auftrag sofort gesendet.',
      preparing: 'MusicAPI bereitet die Datei vor. Ich frage gleich noch einmal.',
      unreachable:
        'MusicAPI ist gerade nicht zu erreichen. Sobald es geht, wird der Auftrag gesendet. Nichts wurde ausgegeben.',
    },
    outage:
      'MusicAPI antwortet gerade nicht. Der Auftrag wird gesendet, sobald es wieder antwortet. Nichts wurde ausgegeben, und nichts ist verloren.',
  },

  sending: 'Wird an MusicAPI übergeben.',
  atWork: 'MusicAPI arbeitet daran.',
  running: {
    title: 'In Arbeit.',
    soFar: ({ time }) => `Bisher ${time}.`,
    toGo: ({ time, left }) => `Bisher ${time}, noch etwa ${left}.`,
    late: ({ time }) => `Bisher ${time}, länger als üblich.`,
    outage:
      'MusicAPI antwortet gerade nicht. Nichts ist verloren: Ich sehe weiter nach und poste, was fertig wird.',
    listen: 'Jetzt anhören',
    ifStopped: ({ what }) => `Wenn du nicht mehr wartest: ${what}`,
  },
  deletedMember: '*gelöschtes Mitglied*',
  hiddenParent: 'Song von anderswo',

  stopped: {
    song: ({ credits }) => `${staySpent(credits)}; der Song kommt in /${names.library}.`,
    stems: ({ credits }) => `${staySpent(credits)}; die Stems kommen in /${names.library}.`,
    file: ({ credits }) => `${staySpent(credits)}; die Datei wird hier angehängt, sobald sie fertig ist.`,
    voice: ({ credits }) => `${staySpent(credits)}; die Stimme kommt in /${names.persona} ${names.list}.`,
    several: ({ credits }) => `${staySpent(credits)}; was gerade entsteht, kommt in /${names.library}.`,
    nobodys: ({ credits }) => `${staySpent(credits)}; das Ergebnis wird niemandem gebracht.`,
  },

  ends: {
    made: 'Fertig.',
    failed: 'Nicht zustande gekommen. Nichts wurde ausgegeben.',
    hidden: 'Der Grund wurde privat mitgeteilt.',
    cancelled: ({ who, what }) => `Abgebrochen von ${who}: ${what}. Nichts wurde ausgegeben.`,
    abandoned: ({ who, what, so }) => `${who} wartet nicht mehr: ${what}. ${so}`,
    neverKnown: ({ credits }) =>
      `MusicAPI hat nie gesagt, ob es den Auftrag angenommen hat. Nach 24 Stunden ${countSpent(credits)}.`,
    expired: ({ time }) =>
      `MusicAPI ist nach ${time} noch nicht fertig. Ich sehe noch 24 Stunden lang nach, immer seltener; was spät kommt, wird trotzdem gepostet.`,
    expiredPrice: ({ credits }) => `${staySpent(credits)}, außer es kommt nicht zustande.`,
    again: ({ credits }) => `Noch einmal versuchen: ein neuer Auftrag für ${inCredits(credits)}.`,
  },

  batches: {
    summary: ({ songs, counts }) =>
      `${numbers.count(songs, { one: 'Song', other: 'Songs' })}: ${numbers.list(counts)}.`,
    counts: {
      done: ({ count }) => `${numbers.number(count)} fertig`,
      running: ({ count }) => `${numbers.number(count)} in Arbeit`,
      queued: ({ count }) => `${numbers.number(count)} in der Warteschlange`,
      failed: ({ count }) => `${numbers.number(count)} nicht zustande gekommen`,
      unknown: ({ count }) => `${numbers.number(count)} ungewiss`,
      expired: ({ count }) => `${numbers.number(count)} verspätet`,
      cancelled: ({ count }) => `${numbers.number(count)} abgebrochen`,
      abandoned: ({ count }) => `${numbers.number(count)} nicht mehr erwartet`,
    },
    again: ({ tasks, credits }) =>
      `Noch einmal versuchen: ${numbers.form(tasks, { one: 'ein neuer Auftrag', other: `${numbers.number(tasks)} neue Aufträge` })} für ${inCredits(credits)}.`,
    failed: ({ reason }) => `nicht zustande gekommen, nichts ausgegeben: ${reason}`,
    unknown: ({ credits }) =>
      `ob MusicAPI den Auftrag angenommen hat, ist nicht bekannt; nach 24 Stunden ${countSpent(credits)}.`,
    expired: 'verspätet: Ich sehe noch 24 Stunden lang nach, und was kommt, wird noch gepostet.',
    cancelled: ({ who }) => `abgebrochen von ${who}, nichts ausgegeben.`,
    abandoned: ({ who }) => `${who} wartet nicht mehr; das Ergebnis kommt in /${names.library}.`,
    abandonedForGood: ({ who }) => `${who} wartet nicht mehr; das Ergebnis wird niemandem gebracht.`,
  },

  states: {
    queued: 'in der Warteschlange',
    queuedAt: ({ place }) => `Platz ${numbers.number(place)} in der Warteschlange`,
    sending: 'wird an MusicAPI übergeben',
    running: ({ time }) => `in Arbeit seit ${time}`,
    toGo: ({ time }) => `noch etwa ${time}`,
  },

  told: {
    expired: ({ time }) =>
      `MusicAPI ist nach ${time} noch nicht fertig. Ich sehe noch 24 Stunden lang nach; was spät kommt, wird trotzdem gepostet.`,
    failures: ({ failed, all }) =>
      `${numbers.number(failed)} von ${numbers.number(all)} ${numbers.form(failed, { one: 'ist', other: 'sind' })} nicht zustande gekommen; dafür wurde nichts ausgegeben.`,
    late: ({ late, all }) =>
      `${numbers.number(late)} von ${numbers.number(all)} ${numbers.form(late, { one: 'ist', other: 'sind' })} verspätet: MusicAPI ist nicht rechtzeitig fertig geworden. Ich sehe noch 24 Stunden lang nach; was spät kommt, wird trotzdem gepostet.`,
    lost: ({ why }) =>
      `Was du wolltest, ist fertig, aber ich konnte es einen Tag lang nicht posten, denn ${why}. Es bleibt in /${names.library}.`,
  },
};

function inCredits(credits: number): string {
  return numbers.count(credits, { one: 'Credit', other: 'Credits' });
}

function staySpent(credits: number): string {
  return numbers.count(credits, { one: 'Credit bleibt ausgegeben', other: 'Credits bleiben ausgegeben' });
}

function countSpent(credits: number): string {
  const verb = numbers.form(credits, { one: 'gilt', other: 'gelten' });
  return `${verb} ${inCredits(credits)} als ausgegeben`;
}
