import { describe, expect, it } from 'vitest';
import { api, createScene } from './support.ts';

describe('a thread below a message', () => {
  it('has the id of the message, and takes messages with its own permission', async () => {
    const { discord, channel, anna } = await createScene();
    const message = anna.say(channel, 'a song?');
    const path = `/channels/${channel.id}/messages/${message.id}/threads`;
    const started = await api(discord, 'POST', path, { name: 'about a song' });
    expect(started).toMatchObject({
      status: 201,
      body: { id: message.id, type: 11, parent_id: channel.id, name: 'about a song' },
    });
    expect((await api(discord, 'POST', path, { name: 'again' })).body.code).toBe(160_004);
    const [thread] = discord.threads(channel);
    const say = () => api(discord, 'POST', `/channels/${message.id}/messages`, { content: 'here' });
    expect((await say()).status).toBe(200);
    thread?.setBotPermissions({ without: ['SendMessagesInThreads'] });
    expect((await say()).body.code).toBe(50_013);
    const inside = `/channels/${message.id}/messages/${message.id}/threads`;
    expect((await api(discord, 'POST', inside, { name: 'deeper' })).body.code).toBe(50_024);
  });

  it('needs a name, a permission and a message', async () => {
    const { discord, channel, anna } = await createScene();
    const message = anna.say(channel, 'a song?');
    const start = (messageId: string, name: string) =>
      api(discord, 'POST', `/channels/${channel.id}/messages/${messageId}/threads`, { name });
    for (const name of ['', ' ', 'x'.repeat(101)]) {
      expect((await start(message.id, name)).body.code).toBe(50_035);
    }
    expect((await start('123456789012345678', 'x')).body.code).toBe(10_008);
    channel.setBotPermissions({ without: ['CreatePublicThreads'] });
    expect((await start(message.id, 'x')).body.code).toBe(50_013);
  });
});
