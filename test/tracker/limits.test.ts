import { describe, expect, test } from 'vitest';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { claimDueCards, findCard, saveCard } from '../../src/store/cards.ts';
import { sums } from '../../src/store/ledger.ts';
import { findStanding } from '../../src/store/member-rules.ts';
import { findTask } from '../../src/store/tasks.ts';
import { createHistory } from '../../src/tracker/history.ts';
import { DEFAULT_LIMITS } from '../../src/tracker/limits.ts';
import { Members } from '../../src/tracker/members.ts';
import { createPlaces } from '../../src/tracker/places.ts';
import { viewTask } from '../../src/tracker/view.ts';
import { CREATE, T0 } from '../support/tasks.ts';
import { createHarness, type Harness } from './harness.ts';
import { apiError, providerClip } from './support.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;

async function createLimited() {
  return await createHarness({ submitIntervalMs: 0, limits: DEFAULT_LIMITS });
}

function named(prompt: string, userId = '500') {
  return { request: { ...CREATE, prompt }, origin: { userId } };
}

function sent({ api }: Harness): (string | undefined)[] {
  return api.submits.map(({ request }) => ('prompt' in request ? request.prompt : undefined));
}

function membersOf({ store, changes }: Harness): Members {
  return new Members({
    store,
    budgets: { memberDay: UNLIMITED, serverDay: UNLIMITED },
    log: createLogger({ level: 'info', destination: { write: () => {} } }),
    onChange: (task) => changes.push(task),
  });
}

const DEED = { guildId: '300', actorId: '900', targetId: '500', isOperator: false };

