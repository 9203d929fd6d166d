import { expect } from 'vitest';
import type { Task, TaskState } from '../../src/domain/task.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { type Account, listPosts } from '../support/evidence.ts';
import { findSentTwice } from '../support/sendings.ts';
import type { TestWorld } from '../support/world.ts';

/** MusicAPI saw each request at most once; those of a batch are alike, so as often as there are tasks of it. */
export function expectSentOnce(world: TestWorld, tasks: readonly Task[]): void {
  expect(findSentTwice(listPosts(world), tasks)).toEqual([]);
}

/** Ends for which something is paid: of an unknown one nobody knows. */
const PAID: readonly TaskState[] = ['succeeded', 'unknown'];
/** Ends for which nothing is. */
const FREE: readonly TaskState[] = ['failed', 'cancelled'];

/**
 * Nothing is held any more; what was charged is what MusicAPI took, plus what is marked as not known to be taken. So
 * nothing stays taken for what failed or was cancelled.
 */
export function expectSettled(world: TestWorld, accounts: readonly Account[], spent: number): void {
  for (const { task, sums, flagged } of accounts) {
    expect([...PAID, ...FREE], task.id).toContain(task.state);
    const charged = PAID.includes(task.state) ? task.price : 0;
    expect(sums, `${task.id}, ${task.state}`).toEqual({ reserved: 0, charged });
    expect(flagged, task.id).toBe(task.state === 'unknown');
  }
  const tasks = accounts.map(({ task }) => task);
  const succeeded = tasks.filter(({ state }) => state === 'succeeded');
  const unknown = tasks.filter(({ state }) => state === 'unknown');
  for (const task of succeeded.filter(({ isDirect }) => isDirect)) {
    expect(countTaken(world, task), task.id).toBe(1);
  }
  const takenUnknown = [
    ...listUnknownTasks(world, tasks),
    ...unknown.filter((task) => task.isDirect && countTaken(world, task) === 1),
  ];
  expect(takenUnknown.length).toBeLessThanOrEqual(unknown.length);
  const sum = (all: readonly { readonly price: number }[]) =>
    all.reduce((total, { price }) => total + price, 0);
  expect(sum(succeeded) + sum(takenUnknown), 'the ledger against the account of MusicAPI').toBe(spent);
}

/** MusicAPI's tasks of whose ids the bot never heard, and for which it has taken credits. */
function listUnknownTasks({ musicApi }: TestWorld, tasks: readonly Task[]) {
  const known = new Set(tasks.map((task) => ('providerTaskId' in task ? task.providerTaskId : undefined)));
  return musicApi.tasks.filter(({ taskId, refunded }) => !known.has(taskId) && !refunded);
}

const catalogue = createCatalogue();

/** How often MusicAPI gave back the result of a tool. */
function countTaken(world: TestWorld, { request }: Task): number {
  const { engine, operation, clip, file, prompt } = request;
  const { path } = catalogue.get(engine, operation);
  const about = JSON.stringify(clip?.clipId ?? file?.url ?? prompt);
  return listPosts(world).filter(
    (post) => post.path.endsWith(path) && post.status === 200 && JSON.stringify(post.body).includes(about),
  ).length;
}
