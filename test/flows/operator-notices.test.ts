import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { DEFAULT_MEMBER_SETTINGS } from '../../src/domain/settings.ts';
import { saveMemberSettings } from '../../src/store/settings.ts';
import { openChannel, untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;

let world: TestWorld;
afterEach(() => world.close());

/** Starts a world whose owner may be written to, as everybody may with whom a bot shares a server. */
async function start(options: Parameters<typeof startQuickWorld>[0] = {}): Promise<void> {
  const env = { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited', ...options.env };
  world = await startQuickWorld({ ...options, env });
  world.guild.addMember(world.discord.owner);
}

/** What the operator was told, oldest first. */
function listTold(): readonly Message[] {
  return world.discord.messages(world.discord.openDm(world.discord.owner));
}

async function untilTold(words: string, count = 1): Promise<Message> {
  const find = () => listTold().filter(({ text }) => text.includes(words));
  const found = await world.discord.until(() => (find().length >= count ? find() : undefined), {
    what: `"${words}" instead of ${JSON.stringify(listTold().map(({ text }) => text))}`,
  });
  expect(found).toHaveLength(count);
  return found[count - 1] as Message; // there are that many
}

/** Asks for a song; what it is about must not be told to the operator. */
async function ask(prompt: string) {
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const card = await world.anna.command(channel, 'create', { prompt }).reply();
  return { channel, card };
}

/** Another song, made from beginning to end: what was wrong would have come to light by then. */
async function makeSong(prompt: string): Promise<void> {
  const { card } = await ask(prompt);
  await untilSays(world, card, 'Done:');
}

/** Waits until the bot has looked anew at all that may be wrong, which it does every few seconds. */
async function untilLookedAgain(): Promise<void> {
  const { requests } = world.musicApi;
  const { length } = requests;
  // With trouble of the balance it asks for it as often as it may.
  world.advance(60_000);
  await vi.waitUntil(() => requests.length > length, PATIENCE);
}

describe('a key that MusicAPI refuses', () => {
  it('is told once an hour with what to do, and when it is accepted again', async () => {
    await start();
    const { musicApi } = world;
    await makeSong('before');
    musicApi.revokeKey(musicApi.key);
    await untilSays(world, (await ask('in vain')).card, 'Not made.');
    const notice = await untilTold('MusicAPI refuses the key of this bot');
    expect(notice.text).toContain('MUSICAPI_KEY');
    expect(notice.text).toMatch(/since <t:\d+:f>/);
    await untilSays(world, (await ask('in vain again')).card, 'Not made.');
    expect(listTold()).toHaveLength(1);
    world.advance(HOUR_MS);
    const again = await untilTold('MusicAPI refuses the key of this bot', 2);
    expect(/<t:\d+:f>/.exec(again.text)).toEqual(/<t:\d+:f>/.exec(notice.text));
    musicApi.addKey({ key: musicApi.key, credits: 10_000 });
    await makeSong('afterwards');
    const over = await untilTold('accepts the key of this bot again');
    // And what passes by itself on a busy machine.
    expect(over.text).toMatch(/\(refused for 6\d minutes\)/);
    expect(over.text).not.toMatch(/vain|Anna/);
    expect(listTold()).toHaveLength(3);
  });

  it('that was mended by a restart is over with the first answer', async () => {
    await start();
    const { musicApi } = world;
    musicApi.revokeKey(musicApi.key);
    await ask('in vain');
    await untilTold('MusicAPI refuses the key of this bot');
    await world.stopBot();
    await world.startBot({ MUSICAPI_KEY: musicApi.addKey({ key: 'a-new-key', credits: 10_000 }) });
    await untilTold('accepts the key of this bot again');
  });
});

describe('the balance', () => {
  it('is told when it is used up, and when it is filled up', async () => {
    // From the beginning: credits that vanish later are a difference to the ledger, which is told as well.
    await start({ env: { BALANCE_WARNING_CREDITS: '0' }, musicApi: { account: { credits: 12 } } });
    const { musicApi } = world;
    await untilSays(world, (await ask('in vain')).card, 'Not made.');
    const notice = await untilTold('The MusicAPI balance is used up');
    expect(notice.text).toContain('12 credits left');
    await untilLookedAgain();
    musicApi.setCredits({ credits: 5_000 });
    world.advance(60_000);
    await untilTold('The MusicAPI balance is filled up: 5,000 credits');
    expect(listTold().map(({ text }) => text)).toHaveLength(2);
  });

  it('is told below the threshold with the days that it lasts, and when it is high enough again', async () => {
    await start({ env: { BALANCE_WARNING_CREDITS: '400' }, musicApi: { account: { credits: 410 } } });
    await makeSong('the one too many');
    const notice = await untilTold('The MusicAPI balance runs low');
    expect(notice.text).toContain('390 credits left');
    expect(notice.text).toContain('(20 credits a day) that lasts for about 19 days');
    expect(notice.text).toContain('below 400 (`BALANCE_WARNING_CREDITS`)');
    await untilLookedAgain();
    expect(listTold()).toHaveLength(1);
    world.musicApi.setCredits({ credits: 400 });
    world.advance(60_000);
    await untilTold('The MusicAPI balance is high enough again: 400 credits');
  });

  it('is told at the start with the truth about a rate that is not known, in the language of the operator', async () => {
    await start({ startsBot: false, musicApi: { account: { credits: 100 } } });
    const store = await world.openStore();
    const german = { ...DEFAULT_MEMBER_SETTINGS, language: 'de' };
    await store.transaction((tx) => saveMemberSettings(tx, world.discord.owner.id, german, 0));
    await store.close();
    await world.startBot();
    const notice = await untilTold('Das Guthaben bei MusicAPI geht zur Neige');
    expect(notice.text).toContain('100 Credits übrig');
    expect(notice.text).toContain('es gibt noch keine Rate');
  });
});

describe('an outage of MusicAPI', () => {
  it('is told with what waits, and when it is over how long it was and what was lost', async () => {
    await start();
    const running = [];
    for (const prompt of ['first', 'second']) {
      world.musicApi.nextTask({ kind: 'slow', factor: 50 });
      running.push(await ask(prompt));
    }
    for (const { card } of running) await untilSays(world, card, 'Being made.');
    world.musicApi.fault({ path: /^\/api\/v1\//, times: 'all', answer: 'html' });
    await untilTold('MusicAPI does not answer');
    const queued = await ask('third');
    world.advance(12 * 60_000);
    await untilSays(world, queued.card, 'as soon as it answers again');
    expect(listTold()).toHaveLength(1);
    world.musicApi.clearFaults();
    const over = await untilTold('MusicAPI answers again');
    expect(over.text).toMatch(/\(down for 1\d minutes, 3 tasks waited, none lost\)\./);
    for (const { card } of [...running, queued]) await untilSays(world, card, 'Done:');
    expect(listTold()).toHaveLength(2);
  });
});

describe('the ledger', () => {
  it('that charged less than MusicAPI took is told once', async () => {
    await start({ musicApi: { prices: { create_music: 25 } } });
    const isRead = () => world.log.some(({ msg }) => msg === 'the balance is what the ledger expects');
    await vi.waitUntil(isRead, PATIENCE);
    await makeSong('a song');
    await world.stopBot();
    await world.startBot();
    const notice = await untilTold('MusicAPI took 5 credits more than the ledger charged');
    expect(notice.text).toContain('/credits');
    expect(listTold()).toHaveLength(1);
  });

  it('that does not add up is told, and when it does again', async () => {
    await start();
    await makeSong('a song');
    await world.stopBot();
    const change = async (charged: number) => {
      const store = await world.openStore();
      await store.db.updateTable('ledger').set({ charged }).where('kind', '=', 'charge').execute();
      await store.close();
    };
    await change(15);
    await world.startBot();
    const notice = await untilTold('The ledger does not add up');
    expect(notice.text).toContain('the tasks come to 20 credits, the ledger to 15');
    await world.stopBot();
    await change(20);
    await world.startBot();
    await untilTold('The ledger adds up again');
  });
});

describe('an operator', () => {
  it('who takes no direct messages is named in the log once, and nobody else is told', async () => {
    await start();
    const { musicApi, discord, log } = world;
    discord.owner.dmsOpen = false;
    const said = () => log.filter(({ msg }) => msg === 'an operator takes no message');
    musicApi.revokeKey(musicApi.key);
    await ask('in vain');
    await vi.waitUntil(() => said().length > 0, PATIENCE);
    world.advance(HOUR_MS);
    const tries = () => discord.requests.filter(({ path }) => path.endsWith('/users/@me/channels')).length;
    await vi.waitUntil(() => tries() > 1, PATIENCE);
    expect(said()).toMatchObject([{ operatorId: discord.owner.id, cause: 'key-refused' }]);
    for (const person of [world.anna, world.ben, world.mod]) {
      const texts = discord.messages(discord.openDm(person.user)).map(({ text }) => text);
      expect(texts.filter((text) => text.includes('MUSICAPI_KEY'))).toEqual([]);
    }
    discord.owner.dmsOpen = true;
    world.advance(HOUR_MS);
    await untilTold('MusicAPI refuses the key of this bot');
  });
});