describe('tasks under way', () => {
  test('of one member are three by default; others go ahead, and the fourth is sent when one has ended', async () => {
    const harness = await createLimited();
    const { tracker, api, ask, reaches, advance, settled } = harness;
    const tasks = [];
    for (const prompt of ['a1', 'a2', 'a3', 'a4', 'a5']) tasks.push(await ask(named(prompt)));
    await ask(named('b1', '501'));
    await tracker.start();
    for (let index = 0; index < 4; index += 1) (await api.submitted(index)).accept(`p${index}`);
    for (const task of tasks.slice(0, 3)) await reaches(task.id, 'running');
    await settled();
    expect(sent(harness).sort()).toEqual(['a1', 'a2', 'a3', 'b1']);

    advance(15_000);
    const polls = await Promise.all([0, 1, 2, 3].map((index) => api.poll(index)));
    const ofOther = `p${sent(harness).indexOf('b1')}`;
    for (const poll of polls) {
      if (poll.providerTaskId === ofOther) poll.answer({ state: 'running', clips: [] });
    }
    polls
      .find((poll) => poll.providerTaskId !== ofOther)
      ?.answer({ state: 'succeeded', clips: [providerClip('a')] });
    await expect.poll(() => sent(harness)[4], { interval: 5 }).toBe('a4');
    await settled();
    expect(sent(harness)).toHaveLength(5);
  });

  test('of one server are twenty by default, whoever asks; another goes ahead, and the next follows when one has ended', async () => {
    const harness = await createLimited();
    const { tracker, api, ask, reaches, advance, settled } = harness;
    const tasks = [];
    for (let index = 0; index < 22; index += 1) tasks.push(await ask(named(`a${index}`, `6${index}`)));
    await ask({ ...named('b0', '700'), origin: { userId: '700', guildId: '301' } });
    await tracker.start();
    for (let index = 0; index < 21; index += 1) (await api.submitted(index)).accept(`p${index}`);
    for (const task of tasks.slice(0, 20)) await reaches(task.id, 'running');
    await settled();
    const first = tasks.slice(0, 20).map((_, index) => `a${index}`);
    expect(sent(harness).sort()).toEqual([...first, 'b0'].sort());

    advance(15_000);
    const polls = await Promise.all(first.map((_, index) => api.poll(index)));
    const ofOther = `p${sent(harness).indexOf('b0')}`;
    polls
      .find(({ providerTaskId }) => providerTaskId !== ofOther)
      ?.answer({ state: 'succeeded', clips: [providerClip('a')] });
    await expect.poll(() => sent(harness)[21], { interval: 5 }).toBe('a20');
    await settled();
    expect(sent(harness)).toHaveLength(22);
  });

  test('the estimate of those that wait for others to end counts these too', async () => {
    const harness = await createHarness({ limits: DEFAULT_LIMITS });
    const { ask, store, clock } = harness;
    const history = createHistory(createCatalogue());
    const deps = { history, places: createPlaces(), submitIntervalMs: 3_000 };
    const tasks = [];
    for (const prompt of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']) tasks.push(await ask(named(prompt)));
    const other = await ask(named('b1', '501'));
    const { typicalMs } = await history.get(store.db, CREATE, T0);
    const views = [];
    for (const task of [...tasks, other]) views.push(await viewTask(store.db, deps, task, clock.now));
    expect(views.map(({ place }) => place)).toEqual([1, 3, 4, 5, 6, 7, 8, 2]);
    expect(views.map(({ estimateMs = 0 }) => estimateMs - typicalMs)).toEqual([
      0,
      6_000,
      9_000,
      typicalMs,
      typicalMs,
      typicalMs,
      2 * typicalMs,
      3_000,
    ]);
  });
});

describe('leaving the queue', () => {
  test('a cancelled task makes the cards of those behind it due at once, with their new places', async () => {
    const { tracker, ask, store, clock } = await createHarness();
    const tasks = [await ask(), await ask(), await ask()] as const;
    const owner = 'process-1';
    await claimDueCards(store.db, { now: T0 + 10_000, limit: 3, owner, leaseUntil: T0 + 30_000 });
    for (const { id } of tasks) await saveCard(store.db, id, owner, { version: 0, dueAt: T0 + 60_000 });
    clock.now += 1_000;
    await tracker.cancel(tasks[0].id, '500');
    for (const { id } of tasks) expect(await findCard(store.db, id)).toMatchObject({ dueAt: T0 + 1_000 });
  });
});

describe('a blocked member', () => {
  test('loses what waits in the queue of that server, with the price given back, and nothing else', async () => {
    const harness = await createHarness();
    const { tracker, api, ask, reaches, store, changes } = harness;
    const running = await ask(named('running'));
    await tracker.start();
    (await api.submitted(0)).accept('p0');
    await reaches(running.id, 'running');
    const queued = await ask(named('queued'));
    const elsewhere = await ask({ ...named('elsewhere'), origin: { userId: '500', guildId: '301' } });
    const others = await ask(named('of somebody else', '501'));
    await membersOf(harness).block(DEED);
    expect(await findTask(store.db, queued.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'blocked' },
    });
    expect(await sums(store.db, queued.id)).toEqual({ reserved: 0, charged: 0 });
    expect(changes.at(-1)).toMatchObject({ id: queued.id, state: 'failed' });
    for (const { id } of [elsewhere, others]) {
      expect(await findTask(store.db, id)).toMatchObject({ state: 'queued' });
    }
    expect(await findTask(store.db, running.id)).toMatchObject({ state: 'running' });
    expect((await findStanding(store.db, '300', '500')).isBlocked).toBe(true);
  });

  test('loses a task that comes back into the queue after the block, instead of having it sent again', async () => {
    const harness = await createHarness({ submitIntervalMs: 0 });
    const { tracker, api, ask, reaches, store, advance } = harness;
    const task = await ask();
    await tracker.start();
    const post = await api.submitted(0);
    await membersOf(harness).block(DEED);
    post.reject(apiError({ kind: 'rate-limited', status: 429, delivered: 'yes', method: 'POST' }));
    await reaches(task.id, 'queued');
    advance(10 * 60_000);
    expect(await reaches(task.id, 'failed')).toMatchObject({ failure: { kind: 'blocked' } });
    expect(api.submits).toHaveLength(1);
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
  });
});
