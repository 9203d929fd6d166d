import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** Songs aus Nachrichten: Audio, auf das jemand zeigt, wie es entstand, und Texte als Beschreibung. */
export const recipe: Words['recipe'] = {
  entries: { useAudio: 'Dieses Audio verwenden', songFrom: 'Song daraus machen' },
  inMenu: ({ useAudio, songFrom }) =>
    `Im Menü jeder Nachricht (Apps): **${useAudio}** geht von ihrer Datei aus, **${songFrom}** macht aus ihren Worten einen Song.`,

  audio: {
    noFile:
      'An dieser Nachricht hängt keine Audiodatei. Nimm eine, an der eine MP3, eine WAV oder Ähnliches hängt.',
    which: 'An dieser Nachricht hängen mehrere Dateien. Welche davon?',
    choose: 'Datei wählen',
    gone: 'Was ich in einer Datei finde, merke ich mir einen Tag lang, und das hier ist weg. Öffne noch einmal das Menü der Nachricht; nichts wurde ausgegeben.',
    notYours: 'Danach hat jemand anders gefragt. Öffne selbst das Menü der Nachricht.',
    thisAudio: 'diesem Audio',
    does: {
      extend: 'von einer Stelle an weitermachen',
      cover: 'dasselbe auf andere Art',
      sample: 'ein ganzer Song aus einem kurzen Stück davon',
      upload: 'dieses Audio als Clip',
      create: 'ein neuer Song mit denselben Worten im selben Stil',
    },
    otherClip: 'Der Clip selbst lässt sich hier nicht verwenden, deshalb wird die Datei hochgeladen.',
    readFrom: 'Das sagt die Datei über sich selbst.',
  },

  fields: {
    tags: 'Tags',
    engine: 'Engine',
    length: 'Länge',
    madeWith: 'Gemacht mit',
    prompt: 'Prompt',
    settings: 'Einstellungen',
    clipId: 'Clip-ID',
    from: 'Aus',
  },
  engineAndModel: ({ engine, model }) => `${engine}, ${model}`,
  setting: ({ name, value }) => `${name}: ${value}`,
  settings: ({ parts }) => numbers.list(parts),

  song: {
    noText:
      'In dieser Nachricht steht kein Text, aus dem ein Song werden könnte. Nimm eine, in der Worte stehen.',
    draft: 'Ein Song aus dieser Nachricht:',
    price: ({ price }) =>
      `Noch ist nichts ausgegeben. **Erstellen** macht ihn für ${price}; **Bearbeiten** öffnet das Formular.`,
    cut: ({ most }) =>
      `Die Nachricht ist länger als die ${most} Zeichen einer Beschreibung, deshalb ist das ihr Anfang.`,
    buttons: { create: 'Erstellen', edit: 'Bearbeiten' },
  },

  notSeen:
    'Was andere an ihre Nachrichten hängen, sehe ich nicht. Nimm stattdessen das Menü der Nachricht: Apps → Dieses Audio verwenden.',
};
