import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guild } from '../../sandbox/discord/guild.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { saveBudget } from '../../src/store/budgets.ts';
import { listPosts, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
let maya: Person;

function addManager(guild: Guild, name: string): Person {
  const user = world.discord.addUser({ name });
  guild.addMember(user, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild });
  return world.discord.as(user);
}

function addMember(name: string): Person {
  const user = world.discord.addUser({ name });
  world.guild.addMember(user);
  return world.discord.as(user);
}

/** The panel of **Members**, with a member chosen. */
async function openPanel(manager: Person, member: Person, channel = world.channel): Promise<Message> {
  const credits = await manager.command(channel, 'credits').reply();
  const panel = await manager.press(credits, 'Members').reply();
  manager.select(panel, 'Choose a member', [member.user.id]);
  await untilSays(world, panel, `<@${member.user.id}>`);
  return panel;
}

async function refusal(person: Person, channel = world.channel): Promise<string> {
  const reply = await person.command(channel, 'create', { prompt: 'one more' }).reply();
  expect(reply.ephemeral).toBe(true);
  return reply.text;
}

async function make(person: Person, channel = world.channel): Promise<void> {
  const before = world.clipCards(channel).length;
  const card = await person.command(channel, 'create', { prompt: 'a song' }).reply();
  expect(card.ephemeral, card.text).toBe(false);
  await world.untilClipCards(before + 2, channel);
}

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '20' } });
  maya = addManager(world.guild, 'Maya');
});
afterAll(() => world.close());

