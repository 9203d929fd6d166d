import { setTimeout as delay } from 'node:timers/promises';
import type { TestWorld } from '../support/world.ts';

const GET_TASK = { method: 'GET', path: /\/sonic\/task\// } as const;
const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;
const MEDIA = { method: 'GET', path: /^\/media\// } as const;
const POST_MESSAGE = { method: 'POST', route: /^\/channels\/\d+\/messages$/ } as const;
const EDIT = { method: 'PATCH', route: /\/messages\// } as const;
const TOO_MANY = { status: 429, headers: { 'retry-after': '1' }, body: {} };
const BROKEN = { status: 503, body: { error: 'Service Unavailable' } };
const LOST = [BROKEN, 'reset', 'lose-answer'] as const;
const DISCORD_BROKEN = { status: 502, message: 'Bad Gateway' };

/** Everything that goes wrong outside: one thing each, once. */
const TROUBLES: readonly ((world: TestWorld, count: number) => unknown)[] = [
  ({ musicApi }) => musicApi.fault({ ...GET_TASK, answer: TOO_MANY }),
  ({ musicApi }) => musicApi.fault({ ...GET_TASK, answer: BROKEN }),
  ({ musicApi }) => musicApi.fault({ ...GET_TASK, answer: 'reset' }),
  ({ musicApi }) => musicApi.fault({ ...GET_TASK, delayMs: 400 }),
  ({ musicApi }) => musicApi.fault({ ...CREATE, answer: TOO_MANY }),
  ({ musicApi }) => musicApi.fault({ ...CREATE, delayMs: 400 }),
  // After this nobody knows whether the request was taken, so the task ends there: not too often.
  ({ musicApi }, count) => musicApi.fault({ ...CREATE, answer: LOST[count % LOST.length] }),
  ({ musicApi }) => musicApi.fault({ ...MEDIA, answer: BROKEN }),
  ({ musicApi }) => musicApi.fault({ ...MEDIA, answer: 'reset' }),
  ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: 'reset' }),
  ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: 'lose-answer' }),
  ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: 'lose-answer-reset' }),
  ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: DISCORD_BROKEN }),
  ({ discord }) => discord.fault({ ...POST_MESSAGE, answer: { delayMs: 500 } }),
  ({ discord }) => discord.fault({ ...EDIT, answer: DISCORD_BROKEN }),
  ({ discord }) => discord.fault({ ...EDIT, answer: 'reset' }),
  ({ discord }) => discord.fault({ ...EDIT, answer: { delayMs: 500 } }),
];

interface TroubleOptions {
  readonly random: () => number;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Lets one thing after the other go wrong until it is stopped. Gives how many. */
export async function makeTrouble(
  world: TestWorld,
  { random, everyMs, signal }: TroubleOptions,
): Promise<number> {
  let count = 0;
  for (; !signal.aborted; count += 1) {
    TROUBLES[Math.floor(random() * TROUBLES.length)]?.(world, count);
    // What goes wrong has to be spread over time, which no state tells.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return count;
}
