import type { LocalDiscord } from '../../sandbox/discord/server.ts';
import type { LocalMusicApi } from '../../sandbox/musicapi/server.ts';

/** The services that things go wrong at. */
interface Outside {
  readonly discord: LocalDiscord;
  readonly musicApi: LocalMusicApi;
}

/** One thing that goes wrong once. */
interface Trouble {
  readonly name: string;
  /** @param count - troubles so far: those that come in kinds take turns */
  readonly happen: (outside: Outside, count: number) => unknown;
}

const GET_TASK = { method: 'GET', path: /\/sonic\/task\// } as const;
const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;
const MEDIA = { method: 'GET', path: /^\/media\// } as const;
const POST_MESSAGE = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;
/** Of a message in a channel, or by the webhook of an interaction. */
const EDIT = { method: 'PATCH', route: /\/messages\// } as const;
const TOO_MANY = { status: 429, headers: { 'retry-after': '1' }, body: {} };
const BROKEN = { status: 503, body: { error: 'Service Unavailable' } };
const LOST = [BROKEN, 'reset', 'lose-answer'] as const;
const DISCORD_BROKEN = { status: 502, message: 'Bad Gateway' };
/** What one sender alone has to wait for, as Discord writes it. */
const DISCORD_TOO_MANY = {
  status: 429,
  headers: { 'retry-after': '1', 'x-ratelimit-scope': 'user' },
  body: { message: 'You are being rate limited.', retry_after: 0.3, global: false },
};

/** Everything that goes wrong on the way between the bot and the services. */
export const TROUBLES: readonly Trouble[] = [
  { name: '429', happen: ({ musicApi }) => musicApi.fault({ ...GET_TASK, answer: TOO_MANY }) },
  { name: '503', happen: ({ musicApi }) => musicApi.fault({ ...GET_TASK, answer: BROKEN }) },
  { name: 'reset', happen: ({ musicApi }) => musicApi.fault({ ...GET_TASK, answer: 'reset' }) },
  { name: 'delay', happen: ({ musicApi }) => musicApi.fault({ ...GET_TASK, delayMs: 400 }) },
  { name: '429', happen: ({ musicApi }) => musicApi.fault({ ...CREATE, answer: TOO_MANY }) },
  { name: 'delay', happen: ({ musicApi }) => musicApi.fault({ ...CREATE, delayMs: 400 }) },
  {
    // After this nobody knows whether the request was taken, so the task ends there: not too often.
    name: 'lost create',
    happen: ({ musicApi }, count) => musicApi.fault({ ...CREATE, answer: LOST[count % LOST.length] }),
  },
  { name: '503', happen: ({ musicApi }) => musicApi.fault({ ...MEDIA, answer: BROKEN }) },
  { name: 'reset', happen: ({ musicApi }) => musicApi.fault({ ...MEDIA, answer: 'reset' }) },
  { name: 'Discord reset', happen: ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: 'reset' }) },
  {
    name: 'Discord lost answer',
    happen: ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: 'lose-answer' }),
  },
  {
    name: 'Discord lost answer',
    happen: ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: 'lose-answer-reset' }),
  },
  {
    name: 'Discord 502',
    happen: ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: DISCORD_BROKEN }),
  },
  {
    name: 'Discord delay',
    happen: ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: { delayMs: 500 } }),
  },
  {
    name: 'Discord 429',
    happen: ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: DISCORD_TOO_MANY }),
  },
  { name: 'Discord 429', happen: ({ discord }) => discord.fault({ ...EDIT, answer: DISCORD_TOO_MANY }) },
  { name: 'Discord 502', happen: ({ discord }) => discord.fault({ ...EDIT, answer: DISCORD_BROKEN }) },
  { name: 'Discord reset', happen: ({ discord }) => discord.fault({ ...EDIT, answer: 'reset' }) },
  {
    name: 'Discord delay',
    happen: ({ discord }) => discord.fault({ ...EDIT, answer: { delayMs: 500 } }),
  },
];
