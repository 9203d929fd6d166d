import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { decodeId } from '../../src/discord/messages/custom-ids.ts';
import { listPosts, openChannel, readAccount, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

type Options = Record<string, string | number | boolean>;

let world: TestWorld;
let channel: Channel;
let count = 0;

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
});
beforeEach(() => {
  count += 1;
  channel = openChannel(world, `engine-${count}`);
});
afterEach(() => world.musicApi.clearFaults());
afterAll(() => world.close());

const create = (options: Options) => world.anna.command(channel, 'create', options);

/** The only POST with these words, as path and body. */
function postOf(words: string) {
  const posts = listPosts(world, words).map(({ path, body }) => [path.replace('/api/v1', ''), body]);
  expect(posts).toHaveLength(1);
  return posts[0];
}

/** A refusal that was told at once, with nothing sent. */
async function refusalOf(options: Options): Promise<string> {
  const posts = listPosts(world).length;
  const sent = create(options);
  const refusal = await sent.reply();
  expect(sent.interaction.state).toBe('message');
  expect(refusal.ephemeral).toBe(true);
  expect(refusal.text).toContain('Nothing was spent.');
  expect(listPosts(world)).toHaveLength(posts);
  return refusal.text;
}

async function onlyClipCard(): Promise<Message> {
  const [card] = await world.untilClipCards(1, channel);
  return card as Message; // there is at least one
}

/** The clip that the buttons of a card are about. */
function clipIdOf(card: Message): string {
  const id = decodeId(card.findButton('More')?.customId ?? '');
  return id && 'clip' in id ? id.clip.clipId : '';
}

/** What the ledger charged for the task with these words. The bot runs again afterwards. */
async function chargeOf(words: string): Promise<number> {
  await world.stopBot();
  const { sums } = await readAccount(world, words);
  await world.startBot();
  return sums.charged;
}

describe('the engine producer', () => {
  it('makes one song, for its own price, from a sound', async () => {
    const prompt = 'a train over the fens';
    create({ prompt, tags: 'folk, fiddle', title: 'Fen Line', instrumental: true, engine: 'producer' });
    const card = await onlyClipCard();
    expect(postOf(prompt)).toEqual([
      '/producer/create',
      {
        task_type: 'create_music',
        sound: 'a train over the fens, folk, fiddle, instrumental, no vocals',
        title: 'Fen Line',
      },
    ]);
    expect(card.text).toContain('Fen Line');
    expect(card.text).toContain('Engine: producer');
    expect(card.text).toContain('Price: 12 credits');
    expect(card.attachments).toHaveLength(1);
    expect(await chargeOf(prompt)).toBe(12);
    expect(world.clipCards(channel)).toHaveLength(1);
  });

  it('tells everything that it does not take at once', async () => {
    const text = await refusalOf({
      prompt: 'p'.repeat(1_001),
      engine: 'producer',
      vocals: 'female',
      duration: '1:00',
      weirdness: 0.5,
      'style-weight': 0.5,
      avoid: 'drums',
      model: 'sonic-v6',
    });
    for (const option of ['vocals', 'duration', 'weirdness', 'style-weight', 'avoid']) {
      expect(text).toContain(`Create takes no \`${option}\` with the engine producer. Leave it out.`);
    }
    expect(text).toContain('at most 1,000 characters');
    expect(text).toContain('The engine producer has no model "sonic-v6". Choose one of: lyria-3-pro.');
  });

  it('says what to use instead when MusicAPI no longer offers it', async () => {
    const answer = { status: 410, body: { message: 'This task type is no longer supported.' } };
    world.musicApi.fault({ path: /\/producer\/create$/, answer });
    const prompt = 'a song of farewell';
    const sent = create({ prompt, engine: 'producer' });
    const card = await sent.reply();
    await untilSays(world, card, 'Not made. Nothing was spent.');
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('MusicAPI does not offer this with the engine producer any more.');
    expect(word.text).toContain('Choose the engine sonic and try again');
    expect(await chargeOf(prompt)).toBe(0);
  });
});

