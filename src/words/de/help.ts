import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

const credits = (value: number) => numbers.count(value, { one: 'Credit', other: 'Credits' });

/** `/help` and `/credits`. */
export const help: Words['help'] = {
  buttons: ({ extend, cover, stems, more }) =>
    `Jeder fertige Song hat die Knöpfe ${extend}, ${cover}, ${stems} und ${more}; ${more} führt zu allem, was sich damit machen lässt. Sie funktionieren immer, egal wie alt die Nachricht ist.`,

  wishes: {
    make: 'Einen Song machen',
    words: 'Die Worte finden',
    further: 'Einen Song weiterführen',
    recording: 'Mit eigenem Audio beginnen',
    voice: 'Mit einer eigenen Stimme singen',
    apart: 'Einen Song zerlegen oder mitnehmen',
    stand: 'Sehen, wie es steht',
    settle: 'Festlegen, wie es sein soll',
    else: 'Alles andere',
  },

  price: {
    one: ({ price }) => credits(price),
    range: ({ lowest, highest }) => `${numbers.number(lowest)} bis ${credits(highest)}`,
    each: ({ price }) => `je ${price}`,
    learnt: ({ price }) => `${price}, wie das Guthaben zeigte`,
  },

  credits: {
    title: 'Was alles kostet',
    period: 'In den letzten 24 Stunden:',
    settled: 'Credits von Aufträgen, die noch laufen, zählen als verbraucht; was scheitert, wird erstattet.',
    members: 'Mitglieder',
    usage: ({ used, limit, left }) =>
      `${credits(used)} von ${numbers.number(limit)} verbraucht, ${credits(left)} übrig`,
    unlimited: ({ used }) => `${credits(used)} verbraucht, ohne Grenze`,
    rules: {
      member: 'Du',
      server: 'Dieser Server',
      'member-grant': 'Du, vom Betreiber gewährt',
      'server-grant': 'Dieser Server, vom Betreiber gewährt',
      'own-server': 'Dieser Server, nach eigener Regel',
      'own-member': 'Du auf diesem Server',
      'own-role': ({ role }) => `Du auf diesem Server, durch die Rolle ${role}`,
      'own-grant': 'Du auf diesem Server, dir gewährt',
    },
    balance: ({ all, plan, extra }) =>
      `Dein Guthaben bei MusicAPI, nur für den Betreiber: ${credits(all)} (Plan ${numbers.number(plan)}, extra ${numbers.number(extra)}).`,
    noBalance: ({ reason }) => `Dein Guthaben bei MusicAPI ist nicht bekannt. ${reason}`,
    payer: {
      member:
        'Du bezahlst mit deinem eigenen Schlüssel von MusicAPI, deshalb zählen die Budgets dieses Bots nicht.',
      server:
        'Dieser Server bezahlt mit seinem eigenen Schlüssel von MusicAPI, deshalb zählen nur seine eigenen Budgets.',
    },
    ownBalance: ({ all, plan, extra }) =>
      `Guthaben dieses Schlüssels: ${credits(all)} (Plan ${numbers.number(plan)}, extra ${numbers.number(extra)}).`,
    noOwnBalance: ({ reason }) => `Das Guthaben dieses Schlüssels ist nicht bekannt. ${reason}`,
  },
};
