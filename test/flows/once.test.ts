import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

describe('one decision makes one task', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
  });
  afterAll(() => world.close());

  const shownToAll = (channel: Channel) =>
    world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral);

  /** Waits until the event was seen so often to be somebody else's, or an old one. */
  const untilIgnored = ({ interaction }: Sent, times: number) =>
    vi.waitFor(() => {
      const lines = world.log.filter(({ interactionId }) => interactionId === interaction.id);
      expect(lines.filter(({ outcome }) => outcome === 'not_ours')).toHaveLength(times);
    }, PATIENCE);

  it('takes a double press of Full as one', async () => {
    const { anna, ben, musicApi } = world;
    const channel = openChannel(world, 'full');
    anna.command(channel, 'create', { prompt: 'to be taken apart' });
    const [song] = (await world.untilClipCards(2, channel)) as [Message, Message];
    const question = await ben.press(song, 'Stems').reply();
    const presses = [ben.press(question, 'Full'), ben.press(question, 'Full')];
    const answers = await Promise.all(presses.map((press) => press.reply()));
    const [card, ...others] = answers.filter(({ ephemeral }) => !ephemeral) as [Message, ...Message[]];
    const [refusal] = answers.filter(({ ephemeral }) => ephemeral) as [Message];
    expect(others).toEqual([]);
    expect(refusal.text).toBe(`This was already asked for, so nothing more was spent: ${card.link}`);
    await untilSays(world, card, 'Done: ');
    await world.discord.until(() => question.buttons.length === 0);
    expect(musicApi.tasks.filter(({ operation }) => operation === 'stems/full')).toHaveLength(1);
    expect(shownToAll(channel).flatMap(({ attachments }) => attachments)).toHaveLength(2 + 12);
  });

  it('takes Try again, pressed by two members, as one', async () => {
    const { ben, mod, musicApi } = world;
    const channel = openChannel(world, 'retry');
    musicApi.nextTask('fail');
    const failed = await ben.command(channel, 'create', { prompt: 'fails at first' }).reply();
    await world.discord.until(() => failed.buttons.length === 2);
    const posts = listPosts(world).length;
    // Both have the message before them; the press of one takes the buttons away from the other.
    const early = ben.press(failed, 'Try again');
    const late = mod.press(failed, 'Try again');
    const replies = [await early.reply(), await late.reply()];
    const card = replies.find(({ ephemeral }) => !ephemeral) as Message;
    const refusal = replies.find(({ ephemeral }) => ephemeral) as Message;
    expect(refusal.text).toBe(`This was already asked for, so nothing more was spent: ${card.link}`);
    await world.untilClipCards(2, channel);
    await world.discord.until(() => failed.buttons.length === 0);
    expect(listPosts(world)).toHaveLength(posts + 1);
    expect(failed.text).toContain('Not made');
    await untilSays(world, card, 'Done: ');
  });

  it('takes a replayed event as the one that it was', async () => {
    const { anna, musicApi } = world;
    const channel = openChannel(world, 'replay');
    const sent = anna.command(channel, 'create', { prompt: 'told twice' });
    world.discord.replay(sent);
    const card = await sent.reply();
    world.discord.replay(sent);
    await world.untilClipCards(2, channel);
    await untilSays(world, card, 'Done: ');
    world.discord.replay(sent);
    await untilIgnored(sent, 3);
    expect(musicApi.tasks.filter(({ body }) => body.gpt_description_prompt === 'told twice')).toHaveLength(1);
    expect(listPosts(world, 'told twice')).toHaveLength(1);
    expect(shownToAll(channel)).toHaveLength(3);
    expect(sent.followUps).toEqual([]);
  });

  it('takes an event that is replayed after a restart as the one that it was', async () => {
    const { anna } = world;
    const channel = openChannel(world, 'restart');
    const sent = anna.command(channel, 'create', { prompt: 'told again' });
    await world.untilClipCards(2, channel);
    await world.stopBot();
    await world.startBot();
    world.discord.replay(sent);
    await untilIgnored(sent, 1);
    expect(listPosts(world, 'told again')).toHaveLength(1);
    expect(shownToAll(channel)).toHaveLength(3);
  });
});
