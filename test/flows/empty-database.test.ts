import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { makeSong } from '../support/make-song.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** The buttons that the person sees on a private menu. */
const labels = (message: Message) => message.buttons.map(({ label }) => label);

describe('the buttons of a card that the database does not know', () => {
  let world: TestWorld;
  let song: Awaited<ReturnType<typeof makeSong>>;
  beforeAll(async () => {
    world = await startQuickWorld({
      musicApi: { lengths: { songSeconds: [2, 3] } },
      env: { BUDGET_MEMBER_DAY: 'unlimited' },
    });
    song = await makeSong(world, 'Lost & *found*');
    await world.stopBot();
    const path = world.env.DATABASE_URL ?? '';
    await world.startBot({ DATABASE_URL: path.replace('encore.db', 'another.db') });
  });
  afterAll(() => world.close());

  const lastBody = () => world.musicApi.tasks.at(-1)?.body;

  it('fills the form of Extend from the pressed message', async () => {
    const { ben } = world;
    const modal = await ben.press(song.cards[0], 'Extend').modal();
    expect(modal.field('Title').value).toBe('Lost & *found*');
    expect(modal.field('Tags').value).toBe('reggae');
    expect(modal.field('From').value).toMatch(/^0:0[23]$/);
    await ben.submit(modal, { From: '1' }).reply();
    await world.untilClipCards(4, song.channel);
    expect(lastBody()).toEqual({
      task_type: 'extend_music',
      mv: 'sonic-v6',
      use_suno_cdn: false,
      custom_mode: true,
      tags: 'reggae',
      title: 'Lost & *found*',
      continue_clip_id: song.facts[0]?.clipId,
      continue_at: 1,
    });
  });

  it('fills the form of Cover from the pressed message, by the menu too', async () => {
    const { ben } = world;
    const menu = await ben.press(song.cards[1], 'More').reply();
    expect(menu.text).toContain('What to do with **Lost & \\*found\\***?');
    // Nobody knows how it was made, so it cannot be made again.
    expect(labels(menu).slice(0, 2)).toEqual(['Extend', 'Cover']);
    expect(labels(menu)).toContain('Stems');
    expect(labels(menu)).not.toContain('Again');
    expect(labels(menu).slice(-2)).toEqual(['Clip ID', 'Delete']);
    for (const form of [
      await ben.press(song.cards[1], 'Cover').modal(),
      await ben.press(menu, 'Cover').modal(),
    ]) {
      expect(form.field('Title').value).toBe('Lost & *found*');
      expect(form.field('Tags').value).toBe('reggae');
    }
    const extend = await ben.press(menu, 'Extend').modal();
    expect(extend.field('From').value).toMatch(/^0:0[23]$/);
    expect((await ben.press(menu, 'Clip ID').reply()).text).toContain(song.facts[1]?.clipId);
    const cover = await ben.press(song.cards[1], 'Cover').modal();
    await ben.submit(cover, { Tags: 'ska' }).reply();
    await world.untilClipCards(6, song.channel);
    expect(lastBody()).toMatchObject({
      task_type: 'cover_music',
      tags: 'ska',
      continue_clip_id: song.facts[1]?.clipId,
    });
  });

  it('takes it apart', async () => {
    const { ben } = world;
    const question = await ben.press(song.cards[0], 'Stems').reply();
    expect(question.text).toContain('Which stems of **Lost & \\*found\\***?');
    const card = await ben.press(question, 'Basic').reply();
    await world.discord.until(() => card.text.startsWith('Done'));
    expect(lastBody()).toEqual({ clip_id: song.facts[0]?.clipId });
  });

  it('counts hearts', async () => {
    world.ben.press(song.cards[0], '❤️');
    await world.discord.until(() => song.cards[0].button('❤️').label === '1');
  });

  it('deletes for the person whom the card names', async () => {
    const { anna, ben } = world;
    const bens = await ben.press(song.cards[0], 'More').reply();
    expect((await ben.press(bens, 'Delete').reply()).text).toContain(`Only ${anna.mention}`);
    const annas = await anna.press(song.cards[0], 'More').reply();
    expect((await anna.press(annas, 'Delete').reply()).text).toBe('Deleted.');
    expect(song.cards[0].deleted).toBe(true);
  });
});
