import { describe, expect, it } from 'vitest';
import { cleanFileName } from '../../../sandbox/discord/attachments.ts';
import { api, createScene, problemsOf, ROOMY, registerCommands } from './support.ts';

const MIB = 1024 * 1024;
const file = (name: string, size = 3) => ({ name, data: new Uint8Array(size) });

describe('files of the bot', () => {
  it('are stored, described and served from signed addresses that run out', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const body = { attachments: [{ id: '0', description: 'first take', filename: 'renamed.mp3' }] };
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body, {
      files: [file('a.mp3'), file('b.mp3')],
    });
    const [first, second] = answer.body.attachments;
    expect(first).toMatchObject({
      filename: 'renamed.mp3',
      description: 'first take',
      size: 3,
      content_type: 'audio/mpeg',
    });
    expect(second).toMatchObject({ filename: 'b.mp3' });

    const { hostname, port } = new URL(first.url);
    expect(`${hostname}:${port}`).toBe(discord.cdnHost);
    const served = await fetch(first.url);
    expect(served.status).toBe(200);
    expect(served.headers.get('content-length')).toBe('3');
    expect((await fetch(first.url.split('?')[0])).status).toBe(404);
    expect((await fetch(first.url.replace(/hm=./, 'hm=x'))).status).toBe(404);
    discord.advance(24 * 3_600_000 + 1000);
    expect((await fetch(first.url)).status).toBe(404);

    const again = await api(discord, 'GET', `/channels/${channel.id}/messages/${answer.body.id}`);
    expect((await fetch(again.body.attachments[0].url)).status).toBe(200);
  });

  it('get names without spaces and unusual characters', () => {
    expect(cleanFileName('Neon Rain - take 1.mp3')).toBe('Neon_Rain_-_take_1.mp3');
    expect(cleanFileName('Café (live)?.mp3')).toBe('Cafe_live.mp3');
    expect(cleanFileName('夜.mp3')).toBe('unknown.mp3');
    expect(cleanFileName('../../etc/passwd')).toBe('unknown.etcpasswd');
  });

  it('do not show beside the embed that shows them', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const body = { embeds: [{ image: { url: 'attachment://cover.png' } }] };
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, body, {
      files: [file('cover.png'), file('a.mp3')],
    });
    expect(answer.body.attachments.map((one: { filename: string }) => one.filename)).toEqual(['a.mp3']);
    expect((await fetch(answer.body.embeds[0].image.url)).status).toBe(200);
  });

  it('that an embed shows stay with it, also when its own address comes back', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const created = await api(
      discord,
      'POST',
      `/channels/${channel.id}/messages`,
      { embeds: [{ title: 'one', image: { url: 'attachment://cover.png' } }] },
      { files: [file('cover.png'), file('a.mp3')] },
    );
    const path = `/channels/${channel.id}/messages/${created.body.id}`;
    const [embed] = created.body.embeds;
    const edited = await api(discord, 'PATCH', path, {
      embeds: [{ ...embed, title: 'two' }],
      attachments: [],
    });
    expect(edited.body).toMatchObject({ attachments: [], embeds: [{ title: 'two' }] });
    expect((await fetch(edited.body.embeds[0].image.url)).status).toBe(200);
    await api(discord, 'PATCH', path, { content: 'x', embeds: [], attachments: [] });
    expect((await fetch(embed.image.url)).status).toBe(404);
  });

  it.each([
    [0, 10 * MIB, 200],
    [0, 10 * MIB + 1, 413],
    [1, 10 * MIB + 1, 413],
    [2, 10 * MIB + 1, 200],
  ] as const)('at boost tier %i: %i bytes are answered with %i', async (boostTier, size, status) => {
    const { discord, guild, channel } = await createScene(ROOMY);
    guild.boostTier = boostTier;
    const answer = await api(
      discord,
      'POST',
      `/channels/${channel.id}/messages`,
      { content: 'x' },
      { files: [file('a.mp3', size)] },
    );
    expect(answer.status).toBe(status);
    if (status === 413) expect(answer.body).toEqual({ message: 'Request entity too large', code: 40_005 });
  });

  it('are refused above 25 MiB together', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const files = [file('a.mp3', 9 * MIB), file('b.mp3', 9 * MIB), file('c.mp3', 9 * MIB)];
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, {}, { files });
    expect(answer).toMatchObject({ status: 413, body: { code: 40_005 } });
  });

  it('are refused when there are more than ten', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const files = Array.from({ length: 11 }, (_, i) => file(`${i}.mp3`));
    const answer = await api(discord, 'POST', `/channels/${channel.id}/messages`, {}, { files });
    expect(answer).toMatchObject({ status: 400, body: { code: 30_015 } });
  });

  it('stay on an edit only when its attachments name them', async () => {
    const { discord, channel } = await createScene(ROOMY);
    const created = await api(
      discord,
      'POST',
      `/channels/${channel.id}/messages`,
      { content: 'x' },
      { files: [file('a.mp3'), file('b.mp3')] },
    );
    const [a, b] = created.body.attachments;
    const path = `/channels/${channel.id}/messages/${created.body.id}`;
    const untouched = await api(discord, 'PATCH', path, { content: 'y' });
    expect(untouched.body.attachments).toHaveLength(2);
    const swapped = await api(
      discord,
      'PATCH',
      path,
      { attachments: [{ id: b.id }, { id: 0 }] },
      { files: [file('c.mp3')] },
    );
    expect(swapped.body.attachments.map((one: { filename: string }) => one.filename)).toEqual([
      'b.mp3',
      'c.mp3',
    ]);
    expect((await fetch(a.url)).status).toBe(404);
    const unknown = await api(discord, 'PATCH', path, { attachments: [{ id: a.id }] });
    expect(problemsOf(unknown)['attachments.0.id']).toEqual(['ATTACHMENT_NOT_FOUND']);
    const none = await api(discord, 'PATCH', path, { attachments: [] });
    expect(none.body.attachments).toEqual([]);
  });
});

