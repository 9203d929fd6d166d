import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { listPosts, openChannel, readAccounts, untilSays } from '../support/evidence.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const SHORT_LEASE = fileURLToPath(new URL('../support/short-lease-process.ts', import.meta.url));
const LEASE_MS = 3_000;

let database: TestDatabase;
let world: TestWorld;
let gateway: BotProcess;
let workers: BotProcess[];

beforeAll(async () => {
  database = await createPostgresDatabase();
  world = await startQuickWorld({
    startsBot: false,
    env: {
      DATABASE_URL: database.databaseUrl,
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: 'unlimited',
    },
  });
  gateway = start('gateway');
  workers = [start('worker'), start('worker')];
  await Promise.all([gateway, ...workers].map((bot) => bot.untilReady()));
});

afterAll(async () => {
  await Promise.all([gateway, ...workers].map((bot) => bot.end('SIGKILL')));
  await world.close();
  await database.remove();
});

function start(role: string): BotProcess {
  return startBotProcess({ ...world.env, ROLE: role, LEASE_MS: `${LEASE_MS}` }, SHORT_LEASE);
}

async function ask(prompt: string) {
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  return { prompt, channel, card: await world.anna.command(channel, 'create', { prompt }).reply() };
}

/** Two takes, once each, one mention, one POST. */
async function expectDelivered({ prompt, channel, card }: Awaited<ReturnType<typeof ask>>) {
  const clips = await world.untilClipCards(2, channel);
  await untilSays(world, card, 'Done:');
  expect(clips.map(({ attachments }) => attachments[0]?.title?.slice(-6))).toEqual(['take 1', 'take 2']);
  expect(clips.filter(({ pinged }) => pinged.length > 0)).toHaveLength(1);
  expect(world.discord.messages(channel)).toHaveLength(3);
  expect(listPosts(world, prompt)).toHaveLength(1);
}

/** The worker that carries the delivery of a channel's songs, once its upload hangs. */
async function untilCarrier(channel: Channel): Promise<BotProcess> {
  await world.discord.until(() =>
    world.discord.requests.some(
      ({ method, path, status }) =>
        method === 'POST' && path === `/channels/${channel.id}/messages` && status === 0,
    ),
  );
  const store = await world.openStore();
  const rows = await store.db
    .selectFrom('deliveries')
    .innerJoin('tasks', 'tasks.id', 'deliveries.task_id')
    .select(['deliveries.lease_owner', 'tasks.origin'])
    .where('deliveries.state', '=', 'delivering')
    .execute();
  await store.close();
  const owner = rows.find(({ origin }) => origin.includes(channel.id))?.lease_owner ?? '';
  const carrier = workers.find(({ pid }) => owner.includes(`-${pid}-`));
  if (!carrier) throw new Error(`nobody carries the songs for ${channel.id}: ${owner}`);
  return carrier;
}

describe('a gateway and two workers on one PostgreSQL', () => {
  it('share the way from /create to the songs: what one takes in others send, follow and deliver', async () => {
    const asked = await Promise.all(['first rain', 'first snow', 'first wind', 'first light'].map(ask));
    await Promise.all(asked.map(expectDelivered));
    const changes = (bot: BotProcess) => bot.log.filter(({ msg }) => msg === 'task changed');
    expect(new Set(changes(gateway).map(({ to }) => to))).toEqual(new Set(['queued']));
    const ends = workers.flatMap(changes).map(({ to }) => to);
    for (const end of ['submitting', 'running', 'succeeded']) {
      expect(ends.filter((to) => to === end)).toHaveLength(asked.length);
    }
  });

  it('take over within a lease what a killed worker had in its hands, and send nothing again', async () => {
    world.musicApi.nextTask({ kind: 'slow', factor: 40 });
    const slow = await ask('still being made');
    const cut = await ask('cut off');
    world.discord.fault({
      method: 'POST',
      route: new RegExp(`^/channels/${cut.channel.id}/messages$`),
      answer: 'hang',
    });
    const carrier = await untilCarrier(cut.channel);
    await carrier.end('SIGKILL');
    world.discord.clearFaults();
    await expectDelivered(cut);
    await expectDelivered(slow);
  });

  it('answer a press on a card of a task that others send', async () => {
    world.musicApi.nextTask({ kind: 'slow', factor: 400 });
    const { card } = await ask('too long');
    await untilSays(world, card, 'Being made');
    world.anna.press(card, 'Stop waiting');
    await untilSays(world, card, 'stopped waiting');
  });

  it('left a ledger that adds up', async () => {
    const store = await world.openStore();
    const accounts = await readAccounts(store);
    await store.close();
    expect(accounts).toHaveLength(7);
    for (const { task, sums } of accounts) expect(sums).toEqual({ reserved: 0, charged: task.price });
  });
});
