import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { listPosts, openChannel, readAccounts, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const CREATE = { method: 'POST', path: /\/sonic\/create$/ } as const;
const SLOW = 4;
const WAITING = 3;
const GRACE_MS = 10_000;

let world: TestWorld;
let bot: BotProcess;

beforeAll(async () => {
  world = await startQuickWorld({
    startsBot: false,
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
  });
  bot = startBotProcess(world.env);
  await bot.untilReady();
});
afterAll(async () => {
  await bot.end('SIGKILL');
  await world.close();
});

/** Asks as one of several people, so that no limit of a member comes in between. */
async function ask(prompt: string) {
  const user = world.discord.addUser({ name: prompt });
  world.guild.addMember(user);
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const card = await world.discord.as(user).command(channel, 'create', { prompt }).reply();
  return { prompt, channel, card };
}

it('SIGTERM with requests under way: answers that come are kept, what waits stays queued, and after 10 s it ends', async () => {
  for (let count = 0; count < SLOW; count += 1) world.musicApi.fault({ ...CREATE, delayMs: 2_500 });
  const slow = [];
  for (let count = 0; count < SLOW; count += 1) slow.push(await ask(`slow number ${count}x`));
  await expect.poll(() => listPosts(world).length, { interval: 5 }).toBe(SLOW);
  world.musicApi.fault({ ...CREATE, answer: 'hang' });
  const silent = await ask('never answered');
  await expect.poll(() => listPosts(world).length, { interval: 5 }).toBe(SLOW + 1);
  world.musicApi.fault({
    ...CREATE,
    times: WAITING,
    answer: { status: 429, headers: { 'retry-after': '30' }, body: {} },
  });
  const waiting = [];
  for (let count = 0; count < WAITING; count += 1) waiting.push(await ask(`waiting number ${count}x`));
  const { code, tookMs } = await bot.end('SIGTERM');
  expect(code, bot.complaints).toBe(0);
  // Closing takes its time on a busy machine.
  expect(tookMs).toBeLessThan(GRACE_MS + 1_500);

  const store = await world.openStore();
  const accounts = await readAccounts(store);
  const held = await store.db.selectFrom('tasks').select('id').where('lease_owner', 'is not', null).execute();
  await store.close();
  expect(held).toEqual([]);
  const stateOf = (prompt: string) =>
    accounts.find(({ task }) => JSON.stringify(task.request).includes(prompt))?.task.state;
  expect(slow.map(({ prompt }) => stateOf(prompt))).toEqual(
    slow.map(() => expect.stringMatching(/running|succeeded/)),
  );
  expect(stateOf(silent.prompt)).toBe('unknown');
  expect(waiting.map(({ prompt }) => stateOf(prompt))).toEqual(waiting.map(() => 'queued'));

  world.musicApi.clearFaults();
  bot = startBotProcess(world.env);
  await untilSays(world, silent.card, 'I was stopped just as I was sending this');
  for (const { channel, prompt } of slow) {
    await world.untilClipCards(2, channel);
    expect(listPosts(world, prompt)).toHaveLength(1);
  }
  expect(listPosts(world, silent.prompt)).toHaveLength(1);
});
