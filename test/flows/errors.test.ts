import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { changeBeside } from '../support/change-beside.ts';
import { expectReference, listPosts } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

/** Takes a table away from the running bot: an accident that nobody foresaw. */
function dropTable(name: string): Promise<void> {
  return changeBeside(world, (file) => {
    file.pragma('foreign_keys = OFF');
    file.exec(`drop table ${name}`);
  });
}

describe('an accident of our own', () => {
  it('is told in one private sentence, with the reference that is in the log', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    anna.command(channel, 'create', { prompt: 'before the accident' });
    const [song] = (await world.untilClipCards(2)) as [Message];
    await world.discord.until(() => world.discord.messages(channel)[0]?.text.startsWith('Done'));
    const shown = world.discord.messages(channel).length;
    await dropTable('hearts');
    const pressed = await anna.press(song, '❤️').reply();
    await dropTable('ledger');
    const created = await anna.command(channel, 'create', { prompt: 'after it' }).reply();
    const asked = await anna.command(channel, 'credits').reply();
    await dropTable('clips');
    const form = await anna.press(song, 'Extend').reply();
    for (const reply of [pressed, created, asked, form]) {
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toMatch(/^Something went wrong on my side\. .* Reference: \d+$/);
      expect(reply.text).not.toMatch(/sqlite|table|hearts|ledger/i);
      expectReference(world, reply);
    }
    expect(new Set([pressed, created, asked, form].map(({ text }) => text)).size).toBe(4);
    expect(world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral)).toHaveLength(shown);
    expect(listPosts(world)).toHaveLength(1);
  });
});

describe('a command that the bot does not have', () => {
  it('is answered with a private sentence', async () => {
    world = await startQuickWorld();
    const { anna, channel } = world;
    const old = [
      { name: 'sing', description: 'From an earlier version', type: 1 },
      { name: 'Sing this message', type: 3 },
    ];
    for (const body of old) {
      const path = `/v10/applications/${world.discord.applicationId}/commands`;
      await fetch(`${world.discord.apiUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bot ${world.discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    }
    const message = anna.say(channel, 'hello');
    const replies = [
      await anna.command(channel, 'sing').reply(),
      await anna.messageCommand(message, 'Sing this message').reply(),
    ];
    for (const reply of replies) {
      expect(reply.ephemeral).toBe(true);
      expect(reply.text).toContain('I do not know this command');
    }
  });
});

describe('/credits for the operator', () => {
  it('shows the balance to the owner of the application alone', async () => {
    world = await startQuickWorld();
    const { channel, guild, musicApi, anna } = world;
    guild.addMember(world.discord.owner);
    musicApi.setCredits({ credits: 1_234, extraCredits: 50 });
    const operator = world.discord.as(world.discord.owner);
    const reply = await operator.command(channel, 'credits').reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain(
      "Your MusicAPI balance, for the operator's eyes: 1,284 credits (plan 1,234, extra 50).",
    );
    expect((await anna.command(channel, 'credits').reply()).text).not.toContain('1,284');
  });

  it('still tells the rest when MusicAPI does not tell the balance', async () => {
    world = await startQuickWorld();
    const { channel, guild, musicApi } = world;
    guild.addMember(world.discord.owner);
    musicApi.fault({
      path: /get-credits/,
      times: 'all',
      answer: { status: 401, body: { error: 'Unauthorized.' } },
    });
    const reply = await world.discord.as(world.discord.owner).command(channel, 'credits').reply();
    expect(reply.text).toContain('You: 0 credits of 200 used');
    expect(reply.text).toContain('MusicAPI refused the key');
    expectReference(world, reply);
  });
});
