import { expect } from 'vitest';
import type { Channel } from '../../sandbox/discord/channel.ts';
import type { Message } from '../../sandbox/discord/message-view.ts';
import type { OperationId } from '../../src/domain/request.ts';
import type { Task, TaskState } from '../../src/domain/task.ts';
import { findCard } from '../../src/store/cards.ts';
import { listClipsOfTask } from '../../src/store/clips.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import type { Store } from '../../src/store/open.ts';
import { readAccounts } from '../support/evidence.ts';
import type { TestWorld } from '../support/world.ts';
import { expectSentOnce, expectSettled } from './spending.ts';
import type { Story } from './story.ts';

/** Songs that a task makes, each with a clip card. */
const CLIPS: Partial<Record<OperationId, number>> = { create: 2, extend: 2, upload: 1 };

/** What stands in the card of a task that is its result: each of these exactly once, and so many files. */
const SHOWN: Partial<Record<OperationId, { readonly words: readonly string[]; readonly files: number }>> = {
  lyrics: { words: ['**Compose** makes a song of a draft'], files: 0 },
  wav: { words: ['Made, and attached.'], files: 1 },
  download: { words: ['Made, and attached.'], files: 1 },
  bpm: { words: [' BPM'], files: 0 },
  vox: { words: ['Voice range: from'], files: 0 },
  timeline: { words: ['rain on the roof'], files: 0 },
};

/** Where something was asked for, and what to call it when it is not in order. */
type Place = Pick<Story, 'channel' | 'title'> & Partial<Pick<Story, 'isSilent'>>;

/** What the card of a task says that has ended without a result. */
const ENDS: Partial<Record<TaskState, RegExp>> = {
  unknown: /not known|never said whether/,
  failed: /Nothing was spent/,
  cancelled: /Cancelled by .*Nothing was spent/,
};

/**
 * What has to be so after the stories, wherever the bot was killed: every task at its end and shown, no request sent
 * twice, every result there once, nothing of what is private in public, and a ledger that says what MusicAPI's own
 * account says. The bot has to be stopped and to have settled what was unknown.
 */
export async function expectInOrder(
  world: TestWorld,
  stories: readonly Story[],
  spent: number,
): Promise<void> {
  const store = await world.openStore();
  try {
    const accounts = await readAccounts(store);
    for (const story of stories) {
      const own = accounts.filter(({ task }) => task.origin.channelId === story.channel.id);
      const tasks = own.map(({ task }) => task);
      const deliveries = await Promise.all(tasks.map(({ id }) => listDeliveriesOfTask(store.db, id)));
      for (const delivery of deliveries.flat()) expect.soft(delivery.state, story.title).toBe('delivered');
      for (const task of tasks) await expectKept(store, task, story);
      await expectShownOnce(world, store, story, tasks);
    }
    expectSentOnce(
      world,
      accounts.map(({ task }) => task),
    );
    expectSettled(world, accounts, spent);
  } finally {
    await store.close();
  }
}

/** Each song of a task is in the library once, and none of a task that made nothing. */
async function expectKept(store: Store, { id, state, request }: Task, { title }: Place): Promise<void> {
  const wanted = CLIPS[request.operation];
  if (wanted === undefined) return;
  const clips = await listClipsOfTask(store.db, id);
  expect.soft(clips, title).toHaveLength(state === 'succeeded' ? wanted : 0);
}

/**
 * One card for each decision, one message for each clip and the stems; nothing else, nothing twice.
 *
 * @param tasks - all that were asked for in the channel
 */
export async function expectShownOnce(
  world: TestWorld,
  store: Store,
  place: Place,
  tasks: readonly Task[],
): Promise<void> {
  const cards = await expectCards(world, store, place, tasks);
  expectPostedOnce(world, place, tasks, cards);
}