describe('the engine nuro', () => {
  it('makes background music from a description', async () => {
    const prompt = 'a calm afternoon';
    create({ prompt, tags: 'piano', duration: '1:00', engine: 'nuro' });
    const card = await onlyClipCard();
    expect(postOf(prompt)).toEqual([
      '/nuro/create',
      { type: 'bgm', version: 'v2.0', description: 'a calm afternoon, piano', duration: 60 },
    ]);
    expect(card.text).toContain('Engine: nuro');
    expect(card.text).toContain('Price: 10 credits');
    expect(card.attachments[0]?.name).toMatch(/\.wav$/);
    expect(await chargeOf(prompt)).toBe(10);
  });

  it('makes short background music by its first version', async () => {
    const prompt = 'a jingle for tea';
    create({ prompt, duration: '0:15', engine: 'nuro' });
    await onlyClipCard();
    expect(postOf(prompt)).toEqual(['/nuro/create', { type: 'bgm', description: prompt, duration: 15 }]);
  });

  it('sings lyrics as they are', async () => {
    const lyrics = `[Verse]\n${'The kettle sings, the rain comes in\n'.repeat(10)}`.trim();
    const options = { engine: 'nuro', vocals: 'male', tags: 'Pop, Happy', title: 'Kettle' };
    const modal = await world.anna.command(channel, 'compose', options).modal();
    world.anna.submit(modal, { Lyrics: lyrics });
    const card = await onlyClipCard();
    expect(postOf('The kettle sings')).toEqual([
      '/nuro/create',
      { type: 'vocal', lyrics, gender: 'Male', genre: 'Pop', mood: 'Happy' },
    ]);
    expect(card.text).toContain('Kettle');
  });

  it('leads on to producer, and says of every other button why it does nothing', async () => {
    create({ prompt: 'a walk by the sea', title: 'Walk', duration: '0:15', engine: 'nuro' });
    const card = await onlyClipCard();
    const posts = listPosts(world).length;
    for (const label of ['Extend', 'Cover', 'Stems']) {
      const reason = await world.anna.press(card, label).reply();
      expect(reason.ephemeral).toBe(true);
      expect(reason.text).toMatch(/^The engine nuro does not offer ".*"; sonic/);
    }
    const sent = world.anna.command(channel, 'stems', { clip: clipIdOf(card), kind: 'full' });
    expect((await untilPrivate(world, sent)).text).toBe(
      'This clip was made by nuro, so sonic cannot work on it.\nNothing was spent.',
    );
    expect(listPosts(world)).toHaveLength(posts);
    const menu = await world.anna.press(card, 'More').reply();
    expect(menu.buttons.map(({ label }) => label)).toEqual(['Again', 'To producer', 'Clip ID', 'Delete']);
    expect(menu.text).toContain(
      '- Extend, Cover, Replace, Download: only with songs of the engine sonic or producer',
    );
    await world.anna.press(menu, 'To producer').reply();
    const [, copy] = await world.untilClipCards(2, channel);
    expect(copy?.text).toContain('Your copy is here: **Walk**');
    expect(copy?.text).toContain('Engine: producer');
    expect(listPosts(world).at(-1)).toMatchObject({
      path: '/api/v1/producer/upload',
      body: { audio_url: expect.stringMatching(/^http.*\.wav/) },
    });
  });

  it('tells everything that it does not take at once', async () => {
    const options = { engine: 'nuro', vocals: 'female', duration: '5:00', avoid: 'drums', weirdness: 1 };
    const text = await refusalOf({ prompt: 'a song', ...options });
    expect(text).toContain('The engine nuro writes no lyrics of its own: give it lyrics with /compose');
    expect(text).toContain('The duration must be a whole number of seconds from 1 to 240; yours is 300.');
    expect(text).toContain('takes no `avoid` with the engine nuro');
    expect(text).toContain('takes no `weirdness` with the engine nuro');
  });

  it('says what to use instead when MusicAPI no longer offers it', async () => {
    const answer = { status: 410, body: { type: 'gone', message: 'The nuro model is no longer available.' } };
    world.musicApi.fault({ path: /\/nuro\/create$/, answer });
    const sent = create({ prompt: 'one last tune', engine: 'nuro' });
    const word = await untilPrivate(world, sent);
    expect(word.text).toContain('with the engine nuro any more. Choose the engine sonic and try again');
    const edited = await world.anna.press(await sent.reply(), 'Edit').modal();
    expect(edited.field('Prompt').value).toBe('one last tune');
  });
});

