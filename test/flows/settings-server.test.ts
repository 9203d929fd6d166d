import { randomBytes } from 'node:crypto';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { USUAL_PERMISSIONS } from '../../sandbox/discord/permissions.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const SERVERS_KEY = 'the-servers-own-musicapi-key';

let world: TestWorld;
let maya: Person;

function addManager(name: string, locale = 'en-US'): Person {
  const user = world.discord.addUser({ name, locale });
  world.guild.addMember(user, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild });
  return world.discord.as(user);
}

/** The panel with one section open. */
async function open(section: string, manager = maya): Promise<Message> {
  const panel = await manager.command(world.channel, 'settings server').reply();
  return await go(panel, section, manager);
}

async function go(panel: Message, section: string, manager = maya): Promise<Message> {
  manager.select(panel, 'What do you want to change?', [section]);
  await untilSays(world, panel, `**${section}**`);
  return panel;
}

/** Chooses, and waits for what the panel then says. */
async function choose(panel: Message, menu: string, values: readonly string[], says: string) {
  maya.select(panel, menu, values);
  await untilSays(world, panel, says);
}

const ask = (person: Person, channel: Channel, prompt = 'a song') =>
  person.command(channel, 'create', { prompt }).reply();

async function expectRefused(person: Person, channel: Channel, words: string, prompt?: string) {
  const reply = await ask(person, channel, prompt);
  expect(reply.ephemeral, reply.text).toBe(true);
  expect(reply.text).toContain(words);
}

async function expectMade(person: Person, channel: Channel, prompt?: string): Promise<Message> {
  const before = world.clipCards(channel).length;
  const card = await ask(person, channel, prompt);
  expect(card.ephemeral, card.text).toBe(false);
  const [song] = (await world.untilClipCards(before + 2, channel)).slice(before);
  return song as Message; // there are two
}

async function audit() {
  const { guild } = world;
  await world.stopBot();
  const store = await world.openStore();
  try {
    const rows = await store.db.selectFrom('audit').selectAll().orderBy('id').execute();
    return rows.filter(({ guild_id }) => guild_id === guild.id);
  } finally {
    await store.close();
    await world.startBot();
  }
}

beforeAll(async () => {
  world = await startQuickWorld({
    env: {
      BUDGET_MEMBER_DAY: 'unlimited',
      BUDGET_SERVER_DAY: '2000',
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    },
  });
  world.musicApi.addKey({ key: SERVERS_KEY, credits: 500 });
  maya = addManager('Maya');
});
afterAll(() => world.close());