describe('/credits -> Members', () => {
  it('is there for managers and the operator only, and checks the right with every press', async () => {
    const { anna, mod, channel, discord } = world;
    for (const person of [anna, mod]) {
      const credits = await person.command(channel, 'credits').reply();
      expect(credits.buttons).toEqual([]);
    }
    const owner = discord.as(discord.owner);
    world.guild.addMember(discord.owner);
    expect((await owner.command(channel, 'credits').reply()).buttons.map(({ label }) => label)).toEqual([
      'Members',
    ]);
    const demoted = addManager(world.guild, 'Dora');
    const panel = await openPanel(demoted, anna);
    expect(panel.ephemeral).toBe(true);
    expect(panel.buttons.map(({ label }) => label)).toEqual(['Grant', 'Reset', 'Block', 'Unblock']);
    world.guild.addMember(demoted.user, { permissions: USUAL_PERMISSIONS });
    expect((await demoted.press(panel, 'Grant').reply()).text).toContain('Manage Server');
    for (const label of ['Reset', 'Block', 'Unblock']) {
      const word = await untilPrivate(world, demoted.press(panel, label));
      expect(word.text).toContain('Manage Server');
    }
    expect(panel.text).toContain('Not blocked');
  });

  it('a blocked member is refused on every way in, in one private sentence, until unblocked; also after a restart', async () => {
    const ben = addMember('Bo');
    const channel = openChannel(world, 'blocked');
    world.advance(25 * 60 * 60_000);
    await make(ben, channel);
    const [song] = world.clipCards(channel) as [Message];
    const question = await ben.press(song, 'Stems').reply();
    const panel = await openPanel(maya, ben);
    maya.press(panel, 'Block');
    await untilSays(world, panel, 'Blocked: cannot make songs here');
    const posts = listPosts(world).length;
    await world.stopBot();
    await world.startBot();

    expect(await refusal(ben, channel)).toBe(
      'You cannot make songs here: somebody who manages this server has blocked you. ' +
        'Nothing was spent; ask them to unblock you.',
    );
    const ways = [
      ben.press(question, 'Basic'),
      ben.press(song, 'Extend'),
      ben.press(song, 'Cover'),
      ben.press(song, 'Stems'),
      ben.command(channel, 'stems', { clip: 'some-clip-id' }),
      ben.command(channel, 'extend', { clip: 'some-clip-id', at: '1' }),
    ];
    for (const sent of ways) expect((await sent.reply()).text).toContain('has blocked you');
    expect(listPosts(world)).toHaveLength(posts);
    // What spends nothing still works.
    expect((await ben.command(channel, 'tasks').reply()).text).toContain('no open tasks');

    maya.press(panel, 'Unblock');
    await untilSays(world, panel, 'Not blocked');
    expect(await refusal(ben, channel)).toContain('20 used, 0 left');
  });

  it("a manager's grant and reset change the server's own budget and never the bot's; the operator's change both", async () => {
    const cleo = addMember('Cleo');
    const channel = openChannel(world, 'grants');
    await world.stopBot();
    const store = await world.openStore();
    await saveBudget(
      store.db,
      {
        accountId: OPERATOR_ACCOUNT,
        guildId: world.guild.id,
        holder: 'member',
        holderId: '',
        period: { kind: 'week' },
        credits: 10,
      },
      { by: maya.user.id, at: 0 },
    );
    await store.close();
    await world.startBot();
    const give = async (by: Person, amount: string, period: string) => {
      const panel = await openPanel(by, cleo);
      const form = await by.press(panel, 'Grant').modal();
      expect(form.fields.map(({ label }) => label)).toEqual(['Amount', 'Period']);
      return { panel, sent: by.submit(form, { Amount: amount, Period: period }) };
    };

    expect(await refusal(cleo, channel)).toContain('Your budget in this server is 10 credits per week');
    const wrong = await give(maya, 'many', 'fortnight');
    expect((await wrong.sent.reply()).text).toContain('Amount is a whole number');
    const { panel } = await give(maya, '500', 'month');
    await untilSays(world, panel, 'Granted: 500 credits per month (UTC)');
    await make(cleo, channel);
    // The manager's grant goes up to the limit of the bot, and not above.
    expect(await refusal(cleo, channel)).toContain('Your budget is 20 credits in any 24 hours');
    maya.press(panel, 'Reset');
    await untilSays(world, panel, 'Reset:');
    expect(await refusal(cleo, channel)).toContain('Your budget is 20 credits in any 24 hours');

    const owner = world.discord.as(world.discord.owner);
    const byOwner = await give(owner, '40', '48h');
    await untilSays(world, byOwner.panel, 'Granted: 40 credits in any 48 hours');
    await make(cleo, channel);
    const told = await cleo.command(channel, 'credits').reply();
    expect(told.text).toContain('You, granted by the operator, in any 48 hours: 40 credits of 40 used');
    expect(await refusal(cleo, channel)).toContain('40 used, 0 left');
    owner.press(byOwner.panel, 'Reset');
    await untilSays(world, byOwner.panel, 'Reset:');
    await make(cleo, channel);
  });

  it('a manager of another server decides nothing here, and each act is written down', async () => {
    const { anna } = world;
    const other = world.discord.addGuild({ name: 'Elsewhere' });
    const there = other.addChannel({ name: 'songs-too' });
    other.addMember(anna.user);
    const stranger = addManager(other, 'Sten');
    const panel = await openPanel(stranger, anna, there);
    stranger.press(panel, 'Block');
    await untilSays(world, panel, 'Blocked: cannot');
    expect(await refusal(anna, there)).toContain('has blocked you');
    expect(await refusal(anna)).toContain('Your budget in this server is 10 credits per week');

    await world.stopBot();
    const store = await world.openStore();
    const acts = await store.db.selectFrom('audit').selectAll().orderBy('at').execute();
    await store.close();
    expect(acts.map(({ guild_id, actor_id, act }) => [guild_id, actor_id, act])).toEqual([
      [world.guild.id, maya.user.id, 'block'],
      [world.guild.id, maya.user.id, 'unblock'],
      [world.guild.id, maya.user.id, 'grant'],
      [world.guild.id, maya.user.id, 'reset'],
      [world.guild.id, world.discord.owner.id, 'grant'],
      [world.guild.id, world.discord.owner.id, 'reset'],
      [other.id, stranger.user.id, 'block'],
    ]);
    expect(acts[2]).toMatchObject({ detail: '500 credits per month (UTC)' });
  });
});