describe('engines that MusicAPI has retired', () => {
  it.each([
    ['riffusion', 'MusicAPI has retired the engine riffusion. Use sonic instead.'],
    ['Studio', 'The engine studio is not available at MusicAPI any more. Use sonic instead.'],
  ])('are told by name: %s', async (model, sentence) => {
    const text = await refusalOf({ prompt: 'a song', model, title: 't'.repeat(81) });
    expect(text).toContain(sentence);
    expect(text).not.toContain('has no model');
    expect(text).toContain('at most 80 characters; yours has 81');
  });
});

describe('models', () => {
  const offered = async (options: Options) => {
    const choices = await world.anna.autocomplete(
      channel,
      'create',
      { prompt: 'a song', ...options },
      'model',
    );
    return choices.map(({ name, value }) => [name, value]);
  };

  it('are offered by their names, those of the chosen engine', async () => {
    expect(await offered({})).toEqual([
      ['Sonic v6', 'sonic-v6'],
      ['Sonic v6 wild (more experimental)', 'sonic-v6-wild'],
      ['Sonic v6 mini (lighter and faster)', 'sonic-v6-mini'],
    ]);
    expect(await offered({ engine: 'producer' })).toEqual([['Lyria 3 Pro', 'lyria-3-pro']]);
    expect(await offered({ engine: 'nuro' })).toEqual([['Nuro', 'nuro']]);
    expect(await offered({ model: 'MINI' })).toEqual([
      ['Sonic v6 mini (lighter and faster)', 'sonic-v6-mini'],
    ]);
  });

  it('of earlier days are taken, and the card says what they are made with', async () => {
    expect(await offered({ model: 'sonic-v5' })).toEqual([['sonic-v5, made with sonic-v6', 'sonic-v5']]);
    const prompt = 'a song of old times';
    world.musicApi.nextTask('never');
    const card = await create({ prompt, model: 'sonic-v5' }).reply();
    await untilSays(world, card, 'Being made.');
    expect(card.text).toContain('Options: sonic-v5, made with sonic-v6');
    expect(postOf(prompt)).toEqual(['/sonic/create', expect.objectContaining({ mv: 'sonic-v6' })]);
  });
});

describe('the operator’s file of models and prices', () => {
  it('says what is offered, sent and asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'encore-catalogue-'));
    onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'catalogue.json');
    const models = [{ id: 'sonic-v6-mini', label: 'The light one' }];
    await writeFile(path, JSON.stringify({ sonic: { models, prices: { create: 33 } } }));
    await world.stopBot();
    await world.startBot({ MUSICAPI_CATALOGUE: path });
    const choices = await world.anna.autocomplete(channel, 'create', { prompt: 'p' }, 'model');
    expect(choices).toEqual([{ name: 'The light one', value: 'sonic-v6-mini' }]);
    const card = await create({ prompt: 'from a file' }).reply();
    expect(card.text).toContain('Price: 33 credits');
    await world.untilClipCards(2, channel);
    expect(postOf('from a file')).toMatchObject(['/sonic/create', { mv: 'sonic-v6-mini' }]);
    await world.stopBot();
    await world.startBot();
  });
});

describe('a price that MusicAPI has changed', () => {
  it('is learnt from the balance, shown as such, and asked from then on', async () => {
    const other = await startQuickWorld({ musicApi: { prices: { create_music: 25 } } });
    try {
      const { anna, channel: songs, log } = other;
      const untilLogged = (words: string) =>
        expect.poll(() => log.some(({ msg }) => msg === words)).toBe(true);
      await untilLogged('the balance is what the ledger expects');
      await anna.command(songs, 'create', { prompt: 'a first song' }).reply();
      await other.untilClipCards(2);
      await other.stopBot();
      await other.startBot();
      await untilLogged('the balance shows what an operation costs now');
      const credits = await anna.command(songs, 'credits').reply();
      expect(credits.text).toContain('- Create: 25 credits, as the balance showed');
      expect(credits.text).toContain('- Create: 12 credits\n');
      const second = await anna.command(songs, 'create', { prompt: 'a second song' }).reply();
      await untilSays(other, second, 'Price: 25 credits');
    } finally {
      await other.close();
    }
  });
});
