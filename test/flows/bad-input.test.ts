import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Sent } from '../../sandbox/discord/sent.ts';
import { expectReference, listPosts, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const UNKNOWN_CLIP = '5f0c3a52-0f0f-4c8d-9c1e-2b8a3d0e7c11';

describe('bad input', () => {
  let world: TestWorld;
  let channel: Channel;
  let songs: readonly Message[];
  let clipId: string;
  let count = 0;
  beforeAll(async () => {
    world = await startQuickWorld({ musicApi: { foreignClips: true, lengths: { songSeconds: [3.2, 3.4] } } });
    world.anna.command(world.channel, 'create', { prompt: 'a song that others work on' });
    songs = await world.untilClipCards(2);
    clipId = world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
  });
  beforeEach(() => {
    count += 1;
    channel = openChannel(world, `songs-${count}`);
  });
  afterAll(() => world.close());

  /** What the person reads, once it is certain that nobody else saw anything and that nothing was sent. */
  async function expectRefused(sent: Sent): Promise<string> {
    const posts = listPosts(world).length;
    const reply = await sent.reply();
    expect(reply.ephemeral).toBe(true);
    expect(reply.pinged).toEqual([]);
    const shown = world.discord.messages(channel).filter(({ ephemeral }) => !ephemeral);
    expect(shown).toEqual([]);
    expect(listPosts(world)).toHaveLength(posts);
    return reply.text;
  }

  /** The same, and it was answered at once: no public promise was made and taken back. */
  async function expectRefusedAtOnce(sent: Sent): Promise<string> {
    const text = await expectRefused(sent);
    expect(sent.interaction.state).toBe('message');
    expect(text).toMatch(/Nothing was spent\.$/);
    return text;
  }

  describe('/create', () => {
    const create = (options: Record<string, string | number | boolean>) =>
      world.ben.command(channel, 'create', options);

    it('says in which mode a prompt is too long, and what would help', async () => {
      const text = await expectRefusedAtOnce(create({ prompt: 'x'.repeat(401) }));
      expect(text).toContain('With a prompt alone, MusicAPI takes at most 400 characters; yours has 401.');
      expect(text).toContain('Add tags or a title to use up to 5,000');
    });

    it('takes 5,000 characters with tags and no more', async () => {
      const text = await expectRefusedAtOnce(create({ prompt: 'x'.repeat(5_001), tags: 'rock' }));
      expect(text).toContain(
        'With tags or a title, MusicAPI takes at most 5,000 characters; yours has 5,001.',
      );
    });

    it('says that an instrumental keeps to 400 characters, tags or not', async () => {
      const text = await expectRefusedAtOnce(
        create({ prompt: 'x'.repeat(401), tags: 'rock', instrumental: true }),
      );
      expect(text).toContain('For an instrumental, MusicAPI takes at most 400 characters');
    });

    it('lists everything that is wrong at once', async () => {
      const text = await expectRefusedAtOnce(
        create({
          prompt: 'y'.repeat(5_001),
          title: 't'.repeat(81),
          tags: 'g'.repeat(1_001),
          duration: 'long',
          model: 'sonic-v99 @everyone `x`',
        }),
      );
      expect(text).toContain('"long" is no time for `duration`');
      expect(text).toContain('at most 80 characters; yours has 81');
      expect(text).toContain('at most 1,000 characters; yours have 1,001');
      expect(text).toContain('at most 5,000 characters; yours has 5,001');
      expect(text).toContain('has no model "sonic-v99');
      expect(text).toContain('sonic-v6-mini');
      expect(text.split('\n')).toHaveLength(6);
    });

    it('answers a model of any length', async () => {
      const text = await expectRefusedAtOnce(create({ prompt: 'a song', model: '*_~`|<@1>'.repeat(600) }));
      expect(text.length).toBeLessThan(500);
    });

    it.each(['0:05', '6:01', '10.5', '-30', '1:75'])('refuses the duration %s', async (duration) => {
      expect(await expectRefusedAtOnce(create({ prompt: 'a song', duration }))).toContain('duration');
    });

    it('says which options an engine does not take', async () => {
      const text = await expectRefusedAtOnce(
        create({ prompt: 'a song', engine: 'producer', vocals: 'male', weirdness: 0.5 }),
      );
      expect(text).toContain('Create takes no `vocals` with the engine producer. Leave it out.');
      expect(text).toContain('Create takes no `weirdness` with the engine producer. Leave it out.');
    });

    it('refuses a prompt of white space', async () => {
      expect(await expectRefusedAtOnce(create({ prompt: ' \n ' }))).toContain('The prompt is empty');
    });
  });

  describe('/extend and /cover', () => {
    it.each(['soon', '-5', '1:99', '1e3', '٣'])(
      'refuses the moment %s without a look at the clip',
      async (at) => {
        const text = await expectRefusedAtOnce(
          world.ben.command(channel, 'extend', { clip: UNKNOWN_CLIP, at }),
        );
        expect(text).toContain('is no time for `at`. Write it as 1:30, 90 or 90s.');
      },
    );

    it.each(['0', '0:00', '0s'])('refuses the moment %s, which is the beginning', async (at) => {
      const text = await expectRefusedAtOnce(world.ben.command(channel, 'extend', { clip: clipId, at }));
      expect(text).toContain('must be a time after the beginning of the clip');
    });

    it('refuses a moment past the end, with the length', async () => {
      const elsewhere = world.ben.command(channel, 'extend', { clip: clipId, at: '0:04' });
      expect(await expectRefused(elsewhere)).toBe(
        '0:04 is past the end: the clip is 0:03 long. Nothing was spent.',
      );
      expect(elsewhere.interaction.original?.deleted).toBe(true);
    });

    it.each([
      'my song',
      'https://example.com/x',
      '../../etc/passwd',
      'a:b:c',
      'https://discord.com/channels/1/2/3',
    ])('refuses "%s" as a clip at once', async (clip) => {
      for (const [name, options] of [
        ['extend', { at: '1' }],
        ['cover', {}],
        ['stems', { kind: 'basic' }],
      ] as const) {
        const text = await expectRefusedAtOnce(world.ben.command(channel, name, { clip, ...options }));
        expect(text).toMatch(/That is no clip|in another place/);
      }
      expect(await expectRefusedAtOnce(world.ben.command(channel, 'stems', { clip }))).toMatch(/clip/);
    });

    it('refuses lyrics together with a prompt, and says everything else too', async () => {
      const options = {
        clip: 'no clip',
        lyrics: 'la la',
        prompt: 'softer',
        title: 't'.repeat(81),
        tags: 'g'.repeat(1_001),
      };
      for (const [name, more] of [
        ['extend', { at: 'later' }],
        ['cover', {}],
      ] as const) {
        const text = await expectRefusedAtOnce(world.ben.command(channel, name, { ...options, ...more }));
        expect(text).toContain('Give either lyrics or a prompt, not both');
        expect(text).toContain('at most 80 characters; yours has 81');
        expect(text).toContain('at most 1,000 characters; yours have 1,001');
        expect(text).toContain('That is no clip');
        if (name === 'extend') expect(text).toContain('"later" is no time');
      }
    });

    it('refuses a prompt of 401 characters and lyrics of 5,001', async () => {
      const prompt = world.ben.command(channel, 'cover', { clip: clipId, prompt: 'p'.repeat(401) });
      expect(await expectRefusedAtOnce(prompt)).toContain(
        'With a prompt and no lyrics, MusicAPI takes at most 400 characters; yours has 401. Give lyrics to use up to 5,000',
      );
      const lyrics = world.ben.command(channel, 'extend', { clip: clipId, lyrics: 'l'.repeat(5_001) });
      expect(await expectRefusedAtOnce(lyrics)).toContain('takes at most 5,000 characters; yours have 5,001');
    });

    it('refuses what a form says as it refuses a command', async () => {
      const [song] = songs as [Message];
      const posts = listPosts(world).length;
      const extend = await world.ben.press(song, 'Extend').modal();
      const extension = await world.ben.submit(extend, { From: 'the chorus' }).reply();
      expect(extension.ephemeral).toBe(true);
      expect(extension.text).toBe(
        '"the chorus" is no time for `From`. Write it as 1:30, 90 or 90s.\nNothing was spent.',
      );
      const cover = await world.ben.press(song, 'Cover').modal();
      for (const strength of ['1.5', 'very', '-1', '10 %']) {
        const reply = await world.ben.submit(cover, { Strength: strength }).reply();
        expect(reply.ephemeral).toBe(true);
        expect(reply.text).toContain('is no Strength: it is a number from 0 to 1');
      }
      expect(listPosts(world)).toHaveLength(posts);
    });

    it('refuses `length` for a sonic clip', async () => {
      const sent = world.ben.command(channel, 'extend', { clip: clipId, length: '0:30' });
      expect(await expectRefusedAtOnce(sent)).toContain('takes no `length` with the engine sonic.');
    });
  });

  describe('clips that are not known here', () => {
    it('needs to be told where to extend a clip of unknown length', async () => {
      const text = await expectRefused(world.ben.command(channel, 'extend', { clip: UNKNOWN_CLIP }));
      expect(text).toContain('Say with `at` where to go on');
    });

    it('takes a clip that only the provider knows', async () => {
      const { ben, discord, musicApi } = world;
      const card = await ben
        .command(channel, 'extend', { clip: UNKNOWN_CLIP, at: '1:02.5', tags: 'folk' })
        .reply();
      expect(card.ephemeral).toBe(false);
      await discord.until(() => listPosts(world, UNKNOWN_CLIP).length === 1);
      expect(listPosts(world, UNKNOWN_CLIP)[0]?.body).toMatchObject({
        task_type: 'extend_music',
        continue_clip_id: UNKNOWN_CLIP,
        continue_at: 62.5,
        custom_mode: true,
        tags: 'folk',
      });
      // Twelve seconds long at the provider: its refusal comes back in its own words, privately.
      await discord.until(() => card.text.includes('Not made. Nothing was spent.'));
      await ben.command(channel, 'extend', { clip: UNKNOWN_CLIP, at: '0:10', tags: 'folk' }).reply();
      await world.untilClipCards(2, channel);
      expect(musicApi.tasks.at(-1)?.body).toMatchObject({ continue_clip_id: UNKNOWN_CLIP, continue_at: 10 });
    });

    it('spends nothing on an id that the provider does not know either', async () => {
      const { ben, musicApi } = world;
      const before = musicApi.credits();
      const sent = ben.command(channel, 'stems', { clip: 'banana', kind: 'full' });
      const card = await sent.reply();
      await untilSays(world, card, 'Not made. Nothing was spent.');
      const word = await untilPrivate(world, sent);
      expect(word.text).toContain('MusicAPI does not know this clip');
      expectReference(world, word);
      expect(musicApi.credits()).toEqual(before);
      expect(musicApi.tasks.some(({ body }) => body.clip_id === 'banana')).toBe(false);
    });

    it('takes the shown length for the end, though it is rounded up', async () => {
      const facts = world.musicApi.tasks[0]?.clips[1];
      const { anna, discord } = world;
      // 3.2 to 3.4 seconds are shown as 0:03; 3.6 lies within the rounding.
      anna.command(channel, 'extend', { clip: facts?.clipId ?? '', at: '3.6', title: 'rounded' });
      await discord.until(() => listPosts(world, 'rounded').length === 1);
      expect(listPosts(world, 'rounded')[0]?.body).toMatchObject({ continue_at: facts?.durationS });
      await world.untilClipCards(2, channel);
    });
  });

  it('left nothing reserved or spent by any refusal', async () => {
    await world.stopBot();
    const store = await world.openStore();
    const tasks = await store.db.selectFrom('tasks').select(['state', 'price']).execute();
    const ledger = await store.db.selectFrom('ledger').select(['reserved', 'charged']).execute();
    await store.close();
    expect(tasks.map(({ state }) => state).sort()).toEqual([
      'failed',
      'failed',
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(ledger.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(0);
    expect(ledger.reduce((sum, { charged }) => sum + charged, 0)).toBe(20 + 15 + 15);
  });
});
