import type { Words } from '../en.ts';

/** The operations of the catalogue, and what belongs to them. */
export const operations: Words['operations'] = {
  of: {
    create: { label: 'Erstellen', does: 'ein neuer Song, nach einer Beschreibung oder mit eigenem Songtext' },
    'nuro create': {
      label: 'Erstellen',
      does: 'ein Song mit eigenem Songtext oder Hintergrundmusik nach einer Beschreibung',
    },
    extend: { label: 'Verlängern', does: 'von einer Stelle des Songs an weiter' },
    cover: { label: 'Cover', does: 'derselbe Song auf andere Art' },
    concat: { label: 'Ganzer Song', does: 'eine Verlängerung zusammen mit dem, was sie verlängert' },
    remaster: { label: 'Remaster', does: 'dieselbe Aufnahme mit besserem Klang' },
    replace: { label: 'Ersetzen', does: 'ein Teil des Songs neu gesungen oder gespielt' },
    'producer replace': { label: 'Ersetzen', does: 'ein Teil des Songs neu gespielt' },
    'add-vocals': { label: 'Gesang hinzufügen', does: 'eine Stimme zu einem hochgeladenen Instrumental' },
    'add-instrumental': {
      label: 'Instrumente hinzufügen',
      does: 'Instrumente zu einer hochgeladenen Stimme',
    },
    mashup: { label: 'Mashup', does: 'zwei Songs, zu einem neuen gemischt' },
    sample: { label: 'Sample', does: 'ein ganzer Song aus einem kurzen Stück Audio' },
    'persona-song': { label: 'Singen', does: 'ein neuer Song mit einer deiner Stimmen' },
    'stems-basic': { label: 'Stems (einfach)', does: 'die wichtigsten Spuren einzeln' },
    'stems-full': { label: 'Stems (vollständig)', does: 'alle Spuren, die sich trennen lassen' },
    upload: { label: 'Hochladen', does: 'eine eigene Aufnahme als Clip' },
    'producer upload': { label: 'Zu producer', does: 'dieses Audio als Clip der Engine producer' },
    'upload-extend': { label: 'Hochladen und verlängern', does: 'eine eigene Aufnahme, fortgesetzt' },
    'upload-cover': { label: 'Hochladen und covern', does: 'eine eigene Aufnahme auf andere Art' },
    persona: { label: 'Persona', does: 'die Stimme eines Songs, für neue Songs' },
    voice: { label: 'Stimme', does: 'deine eigene Stimme aus einer Aufnahme, für neue Songs' },
    lyrics: { label: 'Songtext', does: 'zwei Entwürfe für einen Songtext' },
    tags: { label: 'Tags', does: 'reichere Tags aus wenigen Wörtern' },
    wav: { label: 'WAV', does: 'der Song als unkomprimierte Datei' },
    download: { label: 'Download', does: 'der Song als Datei in einem anderen Format' },
    midi: { label: 'MIDI', does: 'die Noten des Songs' },
    timeline: { label: 'Zeitleiste', does: 'wann welches Wort gesungen wird' },
    bpm: { label: 'Tempo', does: 'Schläge pro Minute' },
    vox: { label: 'Gesangsbereich', does: 'wo jemand singt' },
  },

  fields: {
    about: 'Worüber',
    instruction: 'Anweisung',
  },

  models: {
    experimental: ({ model }) => `${model} (experimenteller)`,
    light: ({ model }) => `${model} (leichter und schneller)`,
  },
};
