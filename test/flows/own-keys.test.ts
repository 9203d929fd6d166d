import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { memberAccount, serverAccount } from '../../src/store/accounts.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { type HouseRules, openHouseRules } from '../support/house-rules.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const ANNAS_KEY = 'annas-own-musicapi-key';
const SERVERS_KEY = 'the-servers-own-musicapi-key';

describe.each([
  ['SQLite', createSqliteDatabase],
  ['PostgreSQL', createPostgresDatabase],
] as const)('keys of servers and members, on %s', (_name, createDatabase) => {
  let database: TestDatabase;
  let world: TestWorld;
  let house: HouseRules;
  let annas: string;
  let servers: string;

  beforeAll(async () => {
    database = await createDatabase();
    world = await startQuickWorld({
      env: {
        DATABASE_URL: database.databaseUrl,
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        BUDGET_MEMBER_DAY: '20',
        LOG_LEVEL: 'trace',
      },
    });
    house = await openHouseRules(world);
    annas = memberAccount(world.anna.user.id);
    servers = serverAccount(world.guild.id);
    for (const key of [ANNAS_KEY, SERVERS_KEY]) world.musicApi.addKey({ key, credits: 1_000 });
  });
  afterAll(async () => {
    await house.close();
    await world.close();
    await database.remove();
  });

  const setKey = (accountId: string, key: string, by = world.anna) =>
    house.decide(({ keys }) => keys.set(accountId, key, by.user.id));
  const removeKey = (accountId: string) =>
    house.decide(({ keys }) => keys.remove(accountId, world.anna.user.id));
  const ask = (person: Person, channel: Channel, prompt: string) =>
    person.command(channel, 'create', { prompt }).reply();
  /** The key that a request was sent with. */
  const payerOf = async (prompt: string) => {
    const post = await world.discord.until(() => listPosts(world, prompt)[0], {
      what: `a POST of ${prompt}`,
    });
    return post.key;
  };

  async function make(person: Person, channel: Channel, prompt: string): Promise<Message> {
    const before = world.clipCards(channel).length;
    const card = await ask(person, channel, prompt);
    expect(card.ephemeral, card.text).toBe(false);
    const [song] = (await world.untilClipCards(before + 2, channel)).slice(before);
    return song as Message; // there are two
  }

  it('are checked with MusicAPI before they are stored, sealed, and written down without the key', async () => {
    await expect(setKey(annas, 'has blanks in it')).rejects.toThrow('This is no key');
    await expect(setKey(annas, 'nobody-knows-this-key')).rejects.toThrow('MusicAPI does not take this key');
    expect(await setKey(annas, ANNAS_KEY)).toEqual({ isReplaced: false, credits: { plan: 1_000, extra: 0 } });
    expect(await setKey(annas, ` ${ANNAS_KEY}\n`)).toMatchObject({ isReplaced: true });
    const { stored, acts, view } = await house.decide(async ({ store, keys }) => ({
      stored: await store.db.selectFrom('account_keys').selectAll().execute(),
      acts: await store.db.selectFrom('audit').selectAll().orderBy('at').execute(),
      view: await keys.look(annas),
    }));
    expect(JSON.stringify([stored, acts, view])).not.toContain(ANNAS_KEY);
    expect(view).toMatchObject({ setBy: world.anna.user.id, isRefused: false, isReadable: true });
    expect(acts.map(({ act, detail, target_id }) => [act, detail, target_id])).toEqual([
      ['key', 'set', annas],
      ['key', 'replaced', annas],
    ]);
    await removeKey(annas);
  });

  it('pay for what their owners ask for, without the budgets of the bot', async () => {
    const { anna, ben } = world;
    const channel = openChannel(world, 'payers');
    await make(ben, channel, 'paid by the operator');
    expect(await payerOf('paid by the operator')).toBe(world.musicApi.key);
    expect((await ask(ben, channel, 'too much')).text).toContain('20 used, 0 left');
    await setKey(servers, SERVERS_KEY);
    await make(ben, channel, 'paid by the server');
    expect(await payerOf('paid by the server')).toBe(SERVERS_KEY);
    await setKey(annas, ANNAS_KEY);
    await make(anna, channel, 'paid by anna');
    await make(anna, channel, 'paid by anna again');
    expect(await payerOf('paid by anna again')).toBe(ANNAS_KEY);
    expect(world.musicApi.credits(ANNAS_KEY).credits).toBe(960);
    const annaIsTold = (await anna.command(channel, 'credits').reply()).text;
    expect(annaIsTold).toContain('You pay with your own key of MusicAPI');
    expect(annaIsTold).toContain('Balance of that key: 960 credits');
    expect(annaIsTold).not.toContain('in the last 24 hours');
    const benIsTold = (await ben.command(channel, 'credits').reply()).text;
    expect(benIsTold).toContain('This server pays with its own key of MusicAPI');
    expect(benIsTold).not.toContain('Balance');
  });

  it('of a server keep to the server’s own budgets', async () => {
    const { ben, guild } = world;
    const channel = openChannel(world, 'own-budgets');
    const deed = { guildId: guild.id, actorId: '900' };
    const everybody = { holder: 'member', holderId: '' } as const;
    await house.decide(({ rules }) =>
      rules.setBudget(deed, { ...everybody, period: { kind: 'month' }, credits: 20 }),
    );
    expect((await ask(ben, channel, 'above it')).text).toContain('Your budget in this server is 20 credits');
    await house.decide(({ rules }) => rules.removeBudget(deed, everybody));
    await make(ben, channel, 'below none');
  });

  it('are nobody else’s: what was made with them is taken further with them, or refused with the reason', async () => {
    const { anna, ben } = world;
    const channel = openChannel(world, 'owners');
    const song = await make(anna, channel, 'made with annas key');
    const refused = await ben.press(await ben.press(song, 'Stems').reply(), 'Basic').reply();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toContain(`the own key of <@${anna.user.id}>`);
    const stems = await anna.press(await anna.press(song, 'Stems').reply(), 'Basic').reply();
    expect(stems.ephemeral, stems.text).toBe(false);
    await untilSays(world, stems, 'Done');
    const other = world.discord.addGuild({ name: 'Elsewhere' });
    other.addMember(ben.user);
    const there = other.addChannel({ name: 'far-away' });
    await make(ben, channel, 'made with the servers key');
    const clip = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const far = await ben.command(there, 'stems', { clip, kind: 'basic' }).reply();
    expect(far.text).toContain('the own key of another server');
  });

  it('work in direct messages where the operator’s does not', async () => {
    const { anna, ben, discord } = world;
    const bens = discord.openDm(ben.user);
    expect((await ask(ben, bens, 'in a direct message')).text).toContain('not in direct messages');
    const direct = discord.openDm(anna.user);
    await expect.poll(async () => (await ask(anna, direct, 'by a direct message')).ephemeral).toBe(false);
    expect(await payerOf('by a direct message')).toBe(ANNAS_KEY);
    await world.untilClipCards(2, direct);
  });

  it('that MusicAPI refuses later hold up their own queue only, with a word to the owner, until they are replaced', async () => {
    const { anna, ben, discord, musicApi } = world;
    const channel = openChannel(world, 'refused');
    const direct = discord.openDm(anna.user);
    musicApi.revokeKey(ANNAS_KEY);
    const failed = await ask(anna, channel, 'with a revoked key');
    await untilSays(world, failed, 'Nothing was spent');
    await discord.until(() =>
      discord.messages(direct).some(({ text }) => text.includes('does not take your own key')),
    );
    expect((await ask(anna, channel, 'one more')).text).toContain(
      'MusicAPI does not take your own key any more',
    );
    await make(ben, channel, 'of somebody else meanwhile');
    musicApi.addKey({ key: `${ANNAS_KEY}-2`, credits: 100 });
    await setKey(annas, `${ANNAS_KEY}-2`);
    await make(anna, channel, 'with a new key');
    expect(await payerOf('with a new key')).toBe(`${ANNAS_KEY}-2`);
  });

  it('that are removed let the next one pay for what is new, and end what they had made', async () => {
    const { anna } = world;
    const channel = openChannel(world, 'removed');
    const song = await make(anna, channel, 'while the key is there');
    const question = await anna.press(song, 'Stems').reply();
    await removeKey(annas);
    expect((await anna.press(question, 'Full').reply()).text).toContain(
      'an own key of MusicAPI that has been removed',
    );
    await make(anna, channel, 'after the key is gone');
    expect(await payerOf('after the key is gone')).toBe(SERVERS_KEY);
  });

  it('cannot be read with another encryption key: said so, and nothing is sent', async () => {
    const { anna, env } = world;
    const channel = openChannel(world, 'unreadable');
    await setKey(annas, `${ANNAS_KEY}-2`);
    await world.stopBot();
    const fresh = randomBytes(32).toString('base64');
    await world.startBot({ ENCRYPTION_KEY: fresh });
    expect((await ask(anna, channel, 'locked out')).text).toContain('cannot be read any more');
    expect(listPosts(world, 'locked out')).toEqual([]);
    await world.stopBot();
    await world.startBot({ ENCRYPTION_KEY: `${fresh},${env.ENCRYPTION_KEY}` });
    await make(anna, channel, 'both are there');
    await world.stopBot();
    await world.startBot({ ENCRYPTION_KEY: fresh });
    await make(anna, channel, 'sealed anew');
    await world.stopBot();
    await world.startBot();
  });

  it('stand in no line of the log', () => {
    const lines = JSON.stringify(world.log);
    for (const secret of [ANNAS_KEY, SERVERS_KEY, world.env.ENCRYPTION_KEY ?? '']) {
      expect(lines.includes(secret)).toBe(false);
    }
  });
});

describe('without ENCRYPTION_KEY', () => {
  it('nobody can store a key, and the refusal says how to switch it on', async () => {
    const world = await startQuickWorld();
    const house = await openHouseRules(world);
    const account = memberAccount(world.anna.user.id);
    const set = house.decide(({ keys }) => keys.set(account, ANNAS_KEY, world.anna.user.id));
    await expect(set).rejects.toThrow('the person who runs this bot has to set ENCRYPTION_KEY');
    await world.close();
  });
});
