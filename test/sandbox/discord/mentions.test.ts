import { describe, expect, it } from 'vitest';
import { api, createScene, ROOMY, registerCommands } from './support.ts';

async function scene() {
  const made = await createScene(ROOMY);
  const { discord, guild, channel } = made;
  const ben = discord.addUser({ name: 'Ben' });
  const fans = guild.addRole({ name: 'Fans', mentionable: true });
  guild.addMember(ben, { roles: [fans] });
  const stranger = discord.addUser({ name: 'Stranger' });
  const post = async (body: object) => {
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(answer.status).toBe(200);
    const message = discord.messages(channel).at(-1);
    if (!message) throw new Error('no message');
    return { message, answer };
  };
  return { ...made, ben, fans, stranger, post };
}

describe('mentions', () => {
  it('ping the people in the text who are there', async () => {
    const { post, user, stranger } = await scene();
    const { message, answer } = await post({ content: `<@${user.id}> <@!${stranger.id}>` });
    expect(message.pinged).toEqual([user.id]);
    expect(answer.body.mentions.map((one: { id: string }) => one.id)).toEqual([user.id, stranger.id]);
  });

  it('ping nobody with parse: []', async () => {
    const { post, user, fans } = await scene();
    const content = `<@${user.id}> <@&${fans.id}> @everyone`;
    const { message, answer } = await post({ content, allowed_mentions: { parse: [] } });
    expect(message.pinged).toEqual([]);
    expect(answer.body).toMatchObject({ mentions: [], mention_roles: [], mention_everyone: false });
  });

  it('ping only those listed, and only if the text names them', async () => {
    const { post, user, ben } = await scene();
    const body = { content: `<@${user.id}> <@${ben.id}>`, allowed_mentions: { users: [ben.id, '1'] } };
    expect((await post(body)).message.pinged).toEqual([ben.id]);
    expect((await post({ ...body, content: 'nobody' })).message.pinged).toEqual([]);
  });

  it('ping the members of a role', async () => {
    const { post, ben, fans } = await scene();
    expect((await post({ content: `<@&${fans.id}>` })).message.pinged).toEqual([ben.id]);
    fans.mentionable = false;
    expect((await post({ content: `<@&${fans.id}>` })).message.pinged).toEqual([]);
  });

  it('ping everyone only with the permission', async () => {
    const { post, channel, user, ben } = await scene();
    expect((await post({ content: '@everyone' })).message.pinged).toEqual([]);
    channel.setBotPermissions(['ViewChannel', 'SendMessages', 'MentionEveryone']);
    expect((await post({ content: '@everyone' })).message.pinged).toEqual([user.id, ben.id]);
  });

  it('in embeds ping nobody', async () => {
    const { post, user } = await scene();
    expect((await post({ embeds: [{ description: `<@${user.id}>` }] })).message.pinged).toEqual([]);
  });

  it('in text displays ping as content does', async () => {
    const { post, user } = await scene();
    const body = { flags: 32_768, components: [{ type: 10, content: `<@${user.id}>` }] };
    expect((await post(body)).message.pinged).toEqual([user.id]);
  });

  it('notify nobody with SUPPRESS_NOTIFICATIONS', async () => {
    const { post, user } = await scene();
    const { message } = await post({ content: `<@${user.id}>`, flags: 4096 });
    expect(message).toMatchObject({ pinged: [], mentions: [user.id], silent: true });
  });

  it('ping the author of the message that is replied to, unless told not to', async () => {
    const { post, anna, channel, user } = await scene();
    const message_reference = { message_id: anna.say(channel, 'hi').id };
    const { message, answer } = await post({ content: 'x', message_reference });
    expect(message.pinged).toEqual([user.id]);
    expect(answer.body).toMatchObject({ type: 19, referenced_message: { content: 'hi' } });
    expect(
      (await post({ content: 'x', message_reference, allowed_mentions: { parse: [] } })).message.pinged,
    ).toEqual([]);
  });

  it('never notify when they come by an edit, but are parsed with default allowances', async () => {
    const { post, discord, channel, user } = await scene();
    const { message } = await post({ content: 'x', allowed_mentions: { parse: [] } });
    const path = `/channels/${channel.id}/messages/${message.id}`;
    await api(discord, 'PATCH', path, { content: `<@${user.id}>` });
    expect(message).toMatchObject({ mentions: [user.id], pinged: [] });
    await api(discord, 'PATCH', path, { content: `<@${user.id}>`, allowed_mentions: { parse: [] } });
    expect(message.mentions).toEqual([]);
  });

  it('of an interaction ping only people unless it says more', async () => {
    const { discord, channel, anna, user, fans } = await scene();
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const sent = anna.command(channel, 'x');
    const { id, token } = sent.interaction;
    const data = { content: `<@${user.id}> <@&${fans.id}>` };
    await api(discord, 'POST', `/interactions/${id}/${token}/callback`, { type: 4, data }, { token: null });
    expect((await sent.reply()).pinged).toEqual([user.id]);
  });
});