describe('/settings server', () => {
  it('shows everything that holds, in words, to those who manage the server and to nobody else', async () => {
    const { anna, mod, channel, discord } = world;
    const panel = await maya.command(channel, 'settings server').reply();
    expect(panel.ephemeral).toBe(true);
    expect(panel.embeds[0]?.description?.split('\n')).toEqual([
      '**Songs:** may be asked for',
      '**Channels:** everywhere',
      '**Roles:** everybody',
      '**Switched off:** nothing',
      '**Engine:** none set, so sonic',
      '**Model:** none set, so the usual one of the engine',
      '**Buttons:** anyone may press',
      '**Results:** in the channel',
      '**Explicit words:** everywhere',
      '**Budgets:** none of its own; while its operator pays, the bot allows a member unlimited and a server 2,000 credits in any 24 hours',
      '**Blocked words:** nothing',
      '**Blocked members:** nobody',
      '**Texts of requests are kept:** until whoever typed them deletes them',
      '**Language:** as Discord says',
      '**Own MusicAPI key:** none, so the operator of this bot pays',
    ]);
    for (const person of [anna, mod]) {
      const reply = await person.command(channel, 'settings server').reply();
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain('Only members with the permission Manage Server');
      expect(reply.selects).toEqual([]);
    }
    const dm = discord.openDm(maya.user);
    expect((await maya.command(dm, 'settings server').reply()).text).toContain('belong to a server');
  });

  it('opens every section in the same message, in what Discord accepts', async () => {
    const panel = await maya.command(world.channel, 'settings server').reply();
    const menu = panel.selects[0];
    expect(menu?.options).toHaveLength(14);
    for (const { label } of menu?.options ?? []) {
      await go(panel, label);
      expect(panel.selects[0]?.chosen).toHaveLength(1);
    }
    expect(world.discord.messages(world.channel).filter(({ id }) => id === panel.id)).toHaveLength(1);
  });

  it('checks the right with every press', async () => {
    const dora = addManager('Dora');
    const pause = await open('Pause', dora);
    const words = await open('Blocked words', dora);
    const form = await dora.press(words, 'Change the list').modal();
    world.guild.addMember(dora.user, { permissions: USUAL_PERMISSIONS });
    const tried: Sent[] = [
      dora.press(pause, 'Pause'),
      dora.press(words, 'Change the list'),
      dora.select(pause, 'What do you want to change?', ['Channels']),
      dora.submit(form, { 'Words and phrases': 'rain' }),
    ];
    for (const sent of tried) {
      expect((await sent.reply()).text).toContain('Only members with the permission Manage Server');
    }
    expect((await open('Blocked words')).text).toContain('**Blocked words:** nothing');
  });

  it('pause: from the next request on, until it goes on', async () => {
    const { anna, channel } = world;
    const panel = await maya.command(channel, 'settings server').reply();
    maya.press(panel, 'Pause');
    await untilSays(
      world,
      panel,
      'Changed. **Songs:** paused; only members with the permission Manage Server may ask (before: may be asked for).',
    );
    await expectRefused(anna, channel, 'paused in this server');
    maya.press(panel, 'Go on');
    await untilSays(world, panel, '**Songs:** may be asked for (before: paused');
    await expectMade(anna, channel);
  });

  it('channels: chosen ones; a deleted one is shown as gone, and one press takes it off', async () => {
    const { anna, channel, discord } = world;
    const [allowed, gone] = [openChannel(world, 'allowed'), openChannel(world, 'gone')];
    const panel = await open('Channels');
    const menu = 'Channels in which songs may be asked for';
    const both = `Changed. **Channels:** <#${allowed.id}> and <#${gone.id}> (before: everywhere).`;
    await choose(panel, menu, [allowed.id, gone.id], both);
    expect(panel.selects[1]?.chosen).toEqual([allowed.id, gone.id]);
    await expectRefused(anna, channel, `only in <#${allowed.id}>`);
    await expectMade(anna, allowed);

    discord.deleteChannel(gone);
    await go(panel, 'Channels');
    await untilSays(world, panel, `<#${allowed.id}> and a channel that was deleted (${gone.id})`);
    expect(panel.selects[1]?.chosen).toEqual([allowed.id]);
    maya.press(panel, 'Remove what is gone');
    await untilSays(world, panel, `Changed. **Channels:** <#${allowed.id}> (before: <#${allowed.id}> and`);
    expect(panel.findButton('Remove what is gone')).toBeUndefined();

    discord.deleteChannel(allowed);
    await go(panel, 'Channels');
    await untilSays(world, panel, 'None of these channels exists any more, so nobody can ask for anything');
    await expectRefused(anna, channel, 'lets songs be asked for only in');
    maya.press(panel, 'Remove what is gone');
    await untilSays(world, panel, '**Channels:** everywhere (before: a channel that was deleted');
    await expectMade(anna, channel);
  });

  it('roles: chosen ones; a removed one is shown as gone, and one press takes it off', async () => {
    const { anna, ben, channel, guild } = world;
    const [singers, gone] = [guild.addRole({ name: 'Singers' }), guild.addRole({ name: 'Gone' })];
    guild.addMember(anna.user, { roles: [singers] });
    const panel = await open('Roles');
    await choose(panel, 'Roles that may ask for songs', [singers.id, gone.id], '(before: everybody)');
    await expectRefused(ben, channel, `only members with the role <@&${singers.id}>`);
    await expectMade(anna, channel);
    guild.removeRole(gone);
    await go(panel, 'Roles');
    await untilSays(world, panel, `a role that was removed (${gone.id})`);
    maya.press(panel, 'Remove what is gone');
    await untilSays(world, panel, `Changed. **Roles:** <@&${singers.id}> (before:`);
    await choose(panel, 'Roles that may ask for songs', [], '**Roles:** everybody (before:');
    await expectMade(ben, channel);
    guild.addMember(anna.user, { roles: [] });
  });

  it('operations: every one can be switched off, with its price beside it', async () => {
    const { anna, channel } = world;
    const song = await expectMade(anna, channel);
    const panel = await open('Operations');
    const [, songs, tools] = panel.selects;
    expect(tools?.options.find(({ label }) => label === 'Stems (full)')?.description).toBe('75 credits');
    expect([...(songs?.options ?? []), ...(tools?.options ?? [])]).toHaveLength(26);
    await choose(panel, 'Switched off: files and tools', ['Stems (full)'], '**Switched off:** Stems (full)');
    await choose(panel, 'Switched off: songs', ['Cover'], 'Stems (full) and Cover (before: Stems (full))');
    const cover = await anna.press(song, 'Cover').modal();
    expect((await anna.submit(cover, { Tags: 'jazz' }).reply()).text).toContain('Cover is switched off');
    const question = await anna.press(song, 'Stems').reply();
    expect((await anna.press(question, 'Full').reply()).text).toContain('Stems (full) is switched off');
    await choose(panel, 'Switched off: songs', [], '**Switched off:** Stems (full) (before:');
    await choose(panel, 'Switched off: files and tools', [], '**Switched off:** nothing (before:');
    expect((await anna.submit(cover, { Tags: 'jazz' }).reply()).ephemeral).toBe(false);
  });

  it('engine and model: for new songs that name none; the model leaves with its engine', async () => {
    const { anna, channel } = world;
    const panel = await open('Engine and model');
    expect(panel.selects).toHaveLength(2);
    await choose(panel, 'Engine', ['sonic'], 'Changed. **Engine:** sonic (before: none set, so sonic).');
    await choose(panel, 'Model', ['sonic-v6-mini'], '**Model:** sonic-v6-mini (before: none set');
    await expectMade(anna, channel, 'by the model of the server');
    expect(listPosts(world, 'by the model of the server')[0]?.body).toMatchObject({ mv: 'sonic-v6-mini' });
    await choose(panel, 'Engine', ['producer'], 'Changed. **Engine:** producer (before: sonic).');
    expect(panel.text).toContain(
      '**Model:** none set, so the usual one of the engine (before: sonic-v6-mini)',
    );
    await choose(panel, 'Engine', ['-'], '**Engine:** none set, so sonic (before: producer).');
  });

  it('buttons: who may press them besides whoever asked', async () => {
    const { anna, ben, channel, guild } = world;
    const song = await expectMade(anna, channel);
    const band = guild.addRole({ name: 'Band' });
    const panel = await open('Buttons');
    await choose(panel, 'Who may press', ['requester'], 'only whoever asked may press (before: anyone');
    expect((await ben.press(song, 'Cover').reply()).text).toContain(`only <@${anna.user.id}>`);
    await choose(
      panel,
      'Roles that may press',
      [band.id],
      `**Roles that may press buttons:** <@&${band.id}>`,
    );
    expect(panel.text).toContain('**Buttons:** whoever asked and certain roles may press (before: only');
    expect((await ben.press(song, 'Cover').reply()).text).toContain(`members with the role <@&${band.id}>`);
    guild.addMember(ben.user, { roles: [band] });
    await ben.press(song, 'Cover').modal();
    guild.removeRole(band);
    await go(panel, 'Buttons');
    await untilSays(world, panel, `a role that was removed (${band.id})`);
    maya.press(panel, 'Remove what is gone');
    await untilSays(world, panel, '**Roles that may press buttons:** none (before:');
    await choose(panel, 'Who may press', ['anyone'], '**Buttons:** anyone may press (before:');
    await ben.press(song, 'Cover').modal();
  });

  it('results, explicit words and the language of everything that all see', async () => {
    const { anna, channel, discord } = world;
    const panel = await open('Results');
    await choose(panel, 'Where songs go', ['thread'], '**Results:** in a thread for each request (before:');
    await ask(anna, channel, 'in a thread of its own');
    const thread = await discord.until(() => discord.threads(channel).at(-1));
    await world.untilClipCards(2, thread);
    await choose(panel, 'Where songs go', ['channel'], '**Results:** in the channel (before:');

    await go(panel, 'Explicit words');
    await choose(
      panel,
      'Where they may stand',
      ['age-restricted'],
      'only in channels that are age-restricted',
    );
    await expectRefused(anna, channel, 'explicit words', 'a fucking loud song');
    await choose(panel, 'Where they may stand', ['anywhere'], '**Explicit words:** everywhere (before:');

    await go(panel, 'Language');
    await choose(panel, 'Language', ['Deutsch'], 'Changed. **Language:** Deutsch (before: as Discord says).');
    const card = await ask(anna, channel, 'auf Deutsch');
    await untilSays(world, card, 'Fertig');
    await choose(panel, 'Language', ['as Discord says'], '**Language:** as Discord says (before: Deutsch).');
  });

  it('how long texts are kept', async () => {
    const panel = await open('Keeping texts');
    await choose(
      panel,
      'How long',
      ['for 30 days'],
      '**Texts of requests are kept:** for 30 days (before: until',
    );
    expect(panel.selects[1]?.chosen).toEqual(['30']);
    await choose(panel, 'How long', ['-'], '(before: for 30 days)');
  });

  it('budgets: of members, of a role that may be removed, and of all together', async () => {
    const { ben, channel, guild } = world;
    const guests = guild.addRole({ name: 'Guests' });
    guild.addMember(ben.user, { roles: [guests] });
    const panel = await open('Budgets');
    const form = await maya.select(panel, 'Set the budget of a role', [guests.id]).modal();
    for (const bad of [
      { Amount: 'abc', says: 'Amount is a whole number' },
      { Amount: '-5', says: 'Amount is a whole number' },
      { Amount: '5', Period: 'fortnight', says: 'Period is day, week, month' },
    ]) {
      const { says, ...typed } = bad;
      const reply = await maya.submit(form, typed).reply();
      expect(reply.text).toContain(says);
      expect(reply.ephemeral).toBe(true);
    }
    expect(panel.text).toContain('**Budgets:** none of its own');
    maya.submit(form, { Amount: '5', Period: 'week' });
    const amount = '5 credits per week (from Monday, UTC)';
    await untilSays(world, panel, `**Budget, each with <@&${guests.id}>:** ${amount} (before: none).`);
    await expectRefused(ben, channel, `by the role <@&${guests.id}>, is 5 credits per week`);

    const again = await maya.select(panel, 'Set the budget of a role', [guests.id]).modal();
    expect(again.fields.map(({ value }) => value)).toEqual(['5', 'week']);
    maya.submit(again, { Amount: 'unlimited' });
    await untilSays(world, panel, `unlimited (before: ${amount}).`);
    await expectMade(ben, channel);

    guild.removeRole(guests);
    await go(panel, 'Budgets');
    await untilSays(world, panel, `- each with a role that was removed (${guests.id}): unlimited`);
    const label = `each with a role that was removed (${guests.id}): unlimited`;
    await choose(panel, 'Take a budget away', [label], ':** none (before: unlimited).');
    expect(panel.text).toContain('**Budgets:** none of its own');

    for (const [button, says] of [
      ['Every member', 'Your budget in this server is 12 credits'],
      ['All together', "This server's own budget is 12 credits"],
    ] as const) {
      const typed = await maya.press(panel, button).modal();
      maya.submit(typed, { Amount: '12', Period: '12 hours' });
      await untilSays(world, panel, '12 credits in any 12 hours (before: none).');
      await expectRefused(ben, channel, says);
      await choose(
        panel,
        'Take a budget away',
        [panel.selects[2]?.options[0]?.value ?? ''],
        ':** none (before:',
      );
    }
  });

  it('blocked words: a whole list at once, and none where something of it cannot be', async () => {
    const { anna, channel } = world;
    const panel = await open('Blocked words');
    const form = await maya.press(panel, 'Change the list').modal();
    const many = Array.from({ length: 3_000 }, (_, index) => String.fromCodePoint(0x4e00 + index));
    const [half, rest] = [many.slice(0, 1_500).join('\n'), many.slice(1_500).join('\n')];
    const tooMany = maya.submit(form, { 'Words and phrases': half, 'More words and phrases': rest });
    expect((await tooMany.reply()).text).toContain('at most 200 words. Nothing was changed.');
    expect((await tooMany.reply()).fileNames).toHaveLength(1);
    const wrong = await maya.submit(form, { 'Words and phrases': 'rain\n!!!' }).reply();
    expect(wrong.text).toContain('has neither letters nor digits');
    expect(panel.text).toContain('**Blocked words:** nothing');

    maya.submit(form, { 'Words and phrases': ' rain \n\nred wine\nRain**y**' });
    await untilSays(world, panel, 'Added: 3 words: rain, red wine and Rain');
    await expectRefused(anna, channel, 'does not want the word "rain"', 'songs about rain');
    const next = await maya.press(panel, 'Change the list').modal();
    expect(next.fields[0]?.value).toBe('rain\nred wine\nRain**y**');
    maya.submit(next, { 'Words and phrases': 'red wine' });
    await untilSays(world, panel, 'Added: nothing. Removed: 2 words: rain and Rain');
    await expectMade(anna, channel, 'songs about rain');

    const long = Array.from({ length: 150 }, (_, index) => `${index}${'x'.repeat(90)}`);
    const third = await maya.press(panel, 'Change the list').modal();
    const filled = { 'words-0': long.slice(0, 40).join('\n'), 'words-1': long.slice(40, 80).join('\n') };
    maya.submit(third, filled);
    await untilSays(world, panel, '**Blocked words:** 80 words');
    const fourth = await maya.press(panel, 'Change the list').modal();
    expect(fourth.fields.map(({ value }) => String(value).length > 0)).toEqual([true, true, false]);
    maya.submit(fourth, { 'words-0': '', 'words-1': '' });
    await untilSays(world, panel, '**Blocked words:** nothing. Added: nothing.');
  });

  it('blocked members are named, and the panel that decides about them is one press away', async () => {
    const { ben } = world;
    const panel = await open('Blocked members');
    const members = await maya.press(panel, 'Members').reply();
    maya.select(members, 'Choose a member', [ben.user.id]);
    await untilSays(world, members, 'Not blocked');
    maya.press(members, 'Block');
    await untilSays(world, members, 'Blocked: cannot make songs here');
    await go(panel, 'Blocked members');
    await untilSays(world, panel, `**Blocked members:** 1 member: <@${ben.user.id}>`);
    maya.press(members, 'Unblock');
    await untilSays(world, members, 'Not blocked');
  });

  it('overwrites nothing of what somebody else has changed meanwhile, and shows what is true', async () => {
    const nora = addManager('Nora');
    const [mine, hers] = [await open('Results'), await open('Results', nora)];
    await choose(mine, 'Where songs go', ['thread'], '**Results:** in a thread for each request (before:');
    nora.select(hers, 'Where songs go', ['direct-message']);
    await untilSays(world, hers, 'Somebody has changed this since you were shown it');
    expect(hers.text).toContain('**Results:** in a thread for each request');
    expect(hers.selects[1]?.chosen).toEqual(['thread']);
    nora.select(hers, 'Where songs go', ['thread']);
    await untilSays(world, hers, 'Nothing was changed: it is like that already.');
    nora.select(hers, 'Where songs go', ['channel']);
    await untilSays(world, hers, '**Results:** in the channel (before: in a thread');

    const [words, form] = [await open('Blocked words'), await open('Blocked words', nora)];
    const typed = await nora.press(form, 'Change the list').modal();
    maya.submit(await maya.press(words, 'Change the list').modal(), { 'Words and phrases': 'rain' });
    await untilSays(world, words, 'Added: 1 word: rain');
    nora.submit(typed, { 'Words and phrases': 'snow' });
    await untilSays(world, form, 'Somebody has changed this since you were shown it');
    expect(form.text).toContain('**Blocked words:** 1 word: rain');
    maya.submit(await maya.press(words, 'Change the list').modal(), { 'Words and phrases': '' });
    await untilSays(world, words, 'Removed: 1 word: rain');

    const [budget, other] = [await open('Budgets'), await open('Budgets', nora)];
    const hersToo = await nora.press(other, 'All together').modal();
    maya.submit(await maya.press(budget, 'All together').modal(), { Amount: '500' });
    await untilSays(world, budget, '500 credits per day (UTC) (before: none)');
    nora.submit(hersToo, { Amount: '100' });
    await untilSays(world, other, 'Somebody has changed this since you were shown it');
    expect(other.text).toContain('- all together: 500 credits per day (UTC)');
    await choose(budget, 'Take a budget away', ['server'], ':** none (before: 500');
    nora.select(other, 'Take a budget away', ['server']);
    await untilSays(world, other, '**Budgets:** none of its own');
    expect(other.text).toContain('Somebody has changed this');
  });

  it('own key: checked, never shown, pays from the next request on, until it is removed', async () => {
    const { anna, channel } = world;
    const panel = await open('Own MusicAPI key');
    expect(panel.text).toContain('With a key of its own the server pays for what is asked for here');
    const form = await maya.press(panel, 'Set a key').modal();
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([['Key', '']]);
    const refused = await maya.submit(form, { Key: 'nobody-knows-this-key' }).reply();
    expect(refused.text).toContain('MusicAPI does not take this key');
    expect(refused.text).toContain('Nothing was stored');
    expect(refused.fileNames).toEqual([]);
    expect(panel.text).toContain('**Own MusicAPI key:** none, so the operator of this bot pays');

    maya.submit(form, { Key: SERVERS_KEY });
    await untilSays(world, panel, 'MusicAPI has taken the key. Balance: 500 credits.');
    expect(panel.text).toContain(`**Own MusicAPI key:** set by <@${maya.user.id}>`);
    await expectMade(anna, channel, 'paid by the server');
    expect(listPosts(world, 'paid by the server')[0]?.key).toBe(SERVERS_KEY);

    const replace = await maya.press(panel, 'Replace it').modal();
    expect(replace.fields.map(({ value }) => value)).toEqual(['']);
    maya.submit(replace, { Key: SERVERS_KEY });
    await untilSays(world, panel, 'the one before is gone. Balance: 480 credits.');
    maya.submit(replace, { Key: SERVERS_KEY });
    await untilSays(world, panel, 'Somebody has changed this since you were shown it');
    expect(panel.text).toContain('Removing it ends what waits in the queue with it');

    world.musicApi.nextTask('never');
    await ask(anna, channel, 'still being made');
    const running = await world.discord.until(() => listPosts(world, 'still being made')[0]);
    expect(running.key).toBe(SERVERS_KEY);
    const songs = world.clipCards(channel).length;
    const notYet = await maya.press(panel, 'Remove it').reply();
    expect(notYet.text).toContain('1 song is being made with it: try again when it is finished.');
    expect(notYet.ephemeral).toBe(true);
    expect(panel.text).toContain(`**Own MusicAPI key:** set by <@${maya.user.id}>`);
    world.musicApi.setTask(world.musicApi.tasks.at(-1)?.taskId ?? '', []);
    await world.untilClipCards(songs + 2, channel);
    maya.press(panel, 'Remove it');
    await untilSays(world, panel, 'The key was removed.');
    await expectMade(anna, channel, 'paid by the operator');
    expect(listPosts(world, 'paid by the operator')[0]?.key).toBe(world.musicApi.key);
    expect(JSON.stringify(world.log)).not.toContain(SERVERS_KEY);
    expect(world.discord.describe()).not.toContain(SERVERS_KEY);
  });

  it('speaks German to a German manager, also where something cannot be', async () => {
    const dieter = addManager('Dieter', 'de');
    const panel = await dieter.command(world.channel, 'einstellungen server').reply();
    expect(panel.text).toContain('**Kanäle:** überall');
    dieter.select(panel, 'Was willst du ändern?', ['Budgets']);
    await untilSays(world, panel, 'Solange der Betreiber dieses Bots zahlt, gelten auch seine Grenzen');
    const form = await dieter.press(panel, 'Alle zusammen').modal();
    const refused = await dieter.submit(form, { Menge: 'viele', Zeitraum: 'Woche' }).reply();
    expect(refused.text).toContain('Die Menge ist eine ganze Zahl');
    dieter.submit(form, { Menge: '1500', Zeitraum: 'Woche' });
    await untilSays(world, panel, 'Geändert. **Budget, alle zusammen:** 1.500 Credits');
    dieter.select(panel, 'Ein Budget wegnehmen', ['server']);
    await untilSays(world, panel, ':** keins (vorher: 1.500 Credits');
    world.guild.addMember(dieter.user, { permissions: USUAL_PERMISSIONS });
    const word = await dieter.press(panel, 'Alle zusammen').reply();
    expect(word.text).toContain('Nur wer diesen Server verwalten darf');
    expect(word.text).toContain('/einstellungen ich');
  });

  it('works where the bot is no member, and takes for there what it is not told of', async () => {
    const { discord } = world;
    const guild = discord.addGuild({ name: 'Elsewhere', installed: false });
    const [channel, other] = [guild.addChannel({ name: 'songs' }), guild.addChannel({ name: 'other' })];
    const user = discord.addUser({ name: 'Ida', installsApp: true });
    guild.addMember(user, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.ManageGuild });
    const ida = discord.as(user);
    const panel = await ida.command(channel, 'settings server').reply();
    await go(panel, 'Channels', ida);
    ida.select(panel, 'Channels in which songs may be asked for', [other.id]);
    await untilSays(world, panel, `Changed. **Channels:** <#${other.id}> (before: everywhere).`);
    expect(panel.selects[1]?.chosen).toEqual([]);
    expect(panel.findButton('Remove what is gone')).toBeUndefined();
    await expectRefused(ida, channel, `only in <#${other.id}>`);
    ida.select(panel, 'Channels in which songs may be asked for', []);
    await untilSays(world, panel, `**Channels:** everywhere (before: <#${other.id}>).`);
  });

  it('writes every change down: who, what, from what to what', async () => {
    const rows = await audit();
    const told = rows.map(({ actor_id, act, target_id, detail }) => [actor_id, act, target_id, detail]);
    expect(told).toContainEqual([maya.user.id, 'setting', 'isPaused', 'false -> true']);
    expect(told).toContainEqual([maya.user.id, 'setting', 'offOperations', '[] -> ["stems-full"]']);
    expect(told).toContainEqual([maya.user.id, 'setting', 'language', 'not set -> "de"']);
    expect(told.filter(([, act]) => act === 'key').map(([, , , detail]) => detail)).toEqual([
      'set',
      'replaced',
      'removed',
    ]);
    expect(told.filter(([, act]) => act === 'budget').length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toContain(SERVERS_KEY);
  });
});

describe('/settings server without ENCRYPTION_KEY', () => {
  it('explains how own keys are switched on, and offers no form', async () => {
    await world.stopBot();
    await world.startBot({ ENCRYPTION_KEY: '' });
    const panel = await open('Own MusicAPI key');
    expect(panel.text).toContain('has to set ENCRYPTION_KEY to 32 random bytes');
    expect(panel.buttons).toEqual([]);
  });
});
