import { createNumbers } from '../numbers.ts';

const numbers = createNumbers('en-GB');

/** What the people who run the bot are told by direct message: what happened, what it means for members, what to do. */
export const operator = {
  /** @param since - a time stamp of Discord, everywhere below */
  keyRefused: ({ since }: { since: string }) =>
    `**MusicAPI refuses the key of this bot**, since ${since}.\nMembers: every new song fails with the reason, and nothing is spent. What is being made is posted once a key is accepted.\nNow: put a valid key (MusicAPI dashboard, API Keys) into \`MUSICAPI_KEY\` and restart me. \`npm run doctor\` says whether it is accepted.`,
  balanceEmpty: ({ since, credits }: { since: string; credits: string }) =>
    `**The MusicAPI balance is used up**, since ${since}: ${credits} left.\nMembers: new songs fail with the reason, and nothing is spent.\nNow: buy credits in the MusicAPI dashboard. Nothing has to be restarted.`,
  balanceLow: ({
    since,
    credits,
    threshold,
    rate,
  }: {
    since: string;
    credits: string;
    threshold: number;
    rate: string;
  }) =>
    `**The MusicAPI balance runs low**, since ${since}: ${credits} left. ${rate}\nMembers: notice nothing until it is used up.\nNow: buy credits in the MusicAPI dashboard. You are told below ${numbers.number(threshold)} (\`BALANCE_WARNING_CREDITS\`).`,
  lasts: ({ credits, days }: { credits: string; days: number }) =>
    `At the rate of the last 7 days (${credits} a day) that lasts for about ${numbers.count(days, { one: 'day', other: 'days' })}.`,
  lastsHours: ({ credits }: { credits: string }) =>
    `At the rate of the last 7 days (${credits} a day) that lasts for less than a day.`,
  noRate: 'How long that lasts cannot be said: there is no rate yet, nothing was spent in the last 7 days.',
  providerDown: ({ since }: { since: string }) =>
    `**MusicAPI does not answer**, since ${since}.\nMembers: their cards say so. Requests wait in the queue, nothing is lost or paid twice, and I go on by myself.\nNow: look whether api.musicapi.ai answers this machine (\`npm run doctor\`). If it does not for others either, there is nothing to do but to wait.`,
  unlistedHost: ({ since, host, reference }: { since: string; host: string; reference: string }) =>
    `**A result that is paid for lies on a host that I may not download from**: ${host}, since ${since}.\nMembers: the card says that the song exists; it is posted after the change.\nNow: if you trust the host, add it to \`MUSICAPI_MEDIA_HOSTS\` (https; plain http only on this machine) and restart me.\nReference: ${reference}`,
  database: ({ since }: { since: string }) =>
    `**The database does not answer or cannot be written**, since ${since}.\nMembers: commands are refused with the reason and nothing is spent. What is being made at MusicAPI goes on there and is posted afterwards.\nNow: look at the database server, or at the free space where the file is (\`DATABASE_URL\`). \`npm run doctor\` says what is wrong.`,
  sumsDiffer: ({ since, expected, found }: { since: string; expected: number; found: number }) =>
    `**The ledger does not add up**, since ${since}: the tasks come to ${numbers.number(expected)} credits, the ledger to ${numbers.number(found)}.\nMembers: budgets may be off by the difference.\nNow: this is a fault in the program. Keep a backup (\`npm run backup\`), and report it with the line “the ledger does not add up” of the log.`,
  balanceDiffers: ({ since, taken }: { since: string; taken: string }) =>
    `**MusicAPI took ${taken} more than the ledger charged**, found at ${since}.\nMembers: notice nothing. The difference is booked, so that both agree again.\nNow: if something else spends with the same key, give it a key of its own. Otherwise a price may have changed: /credits shows the prices that I have learnt.`,

  /** What was told is over. @param lasted - such as `12 minutes`, everywhere below */
  over: {
    key: ({ lasted }: { lasted: string }) =>
      `MusicAPI accepts the key of this bot again (refused for ${lasted}). Songs are made as usual.`,
    balanceEmpty: ({ lasted, credits }: { lasted: string; credits: string }) =>
      `The MusicAPI balance is filled up: ${credits} (used up for ${lasted}). Songs are made as usual.`,
    balanceLow: ({ lasted, credits }: { lasted: string; credits: string }) =>
      `The MusicAPI balance is high enough again: ${credits} (low for ${lasted}).`,
    provider: ({ lasted, waited, lost }: { lasted: string; waited: string; lost: string }) =>
      `MusicAPI answers again (down for ${lasted}, ${waited}, ${lost}).`,
    host: ({ host }: { host: string }) =>
      `Results on ${host} may be downloaded now: what waited is being posted.`,
    database: ({ lasted }: { lasted: string }) =>
      `The database answers again (away for ${lasted}). What waited goes on by itself.`,
    sums: ({ lasted }: { lasted: string }) => `The ledger adds up again (it did not for ${lasted}).`,
  },
  waited: ({ tasks }: { tasks: number }) =>
    numbers.count(tasks, { one: 'task waited', other: 'tasks waited' }),
  noneWaited: 'no task waited',
  noneLost: 'none lost',
  inDoubt: ({ tasks }: { tasks: number }) =>
    `of ${numbers.number(tasks)} it is not known whether MusicAPI took it: the cards ask their members`,
  lasted: {
    seconds: ({ count }: { count: number }) => numbers.count(count, { one: 'second', other: 'seconds' }),
    minutes: ({ count }: { count: number }) => numbers.count(count, { one: 'minute', other: 'minutes' }),
    hours: ({ count }: { count: number }) => numbers.count(count, { one: 'hour', other: 'hours' }),
    days: ({ count }: { count: number }) => numbers.count(count, { one: 'day', other: 'days' }),
  },
};
