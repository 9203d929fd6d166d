import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

const credits = (value: number) => numbers.count(value, { one: 'credit', other: 'credits' });

/** What the buttons of a song's card are called there. */
interface CardButtons {
  readonly extend: string;
  readonly cover: string;
  readonly stems: string;
  readonly more: string;
}

/** `/help` and `/credits`. */
export const help = {
  buttons: ({ extend, cover, stems, more }: CardButtons) =>
    `Every finished song has the buttons ${extend}, ${cover}, ${stems} and ${more}; ${more} leads to all that can be done with it. They keep working, however old the message is.`,

  /** What one may want to do: headings above the commands for it. */
  wishes: {
    make: 'Make a song',
    words: 'Find the words',
    further: 'Take a song further',
    recording: 'Begin with audio of your own',
    voice: 'Sing with a voice of your own',
    apart: 'Take a song apart, or home',
    stand: 'See where things stand',
    settle: 'Settle how it is to be',
    else: 'Everything else',
  },

  price: {
    one: ({ price }: { price: number }) => credits(price),
    range: ({ lowest, highest }: { lowest: number; highest: number }) =>
      `${numbers.number(lowest)} to ${credits(highest)}`,
    /** Of one song of several. */
    each: ({ price }: { price: string }) => `${price} each`,
    /** Not the catalogue's: what was taken showed it. */
    learnt: ({ price }: { price: string }) => `${price}, as the balance showed`,
  },

  credits: {
    title: 'What things cost',
    period: 'In the last 24 hours:',
    settled: 'Credits of tasks that are not finished count as used; what fails is given back.',
    members: 'Members',
    usage: ({ used, limit, left }: { used: number; limit: number; left: number }) =>
      `${credits(used)} of ${numbers.number(limit)} used, ${credits(left)} left`,
    unlimited: ({ used }: { used: number }) => `${credits(used)} used, no limit`,
    /** Whose budget it is. */
    rules: {
      member: 'You',
      server: 'This server',
      'member-grant': 'You, granted by the operator',
      'server-grant': 'This server, granted by the operator',
      'own-server': 'This server, by its own rule',
      'own-member': 'You in this server',
      'own-role': ({ role }: { role: string }) => `You in this server, by the role ${role}`,
      'own-grant': 'You in this server, granted to you',
    },
    balance: ({ all, plan, extra }: { all: number; plan: number; extra: number }) =>
      `Your MusicAPI balance, for the operator's eyes: ${credits(all)} (plan ${numbers.number(plan)}, extra ${numbers.number(extra)}).`,
    noBalance: ({ reason }: { reason: string }) => `Your MusicAPI balance is not known. ${reason}`,
    /** Where somebody's own key pays. */
    payer: {
      member: 'You pay with your own key of MusicAPI, so the budgets of this bot do not count.',
      server: 'This server pays with its own key of MusicAPI, so only its own budgets count.',
    },
    ownBalance: ({ all, plan, extra }: { all: number; plan: number; extra: number }) =>
      `Balance of that key: ${credits(all)} (plan ${numbers.number(plan)}, extra ${numbers.number(extra)}).`,
    noOwnBalance: ({ reason }: { reason: string }) => `The balance of that key is not known. ${reason}`,
  },
};
