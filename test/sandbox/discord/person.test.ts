import { describe, expect, it } from 'vitest';
import { api, createScene, ROOMY, registerCommands } from './support.ts';

const button = (label: string, extra: object = {}) => ({
  type: 2,
  style: 1,
  label,
  custom_id: `b:${label}`,
  ...extra,
});

async function scene() {
  const made = await createScene(ROOMY);
  const { discord, channel } = made;
  await api(discord, 'POST', `/channels/${channel.id}/messages`, {
    content: 'card',
    components: [
      {
        type: 1,
        components: [
          button('Extend'),
          button('Off', { disabled: true }),
          { type: 2, style: 5, label: 'Listen', url: 'https://a.b' },
          { type: 2, style: 2, emoji: { name: '❤️' }, custom_id: 'heart' },
        ],
      },
      { type: 1, components: [button('Twice'), button('Twice', { custom_id: 'other' })] },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'pick',
            placeholder: 'Pick one',
            options: [
              { label: 'A', value: 'a' },
              { label: 'B', value: 'b' },
            ],
          },
        ],
      },
    ],
  });
  const [card] = discord.messages(channel);
  if (!card) throw new Error('no card');
  return { ...made, card };
}

describe('a person', () => {
  it('chooses among the roles, channels and people that there are, and sees what is chosen already', async () => {
    const { discord, guild, channel, anna, user } = await createScene(ROOMY);
    const [there, gone] = [guild.addRole({ name: 'There' }), guild.addRole({ name: 'Gone' })];
    const closed = guild.addChannel({ name: 'closed' });
    const menu = (type: number, custom_id: string, extra: object = {}) => ({
      type: 1,
      components: [{ type, custom_id, min_values: 0, max_values: 2, ...extra }],
    });
    await api(discord, 'POST', `/channels/${channel.id}/messages`, {
      content: 'choose',
      components: [
        menu(6, 'roles', { default_values: [{ id: there.id, type: 'role' }] }),
        menu(8, 'channels'),
        menu(5, 'people'),
      ],
    });
    const [message] = discord.messages(channel);
    if (!message) throw new Error('no message');
    guild.removeRole(gone);
    discord.deleteChannel(closed);
    expect(message.selects.map(({ entity, chosen }) => [entity, chosen])).toEqual([
      ['role', [there.id]],
      ['channel', []],
      ['user', []],
    ]);
    const { interaction } = anna.select(message, 'roles', [there.id]);
    expect(interaction.payload).toMatchObject({
      data: { component_type: 6, values: [there.id], resolved: { roles: { [there.id]: { name: 'There' } } } },
    });
    for (const [which, id] of [
      ['roles', gone.id],
      ['roles', guild.id],
      ['roles', channel.id],
      ['channels', closed.id],
      ['channels', there.id],
      ['people', there.id],
    ] as const) {
      expect(() => anna.select(message, which, [id])).toThrow('offers no');
    }
    expect(() => anna.select(message, 'roles', [there.id, there.id])).toThrow('takes each once');
    anna.select(message, 'channels', [channel.id]);
    anna.select(message, 'people', [user.id]);
    const listed = await api(discord, 'GET', `/guilds/${guild.id}/channels`);
    expect(listed.body).toEqual([expect.objectContaining({ id: channel.id, name: 'songs' })]);
  });

  it('presses a button by label, emoji or custom id', async () => {
    const { anna, card } = await scene();
    for (const [which, id] of [
      ['Extend', 'b:Extend'],
      ['❤️', 'heart'],
      [{ customId: 'other' }, 'other'],
    ] as const) {
      expect(anna.press(card, which).interaction.payload).toMatchObject({
        type: 3,
        data: { custom_id: id, component_type: 2 },
        message: { id: card.id },
      });
    }
  });

  it.each([
    ['Nonsense', 'no button "Nonsense"'],
    ['Off', 'is disabled'],
    ['Listen', 'is a link to https://a.b'],
    ['Twice', 'several buttons'],
  ])('cannot press %s', async (label, message) => {
    const { anna, card } = await scene();
    expect(() => anna.press(card, label)).toThrow(message);
  });

  it('chooses in a menu', async () => {
    const { anna, card } = await scene();
    const { interaction } = anna.select(card, 'Pick one', ['B']);
    expect(interaction.payload.data).toMatchObject({ custom_id: 'pick', component_type: 3, values: ['b'] });
    expect(() => anna.select(card, 'pick', ['C'])).toThrow('not an option');
    expect(() => anna.select(card, 'pick', ['A', 'B'])).toThrow('1 to 1');
    expect(() => anna.select(card, 'other', ['A'])).toThrow('no menu');
  });

  it('cannot use what is deleted or in a place that they do not see', async () => {
    const { discord, guild, user, anna, card } = await scene();
    const outsider = discord.as(discord.addUser({ name: 'Outsider' }));
    expect(() => outsider.press(card, 'Extend')).toThrow('does not see');
    guild.addMember(user, { permissions: [] });
    expect(() => anna.press(card, 'Extend')).toThrow('does not see');
    guild.addMember(user, { permissions: ['ViewChannel'] });
    discord.deleteMessage(card);
    expect(() => anna.press(card, 'Extend')).toThrow('not exist');
  });

  it('uses a message command on what somebody wrote', async () => {
    const { discord, channel, anna } = await scene();
    await registerCommands(discord, [{ type: 3, name: 'Use this audio' }]);
    const ben = discord.addUser({ name: 'Ben' });
    channel.guild?.addMember(ben);
    const message = discord.as(ben).say(channel, 'listen', [{ name: 'demo.mp3', data: Buffer.from('abc') }]);
    const { interaction } = anna.messageCommand(message, 'Use this audio');
    expect(interaction.payload.data).toMatchObject({
      type: 3,
      target_id: message.id,
      resolved: {
        messages: { [message.id]: { content: 'listen', attachments: [{ filename: 'demo.mp3' }] } },
      },
    });
    expect(() => anna.messageCommand(message, 'Other')).toThrow('no command "Other"');
  });

  it('cannot use commands without the permission', async () => {
    const { discord, guild, channel, user, anna } = await scene();
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    guild.addMember(user, { permissions: { without: ['UseApplicationCommands'] } });
    expect(() => anna.command(channel, 'x')).toThrow('may not use commands');
  });

  it('tells the bot language, permissions and limits', async () => {
    const { discord, guild, channel, user, anna } = await scene();
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    user.locale = 'de';
    guild.boostTier = 2;
    channel.setBotPermissions(['ViewChannel']);
    guild.setOwner(user);
    expect(anna.command(channel, 'x').interaction.payload).toMatchObject({
      locale: 'de',
      guild_locale: 'en-US',
      app_permissions: '1024',
      attachment_size_limit: 50 * 1024 * 1024,
      member: { permissions: expect.any(String) },
      context: 0,
    });
  });
});

describe('waiting for a state', () => {
  it('resolves with the change, without polling', async () => {
    const { discord, channel, anna } = await scene();
    const waiting = discord.until(() => discord.messages(channel).find((one) => one.content === 'hello'));
    anna.say(channel, 'hello');
    expect((await waiting).author.name).toBe('Anna');
  });

  it('rejects with what the channels show', async () => {
    const { discord } = await scene();
    const waiting = discord.until(() => undefined, { what: 'a miracle', timeoutMs: 20 });
    await expect(waiting).rejects.toThrow(
      /20 ms in vain for a miracle.*#songs:.*Encore, edited 0x: card \(Extend\)/s,
    );
  });

  it('rejects with whatever the callback throws', async () => {
    const { discord } = await scene();
    const waiting = discord.until(() => {
      throw new Error('broken');
    });
    await expect(waiting).rejects.toThrow('broken');
  });
});
