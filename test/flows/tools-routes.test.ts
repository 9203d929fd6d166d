import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import { listPosts, untilSays } from '../support/evidence.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

let world: TestWorld;
afterEach(() => world.close());

const RICH = { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' };
const TOKEN_MS = 15 * 60_000;

async function makeClip(): Promise<string> {
  world.anna.command(world.channel, 'create', { prompt: 'a song about trees', title: 'Trees' });
  await world.untilClipCards(2);
  return world.musicApi.tasks[0]?.clips[0]?.clipId ?? '';
}

const directMessages = () => world.discord.messages(world.discord.openDm(world.anna.user));

/** A tool that MusicAPI answers only after the interaction token has died: it is slowed down until then. */
async function askUntilTokenDies(channel: Channel, command: string, options: Record<string, string>) {
  const pause = { status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '1000' } };
  world.musicApi.fault({ path: /\/sonic\/(wav|lyrics)$/, answer: pause });
  const card = await world.anna.command(channel, command, options).reply();
  await untilSays(world, card, 'MusicAPI asked for a pause');
  world.advance(TOKEN_MS + 60_000);
  return card;
}

describe('when the interaction token has died', () => {
  it('a public result is edited into its card by the bot itself, with the file', async () => {
    world = await startQuickWorld({ env: RICH });
    const clip = await makeClip();
    const card = await askUntilTokenDies(world.channel, 'export', { clip, format: 'wav' });
    await world.discord.until(() => card.attachments.length === 1, { what: `a file in "${card.text}"` });
    expect(card.attachments[0]?.name).toBe('Trees.wav');
    expect(directMessages()).toEqual([]);
  });

  it('a private result comes as a direct message, and never in public', async () => {
    world = await startQuickWorld({ env: RICH });
    await askUntilTokenDies(world.channel, 'lyrics', { about: 'rain' });
    const [message] = await world.discord.until(() => directMessages().length > 0 && directMessages(), {
      what: 'a direct message',
    });
    expect(message?.embeds).toHaveLength(2);
    expect(message?.buttons.map(({ label }) => label)).toEqual(['Compose', 'Compose', 'Again']);
    expect(world.ben.sees(world.channel)).toEqual([]);
  });

  it('a private failure comes as a direct message, with its reason', async () => {
    world = await startQuickWorld({ env: RICH });
    const pause = { status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '1000' } };
    const refusal = { status: 403, body: { message: 'Lyrics contain inappropriate content' } };
    world.musicApi.fault({ path: /\/sonic\/lyrics$/, answer: pause });
    const card = await world.anna.command(world.channel, 'lyrics', { about: 'rain' }).reply();
    await untilSays(world, card, 'MusicAPI asked for a pause');
    world.musicApi.fault({ path: /\/sonic\/lyrics$/, answer: refusal });
    world.advance(TOKEN_MS + 60_000);
    const [message] = await world.discord.until(() => directMessages().length > 0 && directMessages(), {
      what: 'a direct message',
    });
    expect(message?.text).toContain("MusicAPI's moderation refused the text");
    expect(world.ben.sees(world.channel)).toEqual([]);
  });
});

