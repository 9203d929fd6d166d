import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;
let world: TestWorld;
afterEach(() => world.close());

async function expectRefused(sent: { reply(): Promise<Message>; interaction: { original?: unknown } }) {
  const reply = await sent.reply();
  expect(reply.ephemeral).toBe(true);
  expect(sent.interaction.original).toMatchObject({ deleted: true });
  return reply.text;
}

describe('BUDGET_MEMBER_DAY', () => {
  it('refuses what does not fit, with the figures and the time, until enough is free again', async () => {
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '30' } });
    const { anna, ben, channel } = world;
    await anna.command(channel, 'create', { prompt: 'one song' }).reply();
    const [song] = (await world.untilClipCards(2)) as [Message, Message];
    const spentAt = Math.ceil(world.discord.clock.now() / 1000) + DAY_MS / 1000;

    const text = await expectRefused(anna.command(channel, 'create', { prompt: 'another song' }));
    expect(text).toMatch(
      /^Your budget is 30 credits in any 24 hours: 20 used, 10 left; this costs 20\. Enough is free again <t:(\d+):R>\. Nothing was spent\.$/,
    );
    const freeAt = Number(/<t:(\d+):R>/.exec(text)?.[1]);
    expect(Math.abs(freeAt - spentAt)).toBeLessThan(20);
    const form = await anna.press(song, 'Extend').modal();
    expect(await expectRefused(anna.submit(form, { From: '1' }))).toContain(
      '20 used, 10 left; this costs 15',
    );
    const question = await anna.press(song, 'Stems').reply();
    expect(await expectRefused(anna.press(question, 'Full'))).toContain(
      'this costs 75. It is more than the whole budget. Nothing was spent.',
    );
    expect(listPosts(world)).toHaveLength(1);
    expect((await anna.command(channel, 'credits').reply()).text).toContain(
      '20 credits of 30 used, 10 credits left',
    );

    // Somebody else has a budget of their own.
    expect((await ben.command(channel, 'create', { prompt: 'mine' }).reply()).ephemeral).toBe(false);
    await world.untilClipCards(4);

    world.advance(freeAt * 1000 - world.discord.clock.now() - 5_000);
    await expectRefused(anna.command(channel, 'create', { prompt: 'a moment too early' }));
    world.advance(6_000);
    const card = await anna.command(channel, 'create', { prompt: 'the next day' }).reply();
    expect(card.ephemeral).toBe(false);
    await world.untilClipCards(6);
  });

  it('counts over all servers, and gives back what fails', async () => {
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: '20' } });
    const { anna, channel, musicApi } = world;
    const other = world.discord.addGuild({ name: 'Elsewhere' });
    other.addMember(anna.user);
    const there = other.addChannel({ name: 'songs-too' });
    musicApi.nextTask('fail');
    const card = await anna.command(channel, 'create', { prompt: 'this one fails' }).reply();
    await world.discord.until(() => card.text.includes('Nothing was spent'));
    await anna.command(there, 'create', { prompt: 'this one does not' }).reply();
    await world.untilClipCards(2, there);
    expect(await expectRefused(anna.command(channel, 'create', { prompt: 'no more' }))).toContain(
      '20 used, 0 left',
    );
    expect(await expectRefused(anna.press(card, 'Try again'))).toContain('20 used, 0 left');
    // The press was refused, so it decided nothing: the button is still there for tomorrow.
    expect(card.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
  });
});

describe('BUDGET_SERVER_DAY', () => {
  it('is shared by the members of a server', async () => {
    world = await startQuickWorld({ env: { BUDGET_SERVER_DAY: '40' } });
    const { anna, ben, mod, channel } = world;
    await anna.command(channel, 'create', { prompt: 'one' }).reply();
    await ben.command(channel, 'create', { prompt: 'two' }).reply();
    const text = await expectRefused(mod.command(channel, 'create', { prompt: 'three' }));
    expect(text).toContain(
      "This server's budget is 40 credits in any 24 hours: 40 used, 0 left; this costs 20.",
    );
    const other = world.discord.addGuild({ name: 'Elsewhere' });
    other.addMember(mod.user);
    const there = other.addChannel({ name: 'songs-too' });
    expect((await mod.command(there, 'create', { prompt: 'three' }).reply()).ephemeral).toBe(false);
    await world.untilClipCards(2, there);
  });

  it('lets as many of thirty requests pass at the same time as it holds', async () => {
    world = await startQuickWorld();
    const { anna, musicApi } = world;
    const channel = openChannel(world, 'rush');
    const sent = Array.from({ length: 30 }, (_, index) =>
      anna.command(channel, 'create', { prompt: `song number ${index}` }),
    );
    const replies = await Promise.all(sent.map((one) => one.reply()));
    expect(replies.filter(({ ephemeral }) => !ephemeral)).toHaveLength(10);
    for (const reply of replies.filter(({ ephemeral }) => ephemeral)) {
      expect(reply.text).toContain('200 used, 0 left; this costs 20');
    }
    await world.discord.until(() => musicApi.tasks.length === 10);
    await world.stopBot();
    const store = await world.openStore();
    const rows = await store.db
      .selectFrom('ledger')
      .select('reserved')
      .where('kind', '=', 'reserve')
      .execute();
    await store.close();
    expect(rows).toHaveLength(10);
    expect(listPosts(world)).toHaveLength(10);
  });
});

describe('unlimited', () => {
  it('is a budget without an end', async () => {
    world = await startQuickWorld({
      env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited', SUBMIT_INTERVAL_MS: '60000' },
    });
    const { anna, channel } = world;
    for (let index = 0; index < 11; index++) {
      const card = await anna.command(channel, 'create', { prompt: `song number ${index}` }).reply();
      expect(card.ephemeral).toBe(false);
      // Ten more may wait in the queue behind the one that was sent.
      await world.discord.until(() => listPosts(world).length === 1);
    }
    const refused = await anna.command(channel, 'create', { prompt: 'one too many' }).reply();
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toMatch(/^You have 10 tasks waiting in the queue already.+Come back <t:\d+:R>/);
    const credits = await anna.command(channel, 'credits').reply();
    expect(credits.text).toContain('You: 220 credits used, no limit');
    expect(credits.text).toContain('This server: 220 credits used, no limit');
  });
});
