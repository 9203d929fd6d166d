import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../../src/domain/settings.ts';
import { listPosts, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { type HouseRules, openHouseRules } from '../support/house-rules.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { createSqliteDatabase, type TestDatabase } from '../support/store.ts';
import type { TestWorld } from '../support/world.ts';

const MANAGERS = 'Manage Server';

describe.each([
  ['SQLite', createSqliteDatabase],
  ['PostgreSQL', createPostgresDatabase],
] as const)('the rules of a server, on %s', (_name, createDatabase) => {
  let database: TestDatabase;
  let world: TestWorld;
  let house: HouseRules;
  let maya: Person;

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
    const user = world.discord.addUser({ name: 'Maya' });
    world.guild.addMember(user, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild });
    maya = world.discord.as(user);
  });
  afterAll(async () => {
    await house.close();
    await world.close();
    await database.remove();
  });

  /** The rules of the server from now on. */
  async function set(settings: Partial<ServerSettings>) {
    const deed = { guildId: world.guild.id, actorId: maya.user.id };
    await house.decide(({ rules }) => rules.changeServer(deed, { ...DEFAULT_SERVER_SETTINGS, ...settings }));
  }

  const ask = (person: Person, channel: Channel, prompt = 'a song') =>
    person.command(channel, 'create', { prompt });

  /** One private sentence that names the rule, and who can change it. */
  async function expectRefused(sent: Sent, words: string) {
    const reply = await sent.reply();
    expect(reply.ephemeral, reply.text).toBe(true);
    for (const said of [words, MANAGERS, 'Nothing was spent']) expect(reply.text).toContain(said);
  }

  async function expectMade(sent: Sent, channel: Channel) {
    const before = world.clipCards(channel).length;
    const card = await sent.reply();
    expect(card.ephemeral, card.text).toBe(false);
    return (await world.untilClipCards(before + 2, channel)).slice(before) as [Message, Message];
  }

  it('pause: nobody asks for anything but those who manage it; what one looks at stays open', async () => {
    const { anna, channel } = world;
    const [song] = await expectMade(ask(anna, channel), channel);
    await set({ isPaused: true });
    await expectRefused(ask(anna, channel), 'paused in this server');
    for (const sent of [
      anna.press(song, 'Extend'),
      anna.press(song, 'Stems'),
      anna.command(channel, 'compose', {}),
      anna.command(channel, 'stems', { clip: 'some-clip', kind: 'full' }),
      anna.command(channel, 'lyrics', { about: 'rain' }),
    ]) {
      await expectRefused(sent, 'paused in this server');
    }
    expect((await anna.command(channel, 'tasks').reply()).text).toContain('no open tasks');
    await expectMade(ask(maya, channel), channel);
    await set({});
    await expectMade(ask(anna, channel), channel);
  });

  it('channels: only there, and in their threads; a deleted one does no harm; managers keep to it too', async () => {
    const { anna, channel, discord } = world;
    const allowed = openChannel(world, 'allowed');
    const gone = openChannel(world, 'gone');
    await set({ channelIds: [allowed.id, gone.id] });
    discord.deleteChannel(gone);
    await expectRefused(ask(anna, channel), `only in <#${allowed.id}> or <#${gone.id}>`);
    await expectRefused(ask(maya, channel), `only in <#${allowed.id}>`);
    await expectMade(ask(anna, allowed), allowed);
    await set({ channelIds: [allowed.id], results: 'thread' });
    await ask(anna, allowed, 'in a thread of its own').reply();
    const thread = await discord.until(() => discord.threads(allowed)[0]);
    await world.untilClipCards(2, thread);
    await expectMade(ask(anna, thread, 'asked for in a thread'), thread);
  });

  it('roles: only their members; a role that was removed does no harm; everybody is a role', async () => {
    const { anna, ben, channel, guild } = world;
    const singers = guild.addRole({ name: 'Singers' });
    guild.addMember(anna.user, { roles: [singers] });
    await set({ roleIds: [singers.id, '111111111111111111'] });
    await expectRefused(ask(ben, channel), `the role <@&${singers.id}> or <@&111111111111111111>`);
    await expectMade(ask(anna, channel), channel);
    guild.addMember(anna.user, { roles: [] });
    await expectRefused(ask(anna, channel), 'only members with the role');
    await set({ roleIds: [guild.id] });
    await expectMade(ask(ben, channel), channel);
  });

  it('operations that are switched off: by command, by button, by form and by question', async () => {
    const { anna, channel } = world;
    await set({});
    const [song] = await expectMade(ask(anna, channel), channel);
    const form = await anna.press(song, 'Cover').modal();
    const question = await anna.press(song, 'Stems').reply();
    await set({ offOperations: ['stems-full', 'cover', 'create'] });
    await expectRefused(ask(anna, channel), 'Create is switched off');
    await expectRefused(anna.submit(form, { Tags: 'jazz' }), 'Cover is switched off');
    await expectRefused(anna.press(question, 'Full'), 'Stems (full) is switched off');
    const basic = await anna.press(question, 'Basic').reply();
    expect(basic.ephemeral, basic.text).toBe(false);
  });

  it('words: whole ones, however they are written, in every text, and what was typed is kept', async () => {
    const { anna, channel } = world;
    await set({});
    const [song] = await expectMade(ask(anna, channel), channel);
    const form = await anna.press(song, 'Extend').modal();
    await set({ blockedWords: ['Größe', 'red wine'] });
    await expectRefused(ask(anna, channel, 'a song of GRÖSSE'), '"Größe"');
    await expectRefused(
      anna.command(channel, 'create', { prompt: 'a song', tags: 'calm', title: 'Red  Wine!' }),
      '"red wine"',
    );
    const refused = anna.submit(form, { Lyrics: 'one line\nof red wine\nand more' });
    await expectRefused(refused, 'does not want the word "red wine"');
    const kept = await anna.press(await refused.reply(), 'Edit').modal();
    expect(kept.fields.map(({ value }) => value)).toContain('one line\nof red wine\nand more');
    await expectMade(ask(anna, channel, 'größer than red and white wine'), channel);
  });

  it('explicit words: only where Discord says that the channel is age-restricted', async () => {
    const { anna, channel, guild } = world;
    const late = guild.addChannel({ name: 'late-night', nsfw: true });
    await set({ explicit: 'age-restricted' });
    await expectRefused(ask(anna, channel, 'a fucking loud song'), '"fucking", only in channels that are');
    await expectMade(ask(anna, late, 'a fucking loud song'), late);
    await set({ explicit: 'age-restricted', results: 'thread' });
    await ask(anna, late, 'a fucking quiet song').reply();
    const thread = await world.discord.until(() => world.discord.threads(late)[0]);
    await world.untilClipCards(2, thread);
    // A thread does not say what its channel is; after a minute it is asked for.
    world.advance(61_000);
    await expectMade(ask(anna, thread, 'a fucking quiet song in a thread'), thread);
    await set({});
    await expectMade(ask(anna, channel, 'a fucking loud song'), channel);
  });

  it('buttons: whoever asked, or members with a role; hearts and commands are everybody’s', async () => {
    const { anna, ben, channel, guild } = world;
    await set({});
    const [song] = await expectMade(ask(anna, channel), channel);
    const clip = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    await set({ pressers: 'requester' });
    for (const label of ['Extend', 'Cover', 'Stems', 'More']) {
      const word = await ben.press(song, label).reply();
      expect(word.ephemeral).toBe(true);
      expect(word.text).toContain(`only <@${anna.user.id}>, who asked for this`);
    }
    ben.press(song, '0');
    await world.discord.until(() => song.buttons.some(({ label }) => label === '1'));
    expect((await ben.command(channel, 'stems', { clip }).reply()).text).toContain('Basic');
    await anna.press(song, 'Extend').modal();

    const band = guild.addRole({ name: 'Band' });
    await set({ pressers: 'roles', presserRoleIds: [band.id] });
    expect((await ben.press(song, 'Cover').reply()).text).toContain(`members with the role <@&${band.id}>`);
    guild.addMember(ben.user, { roles: [band] });
    await ben.press(song, 'Cover').modal();
    await anna.press(song, 'Cover').modal();
    guild.addMember(ben.user, { roles: [] });
  });

  it('buttons of a task that failed are its requester’s too', async () => {
    const { anna, ben, channel, discord } = world;
    await set({ pressers: 'requester' });
    world.musicApi.nextTask('fail');
    const failed = await ask(anna, channel, 'this one fails').reply();
    await discord.until(() => failed.buttons.some(({ label }) => label === 'Try again'));
    const word = await untilPrivate(world, ben.press(failed, 'Try again'));
    expect(word.text).toContain(`only <@${anna.user.id}>`);
    expect((await ben.press(failed, 'Edit').reply()).text).toContain(`only <@${anna.user.id}>`);
    const again = await anna.press(failed, 'Try again').reply();
    expect(again.ephemeral).toBe(false);
    await untilSays(world, again, 'Done');
  });

  it('that cannot be read let nothing pass', async () => {
    const { anna, channel, guild } = world;
    await house.decide(async ({ store }) => {
      await store.db.updateTable('server_settings').set({ data: '{"pressers":"?"}' }).execute();
    });
    const reply = await ask(anna, channel, 'under rules that nobody can read').reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('Something went wrong on my side');
    expect(listPosts(world, 'rules that nobody can read')).toEqual([]);
    await house.decide(async ({ store }) => {
      await store.db.deleteFrom('server_settings').where('guild_id', '=', guild.id).execute();
    });
    await expectMade(ask(anna, channel), channel);
  });

  it('a budget of a role holds for its members, whichever way it was set, until it is taken away', async () => {
    const { anna, ben, channel, guild } = world;
    const guests = guild.addRole({ name: 'Guests' });
    guild.addMember(ben.user, { roles: [guests] });
    const deed = { guildId: guild.id, actorId: maya.user.id };
    const key = { holder: 'role', holderId: guests.id } as const;
    await house.decide(({ rules }) =>
      rules.setBudget(deed, { ...key, period: { kind: 'month' }, credits: 5 }),
    );
    const refused = await ask(ben, channel).reply();
    expect(refused.text).toContain(`by the role <@&${guests.id}>, is 5 credits per month`);
    await expectMade(ask(anna, channel), channel);
    await house.decide(({ rules }) => rules.removeBudget(deed, key));
    await expectMade(ask(ben, channel), channel);
    guild.addMember(ben.user, { roles: [] });
  });
});
