import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;

const numbers = createNumbers('de-DE');

/** The private panels of `/settings`. */
export const settingsPanel: Words['settingsPanel'] = {
  server: {
    title: 'Einstellungen dieses Servers',
    onlyManagers: `Nur wer diesen Server verwalten darf, kann seine Einstellungen sehen und ändern. Deine stehen in /${names.settings} ${names.me}.`,
    noServer: `Diese Einstellungen gehören zu einem Server: Nimm /${names.settings} ${names.server} dort. Deine stehen in /${names.settings} ${names.me}.`,
  },
  me: {
    title: 'Deine Einstellungen',
    hint: 'Sie gelten für dich auf jedem Server.',
  },

  choose: 'Was willst du ändern?',
  set: ({ setting, value }) => `**${setting}:** ${value}`,
  changed: ({ setting, before, after }) => `Geändert. **${setting}:** ${after} (vorher: ${before}).`,
  unchanged: 'Nichts wurde geändert: Es ist schon so.',
  moved:
    'Jemand hat das geändert, seit du es gesehen hast, deshalb habe ich nichts geändert. Du siehst jetzt, was gilt; wähle noch einmal.',

  sections: {
    pause: { label: 'Pause', hint: 'Ob überhaupt jemand Songs in Auftrag geben kann' },
    channels: { label: 'Kanäle', hint: 'Wo es Songs gibt; keiner ausgewählt heißt überall' },
    roles: { label: 'Rollen', hint: 'Für wen es Songs gibt; keine ausgewählt heißt für alle' },
    operations: { label: 'Funktionen', hint: 'Was auf diesem Server ausgeschaltet ist' },
    engine: { label: 'Engine und Modell', hint: 'Für neue Songs, bei denen niemand etwas anderes sagt' },
    pressers: {
      label: 'Knöpfe',
      hint: 'Wer die Knöpfe von Songs drücken darf, außer der Person, von der der Auftrag kam',
    },
    results: { label: 'Ergebnisse', hint: 'Wo fertige Songs gepostet werden' },
    explicit: {
      label: 'Anstößige Wörter',
      hint: 'In welchen Kanälen sie in Songtexten und Beschreibungen stehen dürfen',
    },
    budgets: {
      label: 'Budgets',
      hint: 'Credits für Mitglieder, Rollen und den ganzen Server, je Zeitraum',
    },
    words: { label: 'Gesperrte Wörter', hint: 'Wörter und Wendungen, die in keinem Auftrag stehen dürfen' },
    members: { label: 'Gesperrte Mitglieder', hint: 'Wer nichts in Auftrag geben kann' },
    retention: {
      label: 'Aufbewahrung',
      hint: 'Wie lange ich behalte, was getippt wurde; fertige Songs behalten ihre Texte in der Bibliothek',
    },
    voice: { label: 'Gesang', hint: 'Für neue Songs, bei denen du nichts anderes sagst' },
    delivery: { label: 'Kopien', hint: 'Ob du fertige Songs auch als Direktnachricht bekommst' },
    mention: { label: 'Benachrichtigung', hint: 'Ob ich dich benachrichtige, wenn ein Song fertig ist' },
    language: { label: 'Sprache', hint: 'Die Sprache, die ich spreche' },
    key: {
      label: 'Eigener MusicAPI-Schlüssel',
      hint: 'Wer zahlt: der Betreiber dieses Bots oder ein eigener Schlüssel',
    },
  },

  names: {
    isPaused: 'Songs',
    channelIds: 'Kanäle',
    roleIds: 'Rollen',
    offOperations: 'Ausgeschaltet',
    engine: 'Engine',
    model: 'Modell',
    pressers: 'Knöpfe',
    presserRoleIds: 'Rollen, die Knöpfe drücken dürfen',
    results: 'Ergebnisse',
    explicit: 'Anstößige Wörter',
    blockedWords: 'Gesperrte Wörter',
    blockedMembers: 'Gesperrte Mitglieder',
    budgets: 'Budgets',
    language: 'Sprache',
    retentionDays: 'Texte von Aufträgen werden behalten',
    vocals: 'Stimme',
    instrumental: 'Instrumental',
    delivery: 'Kopien',
    isMentioned: 'Benachrichtigung',
    key: 'Eigener MusicAPI-Schlüssel',
  },

  values: {
    open: 'können in Auftrag gegeben werden',
    paused: 'angehalten; nur wer den Server verwaltet, kann sie in Auftrag geben',
    everywhere: 'überall',
    everybody: 'alle',
    nothing: 'nichts',
    nobody: 'niemand',
    noRoles: 'keine',
    defaultEngine: ({ engine }) => `keine festgelegt, also ${engine}`,
    defaultModel: 'keins festgelegt, also das übliche der Engine',
    asTheServer: 'nicht festgelegt, also wie auf dem Server',
    pressers: {
      anyone: 'alle dürfen drücken',
      requester: 'nur wer den Auftrag gegeben hat, darf drücken',
      roles: 'wer den Auftrag gegeben hat und bestimmte Rollen dürfen drücken',
    },
    results: {
      channel: 'im Kanal',
      thread: 'in einem Thread für jeden Auftrag',
      'direct-message': 'als Direktnachricht an die Person, von der der Auftrag kam',
    },
    explicit: {
      anywhere: 'überall',
      'age-restricted': 'nur in Kanälen mit Altersbeschränkung',
    },
    delivery: {
      server: 'keine; Songs gehen dorthin, wo der Server sie haben will',
      'direct-message-too': 'auch als Direktnachricht',
    },
    mentioned: 'ich benachrichtige dich',
    silent: 'ich benachrichtige dich nicht',
    anyVoice: 'beliebig',
    instrumental: { yes: 'immer ohne Gesang', no: 'mit Gesang' },
    asDiscordSays: 'wie in Discord eingestellt',
    unknownLanguage: ({ language }) =>
      `„${language}“, was ich nicht spreche, also wie in Discord eingestellt`,
    keptForDays: ({ days }) => `${numbers.count(days, { one: 'Tag', other: 'Tage' })} lang`,
    keptUntilDeleted: 'bis sie löscht, wer sie getippt hat',
    goneRole: ({ id }) => `eine Rolle, die es nicht mehr gibt (${id})`,
    goneChannel: ({ id }) => `ein Kanal, den es nicht mehr gibt (${id})`,
    more: ({ count }) => `${numbers.number(count)} weitere`,
    words: ({ count, some }) => `${numbers.count(count, { one: 'Wort', other: 'Wörter' })}: ${some}`,
    members: ({ count, some }) =>
      `${numbers.count(count, { one: 'Mitglied', other: 'Mitglieder' })}: ${some}`,
  },
  languageItself: 'Deutsch',

  gone: {
    channels:
      'Manche dieser Kanäle gibt es nicht mehr. **Entfernen, was es nicht mehr gibt** nimmt sie von der Liste.',
    channelsAll:
      'Keinen dieser Kanäle gibt es noch, also kann niemand etwas in Auftrag geben. **Entfernen, was es nicht mehr gibt** öffnet alle Kanäle.',
    roles:
      'Manche dieser Rollen gibt es nicht mehr. **Entfernen, was es nicht mehr gibt** nimmt sie von der Liste.',
    rolesAll:
      'Keine dieser Rollen gibt es noch. **Entfernen, was es nicht mehr gibt** nimmt sie von der Liste.',
    button: 'Entfernen, was es nicht mehr gibt',
  },

  pause: { pause: 'Anhalten', resume: 'Weitermachen' },

  placeholders: {
    channels: 'Kanäle, in denen es Songs gibt',
    roles: 'Rollen, für die es Songs gibt',
    offSongs: 'Ausgeschaltet: Songs',
    offTools: 'Ausgeschaltet: Dateien und Werkzeuge',
    engine: 'Engine',
    model: 'Modell',
    pressers: 'Wer drücken darf',
    presserRoles: 'Rollen, die drücken dürfen',
    results: 'Wohin Songs gehen',
    explicit: 'Wo sie stehen dürfen',
    language: 'Sprache',
    retention: 'Wie lange',
    vocals: 'Stimme',
    instrumental: 'Mit oder ohne Gesang',
    delivery: 'Kopien',
    mention: 'Benachrichtigung',
    budgetRole: 'Budget einer Rolle festlegen',
    budgetRemove: 'Ein Budget wegnehmen',
  },
  notSet: 'Nicht festgelegt',

  budgets: {
    about:
      'Solange der Betreiber dieses Bots zahlt, gelten auch seine Grenzen. Wer mit einem eigenen Schlüssel zahlt, wird von ihnen nicht begrenzt. Wer mehrere der Rollen hat, bekommt das großzügigste; das Budget für jedes Mitglied gilt für alle, die keine der Rollen haben.',
    none: ({ member, server }) =>
      `keine eigenen; solange sein Betreiber zahlt, erlaubt der Bot einem Mitglied ${member} und einem Server ${server}`,
    perDay: ({ credits }) => `${credits} in 24 Stunden`,
    member: 'jedes Mitglied',
    role: ({ role }) => `jeweils mit ${role}`,
    server: 'alle zusammen',
    line: ({ holder, amount }) => `${holder}: ${amount}`,
    name: ({ holder }) => `Budget, ${holder}`,
    noBudget: 'keins',
    buttons: { member: 'Jedes Mitglied', server: 'Alle zusammen' },
    formTitle: 'Budget',
    amountIs: 'Credits in jedem Zeitraum, oder unbegrenzt. 0 erlaubt nichts.',
  },

  words: {
    about:
      'Ganze Wörter, wie auch immer sie geschrieben sind. Gesucht wird in allem, was für einen Song getippt wird.',
    button: 'Liste ändern',
    formTitle: 'Gesperrte Wörter',
    label: 'Wörter und Wendungen',
    more: 'Weitere Wörter und Wendungen',
    hint: 'Eins in jeder Zeile',
    changed: ({ after, added, removed }) =>
      `Geändert. **Gesperrte Wörter:** ${after}. Hinzugefügt: ${added}. Entfernt: ${removed}.`,
  },

  members: {
    about:
      '**Mitglieder** öffnet die Ansicht, in der man einzelne Mitglieder sperrt, entsperrt und ihnen mehr gewährt.',
    button: 'Mitglieder',
  },

  key: {
    server: {
      off: 'Ein Server kann seine Songs mit einem eigenen MusicAPI-Schlüssel bezahlen. Hier ist das ausgeschaltet: Der Betreiber dieses Bots muss ENCRYPTION_KEY auf 32 zufällige Bytes in base64 setzen (openssl rand -base64 32) und den Bot neu starten.',
      about:
        'Mit einem eigenen Schlüssel zahlt der Server für alles, was hier in Auftrag gegeben wird, außer von Mitgliedern mit eigenem Schlüssel. Die Grenzen dieses Bots gelten dann nicht, die Budgets dieses Servers schon.',
      removal:
        'Wenn du ihn entfernst, endet, was damit in der Warteschlange steht. Seine Songs bleiben, aber weiter geht es mit ihnen erst, wenn derselbe Schlüssel wieder gesetzt ist.',
    },
    me: {
      off: 'Du kannst deine Songs mit einem eigenen MusicAPI-Schlüssel bezahlen. Hier ist das ausgeschaltet: Der Betreiber dieses Bots muss ENCRYPTION_KEY auf 32 zufällige Bytes in base64 setzen (openssl rand -base64 32) und den Bot neu starten.',
      about:
        'Mit einem eigenen Schlüssel zahlst du für alles, was du in Auftrag gibst, auf jedem Server und in Direktnachrichten, und kein Budget begrenzt dich.',
      removal:
        'Wenn du ihn entfernst, endet, was damit in der Warteschlange steht. Deine Songs bleiben, aber weiter geht es mit ihnen erst, wenn derselbe Schlüssel wieder gesetzt ist.',
    },
    safe: 'Er wird verschlüsselt gespeichert und nie wieder gezeigt.',
    none: 'keiner, also zahlt der Betreiber dieses Bots',
    there: ({ member, when }) => `von ${member} ${when} gesetzt`,
    refused: ({ set }) => `${set}; MusicAPI nimmt ihn nicht mehr an: Ersetze oder entferne ihn`,
    unreadable: ({ set }) =>
      `${set}; er lässt sich nicht lesen, weil der Verschlüsselungsschlüssel dieses Bots geändert wurde: Ersetze oder entferne ihn`,
    present: 'gesetzt',
    absent: 'keiner',
    balance: ({ credits }) => `Guthaben: ${credits}.`,
    noBalance: 'MusicAPI nennt sein Guthaben gerade nicht.',
    taken: 'MusicAPI hat den Schlüssel angenommen.',
    replaced: 'MusicAPI hat den Schlüssel angenommen; der frühere ist weg.',
    removed: 'Der Schlüssel wurde entfernt.',
    notThere: 'Es gab keinen Schlüssel.',
    set: 'Schlüssel setzen',
    replace: 'Ersetzen',
    remove: 'Entfernen',
    formTitle: 'Eigener MusicAPI-Schlüssel',
    label: 'Schlüssel',
    hint: 'Aus „API Keys“ im Dashboard von MusicAPI. Er wird geprüft und verschlüsselt gespeichert.',
  },
};
