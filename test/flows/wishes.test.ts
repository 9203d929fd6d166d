import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import {
  DEFAULT_MEMBER_SETTINGS,
  DEFAULT_SERVER_SETTINGS,
  type MemberSettings,
  type ServerSettings,
} from '../../src/domain/settings.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { type HouseRules, openHouseRules } from '../support/house-rules.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

describe.each([
  ['SQLite', createSqliteDatabase],
  ['PostgreSQL', createPostgresDatabase],
] as const)('what servers and members wish, on %s', (_name, createDatabase) => {
  let database: TestDatabase;
  let world: TestWorld;
  let house: HouseRules;

  beforeAll(async () => {
    database = await createDatabase();
    world = await startQuickWorld({
      env: {
        DATABASE_URL: database.databaseUrl,
        BUDGET_MEMBER_DAY: 'unlimited',
        BUDGET_SERVER_DAY: 'unlimited',
      },
    });
    house = await openHouseRules(world);
  });
  afterAll(async () => {
    await house.close();
    await world.close();
    await database.remove();
  });

  /** The settings of the server and of a member from now on. */
  async function set(
    server: Partial<ServerSettings>,
    member: Partial<MemberSettings> = {},
    person = world.anna,
  ) {
    const deed = { guildId: world.guild.id, actorId: '900' };
    await house.decide(async ({ rules }) => {
      await rules.changeServer(deed, {
        ...DEFAULT_SERVER_SETTINGS,
        ...{ engine: undefined, model: undefined, language: undefined },
        ...server,
      });
      const nothing = { engine: undefined, model: undefined, vocals: undefined, language: undefined };
      await rules.changeMember(person.user.id, { ...DEFAULT_MEMBER_SETTINGS, ...nothing, ...member });
    });
  }

  const ask = (person: Person, channel: Channel, prompt: string, options = {}) =>
    person.command(channel, 'create', { prompt, ...options }).reply();

  const clipCards = (channel: Channel) => world.clipCards(channel);

  describe('where results go', () => {
    it('a thread for each task, named after it, with buttons that work there', async () => {
      const { anna, discord } = world;
      await set({ results: 'thread' });
      const channel = openChannel(world, 'threads');
      const card = await ask(anna, channel, 'a song about kites');
      const thread = await discord.until(() => discord.threads(channel)[0]);
      const songs = await world.untilClipCards(2, thread);
      await untilSays(world, card, 'Done');
      expect(thread.id).toBe(card.id);
      expect(thread.name).toBe('a song about kites');
      expect(songs[0]?.pinged).toEqual([anna.user.id]);
      expect(card.text).toContain(`/${thread.id}/${songs[0]?.id}`);
      expect(clipCards(channel)).toEqual([]);
      await ask(anna, channel, 'another one');
      await discord.until(() => discord.threads(channel).length === 2);
    });

    it('the channel, where the bot may open no threads', async () => {
      await set({ results: 'thread' });
      const channel = world.guild.addChannel({
        name: 'no-threads',
        botPermissions: { without: ['CreatePublicThreads'] },
      });
      await ask(world.anna, channel, 'a song about walls');
      await world.untilClipCards(2, channel);
      expect(world.discord.threads(channel)).toEqual([]);
    });

    it('the channel, where Discord refuses the thread after all', async () => {
      await set({ results: 'thread' });
      const channel = openChannel(world, 'refused-threads');
      const refused = { status: 400, code: 160_006, message: 'Maximum number of active threads reached' };
      world.discord.fault({ method: 'POST', route: /threads$/, answer: refused });
      await ask(world.anna, channel, 'a song about doors');
      await world.untilClipCards(2, channel);
      world.discord.clearFaults();
    });

    it('a direct message, and nowhere else: with closed direct messages the library keeps them', async () => {
      const { anna, ben, discord } = world;
      await set({ results: 'direct-message' });
      const channel = openChannel(world, 'direct');
      const card = await ask(anna, channel, 'a song about letters');
      const songs = await world.untilClipCards(2, discord.openDm(anna.user));
      await untilSays(world, card, 'Done');
      expect(songs[0]?.pinged).toEqual([anna.user.id]);
      ben.user.dmsOpen = false;
      const kept = await ask(ben, channel, 'a song about locks');
      await untilSays(world, kept, '/library');
      ben.user.dmsOpen = true;
      expect(clipCards(channel)).toEqual([]);
    });

    it('a copy as a direct message besides, of which the card says nothing, closed or not', async () => {
      const { anna, discord } = world;
      await set({}, { delivery: 'direct-message-too' });
      const channel = openChannel(world, 'copies');
      const direct = discord.openDm(anna.user);
      const before = clipCards(direct).length;
      const card = await ask(anna, channel, 'a song about twins');
      const songs = await world.untilClipCards(2, channel);
      const copies = (await world.untilClipCards(before + 2, direct)).slice(before);
      await untilSays(world, card, 'Done');
      expect(songs.map(({ pinged }) => pinged.length)).toEqual([1, 0]);
      expect(copies.map(({ attachments }) => attachments.length)).toEqual([1, 1]);
      expect(card.text.match(/channels\/\S+/g)).toHaveLength(2);
      expect(card.text).not.toContain(direct.id);
      anna.user.dmsOpen = false;
      const alone = await ask(anna, channel, 'a song about one');
      await world.untilClipCards(4, channel);
      await untilSays(world, alone, 'Done');
      expect(alone.text).not.toContain('/library');
      anna.user.dmsOpen = true;
    });

    it('without a mention, for those who do not want to be notified', async () => {
      await set({}, { isMentioned: false });
      const channel = openChannel(world, 'silent');
      await ask(world.anna, channel, 'a song about snow');
      const songs = await world.untilClipCards(2, channel);
      expect(songs.map(({ pinged }) => pinged)).toEqual([[], []]);
    });
  });

  describe('what stands in for options that were left out', () => {
    it('the member’s defaults, else the server’s, never against an option or what the engine can do', async () => {
      const { anna, ben } = world;
      await set({ engine: 'producer' }, { engine: 'sonic', vocals: 'female' });
      let asked = 0;
      const post = async (person: Person, options = {}) => {
        asked += 1;
        const prompt = `default number ${asked}`;
        await ask(person, openChannel(world, `defaults-${asked}`), prompt, options);
        return await world.discord.until(() => listPosts(world, prompt)[0]);
      };
      const byProducer = expect.stringContaining('/producer/');
      const bySonic = expect.stringContaining('/sonic/');
      // What is held in memory comes with the ring of the database.
      await expect.poll(() => post(ben)).toMatchObject({ path: byProducer });
      const own = await post(anna);
      expect(own).toMatchObject({ path: bySonic });
      expect(JSON.stringify(own.body)).toContain('"vocal_gender":"f"');
      expect(JSON.stringify((await post(anna, { instrumental: true })).body)).not.toContain('vocal_gender');
      expect(await post(anna, { engine: 'producer' })).toMatchObject({ path: byProducer });
      expect(await post(ben, { engine: 'sonic' })).toMatchObject({ path: bySonic });
      // The producer engine takes no styles to keep out.
      expect(await post(ben, { avoid: 'drums' })).toMatchObject({ path: bySonic });
      await set({});
    });
  });

  describe('languages', () => {
    it('are Discord’s until the server or the person sets one, for the cards and for the person', async () => {
      const { anna, ben } = world;
      await set({ language: 'de' }, { language: 'en' });
      const say = async (person: Person) => {
        const channel = openChannel(world, 'languages');
        const card = await ask(person, channel, 'a song about words');
        return card.text;
      };
      await expect.poll(() => say(ben)).toContain('Preis: 20');
      expect(await say(anna)).toContain('Preis: 20');
      await set({}, { language: 'de' });
      await expect
        .poll(async () => (await anna.command(world.channel, 'tasks').reply()).text)
        .toMatch(/Auftr/);
      expect((await ben.command(world.channel, 'tasks').reply()).text).toContain('tasks');
      await set({});
    });
  });
});
