import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TaskBehaviourInput } from '../../sandbox/musicapi/behaviours.ts';
import { announceAudio, type OtherHost, sendAudio, startOtherHost } from '../support/elsewhere.ts';
import {
  expectReference,
  listPosts,
  listPrivate,
  openChannel,
  readAccount,
  untilSays,
} from '../support/evidence.ts';
import { PATIENCE } from '../support/patience.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';

const MIB = 1024 * 1024;

/** Longer than the waits between all tries for a file. */
const ALL_TRIES_MS = [5_000, 10_000, 20_000, 40_000];

let world: TestWorld;
let other: OtherHost;
beforeAll(async () => {
  other = await startOtherHost(sendAudio(1_000));
  world = await startQuickWorld({
    env: { BUDGET_MEMBER_DAY: 'unlimited', BUDGET_SERVER_DAY: 'unlimited' },
    downloadTimeoutMs: 3_000,
  });
  // A bot may write to those with whom it shares a server.
  world.guild.addMember(world.discord.owner);
});
afterAll(async () => {
  await Promise.all([world.close(), other.close()]);
});

/** Anna asks for a song in a channel of its own; its audio misbehaves. */
async function ask(prompt: string, task: TaskBehaviourInput) {
  world.musicApi.nextTask(task);
  const channel = openChannel(world, prompt.replaceAll(' ', '-'));
  const sent = world.anna.command(channel, 'create', { prompt });
  return { channel, sent, card: await sent.reply() };
}

/** How often the deliveries of a song were put off, as the log tells. */
function countWaits(prompt: string): number {
  const reference = findReference(prompt);
  return world.log.filter((line) => line.msg === 'delivery waits' && line.reference === reference).length;
}

/** Our id of the task of a prompt, as the log tells. */
function findReference(prompt: string) {
  const task = world.musicApi.tasks.find(({ body }) => JSON.stringify(body).includes(prompt));
  return world.log.find((line) => line.providerTaskId === task?.taskId)?.reference;
}

const withListedHost = () => ({ MUSICAPI_MEDIA_HOSTS: `${world.musicApi.host},${other.host}` });

async function restart(env: Record<string, string>) {
  await world.stopBot();
  await world.startBot(env);
}

describe('audio that MusicAPI does not give out', () => {
  const faults = [
    {
      task: 'audio-404',
      waits: 'MusicAPI does not give out its audio',
      ends: 'MusicAPI does not give it out',
    },
    { task: 'audio-html', waits: 'is not audio', ends: 'what MusicAPI gave out is not audio' },
  ] as const;
  it('is asked for again and again, then each song is posted without its file, with the reason', async () => {
    const asked = [];
    for (const { task, waits, ends } of faults) {
      const prompt = `without sound ${task}`;
      const { card, channel, sent } = await ask(prompt, task);
      await untilSays(world, card, waits);
      expect(card.text).toContain('exists, but is not posted yet');
      expect(card.text).toContain('I keep trying.');
      asked.push({ prompt, card, channel, sent, ends });
    }
    for (const [tries, waitMs] of ALL_TRIES_MS.entries()) {
      for (const { prompt, channel } of asked) {
        await vi.waitUntil(() => countWaits(prompt) === 2 * (tries + 1), PATIENCE);
        expect(world.clipCards(channel)).toEqual([]);
      }
      world.advance(waitMs);
    }
    for (const { prompt, card, channel, sent, ends } of asked) {
      const clips = await world.untilClipCards(2, channel);
      for (const clip of clips) {
        expect(clip.text).toContain(ends);
        expect(clip.attachments).toEqual([]);
      }
      expect(clips.map(({ pinged }) => pinged)).toEqual([[world.anna.user.id], []]);
      await untilSays(world, card, 'Done:');
      expect(listPosts(world, prompt)).toHaveLength(1);
      expect(listPrivate(sent)).toEqual([]);
    }
  });

  it('at its first address is fetched from its new one at once', async () => {
    const { card, channel } = await ask('moved', 'changed-url');
    const clips = await world.untilClipCards(2, channel);
    for (const clip of clips) expect(clip.attachments).toHaveLength(1);
    await untilSays(world, card, 'Done:');
    expect(listPosts(world, '"moved"')).toHaveLength(1);
  });

  it('because the download hangs is given up and tried again; other songs do not wait for it', async () => {
    other.answer = () => undefined;
    await restart(withListedHost());
    const hanging = await ask('hanging', { kind: 'other-host', host: `http://${other.host}` });
    await world.discord.until(() => other.asked.length > 0);
    const quick = await ask('quick', 'changed-url');
    await world.untilClipCards(2, quick.channel);
    await untilSays(world, hanging.card, 'I keep trying.');
    await vi.waitUntil(() => countWaits('"hanging"') >= 2, PATIENCE);
    expect(world.clipCards(hanging.channel)).toEqual([]);
    other.answer = sendAudio(1_000);
    world.advance(10_000);
    const clips = await world.untilClipCards(2, hanging.channel);
    for (const clip of clips) expect(clip.attachments).toHaveLength(1);
  });
});

