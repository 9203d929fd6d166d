import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, openChannel, secondsIn, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const LYRICS = [
  '[Verse]',
  'Rain on the river',
  'Boats in a row',
  '[Chorus]',
  'Carry me over',
  'Carry me home',
];

let world: TestWorld;
/** A song with these lyrics, and one in which nobody sings. */
let song: Message;
let quiet: Message;
let clipId: string;
let quietId: string;

const labels = (message: Message) => message.buttons.map(({ label }) => label);
const lines = (message: Message) => message.selects[0]?.options.map(({ label }) => label) ?? [];
const lastBody = () => world.musicApi.tasks.at(-1)?.body;

/** **Pick a line** of the private menu behind **More**. */
async function pick(card: Message) {
  const menu = await world.anna.press(card, 'More').reply();
  return await world.anna.press(menu, 'Pick a line').reply();
}

/** Chooses in the menu of lines by how the label ends. */
async function choose(panel: Message, words: string) {
  const label = lines(panel).find((one) => one.endsWith(words)) ?? words;
  await world.anna.select(panel, panel.selects[0]?.customId ?? '', [label]).reply();
}

beforeAll(async () => {
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited' },
    musicApi: { lengths: { songSeconds: [4, 5] } },
  });
  const { anna, channel } = world;
  const form = await anna.command(channel, 'compose', { title: 'Ferry', tags: 'folk' }).modal();
  await anna.submit(form, { Lyrics: LYRICS.join('\n') }).reply();
  [song] = (await world.untilClipCards(2)) as [Message, Message];
  clipId = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
  anna.command(channel, 'create', { prompt: 'still water', title: 'Still', instrumental: true });
  quiet = (await world.untilClipCards(4))[2] as Message;
  quietId = world.musicApi.tasks.at(-1)?.clips[0]?.clipId ?? '';
});
afterAll(() => world.close());

describe('Pick a line', () => {
  it('offers to ask for the times first, with the price, and typing meanwhile; the answer leads on', async () => {
    const { anna } = world;
    const posts = listPosts(world).length;
    const panel = await pick(song);
    expect(panel.ephemeral).toBe(true);
    expect(panel.text).toContain('I do not know yet when the words of **Ferry** are sung');
    expect(panel.text).toContain('**Timeline** asks MusicAPI, for 1 credit');
    expect(labels(panel)).toEqual(['Timeline', 'Extend', 'Replace', 'Sample']);
    const typed = await anna.press(panel, 'Replace').modal();
    expect(typed.field('From').value).toBe('');
    expect(await anna.autocomplete(world.channel, 'extend', { clip: clipId }, 'at')).toEqual([]);
    expect(listPosts(world)).toHaveLength(posts);

    const card = await anna.press(panel, 'Timeline').reply();
    await untilSays(world, card, 'Carry me home');
    expect(listPosts(world)).toHaveLength(posts + 1);
    const next = await anna.press(card, 'Pick a line').reply();
    expect(next.ephemeral).toBe(true);
    expect(lines(next).map((line) => line.replace(/^\d:\d\d · /, ''))).toEqual(LYRICS);
  });

  it('fills the form of Extend with the time of the line, and what is typed there wins', async () => {
    const { anna } = world;
    const posts = listPosts(world).length;
    const panel = await pick(song);
    expect(panel.text).toContain('**Ferry**: from which line or section on?');
    await choose(panel, 'Carry me over');
    expect(panel.text).toMatch(/\*\*Ferry\*\*: 0:\d\d · Carry me over\./);
    expect(labels(panel)).toEqual(['Extend', 'Replace', 'Sample', 'Another first line']);
    const form = await anna.press(panel, 'Extend').modal();
    const at = secondsIn(form, 'From');
    const sung = (await anna.autocomplete(world.channel, 'extend', { clip: clipId }, 'at')).find(({ name }) =>
      name.endsWith('Carry me over'),
    );
    expect(String(at)).toBe(sung?.value);
    await anna.submit(form).reply();
    await world.discord.until(() => listPosts(world).length > posts);
    expect(lastBody()).toMatchObject({ task_type: 'extend_music', continue_at: at });
    const again = await anna.press(panel, 'Extend').modal();
    await anna.submit(again, { From: '0:02' }).reply();
    await world.discord.until(() => listPosts(world).length > posts + 1);
    expect(lastBody()).toMatchObject({ continue_at: 2 });
  });

  it('replaces from a first to a last line, or a whole section', async () => {
    const { anna } = world;
    const panel = await pick(song);
    await choose(panel, 'Boats in a row');
    // What ends before it begins is not offered as the last line.
    expect(lines(panel).map((line) => line.replace(/^\d:\d\d · /, ''))).not.toContain('Rain on the river');
    await choose(panel, 'Carry me over');
    expect(panel.text).toMatch(/from 0:\d\d · Boats in a row to the end of 0:\d\d · Carry me over/);
    const form = await anna.press(panel, 'Replace').modal();
    const [from, to] = [secondsIn(form, 'From'), secondsIn(form, 'To')];
    const starts = await anna.autocomplete(world.channel, 'replace', { clip: clipId }, 'from');
    const ends = await anna.autocomplete(world.channel, 'replace', { clip: clipId }, 'to');
    const timeFor = (choices: typeof starts, words: string) =>
      Number(choices.find(({ name }) => name.endsWith(words))?.value);
    expect([from, to]).toEqual([timeFor(starts, 'Boats in a row'), timeFor(ends, 'Carry me over')]);
    await anna.submit(form, { Lyrics: 'Ships in a line' }).reply();
    await world.discord.until(() => JSON.stringify(lastBody()).includes('Ships in a line'));
    expect(lastBody()).toMatchObject({ infill_start_s: from, infill_end_s: to });

    await anna.press(panel, 'Another first line').reply();
    await choose(panel, '[Chorus]');
    const whole = await anna.press(panel, 'Sample').modal();
    expect(secondsIn(whole, 'From')).toBe(timeFor(starts, '[Chorus]'));
    expect(secondsIn(whole, 'To')).toBe(timeFor(ends, '[Chorus]'));
  });

  it('says that nobody sings in an instrumental, and still lets one type', async () => {
    const panel = await pick(quiet);
    expect(panel.text).toContain('Nobody sings in **Still**');
    expect(labels(panel)).toEqual(['Extend', 'Replace', 'Sample']);
    expect(panel.selects).toEqual([]);
    const form = await world.anna.press(panel, 'Sample').modal();
    expect(form.field('From').value).toBe('');
    expect(await world.anna.autocomplete(world.channel, 'sample', { clip: quietId }, 'from')).toEqual([]);
  });

  it('speaks the language of the person', async () => {
    const { discord, guild } = world;
    const user = discord.addUser({ name: 'Uwe', locale: 'de' });
    guild.addMember(user);
    const uwe = discord.as(user);
    const menu = await uwe.press(song, 'More').reply();
    const panel = await uwe.press(menu, 'Zeile wählen').reply();
    expect(panel.text).toContain('ab welcher Zeile oder welchem Abschnitt?');
    expect(panel.selects[0]?.placeholder).toBe('Erste Zeile oder erster Abschnitt');
  });
});

