import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

describe('Try again and Edit', () => {
  it('offers a failed request again, with its texts in the form', async () => {
    world = await startQuickWorld();
    const { anna, ben, channel, musicApi } = world;
    musicApi.nextTask({ kind: 'fail', error: 'Internal trouble.' });
    const failed = await anna
      .command(channel, 'create', {
        prompt: 'a fine song',
        tags: 'jazz',
        title: 'Fine',
        vocals: 'male',
        weirdness: 0.5,
      })
      .reply();
    await world.discord.until(() => failed.buttons.length === 2);
    const body = musicApi.tasks[0]?.body;
    const modal = await ben.press(failed, 'Edit').modal();
    expect(modal.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Prompt', 'a fine song'],
      ['Tags', 'jazz'],
      ['Title', 'Fine'],
    ]);
    const edited = await ben.submit(modal, { Prompt: 'a finer song', Title: '' }).reply();
    expect(edited.ephemeral).toBe(false);
    await world.untilClipCards(2);
    const { title: _title, ...rest } = body ?? {};
    expect(musicApi.tasks[1]?.body).toEqual({ ...rest, prompt: 'a finer song' });
    // Editing is another decision: the failed request itself may still be tried again.
    expect(failed.buttons.map(({ label }) => label)).toEqual(['Try again', 'Edit']);
    const again = await anna.press(failed, 'Try again').reply();
    expect(again.ephemeral).toBe(false);
    await world.untilClipCards(4);
    expect(musicApi.tasks[2]?.body).toEqual(body);
    await world.discord.until(() => failed.buttons.length === 0);
    expect((await anna.command(channel, 'credits').reply()).text).toContain('You: 20 credits');
  });

  it('shows a text that is too long for one field in two', async () => {
    world = await startQuickWorld();
    const { anna, channel, musicApi } = world;
    const prompt = `${'a long story '.repeat(380)}end`;
    musicApi.nextTask('fail');
    const failed = await anna.command(channel, 'create', { prompt, tags: 'epic' }).reply();
    await world.discord.until(() => failed.buttons.length === 2);
    const modal = await anna.press(failed, 'Edit').modal();
    expect(modal.fields.map(({ label }) => label)).toEqual(['Prompt', 'Prompt, continued', 'Tags', 'Title']);
    expect(`${modal.field('Prompt').value}${modal.field('Prompt, continued').value}`).toBe(prompt);
    await anna.submit(modal, { Tags: 'doom' }).reply();
    await world.untilClipCards(2);
    expect(musicApi.tasks[1]?.body).toMatchObject({ prompt, tags: 'doom' });
  });

  it('refuses what is wrong in the form, and spends nothing', async () => {
    world = await startQuickWorld();
    const { anna, channel, musicApi } = world;
    musicApi.nextTask('fail');
    const failed = await anna.command(channel, 'create', { prompt: 'fails' }).reply();
    await world.discord.until(() => failed.buttons.length === 2);
    const modal = await anna.press(failed, 'Edit').modal();
    const reply = await anna.submit(modal, { Prompt: 'p'.repeat(401) }).reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.text).toContain('With a prompt alone, MusicAPI takes at most 400 characters; yours has 401');
    expect(listPosts(world)).toHaveLength(1);
  });

  it('makes a new task of an unknown one, and of follow-ups', async () => {
    world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
    const { anna, musicApi } = world;
    const channel = openChannel(world, 'unknown');
    await anna.command(channel, 'create', { prompt: 'the ground' }).reply();
    const [song] = (await world.untilClipCards(2, channel)) as [Message];
    const clip = musicApi.tasks[0]?.clips[0];
    musicApi.fault({ method: 'POST', answer: { status: 503, body: { error: 'busy' } }, times: 3 });

    const extension = await anna
      .command(channel, 'extend', { clip: song.link, at: '0:01', prompt: 'louder', title: 'Up' })
      .reply();
    await untilSays(world, extension, 'not known whether MusicAPI took it');
    expect(extension.text).toContain('Try again: a new task for 15 credits.');
    const form = await anna.press(extension, 'Edit').modal();
    expect(form.fields.map(({ label }) => label)).toEqual(['From', 'Lyrics', 'Tags', 'Title', 'Prompt']);
    expect(form.field('From').value).toBe('0:01');
    expect(form.field('Prompt').value).toBe('louder');

    const cover = await anna
      .command(channel, 'cover', { clip: song.link, strength: 0.25, tags: 'ska' })
      .reply();
    await untilSays(world, cover, 'not known whether MusicAPI took it');
    const coverForm = await anna.press(cover, 'Edit').modal();
    expect(coverForm.field('Strength').value).toBe('0.25');
    expect(coverForm.field('Lyrics').value).toBe(clip?.lyrics);

    const stems = await anna.command(channel, 'stems', { clip: song.link, kind: 'basic' }).reply();
    await untilSays(world, stems, 'not known whether MusicAPI took it');
    expect(stems.buttons.map(({ label }) => label)).toEqual(['Try again']);

    const posts = listPosts(world).length;
    await anna.submit(form, { From: '0.5', Prompt: '', Lyrics: '[Outro]\nlouder' }).reply();
    await world.discord.until(() => musicApi.tasks.length === 2);
    expect(musicApi.tasks[1]?.body).toMatchObject({
      custom_mode: true,
      prompt: '[Outro]\nlouder',
      continue_at: 0.5,
      continue_clip_id: clip?.clipId,
      title: 'Up',
    });
    await anna.submit(coverForm, { Strength: '0,75' }).reply();
    await world.discord.until(() => musicApi.tasks.length === 3);
    expect(musicApi.tasks[2]?.body).toMatchObject({
      audio_weight: 0.25,
      tags: 'ska',
      continue_clip_id: clip?.clipId,
    });
    await anna.press(stems, 'Try again').reply();
    await world.discord.until(() => musicApi.tasks.length === 4);
    expect(musicApi.tasks[3]?.body).toEqual({ clip_id: clip?.clipId });
    await world.discord.until(() => stems.buttons.length === 0);
    expect(listPosts(world)).toHaveLength(posts + 3);
  });
});
