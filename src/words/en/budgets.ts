import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What limits spending, and why somebody may not spend now. */
export const budgets = {
  /** Said to whoever a manager has blocked, whatever they try. */
  blocked:
    'You cannot make songs here: somebody who manages this server has blocked you. Nothing was spent; ask them to unblock you.',
  /** Follows an amount. */
  period: {
    day: 'per day (UTC)',
    week: 'per week (from Monday, UTC)',
    month: 'per month (UTC)',
    rolling: ({ hours }: { hours: number }) =>
      numbers.form(hours, { one: 'in any hour', other: `in any ${numbers.number(hours)} hours` }),
  },
  amount: ({ credits, period }: { credits: number; period: string }) =>
    `${numbers.count(credits, { one: 'credit', other: 'credits' })} ${period}`,
  /** Whose budget it is, and how much. */
  rule: {
    member: ({ amount }: { amount: string }) => `Your budget is ${amount}`,
    server: ({ amount }: { amount: string }) => `This server's budget is ${amount}`,
    'member-grant': ({ amount }: { amount: string }) => `Your budget, granted by the operator, is ${amount}`,
    'server-grant': ({ amount }: { amount: string }) =>
      `This server's budget, granted by the operator, is ${amount}`,
    'own-server': ({ amount }: { amount: string }) => `This server's own budget is ${amount}`,
    'own-member': ({ amount }: { amount: string }) => `Your budget in this server is ${amount}`,
    'own-role': ({ amount, role }: { amount: string; role: string }) =>
      `Your budget in this server, by the role ${role}, is ${amount}`,
    'own-grant': ({ amount }: { amount: string }) =>
      `Your budget in this server, granted to you, is ${amount}`,
  },
  figures: ({ rule, spent, left, price }: { rule: string; spent: number; left: number; price: number }) =>
    `${rule}: ${numbers.number(spent)} used, ${numbers.number(left)} left; this costs ${numbers.number(price)}.`,
  /** Follow the figures. */
  never: 'It is more than the whole budget. Nothing was spent.',
  later: 'Enough is free again later. Nothing was spent.',
  fitsAt: ({ when }: { when: string }) => `Enough is free again ${when}. Nothing was spent.`,
};
