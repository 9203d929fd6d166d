import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../../src/domain/task.ts';
import { listClipsOfTask } from '../../src/store/clips.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { findTaskByRequestKey } from '../../src/store/tasks.ts';
import { type CountingMusicApi, startCountingMusicApi } from './counting-music-api.ts';

const SCRIPT = fileURLToPath(new URL('./tracker-process.ts', import.meta.url));

let folder: string;
let databaseUrl: string;
let api: CountingMusicApi;
const children: ChildProcess[] = [];
const logs = new Map<ChildProcess, string>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-chaos-'));
  databaseUrl = `sqlite:${join(folder, 'encore.db')}`;
  api = await startCountingMusicApi();
});

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a tracker with so many tasks. */
function startProcess(tasks: number): ChildProcess {
  const child = spawn(process.execPath, [SCRIPT, databaseUrl, api.url, `${tasks}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  logs.set(child, '');
  // Read all the time: a process whose log nobody reads stands still once the pipe is full.
  child.stdout.on('data', (chunk) => logs.set(child, `${logs.get(child)}${chunk}`));
  return child;
}

/** Waits until the text stands in the log of the process `count` times. */
async function logged(child: ChildProcess, text: string, count = 1): Promise<void> {
  const written = () => (logs.get(child) ?? '').split(text).length - 1;
  await expect.poll(written, { interval: 5 }).toBeGreaterThanOrEqual(count);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** Looks into the database while no process has it. */
async function inspect<Found>(look: (store: Store) => Promise<Found>): Promise<Found> {
  const store = await openStore({ databaseUrl });
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

async function readTask(store: Store, index: number): Promise<Task> {
  const task = await findTaskByRequestKey(store.db, `press-${index}`);
  if (!task) throw new Error(`task ${index} is lost`);
  return task;
}

/** What has to be true of every task, wherever processes were killed. */
async function expectNothingLostOrDoubled(tasks: number): Promise<string[]> {
  expect(api.creates).toEqual([...new Set(api.creates)]);
  return await inspect(async (store) => {
    const states: string[] = [];
    for (let index = 0; index < tasks; index += 1) {
      const task = await readTask(store, index);
      states.push(task.state);
      expect(['succeeded', 'unknown']).toContain(task.state);
      const succeeded = task.state === 'succeeded';
      expect(await sums(store.db, task.id)).toEqual(
        succeeded ? { reserved: 0, charged: 20 } : { reserved: 20, charged: 0 },
      );
      expect(await listClipsOfTask(store.db, task.id)).toHaveLength(succeeded ? 2 : 0);
      expect(await listDeliveriesOfTask(store.db, task.id)).toHaveLength(succeeded ? 2 : 0);
    }
    const { count } = await store.db
      .selectFrom('tasks')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(tasks);
    return states;
  });
}

describe('a tracker that is killed with kill -9', () => {
  test('while MusicAPI has its POST: the task is unknown and never sent again', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    api.hold = promise;
    const first = startProcess(1);
    await expect.poll(() => api.creates.length).toBe(1);
    await kill(first);
    resolve();
    const second = startProcess(1);
    await logged(second, '"to":"unknown"');
    await logged(second, 'all requests are taken in');
    await kill(second, 'SIGTERM');
    expect(await expectNothingLostOrDoubled(1)).toEqual(['unknown']);
    expect(api.creates).toHaveLength(1);
  });

  test('while the task runs: the next process follows it to its end', async () => {
    const first = startProcess(1);
    await logged(first, '"to":"running"');
    await kill(first);
    const second = startProcess(1);
    await logged(second, '"to":"succeeded"');
    await kill(second, 'SIGTERM');
    expect(await expectNothingLostOrDoubled(1)).toEqual(['succeeded']);
    expect(api.creates).toHaveLength(1);
  });

  test('while its queue is full: what was not sent yet is sent by the next process', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    api.hold = promise;
    const first = startProcess(40);
    await logged(first, 'all requests are taken in');
    await kill(first);
    resolve();
    const begun = api.creates.length;
    expect(begun).toBeLessThan(40);
    await finish(40);
    const states = await expectNothingLostOrDoubled(40);
    // The kill may fall between the written intent and the POST: such a task is unknown, though nobody saw it.
    const unseen = 40 - api.creates.length;
    expect(unseen).toBeLessThanOrEqual(states.filter((state) => state === 'unknown').length);
    expect(api.creates.length).toBeGreaterThan(begun);
  });

  // Each round starts a process, which takes a busy machine seconds: not too many of them in one test.
  test.each([
    ['the first POSTs to the first answers', 1],
    ['the first answers to the first results', 13],
  ])('at any moment from %s, again and again: no task is lost and none is paid twice', async (_, first) => {
    const rounds = 4;
    const perRound = 10;
    for (let round = 0; round < rounds; round += 1) {
      const child = startProcess(perRound * (round + 1));
      await logged(child, '"msg":"task changed"', first + 3 * round);
      await kill(child);
    }
    await finish(perRound * rounds);
    const states = await expectNothingLostOrDoubled(perRound * rounds);
    expect(states.filter((state) => state === 'succeeded').length).toBeGreaterThan(0);
  });
});

/** Lets a process run until nothing is open any more, and stops it. */
async function finish(tasks: number): Promise<void> {
  const child = startProcess(tasks);
  await logged(child, 'nothing is open any more');
  await kill(child, 'SIGTERM');
}
