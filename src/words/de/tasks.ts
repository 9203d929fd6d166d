import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const numbers = createNumbers('de-DE');
const { names } = commands;

/** A person's open tasks, and what can be done with a task. */
export const tasks: Words['tasks'] = {
  none: `Du hast keine offenen Aufträge. Mit /${names.create} fängst du einen an.`,
  open: 'Deine offenen Aufträge:',
  more: ({ tasks: count }) => `und ${numbers.number(count)} weitere`,
  lost: 'Für dich fertig, aber ich konnte es dir nicht schicken:',
  show: 'Zeigen',

  refusals: {
    mayShow: 'Das darf nur die Person sehen, die es wollte.',
    shown: 'Das wurde schon gezeigt. Wenn die Nachricht weg ist, nimm den Befehl noch einmal.',
    mayCancel: ({ who }) =>
      `Nur ${who}, von wem dieser Auftrag kommt, oder wer Nachrichten verwaltet, darf ihn abbrechen.`,
    mayStop: ({ who }) =>
      `Nur ${who}, von wem dieser Auftrag kommt, oder wer Nachrichten verwaltet, darf das Warten beenden.`,
    submitting:
      'Der Auftrag wird in diesem Moment an MusicAPI übergeben. Nimmt MusicAPI ihn nicht an, ist er abgebrochen; sobald er läuft, kannst du aufhören zu warten.',
    running:
      'MusicAPI arbeitet schon daran, also lässt es sich nicht zurücknehmen. Auf der Karte kannst du aufhören zu warten.',
    ended: 'Dieser Auftrag ist schon zu Ende.',
    fixed: 'An dieser Anfrage gibt es nichts zu bearbeiten. Drück stattdessen auf „Noch einmal versuchen“.',
    gone: `Diesen Auftrag kenne ich nicht mehr. Nimm den Befehl noch einmal: /${names.help} nennt sie alle.`,
    open: 'Dieser Auftrag ist noch unterwegs, also gibt es nichts noch einmal zu versuchen.',
    nothingLeft: 'Alles davon wurde gemacht, also gibt es nichts noch einmal zu versuchen.',
  },
};