it('a private result that nobody can be sent stays out of public, and is shown privately from /tasks', async () => {
  world = await startQuickWorld({ env: RICH });
  const refused = { status: 403, code: 50_007, message: 'Cannot send messages to this user' };
  world.discord.fault({ method: 'POST', route: /^\/users\/@me\/channels/, times: 100, answer: refused });
  await askUntilTokenDies(world.channel, 'lyrics', { about: 'rain' });
  const isTold = () => world.log.some(({ msg, isLost }) => msg === 'card not edited' && isLost === true);
  await expect.poll(isTold).toBe(true);
  expect(world.ben.sees(world.channel)).toEqual([]);
  await world.stopBot();
  const store = await world.openStore();
  const row = await store.db.selectFrom('tasks').select(['card_digest', 'card_due_at']).executeTakeFirst();
  await store.close();
  expect(row).toEqual({ card_digest: 'succeeded:lost', card_due_at: null });
  await world.startBot();
  expect((await world.ben.command(world.channel, 'tasks').reply()).buttons).toEqual([]);
  const list = await world.anna.command(world.channel, 'tasks').reply();
  expect(list.text.split('\n')).toEqual([
    'You have no open tasks. Start one with /create.',
    '',
    'Made for you, but I could not send it to you:',
    '1️⃣ Lyrics: rain',
  ]);
  const shown = await world.anna.press(list, 'Show').reply();
  await world.discord.until(() => shown.embeds.length === 2, { what: `two drafts in "${shown.text}"` });
  expect(shown.ephemeral).toBe(true);
  expect(shown.buttons.map(({ label }) => label)).toEqual(['Compose', 'Compose', 'Again']);
  const late = await world.anna.press(list, 'Show').reply();
  expect(late.text).toBe('This was shown already. Use the command again if the message is gone.');
  expect((await world.anna.command(world.channel, 'tasks').reply()).buttons).toEqual([]);
  expect(world.ben.sees(world.channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
  expect(listPosts(world).filter(({ path }) => path.endsWith('/sonic/lyrics'))).toHaveLength(2);
});

it('a file that nobody can be sent is attached where Show was pressed', async () => {
  world = await startQuickWorld({ env: RICH });
  const clip = await makeClip();
  const refused = { status: 403, code: 50_007, message: 'Cannot send messages to this user' };
  world.discord.fault({ method: 'POST', route: /^\/users\/@me\/channels/, times: 100, answer: refused });
  const gone = { status: 404, code: 10_008, message: 'Unknown Message' };
  world.discord.fault({ method: 'PATCH', route: /^\/channels\/\d+\/messages/, times: 100, answer: gone });
  await askUntilTokenDies(world.channel, 'export', { clip, format: 'wav' });
  const list = () => world.anna.command(world.channel, 'tasks').reply();
  const isOffered = async () => (await list()).findButton('Show') !== undefined;
  await expect.poll(isOffered).toBe(true);
  const latest = await list();
  expect(latest.text).toContain('1️⃣ WAV: Trees');
  const shown = await world.anna.press(latest, 'Show').reply();
  await world.discord.until(() => shown.attachments.length === 1, { what: `a file in "${shown.text}"` });
  expect(shown.ephemeral).toBe(true);
  expect(shown.attachments[0]?.name).toBe('Trees.wav');
});

it('a file comes smaller, with the reason, when Discord refuses a size that it says it allows', async () => {
  world = await startQuickWorld({ env: RICH, discord: { maxRequestBytes: 120_000 } });
  const clip = await makeClip();
  const card = await world.anna.command(world.channel, 'export', { clip, format: 'wav' }).reply();
  const file = await world.discord.until(() => card.attachments[0], { what: `a file in "${card.text}"` });
  expect(file.name).toMatch(/^Trees\.(mp3|flac)$/);
  expect(card.text).toContain('Discord refused the original');
  expect(card.text).toMatch(/Download \[Trees\]\(http/);
});

it('an edit that was cut off is repeated, and the file is there once', async () => {
  world = await startQuickWorld({ env: RICH });
  const clip = await makeClip();
  const posts = () => listPosts(world).filter(({ path }) => path.endsWith('/sonic/wav')).length;
  const sent = world.anna.command(world.channel, 'export', { clip, format: 'wav' });
  world.discord.fault({ method: 'PATCH', route: /@original/, times: 4, answer: 'lose-answer' });
  const card: Message = await sent.reply();
  world.advance(10_000);
  await world.discord.until(() => card.attachments.length > 0, { what: `a file in "${card.text}"` });
  await world.stopBot();
  await world.startBot();
  world.discord.clearFaults();
  world.advance(10_000);
  const other = await world.anna.command(world.channel, 'export', { clip, format: 'lrc' }).reply();
  await world.discord.until(() => other.attachments.length > 0, { what: `a file in "${other.text}"` });
  expect(card.attachments.map(({ name }) => name)).toEqual(['Trees.wav']);
  expect(posts()).toBe(1);
});

it('a file on a host that is not allowed is told to the person and once to the operator', async () => {
  world = await startQuickWorld({ env: RICH });
  const clip = await makeClip();
  const wav = { message: 'success', data: { wav_url: 'https://elsewhere.example/trees.wav' } };
  world.musicApi.fault({ path: /\/sonic\/wav$/, answer: { status: 200, body: wav } });
  const card = await world.anna.command(world.channel, 'export', { clip, format: 'wav' }).reply();
  await untilSays(world, card, 'a host that I may not download from (elsewhere.example)');
  expect(card.buttons).toEqual([]);
  const lines = world.log.filter(({ variable }) => variable === 'MUSICAPI_MEDIA_HOSTS');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ host: 'elsewhere.example' });
});

it('a file on a host that is allowed later is attached after the restart, without paying once more', async () => {
  world = await startQuickWorld({ env: RICH });
  const clip = await makeClip();
  await world.stopBot();
  await world.startBot({ MUSICAPI_MEDIA_HOSTS: 'nowhere.example' });
  const card = await world.anna.command(world.channel, 'export', { clip, format: 'wav' }).reply();
  await untilSays(world, card, 'a host that I may not download from');
  await world.stopBot();
  await world.startBot();
  world.advance(61_000);
  await world.discord.until(() => card.attachments.length === 1, { what: `a file in "${card.text}"` });
  expect(card.text).toContain('Made, and attached.');
  expect(listPosts(world).filter(({ path }) => path.endsWith('/sonic/wav'))).toHaveLength(1);
});