/** One card for each decision, with its result if that is no message of its own. Gives the cards. */
async function expectCards(
  world: TestWorld,
  store: Store,
  { channel, title, isSilent }: Place,
  tasks: readonly Task[],
): Promise<readonly Message[]> {
  const messages = world.discord.messages(channel);
  const leaders = tasks.filter(({ id, groupId = id }) => groupId === id);
  const decisions = leaders.map(({ request }) => request.operation);
  expect.soft(new Set(decisions).size, `${title}: ${decisions.join()}`).toBe(decisions.length);
  const cards: Message[] = [];
  for (const { id, origin, state } of leaders) {
    const messageId = (await findCard(store.db, id))?.messageId;
    const card = messages.find((message) => message.id === messageId);
    if (!card) throw new Error(`${title}: ${id} has no card`);
    expect.soft(card.ephemeral, title).toBe(origin.isPrivate === true);
    if (isSilent && state === 'succeeded') expect.soft(card.text, title).toBe('Done. It is in /library.');
    expectShown(
      card,
      tasks.filter((task) => task.id === id || task.groupId === id),
      title,
    );
    cards.push(card);
  }
  return cards;
}

function expectShown(card: Message, tasks: readonly Task[], where: string): void {
  let files = 0;
  for (const { state, request } of tasks) {
    const end = ENDS[state];
    if (end) {
      expect.soft(card.text, where).toMatch(end);
      continue;
    }
    const shown = SHOWN[request.operation];
    files += shown?.files ?? 0;
    for (const words of shown?.words ?? []) {
      expect.soft(card.text.split(words), `${where}: "${words}" in ${card.text}`).toHaveLength(2);
    }
  }
  expect.soft(card.fileNames, where).toHaveLength(files);
}

/** Besides the cards, two messages for each song, one for an upload or the stems; nothing else, nothing twice. */
function expectPostedOnce(
  world: TestWorld,
  { channel, title: where, isSilent }: Place,
  tasks: readonly Task[],
  cards: readonly Message[],
): void {
  const succeeded = tasks.filter(({ state }) => state === 'succeeded' && !isSilent);
  const posting = succeeded.filter(({ request }) => SHOWN[request.operation] === undefined);
  const clipsOf = ({ request }: Task) => CLIPS[request.operation] ?? 0;
  const wantedClips = posting.reduce((sum, task) => sum + clipsOf(task), 0);
  const wantedStems = posting.filter((task) => clipsOf(task) === 0).length;

  const clips = world.clipCards(channel);
  expect.soft(new Set(clips.map((card) => card.button('Extend').customId)).size, where).toBe(wantedClips);
  for (const { attachments } of clips) expect.soft(attachments, where).toHaveLength(1);
  const seen = world.ben.sees(channel).filter(({ loading }) => !loading);
  const rest = seen.filter((message) => cards.every(({ id }) => id !== message.id));
  expect
    .soft(rest, `${where}: ${rest.map(({ text }) => text).join('\n')}`)
    .toHaveLength(wantedClips + wantedStems);
  for (const { fileNames } of rest) expect.soft(new Set(fileNames).size, where).toBe(fileNames.length);
  expect
    .soft(
      rest.filter(({ attachments }) => attachments.length === 0),
      where,
    )
    .toEqual([]);
  const pings = rest.filter(({ pinged }) => pinged.length > 0).length;
  const decisions = new Set(posting.map(({ id, groupId = id }) => groupId)).size;
  expect.soft(pings, where).toBe(decisions);
  expect.soft(world.discord.messages(world.discord.openDm(world.anna.user)), where).toEqual([]);
  if (cards.every(({ ephemeral }) => ephemeral)) expectPrivate(world, channel, where, cards.length);
}

/** Only the person who asked sees anything, also no "is thinking", and each answer once. */
function expectPrivate(world: TestWorld, channel: Channel, where: string, answers: number): void {
  expect.soft(world.ben.sees(channel), where).toEqual([]);
  const shown = world.anna.sees(channel).filter(({ loading }) => !loading);
  expect.soft(shown, `${where}: ${shown.map(({ text }) => text).join('\n')}`).toHaveLength(answers);
}
