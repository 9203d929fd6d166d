import { describe, expect, it } from 'vitest';
import { api, createScene, ROOMY } from './support.ts';

describe('permissions of the bot in a channel', () => {
  it.each([
    ['ViewChannel', { content: 'x' }, undefined, 50_001],
    ['SendMessages', { content: 'x' }, undefined, 50_013],
    ['EmbedLinks', { embeds: [{ title: 'x' }] }, undefined, 50_013],
    ['AttachFiles', {}, [{ name: 'a.mp3', data: new Uint8Array(1) }], 50_013],
  ] as const)('without %s a message is refused', async (missing, body, files, code) => {
    const { discord, channel } = await createScene(ROOMY);
    const path = `/channels/${channel.id}/messages`;
    expect((await api(discord, 'POST', path, body, files ? { files } : {})).status).toBe(200);
    channel.setBotPermissions({ without: [missing] });
    expect(await api(discord, 'POST', path, body, files ? { files } : {})).toMatchObject({
      status: 403,
      body: { code },
    });
  });

  it('without ViewChannel hide the channel, without history its messages', async () => {
    const { discord, channel, anna } = await createScene(ROOMY);
    const message = anna.say(channel, 'hello');
    channel.setBotPermissions({ without: ['ReadMessageHistory'] });
    expect((await api(discord, 'GET', `/channels/${channel.id}/messages`)).body).toEqual([]);
    expect((await api(discord, 'GET', `/channels/${channel.id}/messages/${message.id}`)).body.code).toBe(
      50_013,
    );
    channel.setBotPermissions({ without: ['ViewChannel'] });
    expect((await api(discord, 'GET', `/channels/${channel.id}`)).body.code).toBe(50_001);
    expect((await api(discord, 'GET', `/channels/${channel.id}/messages`)).body.code).toBe(50_001);
  });

  it("do not cover other people's messages", async () => {
    const { discord, channel, anna } = await createScene(ROOMY);
    const path = `/channels/${channel.id}/messages/${anna.say(channel, 'hello').id}`;
    expect((await api(discord, 'PATCH', path, { content: 'x' })).body.code).toBe(50_005);
    expect((await api(discord, 'DELETE', path)).body.code).toBe(50_013);
    channel.setBotPermissions(['ViewChannel', 'ManageMessages']);
    expect((await api(discord, 'DELETE', path)).status).toBe(204);
  });
});

describe('a channel', () => {
  it('is gone once it is deleted', async () => {
    const { discord, channel } = await createScene(ROOMY);
    discord.deleteChannel(channel);
    const unknown = { status: 404, body: { code: 10_003, message: 'Unknown Channel' } };
    expect(await api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' })).toMatchObject(
      unknown,
    );
    expect(await api(discord, 'GET', `/channels/${channel.id}`)).toMatchObject(unknown);
  });

  it('lists messages newest first, before, after and around one', async () => {
    const { discord, channel, anna } = await createScene(ROOMY);
    const ids = ['a', 'b', 'c', 'd', 'e'].map((text) => anna.say(channel, text).id);
    const list = async (query: string) => {
      const answer = await api(discord, 'GET', `/channels/${channel.id}/messages?${query}`);
      // What people write is not shown to a bot without the intent for it.
      return answer.body.map((one: { id: string }) => 'abcde'[ids.indexOf(one.id)]).join('');
    };
    expect(await list('')).toBe('edcba');
    expect(await list('limit=2')).toBe('ed');
    expect(await list(`before=${ids[2]}`)).toBe('ba');
    expect(await list(`after=${ids[1]}&limit=2`)).toBe('dc');
    expect(await list(`around=${ids[2]}&limit=3`)).toBe('dcb');
    discord.advance(10_000);
    expect((await api(discord, 'GET', `/channels/${channel.id}/messages?limit=101`)).body.code).toBe(50_035);
  });

  it('of a person with closed DMs takes no message', async () => {
    const { discord, user } = await createScene(ROOMY);
    const dm = await api(discord, 'POST', '/users/@me/channels', { recipient_id: user.id });
    expect(dm.body).toMatchObject({ type: 1, recipients: [{ id: user.id }] });
    expect((await api(discord, 'POST', `/channels/${dm.body.id}/messages`, { content: 'x' })).status).toBe(
      200,
    );
    expect((await api(discord, 'POST', '/users/@me/channels', { recipient_id: user.id })).body.id).toBe(
      dm.body.id,
    );
    user.dmsOpen = false;
    const refused = await api(discord, 'POST', `/channels/${dm.body.id}/messages`, { content: 'x' });
    expect(refused).toMatchObject({ status: 403, body: { code: 50_007 } });
    expect((await api(discord, 'POST', '/users/@me/channels', { recipient_id: '1' })).body.code).toBe(10_013);
  });

  it('of a person who shares no server with the bot takes no message', async () => {
    const { discord } = await createScene(ROOMY);
    const stranger = discord.addUser({ name: 'Stranger' });
    const path = `/channels/${discord.openDm(stranger).id}/messages`;
    expect(await api(discord, 'POST', path, { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50_278 },
    });
    stranger.installsApp = true;
    expect((await api(discord, 'POST', path, { content: 'x' })).status).toBe(200);
  });

  it('shows typing', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const answer = await api(discord, 'POST', `/channels/${channel.id}/typing`);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('content-type')).toBeNull();
  });
});

