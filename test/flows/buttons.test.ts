import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel } from '../support/evidence.ts';
import { makeSong } from '../support/make-song.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

/** The buttons that the person sees on a private menu. */
const labels = (message: Message) => message.buttons.map(({ label }) => label);

describe('the buttons of a clip card', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
  });
  afterAll(() => world.close());

  it('counts one heart per person, and takes it back', async () => {
    const { anna, ben, mod } = world;
    const { cards } = await makeSong(world, 'hearts');
    const [card, other] = cards;
    const press = async (person: TestWorld['anna']) => {
      const before = card.editedCount;
      person.press(card, '❤️');
      await world.discord.until(() => card.editedCount > before);
      return card.button('❤️').label;
    };
    expect(await press(anna)).toBe('1');
    expect(await press(ben)).toBe('2');
    expect(await press(mod)).toBe('3');
    expect(await press(ben)).toBe('2');
    expect(await press(ben)).toBe('3');
    expect(labels(card)).toEqual(['Extend', 'Cover', 'Stems', 'More', '3']);
    expect(other.button('❤️').label).toBe('0');
    expect(card.attachments).toHaveLength(1);
    expect(card.embeds).toHaveLength(1);
    expect(card.text).toContain('Tags: reggae');
  });

  it('counts hearts that come at the same time', async () => {
    const { cards } = await makeSong(world, 'rush-of-hearts');
    const people = Array.from({ length: 12 }, (_, index) => {
      const user = world.discord.addUser({ name: `Fan ${index}` });
      world.guild.addMember(user);
      return world.discord.as(user);
    });
    await Promise.all(people.map((person) => person.press(cards[0], '❤️').response()));
    await world.discord.until(() => cards[0].editedCount >= 12 && cards[0].button('❤️').label === '12');
  });

  it('makes the same request again from the menu, once', async () => {
    const { ben, musicApi } = world;
    const { channel, cards } = await makeSong(world, 'again');
    const body = musicApi.tasks.at(-1)?.body;
    const posts = listPosts(world).length;
    const menu = await ben.press(cards[0], 'More').reply();
    expect(menu.ephemeral).toBe(true);
    expect(labels(menu).slice(0, 3)).toEqual(['Again', 'Extend', 'Cover']);
    expect(labels(menu)).toEqual(expect.arrayContaining(['Remaster', 'Stems', 'WAV', 'MIDI']));
    expect(labels(menu).slice(-2)).toEqual(['Clip ID', 'Delete']);
    expect(menu.text).toContain('Again: the same request once more, 20 credits');
    const card = await ben.press(menu, 'Again').reply();
    expect(card.ephemeral).toBe(false);
    const songs = (await world.untilClipCards(4, channel)).slice(2);
    expect(musicApi.tasks.at(-1)?.body).toEqual(body);
    expect(songs[0]?.pinged).toEqual([ben.user.id]);
    await world.discord.until(() => menu.buttons.length === 0);
    expect(listPosts(world)).toHaveLength(posts + 1);
    // A menu is one decision; a new menu is a new one.
    const next = await ben.press(cards[0], 'More').reply();
    await ben.press(next, 'Again').reply();
    await world.untilClipCards(6, channel);
  });

  it('goes on from the menu as from the card', async () => {
    const { ben } = world;
    const { cards, facts } = await makeSong(world, 'menu');
    const menu = await ben.press(cards[1], 'More').reply();
    const extend = await ben.press(menu, 'Extend').modal();
    const cover = await ben.press(menu, 'Cover').modal();
    expect(extend.title).toBe('Extend: menu');
    expect(cover.title).toBe('Cover: menu');
    for (const form of [extend, cover]) {
      expect(form.field('Tags').value).toBe('reggae');
      expect(form.field('Lyrics').value).toBe(facts[1]?.lyrics);
    }
    const made = await ben.submit(cover, { Title: 'from a menu' }).reply();
    expect(made.ephemeral).toBe(false);
    const question = await ben.press(menu, 'Stems').reply();
    expect(question.ephemeral).toBe(true);
    expect(labels(question)).toEqual(['Basic', 'Full']);
    const answer = await ben.press(menu, 'Clip ID').reply();
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain(`\n\`${facts[1]?.clipId}\``);
  });

  it('deletes for the requester and for moderators, and tells others why not', async () => {
    const { anna, ben, mod } = world;
    const { channel, cards } = await makeSong(world, 'delete');
    const strangersMenu = await ben.press(cards[0], 'More').reply();
    const before = strangersMenu.editedCount;
    const refusal = await ben.press(strangersMenu, 'Delete').reply();
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.text).toContain(`Only ${anna.mention} who asked for it, or a moderator`);
    expect(refusal.pinged).toEqual([]);
    expect(strangersMenu.editedCount).toBe(before);
    expect(cards[0].deleted).toBe(false);

    const menus = [
      await anna.press(cards[0], 'More').reply(),
      await mod.press(cards[0], 'More').reply(),
    ] as const;
    expect((await anna.press(menus[0], 'Delete').reply()).text).toBe('Deleted.');
    expect(cards[0].deleted).toBe(true);
    expect((await mod.press(menus[1], 'Delete').reply()).text).toBe('It has been deleted already.');
    const moderatorsMenu = await mod.press(cards[1], 'More').reply();
    expect((await mod.press(moderatorsMenu, 'Delete').reply()).text).toBe('Deleted.');
    expect(world.clipCards(channel)).toEqual([]);
  });

  it('goes on from an upload as MusicAPI wants it', async () => {
    const { anna, musicApi } = world;
    const channel = openChannel(world, 'uploads');
    const clipId = musicApi.addForeignClip({ uploaded: true, durationS: 4 });
    const extend = await anna
      .press(await postButton(world, channel, `1:extend:sonic:u:${clipId}`), 'Old')
      .modal();
    expect(extend.field('From').value).toBe('0.1');
    await anna.submit(extend, { From: '', Lyrics: 'la la' }).reply();
    await world.untilClipCards(2, channel);
    expect(musicApi.tasks.at(-1)?.body).toMatchObject({
      task_type: 'extend_upload_music',
      continue_clip_id: clipId,
      continue_at: 0.1,
      prompt: 'la la',
    });
    const cover = await anna
      .press(await postButton(world, channel, `1:cover:sonic:u:${clipId}`), 'Old')
      .modal();
    await anna.submit(cover, { Tags: 'choir' }).reply();
    await world.untilClipCards(4, channel);
    expect(musicApi.tasks.at(-1)?.body).toMatchObject({
      task_type: 'cover_upload_music',
      continue_clip_id: clipId,
      tags: 'choir',
    });
  });

  it('takes a press of Delete by two at once for one', async () => {
    const { anna, mod } = world;
    const { cards } = await makeSong(world, 'two-deletes');
    const menus = [
      await anna.press(cards[0], 'More').reply(),
      await mod.press(cards[0], 'More').reply(),
    ] as const;
    const replies = await Promise.all([
      anna.press(menus[0], 'Delete').reply(),
      mod.press(menus[1], 'Delete').reply(),
    ]);
    for (const { text } of replies) expect(text).toMatch(/^(Deleted|It has been deleted already)\.$/);
    expect(cards[0].deleted).toBe(true);
  });

  it('answers an id that it cannot read with a private sentence', async () => {
    const { anna } = world;
    const channel = openChannel(world, 'ids');
    const posts = listPosts(world).length;
    const otherVersion = 'belongs to another version of the bot';
    const ids = [
      ['0:extend:sonic:g:abc', otherVersion],
      ['2:extend:sonic:g:5f0c3a52', otherVersion],
      ['1:dance:sonic:g:5f0c3a52', otherVersion],
      ['1:extend:sonic:g:../x', otherVersion],
      ['1:extend', otherVersion],
      ['x', otherVersion],
      [':'.repeat(100), otherVersion],
      ['1:extend-form:sonic:g:5f0c3a52', otherVersion],
      [`1:retry:${NO_ULID}`, 'do not know this task any more'],
      [`1:edit:${NO_ULID}`, 'do not know this task any more'],
      [`1:cancel:${NO_ULID}`, 'do not know this task any more'],
      [`1:stop:${NO_ULID}`, 'do not know this task any more'],
      [`1:repost:${NO_ULID}`, 'do not know this delivery any more'],
      [`1:there:${NO_ULID}`, 'do not know this delivery any more'],
      ['1:menu-again:sonic:g:5f0c3a52', 'do not know how this clip was made'],
      ['1:menu-delete:sonic:g:5f0c3a52', 'do not know which message to delete'],
      ['1:stems-full:producer:g:5f0c3a52', 'does not offer "Stems (full)"; sonic does'],
    ] as const;
    for (const [customId, words] of ids) {
      const message = await postButton(world, channel, customId);
      const reply = await anna.press(message, 'Old').reply();
      expect(reply.ephemeral, customId).toBe(true);
      expect(reply.text).toContain(words);
    }
    expect(listPosts(world)).toHaveLength(posts);
  });
});

/** Of the form of a task's id, but of no task. */
const NO_ULID = '01JZZZZZZZZZZZZZZZZZZZZZZZ';

/** A message of the bot as an earlier or later version may have posted it. */
async function postButton({ discord }: TestWorld, channel: Channel, customId: string): Promise<Message> {
  const button = { type: 2, style: 2, label: 'Old', custom_id: customId };
  const answer = await fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'old', components: [{ type: 1, components: [button] }] }),
  });
  expect(answer.status).toBe(200);
  return discord.messages(channel).at(-1) as Message; // it has just been posted
}
