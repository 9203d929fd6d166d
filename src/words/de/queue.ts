import type { Words } from '../en.ts';
import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('de-DE');

const tasks = (count: number) => numbers.count(count, { one: 'Auftrag', other: 'Aufträge' });

const TOO_MANY = 'Nimm weniger. Nichts wurde ausgegeben.';

/** Why the queue takes no more, and when it does again. */
export const queue: Words['queue'] = {
  tooMany: {
    member: ({ most, count }) =>
      `In der Warteschlange dürfen höchstens ${tasks(most)} von dir stehen, und das wären ${numbers.number(count)} auf einmal. ${TOO_MANY}`,
    server: ({ most, count }) =>
      `In der Warteschlange dürfen höchstens ${tasks(most)} dieses Servers stehen, und das wären ${numbers.number(count)} auf einmal. ${TOO_MANY}`,
  },
  full: {
    member: ({ waiting, count }) =>
      `Von dir ${stand(waiting)} schon ${tasks(waiting)} in der Warteschlange, und ${more(count)} mehr hinein.`,
    server: ({ waiting, count }) =>
      `Von diesem Server ${stand(waiting)} schon ${tasks(waiting)} in der Warteschlange, und ${more(count)} mehr hinein.`,
  },
  comeBack: ({ when, excess, command }) =>
    `Komm ${when} wieder, wenn ${sent(excess)}; ${command} zeigt deine. Nichts wurde ausgegeben.`,
  later: 'später',
};

function stand(waiting: number): string {
  return numbers.form(waiting, { one: 'steht', other: 'stehen' });
}

function more(count: number): string {
  return numbers.form(count, {
    one: 'einer passt nicht',
    other: `${numbers.number(count)} passen nicht`,
  });
}

function sent(excess: number): string {
  return numbers.form(excess, {
    one: 'der nächste davon wahrscheinlich gesendet ist',
    other: `${numbers.number(excess)} davon wahrscheinlich gesendet sind`,
  });
}
