import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

const tasks = (count: number) => numbers.count(count, { one: 'task', other: 'tasks' });

const TOO_MANY = 'Ask for fewer. Nothing was spent.';

/** Why the queue takes no more, and when it does again. */
export const queue = {
  tooMany: {
    member: ({ most, count }: { most: number; count: number }) =>
      `You may have at most ${tasks(most)} waiting in the queue, and this asks for ${numbers.number(count)} at once. ${TOO_MANY}`,
    server: ({ most, count }: { most: number; count: number }) =>
      `This server may have at most ${tasks(most)} waiting in the queue, and this asks for ${numbers.number(count)} at once. ${TOO_MANY}`,
  },
  full: {
    member: ({ waiting, count }: { waiting: number; count: number }) =>
      `You have ${tasks(waiting)} waiting in the queue already, and ${more(count)} do not fit in.`,
    server: ({ waiting, count }: { waiting: number; count: number }) =>
      `This server has ${tasks(waiting)} waiting in the queue already, and ${more(count)} do not fit in.`,
  },
  comeBack: ({ when, excess, command }: { when: string; excess: number; command: string }) =>
    `Come back ${when}, when ${sent(excess)} probably been sent; ${command} shows yours. Nothing was spent.`,
  later: 'later',
};

function more(count: number): string {
  return numbers.form(count, { one: 'more', other: `${numbers.number(count)} more` });
}

function sent(excess: number): string {
  return numbers.form(excess, {
    one: 'the next of them has',
    other: `${numbers.number(excess)} of them have`,
  });
}
