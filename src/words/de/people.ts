import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';
import { commands } from './commands.ts';

const { names } = commands;

const numbers = createNumbers('de-DE');

/** What is decided about members, and the voices that people have. */
export const people: Words['people'] = {
  members: {
    choose: 'Mitglied auswählen',
    ask: 'Wessen Regeln willst du sehen oder ändern?',
    notChosen: 'Wähle zuerst ein Mitglied aus.',
    noServer: `Mitglieder gehören zu einem Server: Nimm /${names.credits} dort.`,
    noRight: 'Nur wer diesen Server verwalten darf, kann hier über andere entscheiden.',
    buttons: { grant: 'Gewähren', reset: 'Zurücksetzen', block: 'Sperren', unblock: 'Entsperren' },
    here: ({ member }) => `${member} auf diesem Server:`,
    isBlocked: 'Gesperrt: kann hier keine Songs machen.',
    isNotBlocked: 'Nicht gesperrt.',
    used: ({ credits }) => `Hier in den letzten 24 Stunden verbraucht: ${credits}.`,
    operatorGrant: ({ limit, used }) =>
      `Vom Betreiber gewährt, über alle Server: ${limit}, davon ${numbers.number(used)} verbraucht.`,
    botLimit: ({ limit, used }) =>
      `Grenze dieses Bots, über alle Server: ${limit}, davon ${numbers.number(used)} verbraucht.`,
    grant: ({ limit }) => `Von diesem Server gewährt: ${limit}.`,
    unlimited: 'unbegrenzt',
    limit: ({ credits, period }) => `${credits} ${period}`,
    noOwnBudget:
      'Dieser Server hat kein eigenes Budget für Mitglieder, also gilt die Grenze dieses Bots; nur der Betreiber dieses Bots kann sie anheben oder zurücksetzen.',
    done: {
      reset: 'Zurückgesetzt: Was bis jetzt verbraucht wurde, zählt für das Budget dieses Servers nicht mehr.',
      resetEverywhere: 'Zurückgesetzt: Was bis jetzt verbraucht wurde, zählt nicht mehr.',
      blocked:
        'Gesperrt. Was in der Warteschlange stand, ist beendet, und die Credits dafür wurden zurückgegeben.',
      unblocked: 'Entsperrt.',
      granted: ({ credits, period }) => `Gewährt: ${credits} ${period}.`,
      unlimitedCredits: 'unbegrenzt viele Credits',
      takenBack: 'Das Gewährte wurde zurückgenommen.',
    },
  },

  grantForm: {
    title: 'Gewähren',
    amount: 'Menge',
    amountIs: 'Credits in jedem Zeitraum, oder unbegrenzt. 0 nimmt das Gewährte zurück.',
    noAmount: 'Die Menge ist eine ganze Zahl von Credits, oder unbegrenzt.',
    period: 'Zeitraum',
    periodIs: 'Tag, Woche oder Monat (Kalender, UTC), oder Stunden, etwa 12h',
    noPeriod: 'Der Zeitraum ist Tag, Woche, Monat oder eine Zahl von Stunden, etwa 12h.',
    typed: { unlimited: 'unbegrenzt', day: 'Tag', week: 'Woche', month: 'Monat', hours: 'Stunden' },
  },

  voices: {
    several: ({ name }) =>
      `Du hast mehrere Stimmen mit dem Namen „${name}“. Wähle beim Tippen eine aus der Liste.`,
    none: ({ name }) =>
      `Du hast keine Stimme „${name}“. Wähle beim Tippen eine aus der Liste; neue machen /${names.persona} ${names.create} und /${names.voice} ${names.create}.`,
    notYours: ({ name }) =>
      `Mit der Stimme „${name}“ kann nur singen lassen, wer sie gemacht hat, und nur, bis diese Person sie vergisst.`,
    listEmpty: `Du hast noch keine Stimmen. /${names.persona} ${names.create} nimmt eine aus einem Song, /${names.voice} ${names.create} aus einer Aufnahme.`,
    listed: ({ price }) => `Deine Stimmen (${price} pro Song):`,
    entry: ({ name, made }) => `${name}, gemacht ${made}`,
    more: ({ count }) => `und ${numbers.number(count)} weitere`,
    forgetting: '**Vergessen** nimmt eine von dieser Liste; Songs, die mit ihr gemacht wurden, bleiben.',
    buttons: { sing: 'Singen', forget: 'Vergessen' },
  },
};
