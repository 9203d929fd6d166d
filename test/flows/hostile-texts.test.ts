import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const MASKED_LINK = '[free credits](https://example.com/phish)';
const RIGHT_TO_LEFT = '\u202Egpj.exe\u202C\u200F';
const EMOJI = '\u{1F3B8}';

/** MusicAPI takes offence at one of them, as it may. */
const EXPECTED = ['task changed', 'MusicAPI was called'];

/** Everything that a text could do to a channel. */
function nasty(world: TestWorld, roleId: string): string {
  const { ben, channel } = world;
  return [
    '@everyone @here',
    `<@${ben.user.id}> <@!${ben.user.id}> <@&${roleId}> <#${channel.id}>`,
    '```js\nalert(1)\n``` `x` **b** ||spoiler|| > quote # big',
    MASKED_LINK,
    '</create:123456789012345678> <t:0:R> <a:e:123456789012345678>',
    RIGHT_TO_LEFT,
    `${EMOJI}\u0301\u200D\u200B\uFEFF`,
  ].join('\n');
}

describe('texts that want to be more than texts', () => {
  let world: TestWorld;
  let roleId: string;
  beforeAll(async () => {
    world = await startQuickWorld({
      env: { BUDGET_MEMBER_DAY: 'unlimited' },
    });
    const { guild, ben, mod } = world;
    const role = guild.addRole({ name: 'Listeners', mentionable: true });
    roleId = role.id;
    guild.addMember(ben.user, { roles: [role] });
    guild.addMember(mod.user, { roles: [role] });
  });
  afterAll(() => world.close());

  /** The worst case: a channel in which the bot itself could ping everybody. */
  const openChannel = (name: string) => world.guild.addChannel({ name, botPermissions: ['Administrator'] });

  /** Nobody but the requester was pinged, and no text became more than a text. */
  function expectHarmless(messages: readonly Message[], requesterId: string): void {
    for (const message of messages) {
      expect(message.pinged.filter((id) => id !== requesterId)).toEqual([]);
      expect(message.text).not.toContain(MASKED_LINK);
      expect(message.text).not.toMatch(/@everyone|@here|(?<!\\)<(?:@[&!]|#|\/|a:)/);
      expect(message.text).not.toMatch(new RegExp(`(?<!\\\\)<@!?${world.ben.user.id}>`));
      expect(message.text).not.toMatch(/[\u202A-\u202E\u200F\uFEFF]/);
      expect(message.text).not.toContain('```');
    }
  }

  const fromBot = (channel = world.channel) =>
    world.discord.messages(channel).filter(({ author }) => author.id === world.discord.botUser.id);

  it('shows them as they are, on every card of a song', async () => {
    const { anna, discord, musicApi } = world;
    const text = nasty(world, roleId);
    const title = `@everyone ${EMOJI} <@${world.ben.user.id}> ${RIGHT_TO_LEFT}`;
    const channel = openChannel('create');
    const sent = anna.command(channel, 'create', {
      prompt: text,
      tags: `@here, ${MASKED_LINK}, \`x\``,
      avoid: `@everyone ${MASKED_LINK} <@&${roleId}>`,
      title,
    });
    const card = await sent.reply();
    expectHarmless([card], anna.user.id);
    const cards = await world.untilClipCards(2, channel);
    // Texts are trimmed, and nothing else.
    expect(musicApi.tasks.at(-1)?.body).toMatchObject({ prompt: text.trim(), title });
    await discord.until(() => card.text.startsWith('Done'));
    expectHarmless(fromBot(channel), anna.user.id);
    expect(cards.map(({ pinged }) => pinged)).toEqual([[anna.user.id], []]);
    for (const { attachments } of cards) expect(attachments[0]?.name).toMatch(/\.mp3$/);
  });

  it('shows them as they are in menus, forms, lists and follow-ups', async () => {
    const { anna, mod, discord, musicApi } = world;
    const channel = [...world.guild.channels.values()].find(({ name }) => name === 'create');
    if (!channel) throw new Error('the test before this one has not run');
    const [card] = world.clipCards(channel) as [Message];
    const menu = await anna.press(card, 'More').reply();
    const question = await anna.press(card, 'Stems').reply();
    expectHarmless([menu, question], anna.user.id);
    const form = await mod.press(card, 'Extend').modal();
    expect([...form.title].length).toBeLessThanOrEqual(45);
    const lyrics = nasty(world, roleId);
    const warning = await mod.submit(form, { From: '1', Lyrics: lyrics }).reply();
    expect(warning.text).toContain('is no section that MusicAPI knows');
    const extension = await mod.press(warning, 'Send anyway').reply();
    expectHarmless([warning, extension], mod.user.id);
    await world.untilClipCards(4, channel);
    expect(musicApi.tasks.at(-1)?.body).toMatchObject({ prompt: lyrics.trim(), task_type: 'extend_music' });
    const cover = await mod
      .command(channel, 'cover', { clip: card.link, prompt: `@everyone ${MASKED_LINK}`, title: '``` @here' })
      .reply();
    await world.untilClipCards(6, channel);
    musicApi.nextTask('never');
    const open = await mod.command(channel, 'cover', { clip: card.link, title: '# @everyone' }).reply();
    await discord.until(() => open.text.includes('Being made'));
    const tasks = await mod.command(channel, 'tasks').reply();
    expect(tasks.text).toContain('everyone');
    expectHarmless([cover, open, tasks], mod.user.id);
    await mod.press(open, 'Stop waiting').reply();
    expectHarmless([open], mod.user.id);
    const choices = await mod.autocomplete(channel, 'stems', { clip: '' }, 'clip');
    expect(choices.length).toBeGreaterThan(3);
    expectHarmless(
      fromBot(channel).filter(({ text }) => !text.includes(anna.mention)),
      mod.user.id,
    );
  });

  it('shows what the provider says as it is, on a failed card too', async () => {
    const { anna, discord, musicApi } = world;
    const channel = openChannel('failed');
    musicApi.nextTask({
      kind: 'fail',
      error: `@everyone ${MASKED_LINK} <@${world.ben.user.id}> \`\`\` ${'x'.repeat(5_000)}`,
    });
    const card = await anna.command(channel, 'create', { prompt: 'a song that fails' }).reply();
    await discord.until(() => card.text.includes('Not made'));
    expectHarmless(fromBot(channel), anna.user.id);
    musicApi.fault({
      method: 'POST',
      answer: {
        status: 403,
        body: { error: `Song description contained artist name: @everyone ${MASKED_LINK}` },
      },
    });
    const refused = await anna.command(channel, 'create', { prompt: 'another' }).reply();
    await discord.until(() => refused.text.includes('Not made'));
    await discord.until(() => fromBot(channel).some(({ ephemeral }) => ephemeral));
    expectHarmless(fromBot(channel), anna.user.id);
  });

  it('refuses them without repeating them as more than text', async () => {
    const { anna } = world;
    const channel = openChannel('refused');
    const text = nasty(world, roleId);
    const replies = [
      await anna.command(channel, 'create', { prompt: 'x', duration: text, model: text }).reply(),
      await anna.command(channel, 'extend', { clip: text, at: text, length: text }).reply(),
      await anna.command(channel, 'cover', { clip: text }).reply(),
    ];
    expectHarmless(replies, anna.user.id);
  });

  it('counts a character of four bytes as one', async () => {
    const { anna, discord, musicApi } = world;
    const channel = openChannel('emoji');
    const card = await anna.command(channel, 'create', { prompt: EMOJI.repeat(400) }).reply();
    expect(card.ephemeral).toBe(false);
    await discord.until(() => listPosts(world, EMOJI.repeat(400)).length === 1);
    expect(musicApi.tasks.at(-1)?.body.gpt_description_prompt).toBe(EMOJI.repeat(400));
    await world.untilClipCards(2, channel);
    const refused = await anna.command(channel, 'create', { prompt: EMOJI.repeat(401) }).reply();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toContain('yours has 401');
  });

  it('takes the longest texts of four bytes that MusicAPI takes, and fills forms with them', async () => {
    const { anna, discord, musicApi } = world;
    const channel = openChannel('longest');
    const texts = { title: EMOJI.repeat(80), tags: EMOJI.repeat(1_000), prompt: EMOJI.repeat(2_500) };
    const card = await anna.command(channel, 'create', texts).reply();
    expect(card.ephemeral).toBe(false);
    const [song] = (await world.untilClipCards(2, channel)) as [Message, Message];
    await discord.until(() => card.text.startsWith('Done'));
    expect(song.attachments[0]?.size).toBeGreaterThan(0);
    const form = await anna.press(song, 'Cover').modal();
    expect(form.field('Tags').value).toBe(texts.tags);
    await anna.submit(form).reply();
    await world.untilClipCards(4, channel);
    expect(musicApi.tasks.at(-1)?.body).toMatchObject({ title: texts.title, tags: texts.tags });
  });

  it('had nothing refused by Discord', () => {
    const troubles = world.log.filter(
      ({ level, msg }) => Number(level) >= 40 && !EXPECTED.includes(String(msg)),
    );
    expect(troubles).toEqual([]);
  });
});
