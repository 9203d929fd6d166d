import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What is found in a request before it is paid for; each says what is wrong and how to put it right. */
export const findings: Words['findings'] = {
  input: {
    notTaken: ({ operation, option, engine }) =>
      `${operation} kennt mit der Engine ${engine} kein \`${option}\`. Lass es weg.`,
    needed: ({ operation, option }) => `Gib \`${option}\` an: ${operation} braucht es.`,
    neededInForm: ({ operation, option, field }) =>
      `Gib \`${option}\` (${field}) an: ${operation} braucht es.`,
    fields: { about: 'das Feld „Worüber“', instruction: 'die Anweisung' },
    between: ({ option, min, max, value }) =>
      `Der Wert von \`${option}\` muss zwischen ${numbers.exact(min)} und ${numbers.exact(max)} liegen; deiner ist ${numbers.exact(value)}.`,
    atLeast: ({ option, min, value }) =>
      `Der Wert von \`${option}\` muss mindestens ${numbers.exact(min)} sein; deiner ist ${numbers.exact(value)}.`,
    duration: ({ min, max, value }) =>
      `Die Dauer muss eine ganze Zahl von Sekunden zwischen ${numbers.exact(min)} und ${numbers.exact(max)} sein; deine ist ${numbers.exact(value)}.`,
    at: 'Verlängert wird ab einer Zeit nach dem Anfang des Clips, etwa 1:30 oder 90.',
    order: ({ from, to }) =>
      `Das Stück muss enden, nachdem es begonnen hat: \`${to}\` muss später sein als \`${from}\`.`,
    engineLacks: ({ engine, operation }) => `Die Engine ${engine} hat kein „${operation}“.`,
    engineMissing: ({ engine, operation }) =>
      `Die Engine ${engine} bietet „${operation}“ nicht an; auch keine andere.`,
    engineElsewhere: ({ engine, operation, others }) =>
      `Die Engine ${engine} bietet „${operation}“ nicht an; ${numbers.and(others)} ${numbers.form(others.length, { one: 'tut es', other: 'tun es' })}.`,
    model: ({ engine, model, models }) =>
      `Die Engine ${engine} hat kein Modell „${model}“. Wähle eines von diesen: ${numbers.list(models)}.`,
  },

  text: {
    tooShort: ({ situation, least, yours }) =>
      `${situation} braucht MusicAPI mindestens ${numbers.number(least)} Zeichen; ${yours}. Schreib mehr.`,
    tooLong: ({ situation, most, yours, advice }) =>
      `${situation} nimmt MusicAPI höchstens ${numbers.number(most)} Zeichen; ${yours}. ${advice}`,
    situations: {
      prompt: 'Für einen Prompt',
      about: 'Für ein Thema',
      lyrics: 'Für einen Songtext',
      tags: 'Für Tags',
      title: 'Für einen Titel',
      avoid: 'Für eine Liste dessen, was nicht vorkommen soll,',
      name: 'Für einen Namen',
      describe: 'Für eine Beschreibung',
      promptWithoutLyrics: 'Mit einem Prompt und ohne Songtext',
      promptAlone: 'Mit einem Prompt allein',
      promptBesideTags: 'Mit Tags oder einem Titel',
      instrumental: 'Für ein Instrumental',
    },
    yours: {
      prompt: ({ count }) => `deiner hat ${numbers.number(count)}`,
      about: ({ count }) => `deines hat ${numbers.number(count)}`,
      lyrics: ({ count }) => `deiner hat ${numbers.number(count)}`,
      tags: ({ count }) => `deine haben ${numbers.number(count)}`,
      title: ({ count }) => `deiner hat ${numbers.number(count)}`,
      avoid: ({ count }) => `deine hat ${numbers.number(count)}`,
      name: ({ count }) => `deiner hat ${numbers.number(count)}`,
      describe: ({ count }) => `deine hat ${numbers.number(count)}`,
    },
    advice: {
      shorten: 'Fass dich kürzer.',
      giveLyrics: ({ most }) =>
        `Gib einen Songtext an, um bis zu ${numbers.number(most)} zu nutzen, oder fass dich kürzer.`,
      addTags: ({ most }) =>
        `Gib Tags oder einen Titel an, um bis zu ${numbers.number(most)} zu nutzen, oder fass dich kürzer.`,
    },
  },

  request: {
    eitherLyricsOrPrompt:
      'Gib entweder einen Songtext oder einen Prompt an, nicht beides: Ein Songtext wird gesungen, wie er ist, aus einem Prompt wird ein neuer geschrieben.',
    emptyPrompt: 'Der Prompt ist leer. Sag, worum es in dem Song gehen soll.',
    sameSongs: 'Wähle zwei verschiedene Songs.',
    noSong: 'Wähle einen Song.',
    noSecondSong: 'Wähle den zweiten Song.',
    noFile: 'Hänge eine Audiodatei an.',
    songOrFile: 'Gib entweder einen Song oder eine Datei an, eines von beiden.',
    noPersona: 'Wähle, wer singt.',
    otherEngine: ({ made, engine }) =>
      `Diesen Clip hat ${made} gemacht, deshalb kann ${engine} nicht damit arbeiten.`,
    uploadsOnly: ({ operation, command }) =>
      `${operation} geht nur mit hochgeladenem Audio: Nimm zuerst ${command}.`,
    noUploads: ({ operation }) =>
      `${operation} geht nur mit Songs, die hier entstanden sind, nicht mit Hochgeladenem.`,
    voiceless: ({ option }) =>
      `Ein Instrumental hat keinen Songtext: Lass den Songtext weg oder \`${option}\`.`,
    emptyPart: 'Gib einen Songtext oder einen Prompt an: Was soll in diesem Teil des Songs sein?',
    longVoice: ({ seconds }) =>
      `Eine Stimme wird in höchstens ${numbers.count(seconds, { one: 'Sekunde', other: 'Sekunden' })} gesucht: Wähle ein kürzeres Stück.`,
    producerFormats: 'Die Engine producer macht MP3- und WAV-Dateien, kein M4A.',
    promptAndTags: ({ engine, most }) =>
      `Prompt und Tags dürfen mit der Engine ${engine} zusammen ${numbers.number(most)} Zeichen haben. Kürze eines davon.`,
    batch: ({ most }) => `Eine Serie besteht aus 1 bis ${numbers.number(most)} neuen Songs der Engine sonic.`,
  },

  nuro: {
    noLyrics: ({ command, option }) =>
      `Die Engine nuro schreibt keine eigenen Songtexte: Gib ihr einen mit ${command}, oder lass für Hintergrundmusik \`${option}\` weg.`,
    eitherLyricsOrPrompt:
      'Gib entweder einen Songtext oder einen Prompt an: nuro singt einen Songtext, wie er ist, oder macht aus einem Prompt Hintergrundmusik.',
    shortSong: ({ least, value }) =>
      `Ein Song von nuro dauert mindestens ${numbers.count(least, { one: 'Sekunde', other: 'Sekunden' })}; deiner würde ${numbers.exact(value)} dauern.`,
    longMusic: ({ most, value }) =>
      `Hintergrundmusik von nuro dauert höchstens ${numbers.count(most, { one: 'Sekunde', other: 'Sekunden' })}; deine würde ${numbers.exact(value)} dauern. Gib für einen längeren Song einen Songtext an.`,
    noTags: ({ genres }) =>
      `nuro kennt keinen dieser Tags. Nimm einen seiner Stile (${numbers.list(genres)}), eine Stimmung (etwa Happy, Chill, Romantic) oder eine Stimme (etwa Warm, Bright, Husky).`,
  },

  retired: {
    riffusion: 'MusicAPI hat die Engine riffusion eingestellt. Nimm stattdessen sonic.',
    studio: 'Die Engine studio gibt es bei MusicAPI nicht mehr. Nimm stattdessen sonic.',
  },

  lyrics: {
    tooLong: ({ most, count, excess }) =>
      `Ein Songtext darf hier höchstens ${numbers.number(most)} Zeichen haben; deiner hat ${numbers.number(count)}. Lass mindestens ${numbers.number(excess)} weg.`,
    lines: ({ lines }) =>
      `${numbers.form(lines.length, { one: 'Zeile', other: 'Zeilen' })} ${numbers.and(lines)}`,
    linesAndMore: ({ lines, more }) => `Zeilen ${numbers.list(lines)} und ${numbers.number(more)} weitere`,
    unclosedTag: ({ place, text, advice }) =>
      `${place}: „${text}“ hat keine eigene schließende Klammer. ${advice}`,
    unclosedBracket: ({ place, text, advice }) => `${place}: „${text}“ wird nie geschlossen. ${advice}`,
    strayBracket: ({ place, text, advice }) =>
      `${place}: „${text}“ schließt eine Klammer, die nie geöffnet wurde. ${advice}`,
    writeAlone: ({ tag }) => `Schreib [${tag}] in eine eigene Zeile.`,
    openIt: 'Öffne sie mit [ oder nimm sie weg.',
    closeIt: 'Schließe sie mit ] oder nimm sie weg.',
    nameless: ({ place }) =>
      `${place}: [] benennt keinen Abschnitt. Benenne einen, etwa [Verse], oder nimm es weg.`,
    misspelt: ({ place, text, nearest }) =>
      `${place}: „${text}“ ist kein Abschnitt, den MusicAPI kennt. Meinst du [${nearest}]?`,
    unknown: ({ place, text }) =>
      `${place}: „${text}“ ist kein Abschnitt, den MusicAPI kennt. Als Anweisung gehört es in die Klammer eines Abschnitts, etwa [Verse: whispered].`,
    emptySection: ({ place, text }) =>
      `${place}: „${text}“ hat keine Zeilen. Schreib, was dort gesungen wird (noch einmal, wenn es wiederkommt), oder nimm die Klammer weg.`,
    more: {
      unclosed: ({ count }) =>
        `Und ${numbers.form(count, { one: 'noch eine Klammer, die nie geschlossen wird', other: `noch ${numbers.number(count)} Klammern, die nie geschlossen werden` })}.`,
      unknown: ({ count }) =>
        `Und ${numbers.form(count, { one: 'noch ein unbekannter Abschnitt', other: `noch ${numbers.number(count)} unbekannte Abschnitte` })}.`,
      empty: ({ count }) =>
        `Und ${numbers.form(count, { one: 'noch ein leerer Abschnitt', other: `noch ${numbers.number(count)} leere Abschnitte` })}.`,
      brackets: ({ count }) =>
        `Und ${numbers.form(count, { one: 'noch eine einzelne Klammer', other: `noch ${numbers.number(count)} einzelne Klammern` })}.`,
    },
  },

  artistName: ({ name }) =>
    `„${name}“ sieht nach dem Namen von jemandem aus, der Musik macht oder produziert; so etwas lehnt MusicAPI meist ab. Beschreib stattdessen den Klang: Stimme, Instrumente, Zeit, Stimmung.`,
};
