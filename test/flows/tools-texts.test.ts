import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
  });
});
afterAll(() => world.close());

const creates = () => listPosts(world).filter(({ path }) => path.endsWith('/sonic/create'));

async function askLyrics(channel: Channel, about: string): Promise<Message> {
  const card = await world.anna.command(channel, 'lyrics', { about }).reply();
  await world.discord.until(() => card.buttons.length === 3, {
    what: `the drafts instead of "${card.text}"`,
  });
  return card;
}

const idOf = (card: Message, action: string) => ({
  customId: card.buttons.find(({ customId }) => customId?.startsWith(`1:${action}:`))?.customId ?? '',
});

describe('/lyrics', () => {
  it('answers with two drafts that only the person sees, and nothing of it in public', async () => {
    const channel = openChannel(world, 'lyrics');
    const card = await askLyrics(channel, 'rain in the city');
    expect(card.ephemeral).toBe(true);
    expect(card.embeds).toHaveLength(2);
    expect(card.buttons.map(({ label }) => label)).toEqual(['Compose', 'Compose', 'Again']);
    expect(card.text).toContain('at once for 20 credits');
    expect(world.ben.sees(channel)).toEqual([]);
  });

  it('Compose makes a song of its draft at once, in public, and leaves the other draft', async () => {
    const channel = openChannel(world, 'compose');
    const card = await askLyrics(channel, 'a lighthouse');
    const before = creates().length;
    const sent = world.anna.press(card, idOf(card, 'compose-2'));
    const status = await sent.reply();
    expect(status.ephemeral).toBe(false);
    await world.untilClipCards(2, channel);
    expect(creates()).toHaveLength(before + 1);
    const body = creates().at(-1)?.body as { prompt: string; custom_mode: boolean; title: string };
    expect(body.custom_mode).toBe(true);
    const shown = card.embeds[1]?.description?.replaceAll('\\', '').replace(/…$/, '') ?? '-';
    expect(body.prompt.replaceAll(/\s+/g, ' ')).toContain(shown.replaceAll(/\s+/g, ' ').slice(0, 80));
    expect(card.embeds[1]?.title).toContain(body.title);
    await world.discord.until(() => card.buttons.length === 2, { what: 'the pressed button to be gone' });
    expect(card.buttons.map(({ label }) => label)).toEqual(['Compose', 'Again']);
    expect(idOf(card, 'compose-1').customId).not.toBe('');
  });

  it('Again writes new drafts, as privately', async () => {
    const channel = openChannel(world, 'again');
    const card = await askLyrics(channel, 'an old train');
    const again = await world.anna.press(card, 'Again').reply();
    await world.discord.until(() => again.embeds.length === 2, { what: 'new drafts' });
    expect(again.ephemeral).toBe(true);
    expect(world.ben.sees(channel)).toEqual([]);
    await world.discord.until(() => card.buttons.length === 2, { what: 'the pressed button to be gone' });
    expect(card.buttons.map(({ label }) => label)).toEqual(['Compose', 'Compose']);
  });

  it('Compose pressed twice makes one song, and the other draft can still be made', async () => {
    const channel = openChannel(world, 'twice');
    const card = await askLyrics(channel, 'two doors');
    const before = creates().length;
    const presses = [1, 2].map(() => world.anna.press(card, idOf(card, 'compose-1')));
    const said = await Promise.all(presses.map((press) => press.reply()));
    expect(said.map(({ ephemeral }) => ephemeral).sort()).toEqual([false, true]);
    await world.discord.until(() => card.buttons.length === 2, { what: 'the pressed button to be gone' });
    expect(card.buttons.map(({ label }) => label)).toEqual(['Compose', 'Again']);
    await world.anna.press(card, idOf(card, 'compose-2')).reply();
    await world.untilClipCards(4, channel);
    expect(creates()).toHaveLength(before + 2);
  });

  it('says everything of a failure in the private answer, and nothing elsewhere', async () => {
    const channel = openChannel(world, 'refused-lyrics');
    const answer = { status: 403, body: { message: 'Lyrics contain inappropriate content' } };
    world.musicApi.fault({ path: /\/sonic\/lyrics$/, answer });
    const sent = world.anna.command(channel, 'lyrics', { about: 'something bad' });
    const card = await sent.reply();
    await untilSays(world, card, 'Not made. Nothing was spent.');
    expect(card.ephemeral).toBe(true);
    expect(card.text).toContain("MusicAPI's moderation refused the text");
    expect(card.text).not.toContain('sent privately');
    expect(sent.followUps).toEqual([]);
    expect(world.ben.sees(channel)).toEqual([]);
  });
});

describe('/tags', () => {
  it('shows richer tags, and Create with these opens the form of a new song with them', async () => {
    const channel = openChannel(world, 'tags');
    const card = await world.anna.command(channel, 'tags', { tags: 'rock' }).reply();
    await world.discord.until(() => card.findButton('Create with these'), { what: 'the tags' });
    expect(card.ephemeral).toBe(true);
    const tags = /```\n(.*)\n```/.exec(card.content)?.[1] ?? '';
    expect(tags.length).toBeGreaterThan('rock'.length);
    const modal = await world.anna.press(card, 'Create with these').modal();
    const status = await world.anna.submit(modal, { Prompt: 'a song of stones' }).reply();
    expect(status.ephemeral).toBe(false);
    await world.untilClipCards(2, channel);
    expect(creates().at(-1)?.body).toMatchObject({ tags });
  });
});

describe('a singer', () => {
  it('can sing from its card, for the person who made it and for nobody else', async () => {
    const channel = openChannel(world, 'singer');
    world.anna.command(channel, 'create', { prompt: 'a song to learn from' });
    await world.untilClipCards(2, channel);
    const clip = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
    const command = world.anna.command(channel, 'persona create', { clip, name: 'Ada' });
    const card = await command.reply();
    await world.discord.until(() => card.findButton('Sing'), { what: `a singer instead of "${card.text}"` });
    expect(card.text).toContain('**Ada** can sing now.');
    const refusal = await world.ben.press(card, 'Sing').reply();
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.text).toContain('Only the person who made this voice can sing with it');
    const modal = await world.anna.press(card, 'Sing').modal();
    await world.anna.submit(modal, { Prompt: 'sing about rivers' }).reply();
    await world.untilClipCards(4, channel);
    expect(creates().at(-1)?.body).toMatchObject({ task_type: 'persona_music' });
  });
});
