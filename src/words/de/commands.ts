import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What people read of commands while they choose and fill them in. */
export const commands: Words['commands'] = {
  names: {
    about: 'über',
    add: 'hinzufügen',
    at: 'ab',
    avoid: 'vermeiden',
    batch: 'serie',
    clip: 'clip',
    compose: 'komponieren',
    concat: 'zusammenfügen',
    count: 'anzahl',
    cover: 'cover',
    create: 'erstellen',
    credits: 'credits',
    delete: 'löschen',
    describe: 'beschreibung',
    duration: 'dauer',
    engine: 'engine',
    export: 'exportieren',
    extend: 'verlängern',
    favourites: 'favoriten',
    file: 'datei',
    first: 'erster',
    forget: 'vergessen',
    format: 'format',
    from: 'von',
    help: 'hilfe',
    inspect: 'untersuchen',
    instrumental: 'instrumental',
    kind: 'art',
    length: 'länge',
    library: 'bibliothek',
    list: 'liste',
    lyrics: 'songtext',
    'lyrics-file': 'songtext-datei',
    mashup: 'mashup',
    me: 'ich',
    model: 'modell',
    name: 'name',
    owner: 'besitzer',
    persona: 'persona',
    privacy: 'datenschutz',
    prompt: 'prompt',
    remaster: 'remaster',
    replace: 'ersetzen',
    sample: 'sample',
    search: 'suche',
    second: 'zweiter',
    server: 'server',
    settings: 'einstellungen',
    show: 'zeigen',
    sing: 'singen',
    stems: 'stems',
    strength: 'stärke',
    'style-weight': 'stilgewicht',
    tags: 'tags',
    tasks: 'aufträge',
    // biome-ignore lint/suspicious/noThenProperty: the name of an option; nobody awaits a catalogue.
    then: 'danach',
    title: 'titel',
    to: 'bis',
    tree: 'stammbaum',
    upload: 'hochladen',
    variation: 'variation',
    vocals: 'gesang',
    voice: 'stimme',
    weirdness: 'eigenwilligkeit',
  },

  choices: {
    kind: { basic: 'einfach', full: 'vollständig' },
    next: { nothing: 'nichts', extend: 'verlängern', cover: 'covern' },
  },

  options: {
    clip: 'Ein Song: wähle aus der Liste oder gib seine Clip-ID oder einen Link zu seiner Nachricht an',
    tags: 'Stil, Instrumente, Stimmung',
    title: 'Höchstens 80 Zeichen',
    ownValue: 'Leer: wie beim Song selbst',
    strength: '0 bis 1; je höher, desto weiter weg vom Original',
    file: 'MP3, WAV oder Ähnliches, höchstens 8 Minuten',
    name: 'Unter dem Namen wählst du sie später aus; höchstens 79 Zeichen',
  },

  songs: {
    prompt: 'Wie der Song werden soll: allein 400 Zeichen, mit Tags oder Titel 5.000',
    tags: 'Stil, Instrumente, Stimmung, durch Kommas getrennt',
    instrumental: 'Ohne Gesang',
    vocals: 'Die Stimme',
    duration: 'Gewünschte Länge, etwa 2:30 oder 150',
    engine: 'Wer den Song macht; leer: sonic',
    model: 'Version der Engine',
    avoid: 'Stile, die nicht vorkommen sollen',
    styleWeight: 'Wie genau die Tags gelten sollen, 0 bis 1',
    weirdness: 'Wie ungewöhnlich es werden darf, 0 bis 1',
  },

  add: {
    does: 'Füge hochgeladenem Audio eine Stimme oder Instrumente hinzu',
    vocals: 'Eine Stimme für ein hochgeladenes Instrumental',
    instrumental: 'Instrumente für eine hochgeladene Stimme',
    lyrics: 'Was gesungen wird',
    from: 'Wo sie einsetzen, etwa 0:15; leer: am Anfang',
    to: 'Wo sie aufhören, etwa 1:05; leer: am Ende',
  },

  batch: {
    does: 'Mehrere Songs nach einer Beschreibung, mit einer Karte für alle',
    count: 'Wie viele, jeder zum Preis von einem',
    bounds: ({ min, max, count }) =>
      `Eine Serie hat ${numbers.number(min)} bis ${numbers.number(max)} Songs; deine hätte ${numbers.number(count)}. Nichts wurde ausgegeben.`,
  },

  compose: {
    does: 'Mach einen neuen Song mit deinem eigenen Songtext',
    file: 'Eine Textdatei mit dem Songtext (UTF-8, höchstens 64 KiB); leer: ein Formular öffnet sich',
  },

  concat: {
    does: 'Der ganze Song zu einer Verlängerung: der neue Teil und das, was er fortsetzt, in einem',
  },

  cover: {
    does: 'Derselbe Song, anders gesungen und gespielt',
    tags: 'Der neue Stil; leer: wie beim Song selbst',
    prompt: 'Wie das Cover werden soll (statt eines Songtexts)',
  },

  create: {
    does: 'Mach einen neuen Song nach einer Beschreibung',
  },

  credits: {
    does: 'Was du ausgeben darfst und was alles kostet',
  },

  export: {
    does: 'Ein Song als Datei: andere Audioformate, seine Noten oder die Zeiten seiner Wörter',
    format: 'wav, mp3 und m4a: das Audio · midi: die Noten · lrc: die Wörter mit ihren Zeiten',
  },

  extend: {
    does: 'Führe einen Song von einer Stelle an weiter',
    at: 'Wo es weitergeht, etwa 1:30; leer: am Ende',
    prompt: 'Wie der neue Teil werden soll (statt eines Songtexts)',
    length: 'Länge des neuen Teils (Songs der Engine producer)',
  },

  help: {
    does: 'Die Befehle, geordnet nach dem, was du tun möchtest',
  },

  inspect: {
    does: 'Tempo, Gesangsbereich und die Zeit jedes Wortes eines Songs',
  },

  clip: {
    does: 'Ein Song noch einmal, und seine Familie',
    show: 'Eine neue Karte eines Songs, hier und für alle',
    tree: 'Woher ein Song kommt und was aus ihm wurde',
  },

  library: {
    does: 'Songs wiederfinden: deine und die, die auf diesem Server geteilt wurden',
    search: 'Wortanfänge in Titel, Tags, Songtext oder Prompt',
    owner: 'Nur Songs dieser Person',
    favourites: 'Nur Songs, denen du ein Herz gegeben hast',
  },

  lyrics: {
    does: 'Zwei Entwürfe für einen Songtext, nur für deine Augen',
    about: 'Worum es gehen soll, in höchstens 200 Zeichen',
  },

  mashup: {
    does: 'Mische zwei Songs zu einem neuen',
    second: 'Der andere Song',
    prompt: 'Wie der neue Song werden soll',
  },

  persona: {
    does: 'Stimmen aus Songs, für neue Songs',
    persona: 'Eine deiner Stimmen: wähle aus der Liste',
    create: 'Behalte die Stimme eines Songs der letzten 24 Stunden',
    describe: 'Wie sie singt; höchstens 200 Zeichen',
    sing: 'Ein neuer Song mit einer deiner Stimmen',
    prompt: 'Wie der Song werden soll (statt eines Songtexts)',
    lyrics: 'Was gesungen wird',
    list: 'Deine Stimmen',
    forget: 'Nimm eine deiner Stimmen von der Liste',
    forgotten: ({ name }) =>
      `„${name}“ ist vergessen und wird nicht mehr angeboten. Songs, die damit entstanden sind, bleiben.`,
  },

  remaster: {
    does: 'Dieselbe Aufnahme mit besserem Klang',
    variation: 'Wie weit weg vom Original',
  },

  replace: {
    does: 'Lass einen Teil eines Songs neu singen oder spielen',
    from: 'Wo der Teil beginnt, etwa 0:45',
    to: 'Wo der Teil endet, etwa 1:05',
    lyrics: 'Was im neuen Teil gesungen wird',
    prompt: 'Wie der neue Teil werden soll',
  },

  sample: {
    does: 'Ein ganzer Song aus einem kurzen Stück Audio: Teil eines Songs oder eine Datei',
    file: 'Statt eines Songs: MP3, WAV oder Ähnliches, höchstens 8 Minuten',
    from: 'Wo das Stück beginnt, etwa 0:15; leer: am Anfang',
    to: 'Wo das Stück endet, etwa 0:30; leer: am Ende',
    prompt: 'Wie der Song werden soll',
  },

  settings: {
    does: 'Was auf diesem Server gilt und was für dich gilt',
    server: 'Für alle, die den Server verwalten: Orte, Rollen, Budgets, Regeln, Sprache, Schlüssel',
    me: 'Deine eigenen: Engine, Stimme, Kopien, Benachrichtigung, Sprache, Schlüssel',
  },

  stems: {
    does: 'Die einzelnen Spuren eines Songs',
    kind: 'Leer: du wirst gefragt, mit beiden Preisen',
  },

  tags: {
    does: 'Reichere Tags aus wenigen Wörtern, nur für deine Augen',
    tags: 'Ein paar Wörter zum Stil, etwa „trauriges Klavier“',
  },

  privacy: {
    does: 'Was ich über dich gespeichert habe',
    export: 'Eine Kopie von allem über dich, nur für deine Augen',
    delete: 'Alles über dich löschen; fragt vorher und sagt, was das heißt',
  },

  tasks: {
    does: 'Deine offenen Aufträge mit Platz und Stand',
  },

  upload: {
    does: 'Bring eine eigene Aufnahme mit und mach daraus mehr, wenn du magst',
    next: 'Was damit geschieht; leer: nichts, sie lässt sich später verwenden',
    at: 'verlängern: wo es weitergeht, etwa 1:30; leer: am Anfang',
    tags: 'verlängern, covern: Stil, Instrumente, Stimmung',
    lyrics: 'verlängern, covern: was gesungen wird',
    strength: 'covern: 0 bis 1; je höher, desto weiter weg vom Original',
    unused: ({ option, uses, chosen }) =>
      `\`${option}\` gehört zu ${numbers.or(uses.map((use) => `\`danach: ${use}\``))}, und du hast \`danach: ${chosen}\` gewählt. Ändere eins von beiden.`,
  },

  voice: {
    does: 'Stimmen aus Aufnahmen',
    create: 'Deine eigene Stimme für neue Songs, aus einer Aufnahme von ihr',
    file: 'MP3 oder WAV, länger als 10 Sekunden: eine Person, gut zu hören',
  },
};