/** What the owner of the application was told by direct message. */
function listNotices() {
  const { discord } = world;
  return discord.messages(discord.openDm(discord.owner)).filter(({ text }) => text.includes(other.host));
}

describe('a result on a host that is not listed', () => {
  const behaviours: { name: string; task: () => TaskBehaviourInput }[] = [
    { name: 'by its address', task: () => ({ kind: 'other-host', host: `http://${other.host}` }) },
    { name: 'by a redirect', task: () => ({ kind: 'redirect', url: `http://${other.host}/song.mp3` }) },
  ];
  for (const { name, task } of behaviours) {
    it(`waits ${name}: the card says that it exists, the log what to do, and then it is posted once`, async () => {
      await restart({});
      other.answer = sendAudio(1_000);
      const asked = other.asked.length;
      const prompt = `elsewhere ${name}`;
      const { card, channel, sent } = await ask(prompt, task());
      const both = /(exists, but is not posted yet.*The operator was told.*){2}/s;
      await world.discord.until(() => both.test(card.text), { what: 'both songs to be told of' });
      const reference = findReference(prompt);
      const line = world.log.find((one) => one.reference === reference && Number(one.level) >= 50);
      expect(line).toMatchObject({ variable: 'MUSICAPI_MEDIA_HOSTS', host: other.host });
      expect(card.text).toContain(other.host);
      expect(other.asked).toHaveLength(asked);
      const notice = await world.discord.until(() => listNotices()[0], { what: 'a word to the operator' });
      expect(notice.text).toContain('add it to `MUSICAPI_MEDIA_HOSTS`');
      expectReference(world, notice);
      world.advance(60_000);
      await restart({});
      await untilSays(world, card, 'exists, but is not posted yet');
      expect(world.clipCards(channel)).toEqual([]);
      await restart(withListedHost());
      const clips = await world.untilClipCards(2, channel);
      for (const clip of clips) expect(clip.attachments).toHaveLength(1);
      await untilSays(world, card, 'Done:');
      await restart(withListedHost());
      expect(world.clipCards(channel)).toHaveLength(2);
      expect(listPosts(world, prompt)).toHaveLength(1);
      expect(listPrivate(sent)).toEqual([]);
      // Once within an hour, and once that it is over.
      await vi.waitUntil(() => listNotices().length === 2, PATIENCE);
      expect(listNotices()[1]?.text).toContain('may be downloaded now');
    });
  }

  it('is not fetched by plain http although the host is listed, because only loopback may go without encryption', async () => {
    await restart({ MUSICAPI_MEDIA_HOSTS: `${world.musicApi.host},media.example.com` });
    const prompt = 'without encryption';
    const { card, channel } = await ask(prompt, { kind: 'other-host', host: 'http://media.example.com' });
    await untilSays(world, card, 'exists, but is not posted yet');
    expect(world.clipCards(channel)).toEqual([]);
    await world.stopBot();
    expect(await readAccount(world, prompt)).toMatchObject({
      task: { state: 'succeeded' },
      sums: { reserved: 0, charged: 20 },
    });
    await world.startBot();
  });
});

describe('a file that is too large', () => {
  const sizes = [
    { name: 'for the place', answer: sendAudio(11 * MIB) },
    // Nobody waits for so many bytes: their number is enough.
    { name: 'to be encoded', answer: announceAudio(101 * MIB) },
  ];
  for (const { name, answer } of sizes) {
    it(`${name} comes as a link, with the reason`, async () => {
      await restart(withListedHost());
      other.answer = answer;
      const { card, channel } = await ask(`large ${name}`, {
        kind: 'other-host',
        host: `http://${other.host}`,
      });
      const clips = await world.untilClipCards(2, channel);
      for (const clip of clips) {
        expect(clip.attachments).toEqual([]);
        expect(clip.text).toContain('The file is too large to attach here.');
        expect(clip.text).toContain(`http://${other.host}/`);
      }
      expect(clips.map(({ pinged }) => pinged)).toEqual([[world.anna.user.id], []]);
      await untilSays(world, card, 'Done:');
    });
  }
});