describe('times in commands', () => {
  it('are suggested from what was typed: words, or a time', async () => {
    const { anna, channel } = world;
    const suggest = async (at: string) =>
      (await anna.autocomplete(channel, 'extend', { clip: clipId, at }, 'at')).map(({ name }) =>
        name.replace(/^\d:\d\d · /, ''),
      );
    expect(await suggest('carry')).toEqual(['Carry me over', 'Carry me home']);
    const all = await anna.autocomplete(channel, 'extend', { clip: clipId }, 'at');
    const last = String(all.at(-1)?.value);
    expect(await suggest(last)).toEqual(['Carry me home']);
    expect(await suggest('no such word')).toEqual([]);
  });

  it('are sent as they were typed, whatever is suggested', async () => {
    const { anna } = world;
    const posts = listPosts(world).length;
    await anna
      .command(openChannel(world, 'typed'), 'replace', {
        clip: clipId,
        from: '1',
        to: '0:03',
        lyrics: 'Rain',
      })
      .reply();
    await world.discord.until(() => listPosts(world).length > posts);
    expect(lastBody()).toMatchObject({ infill_start_s: 1, infill_end_s: 3 });
  });

  it('are not suggested from songs that are not for this person', async () => {
    const { ben, discord } = world;
    const other = discord.addGuild({ name: 'Elsewhere' });
    const there = other.addChannel({ name: 'other-songs' });
    other.addMember(ben.user);
    expect(await ben.autocomplete(there, 'extend', { clip: clipId }, 'at')).toEqual([]);
    expect(await ben.autocomplete(there, 'extend', { clip: 'https://example.com/' }, 'at')).toEqual([]);
  });

  it('do not make me look for messages while somebody types', async () => {
    const { anna, discord, channel } = world;
    const looks = () =>
      discord.requests.filter(({ method, path }) => method === 'GET' && path.endsWith(`/messages/${song.id}`))
        .length;
    const before = looks();
    expect(await anna.autocomplete(channel, 'extend', { clip: song.id }, 'at')).toEqual([]);
    expect(looks()).toBe(before);
    // Sent, it leads to the song of the message.
    const card = await anna.command(channel, 'extend', { clip: song.id, at: '1' }).reply();
    expect(card.text).toContain('Ferry');
    expect(looks()).toBeGreaterThan(before);
  });
});
