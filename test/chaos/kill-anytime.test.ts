import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { openWindow } from '../support/database-window.ts';
import { openChannel, readAccounts } from '../support/evidence.ts';
import { createRandom } from '../support/random.ts';
import { makeMp3 } from '../support/real-audio.ts';
import { NO_RATE_LIMITS, startWorld, type TestWorld } from '../support/world.ts';
import { expectSentOnce } from './spending.ts';
import { isOver } from './stage.ts';
import { expectShownOnce } from './verdict.ts';

const SONGS = 8;

/** Another seed finds other moments: `KILL_SEED=7 npx vitest run test/chaos/kill-anytime`. */
const SEED = Number(process.env.KILL_SEED ?? 20_261_120);

/** The longest that a process lives after it is ready. */
const MAX_LIFE_MS = 500;

let world: TestWorld;
let bot: BotProcess;
let channels = 0;

beforeEach(async () => {
  world = await startWorld({
    startsBot: false,
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited', SUBMIT_INTERVAL_MS: '250' },
    discord: { rateLimits: NO_RATE_LIMITS },
  });
});
afterEach(async () => {
  await bot.end('SIGKILL');
  await world.close();
});

it.each<['SIGKILL' | 'SIGTERM', number, string]>([
  ['SIGKILL', 6, 'every task ends, nothing is sent, shown or counted twice'],
  ['SIGTERM', 3, 'every task succeeds, as if the bot had never been away'],
])(
  '%s at %d random moments: %s',
  async (signal, kills) => {
    const random = createRandom(SEED);
    // Slow enough that many a kill falls between a request and its answer.
    world.discord.fault({ route: /\/messages/, times: 100_000, answer: { delayMs: 40 } });
    world.musicApi.fault({ path: /\/sonic\//, times: 'all', delayMs: 40 });
    bot = startBotProcess(world.env);
    await bot.untilReady();
    const asked = await askForAll();
    for (let count = 0; count < kills; count += 1) {
      // The one moment that no state may decide: anything can be under way.
      await delay(random() * MAX_LIFE_MS);
      expect((await bot.end(signal)).code).toBe(signal === 'SIGTERM' ? 0 : null);
      bot = startBotProcess(world.env);
      await bot.untilReady();
    }
    const window = openWindow(world.env.DATABASE_URL ?? '');
    for (const channel of asked) {
      await expect.poll(() => isOver(window, channel), { timeout: 60_000 }).toBe(true);
    }
    await window.close();
    await bot.end('SIGTERM');

    const store = await world.openStore();
    const accounts = await readAccounts(store);
    for (const { task, sums } of accounts) {
      const isUnknown = task.state === 'unknown';
      expect(task.state).toBe(isUnknown && signal === 'SIGKILL' ? 'unknown' : 'succeeded');
      const { price } = task;
      expect(sums).toEqual(isUnknown ? { reserved: price, charged: 0 } : { reserved: 0, charged: price });
    }
    const tasks = accounts.map(({ task }) => task);
    for (const channel of asked) {
      const own = tasks.filter(({ origin }) => origin.channelId === channel.id);
      expect(own, channel.name).not.toEqual([]);
      await expectShownOnce(world, store, { channel, title: channel.name }, own);
    }
    await store.close();
    expectSentOnce(world, tasks);
    expect(tasks.some(({ state }) => state === 'succeeded')).toBe(true);
  },
  120_000,
);

/** Songs, and one of everything that is no song, each in a channel of its own: more than one member may have waiting. */
async function askForAll(): Promise<readonly Channel[]> {
  const { anna, mod } = world;
  const clip = () => world.musicApi.addForeignClip({ lyrics: '[Verse]\nrain on the roof', durationS: 2 });
  const file = { name: 'take.mp3', data: await makeMp3(1, 64) };
  return await Promise.all([
    ...Array.from({ length: SONGS }, (_, index) => ask(mod, 'create', { prompt: `song number ${index}x` })),
    ask(anna, 'batch', { prompt: 'two of a kind', count: 2 }),
    ask(anna, 'lyrics', { about: 'rain' }),
    ask(anna, 'export', { clip: clip(), format: 'wav' }),
    ask(anna, 'export', { clip: clip(), format: 'mp3' }),
    ask(anna, 'inspect', { clip: clip() }),
    ask(anna, 'upload', { file }),
  ]);
}

async function ask(person: Person, command: string, options: Parameters<Person['command']>[2]) {
  channels += 1;
  const channel = openChannel(world, `${command}-${channels}`);
  await person.command(channel, command, options).reply();
  return channel;
}
