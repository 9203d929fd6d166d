import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

/** What limits spending, and why somebody may not spend now. */
export const budgets: Words['budgets'] = {
  blocked:
    'Du kannst hier keine Songs machen: Jemand, der diesen Server verwaltet, hat dich gesperrt. Nichts wurde ausgegeben; bitte darum, dass man dich entsperrt.',
  period: {
    day: 'pro Tag (UTC)',
    week: 'pro Woche (ab Montag, UTC)',
    month: 'pro Monat (UTC)',
    rolling: ({ hours }) =>
      numbers.form(hours, {
        one: 'in jeweils einer Stunde',
        other: `in jeweils ${numbers.number(hours)} Stunden`,
      }),
  },
  amount: ({ credits, period }) => `${numbers.count(credits, { one: 'Credit', other: 'Credits' })} ${period}`,
  rule: {
    member: ({ amount }) => `Dein Budget beträgt ${amount}`,
    server: ({ amount }) => `Das Budget dieses Servers beträgt ${amount}`,
    'member-grant': ({ amount }) => `Dein vom Betreiber gewährtes Budget beträgt ${amount}`,
    'server-grant': ({ amount }) => `Das vom Betreiber gewährte Budget dieses Servers beträgt ${amount}`,
    'own-server': ({ amount }) => `Das eigene Budget dieses Servers beträgt ${amount}`,
    'own-member': ({ amount }) => `Dein Budget auf diesem Server beträgt ${amount}`,
    'own-role': ({ amount, role }) =>
      `Dein Budget auf diesem Server durch die Rolle ${role} beträgt ${amount}`,
    'own-grant': ({ amount }) => `Dein dir gewährtes Budget auf diesem Server beträgt ${amount}`,
  },
  figures: ({ rule, spent, left, price }) =>
    `${rule}: ${numbers.number(spent)} verbraucht, ${numbers.number(left)} übrig; das hier kostet ${numbers.number(price)}.`,
  never: 'Das ist mehr als das ganze Budget. Nichts wurde ausgegeben.',
  later: 'Genug ist später wieder frei. Nichts wurde ausgegeben.',
  fitsAt: ({ when }) => `Genug ist ${when} wieder frei. Nichts wurde ausgegeben.`,
};