describe('files of an interaction', () => {
  it('may be as large as the person or the guild allows', async () => {
    const { discord, guild, channel } = await createScene(ROOMY);
    const rich = discord.addUser({ name: 'Nitro', attachmentLimitBytes: 15 * MIB });
    guild.addMember(rich);
    await registerCommands(discord, [{ name: 'x', description: 'x' }]);
    const { interaction } = discord.as(rich).command(channel, 'x');
    expect(interaction.payload.attachment_size_limit).toBe(15 * MIB);
    const answer = async (size: number) =>
      api(
        discord,
        'POST',
        `/interactions/${interaction.id}/${interaction.token}/callback`,
        { type: 4, data: {} },
        { token: null, files: [file('a.mp3', size)] },
      );
    expect(await answer(15 * MIB + 1)).toMatchObject({ status: 413, body: { code: 40_005 } });
    expect(await answer(15 * MIB)).toMatchObject({ status: 204 });
  });

  it('of a person come as an attachment with an address', async () => {
    const { discord, channel, anna } = await createScene(ROOMY);
    await registerCommands(discord, [
      {
        name: 'upload',
        description: 'x',
        options: [{ type: 11, name: 'file', description: 'x', file_types: ['audio'] }],
      },
    ]);
    const { interaction } = anna.command(channel, 'upload', {
      file: { name: 'my song.mp3', data: Buffer.from('abc') },
    });
    const text = JSON.stringify(interaction.payload);
    const url = /http:[^"]+my_song\.mp3[^"]+/.exec(text)?.[0] ?? '';
    expect(await (await fetch(url)).text()).toBe('abc');
    expect(() =>
      anna.command(channel, 'upload', { file: { name: 'a.txt', data: Buffer.from('abc') } }),
    ).toThrow('not one of audio');
    expect(() =>
      anna.command(channel, 'upload', { file: { name: 'a.mp3', data: new Uint8Array(10 * MIB + 1) } }),
    ).toThrow('larger than');
  });
});
