import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

const SONG_NAMED = 'Seine Clip-ID (Mehr, Clip-ID) oder ein Link zu seiner Nachricht.';

/** Forms: their titles, and the fields with what is told below their names. */
export const forms: Words['forms'] = {
  titled: ({ verb, about }) => `${verb}: ${about}`,
  fields: {
    atSeconds: {
      label: 'Ab',
      description: 'Wo der neue Teil beginnt, etwa 1:30 oder 90. Leer: am Ende; bei Hochgeladenem am Anfang.',
    },
    fromSeconds: { label: 'Von', description: 'Wo der Teil beginnt, etwa 0:45.' },
    toSeconds: { label: 'Bis', description: 'Wo der Teil endet, etwa 1:05.' },
    lengthSeconds: { label: 'Länge', description: 'Des neuen Teils, etwa 0:30.' },
    durationSeconds: { label: 'Dauer', description: 'Gewünschte Länge, etwa 2:30.' },
    lyrics: {
      label: 'Songtext',
      description: 'Wird so gesungen, wie er dasteht; [Verse], [Chorus] und Ähnliches trennen die Teile.',
      ofClip: 'Leer: der eigene Songtext des Clips.',
    },
    tags: {
      label: 'Tags',
      description: 'Stil, Instrumente, Stimmung.',
      ofClip: 'Stil, Instrumente, Stimmung. Leer: die eigenen Tags des Clips.',
    },
    title: { label: 'Titel', description: 'Höchstens 80 Zeichen.' },
    strength: {
      label: 'Stärke',
      description: '0 bis 1; höher ist weiter weg vom Original. Leer: MusicAPI entscheidet.',
    },
    prompt: { label: 'Prompt', description: 'Wie es werden soll, in deinen eigenen Worten.' },
    avoid: { label: 'Vermeiden', description: 'Stile, die nicht vorkommen sollen.' },
    variation: { label: 'Variation', description: 'dezent, mittel oder stark. Leer: mittel.' },
    name: { label: 'Name', description: 'Damit wählst du sie später aus.' },
    describe: { label: 'Beschreibung', description: 'Wie sie singt.' },
    styleWeight: { label: 'Stilgewicht', description: '0 bis 1.' },
    weirdness: { label: 'Eigenwilligkeit', description: '0 bis 1.' },
    model: { label: 'Modell', description: 'Version der Engine. Leer: das neueste.' },
    vocals: { label: 'Gesang', description: 'weiblich oder männlich. Leer: MusicAPI entscheidet.' },
    instrumental: { label: 'Instrumental', description: 'ja oder nein.' },
    format: { label: 'Format', description: ({ formats }) => `${numbers.list(formats)}.` },
    engine: { label: 'Engine', description: ({ engines }) => `${numbers.list(engines)}. Leer: sonic.` },
    clip: { label: 'Song', description: SONG_NAMED },
    secondClip: { label: 'Zweiter Song', description: SONG_NAMED },
    persona: { label: 'Stimme', description: 'Eine von deinen, mit ihrem Namen.' },
  },
  continued: ({ name }) => `${name}, Fortsetzung`,
  continues: 'Geht weiter, wo das Feld darüber voll ist.',
  fromFile: ({ file }) => `Aus ${file}; bleibt das Feld leer, bleibt es dabei.`,
  tooLong: ({ length }) =>
    `Zu lang, um hier zu stehen (${numbers.number(length)} Zeichen); bleibt das Feld leer, bleibt es dabei.`,
  file: {
    label: 'Datei',
    description: 'MP3, WAV oder Ähnliches.',
    kept: ({ file }) => `Bleibt das Feld leer: weiterhin ${file}.`,
  },
};