describe('a nonce', () => {
  it('with enforce_nonce returns the earlier message, also from another channel', async () => {
    const { discord, guild, channel } = await createScene(ROOMY);
    const other = guild.addChannel({ name: 'other' });
    const body = { content: 'x', nonce: 'n'.repeat(25), enforce_nonce: true };
    const first = await api(discord, 'POST', `/channels/${channel.id}/messages`, body);
    expect(first.body.nonce).toBe(body.nonce);
    const second = await api(discord, 'POST', `/channels/${channel.id}/messages`, { ...body, content: 'y' });
    expect(second.body).toMatchObject({ id: first.body.id, content: 'x' });
    const third = await api(discord, 'POST', `/channels/${other.id}/messages`, body);
    expect(third.body).toMatchObject({ id: first.body.id, channel_id: channel.id });
    expect(discord.messages(other)).toEqual([]);
    const history = await api(discord, 'GET', `/channels/${channel.id}/messages`);
    expect(history.body[0]).not.toHaveProperty('nonce');
  });

  it('is forgotten after a few minutes, and means nothing without enforce_nonce', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const post = (extra: object) =>
      api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x', nonce: 7, ...extra });
    const first = await post({ enforce_nonce: true });
    expect((await post({})).body.id).not.toBe(first.body.id);
    discord.advance(180_001);
    expect((await post({ enforce_nonce: true })).body.id).not.toBe(first.body.id);
  });
});

describe('editing', () => {
  it('of messages older than an hour is limited', async () => {
    const { discord, channel } = await createScene({ ...ROOMY, oldEdits: 2 });
    const created = await api(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x' });
    const edit = () =>
      api(discord, 'PATCH', `/channels/${channel.id}/messages/${created.body.id}`, { content: 'y' });
    expect((await edit()).status).toBe(200);
    discord.advance(3_600_000);
    expect((await edit()).status).toBe(200);
    expect((await edit()).status).toBe(200);
    const limited = await edit();
    expect(limited).toMatchObject({ status: 429, body: { code: 30_046, retry_after: expect.any(Number) } });
    expect(limited.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('leaves out what is absent and empties what is null', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const created = await api(discord, 'POST', `/channels/${channel.id}/messages`, {
      content: 'x',
      embeds: [{ title: 't' }],
    });
    const path = `/channels/${channel.id}/messages/${created.body.id}`;
    const kept = await api(discord, 'PATCH', path, { content: 'y' });
    expect(kept.body).toMatchObject({
      content: 'y',
      embeds: [{ title: 't' }],
      edited_timestamp: expect.any(String),
    });
    expect((await api(discord, 'PATCH', path, { content: null })).body).toMatchObject({
      content: '',
      embeds: [{ title: 't' }],
    });
    expect((await api(discord, 'PATCH', path, { embeds: [] })).body.code).toBe(50_006);
  });
});

describe('a voice message', () => {
  const files = [{ name: 'v.ogg', data: new Uint8Array(3) }];
  const attachments = [{ id: 0, duration_secs: 1.5, waveform: 'AAAA' }];

  it('has one file with its metadata, nothing else, and cannot be edited', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const path = `/channels/${channel.id}/messages`;
    expect(
      (await api(discord, 'POST', path, { flags: 8192, content: 'x', attachments }, { files })).body.code,
    ).toBe(50_159);
    expect(
      (await api(discord, 'POST', path, { flags: 8192 }, { files: [...files, ...files] })).body.code,
    ).toBe(50_160);
    expect((await api(discord, 'POST', path, { flags: 8192 }, { files })).body.code).toBe(50_161);
    const sent = await api(discord, 'POST', path, { flags: 8192, attachments }, { files });
    expect(sent.body.attachments[0]).toMatchObject({ duration_secs: 1.5, waveform: 'AAAA' });
    expect((await api(discord, 'PATCH', `${path}/${sent.body.id}`, { content: 'x' })).body.code).toBe(50_162);
  });
});
