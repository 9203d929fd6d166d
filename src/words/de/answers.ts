import type { Words } from '../en.ts';
import { commands } from './commands.ts';

const { names } = commands;

/** How interactions are answered, whatever they are about. */
export const answers: Words['answers'] = {
  nothingSpent: 'Nichts wurde ausgegeben.',
  restarting: 'Ich starte gerade neu. Versuch es in einer halben Minute noch einmal.',
  otherVersion: `Dieser Knopf gehört zu einer anderen Version des Bots. Nimm stattdessen den Befehl: /${names.help} nennt alle.`,
  unknownCommand: `Diesen Befehl kenne ich nicht. Vielleicht gibt es ihn nicht mehr: /${names.help} zeigt, was es gibt.`,
  slowDatabase:
    'Meine Datenbank braucht gerade zu lange. Nichts wurde ausgegeben; versuch es in einer Minute noch einmal.',
  slowForm:
    'Meine Datenbank braucht gerade zu lange, und ein Formular muss sofort aufgehen. Versuch es in einer Minute noch einmal.',
  typedIsAttached: 'Was du geschrieben hast, steht in der angehängten Datei.',
  typedFileName: 'was-du-geschrieben-hast.txt',
  closedServer:
    'Für diesen Server bin ich nicht freigeschaltet. Nichts wurde ausgegeben; bitte den Betreiber dieses Bots, den Server aufzunehmen.',
  noDirectMessages:
    'Songs mache ich nur auf Servern, nicht in Direktnachrichten. Nimm den Befehl auf einem Server, auf dem ich bin; nichts wurde ausgegeben.',
  link: 'Link',
  untitled: 'Ohne Titel',
  take: ({ take }) => `Take ${take}`,
  done: ({ percent }) => `${percent} % fertig`,
};
