import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What is decided about members, and the voices that people have. */
export const people = {
  /** The panel of those who manage the server. */
  members: {
    choose: 'Choose a member',
    ask: 'Whose rules do you want to see or change?',
    notChosen: 'Choose a member first.',
    noServer: 'Members belong to a server: use /credits there.',
    noRight: 'Only members with the permission Manage Server may decide about others here.',
    buttons: { grant: 'Grant', reset: 'Reset', block: 'Block', unblock: 'Unblock' },
    here: ({ member }: { member: string }) => `${member} in this server:`,
    isBlocked: 'Blocked: cannot make songs here.',
    isNotBlocked: 'Not blocked.',
    used: ({ credits }: { credits: string }) => `Used here in the last 24 hours: ${credits}.`,
    operatorGrant: ({ limit, used }: { limit: string; used: number }) =>
      `The operator's grant, over all servers: ${limit}, ${numbers.number(used)} used.`,
    botLimit: ({ limit, used }: { limit: string; used: number }) =>
      `Limit of this bot, over all servers: ${limit}, ${numbers.number(used)} used.`,
    grant: ({ limit }: { limit: string }) => `Grant of this server: ${limit}.`,
    unlimited: 'unlimited',
    limit: ({ credits, period }: { credits: string; period: string }) => `${credits} ${period}`,
    noOwnBudget:
      'This server has no budget of its own for members, so the limit of this bot decides; only the person who runs the bot can raise or reset that.',
    /** What was just done. */
    done: {
      reset: "Reset: nothing that was used up to now counts against this server's own budget any more.",
      resetEverywhere: 'Reset: nothing that was used up to now counts any more.',
      blocked: 'Blocked. What was waiting in the queue has ended, and its credits were given back.',
      unblocked: 'Unblocked.',
      granted: ({ credits, period }: { credits: string; period: string }) => `Granted: ${credits} ${period}.`,
      unlimitedCredits: 'unlimited credits',
      takenBack: 'The grant was taken back.',
    },
  },

  /** The form behind **Grant**. */
  grantForm: {
    title: 'Grant',
    amount: 'Amount',
    amountIs: 'Credits in each period, or unlimited. 0 takes the grant back.',
    noAmount: 'Amount is a whole number of credits, or unlimited.',
    period: 'Period',
    periodIs: 'day, week or month (calendar, UTC), or hours such as 12h',
    noPeriod: 'Period is day, week, month, or a number of hours such as 12h.',
    /** Words that are typed for it; those of every language are understood. */
    typed: { unlimited: 'unlimited', day: 'day', week: 'week', month: 'month', hours: 'hours' },
  },

  voices: {
    several: ({ name }: { name: string }) =>
      `You have several voices called "${name}". Choose one from the list while you type.`,
    none: ({ name }: { name: string }) =>
      `You have no voice "${name}". Choose one from the list while you type; /persona create and /voice create make new ones.`,
    notYours: ({ name }: { name: string }) =>
      `Only the person who made the voice "${name}" can sing with it, until they forget it.`,
    listEmpty:
      'You have no voices yet. /persona create takes one from a song, /voice create from a recording.',
    listed: ({ price }: { price: string }) => `Your voices (${price} a song):`,
    /** @param made - a time stamp of Discord */
    entry: ({ name, made }: { name: string; made: string }) => `${name}, made ${made}`,
    more: ({ count }: { count: number }) => `and ${numbers.number(count)} more`,
    forgetting: '**Forget** takes one off this list; songs that were made with it stay.',
    buttons: { sing: 'Sing', forget: 'Forget' },
  },
};
