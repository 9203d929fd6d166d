import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { Person } from '../../sandbox/discord/person.ts';
import { COLOURS } from '../../src/discord/messages/message.ts';
import { untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3 } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

const READABLE = /[\p{L}\p{N}]/u;

/** What the accent of trouble or of waiting tells has to be said by one of these words as well. */
const SAID: Readonly<Record<number, RegExp>> = {
  [COLOURS.waiting]: /in the queue|handed to MusicAPI|at work|not answering|pause|Nothing is spent yet/i,
  [COLOURS.doubtful]: /not known|never said|has not finished|late|not made|worth a look|anyway|undecided/i,
  [COLOURS.bad]: /not made|nothing was spent|cannot/i,
  // The accents of everything that is under way or done, and of panels and lists.
  [COLOURS.working]: READABLE,
  [COLOURS.good]: READABLE,
};

let world: TestWorld;
let song: Message;
/** Every message at every moment at which this file looked. */
const seen: {
  readonly message: Message;
  readonly text: string;
  readonly isLoading: boolean;
  readonly colours: readonly number[];
}[] = [];

function look() {
  const { anna, discord, channel } = world;
  for (const message of [...discord.messages(channel), ...discord.messages(discord.openDm(anna.user))]) {
    const colours = message.embeds.flatMap(({ color }) => (typeof color !== 'number' ? [] : [color]));
    seen.push({ message, text: message.text, isLoading: message.loading, colours });
  }
}

/** Tells what follows and looks at everything there is by then. */
async function does(deed: () => Promise<unknown>) {
  await deed();
  look();
}

/** A long story: every kind of card, question, panel and refusal. */
async function tell(anna: Person) {
  const { channel, musicApi } = world;
  musicApi.nextTask('never');
  await does(async () => {
    const running = await anna.command(channel, 'create', { prompt: 'still on its way' }).reply();
    await untilSays(world, running, 'Being made');
    look();
    await anna.press(running, 'Stop waiting').reply();
  });
  musicApi.nextTask('fail');
  await does(async () => {
    const failed = await anna.command(channel, 'create', { prompt: 'comes to nothing' }).reply();
    await world.discord.until(() => failed.buttons.some(({ label }) => label === 'Try again'));
  });
  musicApi.fault({ path: /\/sonic\/create$/, answer: 'lose-answer' });
  await does(async () => {
    const lost = await anna.command(channel, 'create', { prompt: 'never heard of again' }).reply();
    await untilSays(world, lost, 'not known');
  });
  await does(() => anna.command(channel, 'replace', { clip: 'nothing', from: 'x', to: 'y' }).reply());
  for (const [name, options] of [
    ['lyrics', { about: 'boats' }],
    ['tags', { tags: 'calm' }],
    ['library', {}],
    ['library', { search: 'no such song' }],
    ['tasks', {}],
    ['credits', {}],
    ['help', {}],
    ['settings me', {}],
    ['persona list', {}],
  ] as const) {
    await does(() => anna.command(channel, name, options).reply());
  }
  const clip = musicApi.tasks.find(({ body }) => body.title === 'Ferry')?.clips[0]?.clipId ?? '';
  for (const [name, options] of [
    ['clip show', { clip }],
    ['clip tree', { clip }],
    ['inspect', { clip }],
    ['export', { clip, format: 'wav' }],
    ['export', { clip, format: 'midi' }],
    ['export', { clip, format: 'lrc' }],
    ['batch', { prompt: 'two of them', count: 2 }],
  ] as const) {
    await does(() => anna.command(channel, name, options).reply());
  }
  const menu = await anna.press(song, 'More').reply();
  const question = await anna.press(song, 'Stems').reply();
  for (const [message, label] of [
    [menu, 'Pick a line'],
    [menu, 'Lyrics'],
    [question, 'Basic'],
    [song, '❤️'],
  ] as const) {
    await does(() => anna.press(message, label).response());
  }
  const said = anna.say(channel, 'a boat', [
    { name: 'hum.mp3', contentType: 'audio/mpeg', data: await makeMp3(3, 64) },
  ]);
  await does(() => anna.messageCommand(said, 'Use this audio').reply());
  await does(() => anna.messageCommand(said, 'Song from this').reply());
  await world.untilClipCards(7);
  look();
}

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited' } });
  const { anna, channel } = world;
  const form = await anna.command(channel, 'compose', { title: 'Ferry', tags: 'folk' }).modal();
  await anna.submit(form, { Lyrics: '[Verse]\nRain on the river' }).reply();
  [song] = (await world.untilClipCards(2)) as [Message, Message];
  look();
  await tell(anna);
});
afterAll(() => world.close());

const byBot = () => seen.filter(({ message }) => message.author !== world.anna.user);

describe('everything that a long story shows', () => {
  it('describes every picture in words', () => {
    const pictures = byBot().flatMap(({ message }) => message.pictures);
    expect(pictures.length).toBeGreaterThan(0);
    for (const { name, description } of pictures)
      expect([name, description]).toEqual([name, expect.stringMatching(READABLE)]);
  });

  it('has words or figures on every button, menu and option', () => {
    const labels = byBot().flatMap(({ message }) => [
      ...message.buttons.map(({ label }) => label),
      ...message.selects.flatMap(({ placeholder, options }) => [
        placeholder ?? '',
        ...options.map(({ label }) => label),
      ]),
    ]);
    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter((label) => !READABLE.test(label))).toEqual([]);
  });

  it('says in words what its colours tell', () => {
    const coloured = byBot().flatMap(({ colours, text }) => colours.map((colour) => ({ colour, text })));
    expect(new Set(coloured.map(({ colour }) => colour)).size).toBeGreaterThanOrEqual(4);
    const unsaid = coloured.filter(({ colour, text }) => !SAID[colour]?.test(text));
    expect(unsaid).toEqual([]);
  });

  it('has words in every message', () => {
    expect(byBot().filter(({ isLoading, text }) => !isLoading && !READABLE.test(text))).toEqual([]);
  });
});

describe('the lyrics of a song', () => {
  it('can be read as text from its card', async () => {
    const { ben } = world;
    const menu = await ben.press(song, 'More').reply();
    const lyrics = await ben.press(menu, 'Lyrics').reply();
    expect(lyrics.ephemeral).toBe(true);
    expect(lyrics.text).toContain('The lyrics of **Ferry**:');
    expect(lyrics.text).toContain('Rain on the river');
    expect(menu.buttons.length).toBeGreaterThan(0);
  });
});
