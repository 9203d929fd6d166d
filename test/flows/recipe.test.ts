import { parseBuffer } from 'music-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { withoutId3 } from '../../src/media/id3.ts';
import { readRecipe } from '../../src/media/read-recipe.ts';
import { formatRecipe, type Recipe } from '../../src/media/recipe.ts';
import { buildTag } from '../../src/media/song-tags.ts';
import { NO_AUDIO } from '../media/made-files.ts';
import { listPosts, listPrivate, openChannel, untilPrivate, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { makeMp3, makeWav } from '../support/real-audio.ts';
import type { TestWorld } from '../support/world.ts';

const PROMPT = 'a slow waltz about a lighthouse';
const SONG = { prompt: PROMPT, tags: 'waltz, slow', title: 'Lamp Waltz', vocals: 'female' };
const USE = 'Use this audio';

let world: TestWorld;
let studio: Channel;
/** A clip card, its file, and the recipe in it. */
let card: Message;
let file: Buffer;
let recipe: Recipe;
/** Two seconds of sound without any tag. */
let sound: Buffer;

beforeAll(async () => {
  world = await startQuickWorld({ env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' } });
  sound = await makeMp3(2, 64);
  studio = openChannel(world, 'studio');
  world.anna.command(studio, 'create', SONG);
  [card] = (await world.untilClipCards(2, studio)) as [Message, Message];
  file = await card.file();
  const found = await readRecipe(file);
  if (!found) throw new Error('the song has no recipe');
  recipe = found;
});
afterAll(() => world.close());

/** The bodies of what MusicAPI was asked for, by path. */
const bodiesAt = (path: string) =>
  listPosts(world)
    .filter((post) => post.path === `/api/v1${path}`)
    .map(({ body }) => body);
/** A file with a recipe somebody wrote. */
const forge = (changes: Partial<Recipe>) =>
  Buffer.concat([buildTag({ title: 'Forged', recipe: { ...recipe, ...changes } }), sound]);
const labelsOf = (message: Message) => message.buttons.map(({ label }) => label);
/** Ben uses the audio of a message of Anna's with these files. */
function useFiles(channel: Channel, files: readonly { name: string; data: Buffer }[]) {
  const message = world.anna.say(channel, 'listen', files);
  return world.ben.messageCommand(message, USE);
}

describe('the file of a song', () => {
  it('says how the song was made, and nothing of who asked for it or where', async () => {
    expect(recipe).toMatchObject({
      engine: 'sonic',
      operation: 'create',
      clip: { engine: 'sonic', source: 'generated' },
      inputs: SONG,
      song: { title: 'Lamp Waltz', tags: 'waltz, slow' },
    });
    const { anna, guild, discord, musicApi } = world;
    const all = file.toString('latin1') + file.toString('utf16le') + formatRecipe(recipe);
    for (const secret of [anna.user.id, anna.user.name, guild.id, studio.id, discord.token, musicApi.key]) {
      expect(all).not.toContain(secret);
    }
  });

  it('shows players its title, lyrics and cover, around the same frames as MusicAPI made', async () => {
    const { common } = await parseBuffer(file);
    expect(common.title).toBe('Lamp Waltz');
    expect(common.picture?.[0]?.format).toBe('image/png');
    expect(common.lyrics?.[0]?.text).toBe(recipe.song.lyrics);
    const address = `http://${world.musicApi.host}/media/${recipe.clip?.clipId}.mp3`;
    const original = Buffer.from(await (await fetch(address)).arrayBuffer());
    expect(withoutId3(file)).toEqual(withoutId3(original));
  });

  it('names the song that it was made from', async () => {
    const channel = openChannel(world, 'covers');
    world.anna.command(channel, 'cover', { clip: recipe.clip?.clipId ?? '', tags: 'polka' });
    const [cover] = await world.untilClipCards(2, channel);
    const found = cover && (await readRecipe(await cover.file()));
    expect(found).toMatchObject({ operation: 'cover', parent: recipe.clip, inputs: { tags: 'polka' } });
  });

  it('comes though nobody gives out its cover', async () => {
    const channel = openChannel(world, 'no-covers');
    const fault = { path: /^\/media\/image_/, times: 'all', answer: { status: 500, body: 'no' } } as const;
    world.musicApi.fault(fault);
    world.anna.command(channel, 'create', { prompt: 'a song without a face' });
    const [plain] = await world.untilClipCards(2, channel);
    world.musicApi.clearFaults();
    const { common } = await parseBuffer((await plain?.file()) ?? Buffer.alloc(0));
    expect(common.picture).toBeUndefined();
    expect(common.lyrics?.[0]?.text).toEqual(expect.any(String));
  });

  it('has all that in other files that it is converted into, and the times of its words once they are known', async () => {
    const channel = openChannel(world, 'exports');
    const clip = recipe.clip?.clipId ?? '';
    const exported = async (format: string) => {
      const answer = await world.anna.command(channel, 'export', { clip, format }).reply();
      await world.discord.until(() => answer.attachments.length > 0, { what: `the ${format}` });
      return await answer.file();
    };
    expect(await readRecipe(await exported('wav'))).toEqual(recipe);
    expect(await readRecipe(await exported('m4a'))).toEqual(recipe);
    await exported('lrc');
    const copy = await exported('mp3');
    expect(await readRecipe(copy)).toEqual(recipe);
    const timed = (await parseBuffer(copy)).common.lyrics?.find(({ syncText = [] }) => syncText.length > 0);
    expect(timed?.timeStampFormat).toBe(2);
    expect(timed?.syncText.map(({ text }) => text).join('')).toContain('[Verse]');
  });

  it('stays as it is where somebody brought it along', async () => {
    const channel = openChannel(world, 'own');
    const own = Buffer.concat([buildTag({ title: 'Mine', recipe }), sound]);
    world.anna.command(channel, 'upload', { file: { name: 'mine.mp3', data: own } });
    const [uploaded] = await world.untilClipCards(1, channel);
    expect(await uploaded?.file()).toEqual(own);
  });
});

describe('Use this audio', () => {
  it('shows privately what a song of ours says of itself, and all that can be done with it', async () => {
    const channel = openChannel(world, 'dropped');
    const answer = await useFiles(channel, [{ name: 'found-somewhere.mp3', data: file }]).reply();
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('What to do with **Lamp Waltz**?');
    expect(answer.text).toContain('- Extend: go on from a moment of the song, 15 credits');
    expect(answer.text).toContain(`Prompt: ${PROMPT}`);
    expect(answer.text).toContain('Settings: vocals: female');
    expect(answer.text).toContain(`Clip ID: \`${recipe.clip?.clipId}\``);
    expect(labelsOf(answer)).toEqual(
      expect.arrayContaining(['Extend', 'Cover', 'Stems', 'Sample', 'Create']),
    );
    const form = await world.ben.press(answer, 'Cover').modal();
    expect(form.field('Tags').value).toBe('waltz, slow');
    world.ben.submit(form, { Tags: 'ska' });
    await world.untilClipCards(2, channel);
    expect(bodiesAt('/sonic/create').at(-1)).toMatchObject({
      task_type: 'cover_music',
      continue_clip_id: recipe.clip?.clipId,
    });
  });

  it('leads from the card of a song to that song', async () => {
    const answer = await world.ben.messageCommand(card, USE).reply();
    expect(answer.text).toContain('What to do with **Lamp Waltz**?');
    expect(labelsOf(answer)).toEqual(expect.arrayContaining(['Extend', 'Cover', 'Stems']));
  });

  it('brings everything back in another server, where the file itself is brought in', async () => {
    const guild = world.discord.addGuild({ name: 'Elsewhere' });
    for (const { user } of [world.anna, world.ben]) guild.addMember(user);
    const channel = guild.addChannel({ name: 'there' });
    const answer = await useFiles(channel, [{ name: 'x.mp3', data: file }]).reply();
    expect(labelsOf(answer)).toEqual(['Extend', 'Cover', 'Sample', 'Upload', 'Create']);
    expect(answer.text).toContain('- Upload: this audio as a clip, 2 credits');
    expect(answer.text).toContain('Its own clip cannot be used here');
    const form = await world.ben.press(answer, 'Extend').modal();
    expect(form.field('Title').value).toBe('Lamp Waltz');
    expect(form.field('Tags').value).toBe('waltz, slow');
    expect(form.field('Lyrics').value).toBe(recipe.song.lyrics);
    world.ben.submit(form, { From: '0:01' });
    await world.untilClipCards(2, channel);
    expect(bodiesAt('/sonic/upload-extend').at(-1)).toMatchObject({
      url: expect.stringContaining('/x.mp3?ex='),
      continue_at: 1,
      title: 'Lamp Waltz',
      prompt: recipe.song.lyrics,
    });
    const again = await world.ben.press(answer, 'Create').modal();
    expect(again.field('Prompt').value).toBe(PROMPT);
    expect(again.field('Tags').value).toBe('waltz, slow');
  });

  it('brings in a file that says nothing, once however often that is pressed', async () => {
    const channel = openChannel(world, 'plain');
    const answer = await useFiles(channel, [{ name: 'Humming.mp3', data: sound }]).reply();
    expect(labelsOf(answer)).toEqual(['Extend', 'Cover', 'Sample', 'Upload']);
    expect(answer.text).toContain('What to do with **Humming.mp3**?');
    const before = bodiesAt('/sonic/upload').length;
    const presses = [world.ben.press(answer, 'Upload'), world.ben.press(answer, 'Upload')];
    await world.untilClipCards(1, channel);
    const words = await world.discord.until(() => presses.flatMap(listPrivate)[0], { what: 'a second word' });
    expect(words.text).toContain('This was already asked for');
    expect(bodiesAt('/sonic/upload').slice(before)).toHaveLength(1);
    await world.discord.until(() => labelsOf(answer).join() === 'Extend,Cover,Sample', { what: 'no Upload' });
    const form = await world.ben.press(answer, 'Sample').modal();
    await world.ben.submit(form, { To: '0:01', Tags: 'techno' }).reply();
    await world.untilClipCards(3, channel);
    expect(bodiesAt('/sonic/sample').at(-1)).toMatchObject({ tags: 'techno', chop_sample_end_s: 1 });
  });

  it('asks which of several files is meant', async () => {
    const channel = openChannel(world, 'several');
    const picture = { name: 'cover.png', data: NO_AUDIO.png };
    const one = { name: 'one.wav', data: makeWav(1) };
    const sent = useFiles(channel, [picture, one, { name: 'two.mp3', data: file }]);
    const question = await sent.reply();
    expect(question.ephemeral).toBe(true);
    expect(question.selects[0]?.options.map(({ label }) => label)).toEqual(['one.wav', 'two.mp3']);
    world.ben.select(question, 'Choose a file', ['two.mp3']);
    await untilSays(world, question, 'What to do with **Lamp Waltz**?');
    expect(question.selects).toEqual([]);
  });

  it.each([
    { what: 'no file', files: [], says: 'That message has no audio file.' },
    { what: 'a picture', files: [{ name: 'a.png', data: NO_AUDIO.png }], says: 'has no audio file' },
    {
      what: 'a picture that is called a song',
      files: [{ name: 'song.mp3', data: NO_AUDIO.png }],
      says: 'This is not audio that MusicAPI takes: it is a picture (PNG).',
    },
    {
      what: 'text that is called nothing',
      files: [{ name: 'file', data: NO_AUDIO.pdf }],
      says: 'it is a PDF document',
    },
  ])('refuses $what', async ({ what, files, says }) => {
    const channel = openChannel(world, `refused-${what}`);
    const refusal = await useFiles(channel, files).reply();
    await untilSays(world, refusal, says);
    expect(refusal.ephemeral).toBe(true);
    expect(refusal.buttons).toEqual([]);
  });

  it('refuses what Discord no longer has', async () => {
    const channel = openChannel(world, 'gone');
    world.discord.fault({ method: 'GET', route: /attachments/, answer: { status: 404 } });
    const gone = await useFiles(channel, [{ name: 'gone.mp3', data: sound }]).reply();
    await untilSays(world, gone, 'Discord no longer has the file.');
    expect(gone.buttons).toEqual([]);
  });

  it('offers a new song by the recipe of what is too long to be brought in', async () => {
    const channel = openChannel(world, 'long');
    const other = { clipId: 'somewhere-else', engine: 'sonic', source: 'generated' } as const;
    const head = buildTag({ title: 'Long', recipe: { ...recipe, clip: other } });
    const long = Buffer.concat([head, await makeMp3(481, 64)]);
    const answer = await useFiles(channel, [{ name: 'long.mp3', data: long }]).reply();
    await untilSays(world, answer, '- Extend: The file is longer than 8 minutes');
    expect(labelsOf(answer)).toEqual(['Create']);
    const plain = useFiles(channel, [{ name: 'long.mp3', data: Buffer.from(withoutId3(long)) }]);
    await untilSays(world, await plain.reply(), 'The file is longer than 8 minutes');
  });

  it('takes a forged recipe for what it is: words, cleaned and cut, from which nothing is spent', async () => {
    const channel = openChannel(world, 'forged');
    const spent = listPosts(world).length;
    const data = forge({
      clip: { clipId: 'not-ours-at-all', engine: 'sonic', source: 'generated' },
      model: '@everyone',
      inputs: { prompt: `@everyone <@${world.anna.user.id}> ${'la '.repeat(400)}`, model: 'evil-model' },
      song: { title: `**<@${world.anna.user.id}>**\u202E`, tags: '[x](https://evil.example)', lyrics: 'la' },
    });
    const answer = await useFiles(channel, [{ name: 'x.mp3', data }]).reply();
    expect(answer.pinged).toEqual([]);
    expect(answer.text).not.toContain('[x](https://evil.example)');
    expect(answer.text).not.toContain('@everyone');
    const form = await world.ben.press(answer, 'Create').modal();
    const prompt = String(form.field('Prompt').value);
    expect(prompt).not.toContain('@everyone');
    expect(prompt).not.toContain(world.anna.user.id);
    expect(listPosts(world)).toHaveLength(spent);
    for (const broken of [
      forge({ operation: 'sing-everything' as never }),
      forge({ clip: { clipId: '../..', engine: 'sonic', source: 'generated' } }),
    ]) {
      const plain = await useFiles(channel, [{ name: 'y.mp3', data: broken }]).reply();
      expect(plain.text).toContain('What to do with **y.mp3**?');
      expect(plain.embeds).toEqual([]);
    }
  });

  it('opens no song of somebody else to whoever writes its id into a file', async () => {
    const guild = world.discord.addGuild({ name: 'Spies' });
    guild.addMember(world.mod.user);
    const channel = guild.addChannel({ name: 'spying' });
    const message = world.mod.say(channel, '', [{ name: 'a.mp3', data: forge({}) }]);
    const answer = await world.mod.messageCommand(message, USE).reply();
    expect(labelsOf(answer)).not.toContain('Stems');
  });

  it('works after a restart', async () => {
    const channel = openChannel(world, 'later');
    const answer = await useFiles(channel, [{ name: 'x.mp3', data: sound }]).reply();
    await world.stopBot();
    await world.startBot();
    expect((await world.ben.press(answer, 'Cover').modal()).title).toContain('Cover');
  });
});

describe('a clip that is named by a message with its file', () => {
  it('is found by link or by id where the message is for the bot to see', async () => {
    const channel = openChannel(world, 'links');
    const bot = `<@${world.discord.botUser.id}>`;
    const theirs = world.anna.say(channel, `${bot} mine`, [{ name: 'x.mp3', data: file }]);
    for (const [index, clip] of [theirs.link, theirs.id].entries()) {
      world.ben.command(channel, 'cover', { clip, tags: `ska ${index}` });
      await world.untilClipCards(2 * index + 2, channel);
      expect(bodiesAt('/sonic/create').at(-1)).toMatchObject({
        task_type: 'cover_music',
        tags: `ska ${index}`,
        continue_clip_id: recipe.clip?.clipId,
      });
    }
  });

  it('is not found in what others wrote to each other, which a bot is not shown', async () => {
    const channel = openChannel(world, 'unseen');
    const theirs = world.anna.say(channel, 'mine', [{ name: 'x.mp3', data: file }]);
    const sent = world.ben.command(channel, 'cover', { clip: theirs.link, tags: 'ska' });
    const refusal = await untilPrivate(world, sent);
    expect(refusal.text).toContain('That message has no clip card of mine.');
    expect(refusal.text).toContain('I see nothing of what others attach');
  });
});
