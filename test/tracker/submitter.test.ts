import { describe, expect, test } from 'vitest';
import { AFTERLIFE_MS } from '../../src/domain/task.ts';
import { loseTask } from '../../src/domain/transitions.ts';
import { getAccount } from '../../src/store/accounts.ts';
import { findCard } from '../../src/store/cards.ts';
import { sums } from '../../src/store/ledger.ts';
import type { Store } from '../../src/store/open.ts';
import { findTask } from '../../src/store/tasks.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import { CREATE, T0 } from '../support/tasks.ts';
import { createHarness } from './harness.ts';
import { apiError } from './support.ts';

/** Names a request by its prompt, so that a test sees which one was sent. */
function named(prompt: string) {
  return { request: { ...CREATE, prompt } };
}

describe('Submitter', () => {
  test('writes the intent before the POST and the provider task id after it', async () => {
    const { tracker, api, ask, reaches, store } = await createHarness();
    await tracker.start();
    const task = await ask();
    const post = await api.submitted(0);
    expect(await findTask(store.db, task.id)).toMatchObject({ state: 'submitting', submittingAt: T0 });
    post.accept('p1');
    expect(await reaches(task.id, 'running')).toMatchObject({
      providerTaskId: 'p1',
      acceptedAt: T0,
      nextPollAt: T0 + 15_000,
    });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 20, charged: 0 });
  });

  test('sends one create per interval and account, without waiting for the answer of the one before', async () => {
    const { tracker, api, ask, advance, settled } = await createHarness();
    await tracker.start();
    await ask(named('a'));
    await ask(named('b'));
    await api.submitted(0);
    advance(2_999);
    await settled();
    expect(api.submits).toHaveLength(1);
    advance(1);
    expect((await api.submitted(1)).request).toMatchObject({ prompt: 'b' });
  });

  test('lets servers and members take turns, and remembers who had one', async () => {
    const { tracker, api, ask, advance } = await createHarness();
    for (const prompt of ['a1', 'a2', 'a3']) await ask({ ...named(prompt), origin: { guildId: 'a' } });
    await ask({ ...named('a-other'), origin: { guildId: 'a', userId: '501' } });
    await ask({ ...named('b1'), origin: { guildId: 'b' } });
    await ask({ ...named('dm'), origin: { guildId: undefined, userId: '502' } });
    await tracker.start();
    for (let index = 0; index < 6; index += 1) {
      (await api.submitted(index)).accept(`p${index}`);
      advance(3_000);
    }
    const order = api.submits.map(({ request }) => ('prompt' in request ? request.prompt : undefined));
    expect(order).toEqual(['a1', 'b1', 'dm', 'a-other', 'a2', 'a3']);
  });

  test('an interval of 0 sends everything at once', async () => {
    const { tracker, api, ask } = await createHarness({ submitIntervalMs: 0 });
    for (let index = 0; index < 10; index += 1) await ask();
    await tracker.start();
    await api.submitted(9);
  });

  test('has a bounded number of POSTs under way', async () => {
    const { tracker, api, ask, settled } = await createHarness({ submitIntervalMs: 0 });
    for (let index = 0; index < 40; index += 1) await ask();
    await tracker.start();
    await api.submitted(31);
    await settled();
    expect(api.submits).toHaveLength(32);
    (await api.submitted(0)).accept('p0');
    await api.submitted(32);
    await settled();
    expect(api.submits).toHaveLength(33);
  });

  test('a 429 puts the task back, slows the whole account, and keeps the place of the task', async () => {
    const { tracker, api, ask, reaches, advance, store, settled } = await createHarness();
    const first = await ask(named('first'));
    await ask({ ...named('second'), origin: { userId: '501' } });
    await tracker.start();
    (await api.submitted(0)).reject(
      apiError({ kind: 'rate-limited', status: 429, retryAfterMs: 20_000, method: 'POST' }),
    );
    expect(await reaches(first.id, 'queued')).toMatchObject({ setback: 'rate-limited', tries: 1 });
    expect(await getAccount(store.db, 'operator')).toMatchObject({ nextCreateAt: T0 + 20_000 });
    expect(await sums(store.db, first.id)).toEqual({ reserved: 20, charged: 0 });
    advance(19_999);
    await settled();
    expect(api.submits).toHaveLength(1);
    advance(1);
    expect((await api.submitted(1)).request).toMatchObject({ prompt: 'first' });
  });

  test('429s without a hint double the wait', async () => {
    const { tracker, api, ask, advance, store, reaches } = await createHarness();
    const { id } = await ask();
    await tracker.start();
    let spentMs = 0;
    for (const [index, waitMs] of [2_000, 4_000, 8_000].entries()) {
      (await api.submitted(index)).reject(apiError({ kind: 'rate-limited', status: 429 }));
      await reaches(id, 'queued');
      const { nextCreateAt } = await getAccount(store.db, 'operator');
      expect(nextCreateAt).toBe(T0 + spentMs + Math.max(waitMs, 3_000));
      // The bucket's own interval is longer than the first wait.
      advance(Math.max(waitMs, 3_000));
      spentMs += Math.max(waitMs, 3_000);
    }
    await api.submitted(3);
  });

  test('an account recovers from 429s step by step, whichever task meets them', async () => {
    const { tracker, api, ask, advance, store, reaches } = await createHarness({ submitIntervalMs: 0 });
    const nextCreateAt = async () => (await getAccount(store.db, 'operator')).nextCreateAt - T0;
    const limited = apiError({ kind: 'rate-limited', status: 429 });
    const first = await ask();
    await tracker.start();
    (await api.submitted(0)).reject(limited);
    await expect.poll(nextCreateAt).toBe(2_000);
    advance(2_000);
    (await api.submitted(1)).reject(limited);
    await expect.poll(nextCreateAt).toBe(6_000);
    await tracker.cancel(first.id, '500');
    const second = await ask();
    advance(4_000);
    (await api.submitted(2)).accept('p1');
    await reaches(second.id, 'running');
    await ask();
    (await api.submitted(3)).reject(limited);
    await expect.poll(nextCreateAt).toBe(6_000 + 4_000);
  });

  test('a task that has to wait longer than its account does not hold up the others', async () => {
    const { tracker, api, ask, store, reaches } = await createHarness();
    const first = await ask(named('first'));
    await tracker.start();
    (await api.submitted(0)).reject(apiError({ delivered: 'no' }));
    await reaches(first.id, 'queued');
    await store.db.updateTable('accounts').set({ next_create_at: T0 }).execute();
    await ask(named('second'));
    expect((await api.submitted(1)).request).toMatchObject({ prompt: 'second' });
  });

  test('a MusicAPI that cannot be reached loses nothing: the task is sent again', async () => {
    const { tracker, api, ask, reaches, advance } = await createHarness();
    const task = await ask();
    await tracker.start();
    (await api.submitted(0)).reject(apiError({ delivered: 'no' }));
    expect(await reaches(task.id, 'queued')).toMatchObject({ setback: 'unreachable' });
    advance(60_000);
    (await api.submitted(1)).accept('p1');
    await reaches(task.id, 'running');
  });

  test('a refusal ends the task and gives its price back, with a reference in the log', async () => {
    const { tracker, api, ask, reaches, store, lines } = await createHarness();
    const task = await ask();
    await tracker.start();
    (await api.submitted(0)).reject(apiError({ kind: 'moderation', status: 403, text: 'No.' }));
    expect(await reaches(task.id, 'failed')).toMatchObject({ failure: { kind: 'moderation', text: 'No.' } });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
    await expect
      .poll(() => lines)
      .toContainEqual(expect.objectContaining({ from: 'submitting', to: 'failed', reference: task.id }));
  });

  test('a lost answer makes it unknown: never sent again, held for a day, then charged with a flag', async () => {
    const { tracker, api, ask, reaches, advance, store, restart, clock } = await createHarness();
    const task = await ask();
    await tracker.start();
    (await api.submitted(0)).reject(apiError({ kind: 'answer-lost', delivered: 'maybe' }));
    expect(await reaches(task.id, 'unknown')).toMatchObject({ settled: false });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 20, charged: 0 });
    advance(AFTERLIFE_MS - 1);
    await tracker.stop();
    clock.now += 1;
    await restart().start();
    await expect.poll(async () => await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 20 });
    expect(await findTask(store.db, task.id)).toMatchObject({ state: 'unknown', settled: true });
    const flagged = await store.db.selectFrom('ledger').selectAll().where('flagged', '=', 1).execute();
    expect(flagged).toHaveLength(1);
    expect(api.submits).toHaveLength(1);
  });

  test('the end of a POST is written as soon as the database is there again', async () => {
    let outages = 0;
    const { tracker, api, ask, reaches, lines } = await createHarness(
      {},
      (store): Store => ({
        ...store,
        async transaction(work) {
          if (outages > 0) {
            outages -= 1;
            throw new Error('disk full');
          }
          return await store.transaction(work);
        },
      }),
    );
    const task = await ask();
    await tracker.start();
    const post = await api.submitted(0);
    outages = 3;
    post.accept('p1');
    await reaches(task.id, 'running');
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 50, providerTaskId: 'p1', taskId: task.id }),
    );
  });

  test('an answer that comes after the task was given up for unknown still brings it back', async () => {
    const { tracker, api, ask, reaches, store, clock } = await createHarness();
    const task = await ask();
    await tracker.start();
    const post = await api.submitted(0);
    const sending = await reaches(task.id, 'submitting');
    const lost = loseTask(sending, { kind: 'interrupted', text: 'the process seemed gone' }, clock.now);
    await store.transaction((tx) => advanceTask(tx, sending, lost, clock.now));
    post.accept('p1');
    expect(await reaches(task.id, 'running')).toMatchObject({ providerTaskId: 'p1' });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 20, charged: 0 });
  });

  test('a row that cannot be read does not hold up the queue', async () => {
    const { tracker, api, ask, store, advance } = await createHarness();
    const broken = await ask(named('broken'));
    await store.db.updateTable('tasks').set({ request: '{' }).where('id', '=', broken.id).execute();
    await ask(named('fine'));
    await tracker.start();
    expect((await api.submitted(0)).request).toMatchObject({ prompt: 'fine' });
    await ask(named('also fine'));
    advance(3_000);
    expect((await api.submitted(1)).request).toMatchObject({ prompt: 'also fine' });
  });

  test('every change of state makes the card due and is told to the listener after it is written', async () => {
    const { tracker, api, ask, reaches, changes, store } = await createHarness();
    await tracker.start();
    const task = await ask();
    (await api.submitted(0)).accept('p1');
    await reaches(task.id, 'running');
    await expect.poll(() => changes.map(({ state }) => state)).toEqual(['submitting', 'running']);
    expect(await findCard(store.db, task.id)).toMatchObject({ version: 2 });
  });
});
