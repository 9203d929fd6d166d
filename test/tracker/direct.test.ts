import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { loseTask, requeueTask, startSubmitting } from '../../src/domain/transitions.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import type { Yield } from '../../src/musicapi/types.ts';
import { getAccount } from '../../src/store/accounts.ts';
import { listClipsOfTask } from '../../src/store/clips.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { listPersonas } from '../../src/store/personas.ts';
import { findTask } from '../../src/store/tasks.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import { createHistory } from '../../src/tracker/history.ts';
import { createPlaces } from '../../src/tracker/places.ts';
import { viewTask } from '../../src/tracker/view.ts';
import { CREATE, T0 } from '../support/tasks.ts';
import { createHarness, type Harness, NO_LIMITS } from './harness.ts';
import { apiError, LYRICS, providerClip } from './support.ts';

const PRICE = createCatalogue().price(LYRICS);

/** Lyrics as MusicAPI writes them. */
const DRAFTS: Yield = { clips: [], tool: { kind: 'lyrics', drafts: [{ title: 'Rain', lyrics: 'la' }] } };

const CLIP = { clipId: 'clip-1', engine: 'sonic', source: 'generated' } as const;
const DOWNLOAD: Request = { operation: 'download', engine: 'sonic', clip: CLIP, format: 'm4a' };

type From = { readonly userId?: string; readonly guildId?: string };

/** Names a request by its prompt, so that a test sees which one was sent. */
function lyrics(prompt: string, origin: From = {}) {
  return { request: { ...LYRICS, prompt }, origin };
}

function create(prompt: string, origin: From = {}) {
  return { request: { ...CREATE, prompt }, origin };
}

function sent({ api }: Harness): (string | undefined)[] {
  return api.submits.map(({ request }) => request.prompt);
}

describe('a direct task', () => {
  test('does not wait for the create bucket, and leaves it as it is', async () => {
    const harness = await createHarness();
    const { tracker, api, ask, advance, store, settled } = harness;
    await tracker.start();
    await ask(create('song'));
    await api.submitted(0);
    await ask(create('next song'));
    await ask(lyrics('words'));
    await ask(lyrics('more words'));
    await api.submitted(2);
    await settled();
    expect(sent(harness)).toEqual(['song', 'words', 'more words']);
    expect((await getAccount(store.db, 'operator')).nextCreateAt).toBe(T0 + 3_000);
    advance(3_000);
    expect((await api.submitted(3)).request.prompt).toBe('next song');
  });

  test('ends with what MusicAPI answered, charged and without anything to deliver', async () => {
    const { tracker, api, ask, reaches, store } = await createHarness();
    const task = await ask(lyrics('words'));
    expect(task).toMatchObject({ isDirect: true, price: PRICE });
    await tracker.start();
    const post = await api.submitted(0);
    expect(await reaches(task.id, 'submitting')).toMatchObject({ submittingAt: T0 });
    expect(await sums(store.db, task.id)).toEqual({ reserved: PRICE, charged: 0 });
    post.finish(DRAFTS);
    expect(await reaches(task.id, 'succeeded')).toMatchObject({ tool: DRAFTS.tool, isDirect: true });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: PRICE });
    expect(await listDeliveriesOfTask(store.db, task.id)).toEqual([]);
  });

  test('that uploads a file brings a clip, which is delivered like any other', async () => {
    const { tracker, api, ask, reaches, store } = await createHarness();
    const file = { url: 'https://cdn.discordapp.com/a.mp3', name: 'a.mp3' };
    const task = await ask({ request: { operation: 'upload', engine: 'sonic', file } });
    await tracker.start();
    (await api.submitted(0)).finish({ clips: [providerClip('mine', { title: 'a' })] });
    await reaches(task.id, 'succeeded');
    expect(await listClipsOfTask(store.db, task.id)).toMatchObject([{ clipId: 'mine', source: 'uploaded' }]);
    expect(await listDeliveriesOfTask(store.db, task.id)).toMatchObject([{ clipIds: ['mine'] }]);
  });

  test('that makes a singer records it together with its end, under the name that was asked for', async () => {
    const { tracker, api, ask, reaches, store } = await createHarness();
    const named = await ask({ request: { operation: 'persona', engine: 'sonic', clip: CLIP, name: 'Ada' } });
    const unnamed = await ask({ request: { operation: 'persona', engine: 'sonic', clip: CLIP } });
    await tracker.start();
    for (const index of [0, 1]) {
      const { request, finish } = await api.submitted(index);
      const personaId = request.name ? 'p-1' : 'p-2';
      finish({ clips: [], tool: { kind: 'persona', personaId, name: 'From MusicAPI' } });
    }
    await reaches(named.id, 'succeeded');
    await reaches(unnamed.id, 'succeeded');
    const found = await listPersonas(store.db, '500');
    expect(found.map(({ personaId, name, taskId }) => [personaId, name, taskId]).sort()).toEqual([
      ['p-1', 'Ada', named.id],
      ['p-2', 'From MusicAPI', unnamed.id],
    ]);
  });

  test('is one of at most four of its account at a time, in the order of turns', async () => {
    const harness = await createHarness();
    const { tracker, api, ask, settled } = harness;
    for (const prompt of ['a1', 'a2', 'a3', 'a4', 'a5']) await ask(lyrics(prompt));
    await ask(lyrics('b1', { userId: '501' }));
    await tracker.start();
    await api.submitted(3);
    await settled();
    expect(sent(harness)).toEqual(['a1', 'b1', 'a2', 'a3']);
    (await api.submitted(1)).finish(DRAFTS);
    expect((await api.submitted(4)).request.prompt).toBe('a4');
    await settled();
    expect(api.submits).toHaveLength(5);
  });

  test('is not held back by the songs of its member, and holds none of them back', async () => {
    const limits = { ...NO_LIMITS, member: { running: 1, queued: 10 } };
    const harness = await createHarness({ submitIntervalMs: 0, limits });
    const { tracker, api, ask, settled } = harness;
    await ask(lyrics('words'));
    await tracker.start();
    await api.submitted(0);
    await ask(create('song'));
    await api.submitted(1);
    await ask(create('second song'));
    await ask(lyrics('more words'));
    await api.submitted(2);
    await settled();
    expect(sent(harness)).toEqual(['words', 'song', 'more words']);
  });

  test('takes nobody the turn for a song', async () => {
    const { tracker, api, ask, advance } = await createHarness();
    await tracker.start();
    await ask(lyrics('words', { guildId: 'a' }));
    (await api.submitted(0)).finish(DRAFTS);
    await ask(create('first', { guildId: 'c' }));
    await api.submitted(1);
    await ask(create('a', { guildId: 'a' }));
    await ask(create('b', { guildId: 'b' }));
    advance(3_000);
    expect((await api.submitted(2)).request.prompt).toBe('a');
  });

  test('counts in the queue of its member while it waits', async () => {
    const limits = { ...NO_LIMITS, member: { running: 3, queued: 2 } };
    const { ask } = await createHarness({ limits });
    await ask(lyrics('words'));
    await ask(create('song'));
    await expect(ask(lyrics('more words'))).rejects.toThrow('You have 2 tasks waiting in the queue already');
  });

  test('shows no place, takes none from songs, and an estimate that counts from when it was sent', async () => {
    const { tracker, api, ask, reaches, store, clock } = await createHarness();
    const deps = {
      history: createHistory(createCatalogue()),
      places: createPlaces(NO_LIMITS),
      submitIntervalMs: 3_000,
    };
    const { typicalMs } = createCatalogue().get('sonic', 'lyrics');
    const direct = await ask(lyrics('words'));
    const song = await ask(create('song'));
    expect(await viewTask(store.db, deps, song, T0)).toMatchObject({ place: 1 });
    const view = await viewTask(store.db, deps, direct, T0);
    expect(view).toEqual({ place: undefined, estimateMs: typicalMs, elapsedMs: 0, fraction: 0 });
    await tracker.start();
    await api.submitted(1);
    clock.now += typicalMs / 4;
    const sending = await reaches(direct.id, 'submitting');
    expect(await viewTask(store.db, deps, sending, clock.now)).toEqual({
      estimateMs: 0.75 * typicalMs,
      elapsedMs: typicalMs / 4,
      fraction: 0.25,
    });
  });

  test('refused for too many requests waits alone: neither other direct tasks nor songs do', async () => {
    const harness = await createHarness();
    const { tracker, api, ask, reaches, advance, store, settled } = harness;
    const task = await ask(lyrics('words'));
    await tracker.start();
    (await api.submitted(0)).reject(
      apiError({ kind: 'rate-limited', status: 429, retryAfterMs: 20_000, method: 'POST' }),
    );
    expect(await reaches(task.id, 'queued')).toMatchObject({
      setback: 'rate-limited',
      notBefore: T0 + 20_000,
    });
    expect((await getAccount(store.db, 'operator')).nextCreateAt).toBe(0);
    await ask(lyrics('others'));
    await ask(create('song'));
    await api.submitted(2);
    advance(19_999);
    await settled();
    expect(sent(harness)).toEqual(['words', 'others', 'song']);
    advance(1);
    expect((await api.submitted(3)).request.prompt).toBe('words');
  });

  test('whose answer is lost is unknown, held, and never sent again', async () => {
    const { tracker, api, ask, reaches, advance, store, settled } = await createHarness();
    const task = await ask(lyrics('words'));
    await tracker.start();
    (await api.submitted(0)).reject(apiError({ kind: 'answer-lost', delivered: 'maybe' }));
    expect(await reaches(task.id, 'unknown')).toMatchObject({ settled: false });
    expect(await sums(store.db, task.id)).toEqual({ reserved: PRICE, charged: 0 });
    advance(60_000);
    await settled();
    expect(api.submits).toHaveLength(1);
  });

  test('whose POST is cut off by our own stop is unknown', async () => {
    const { tracker, api, ask, reaches, store } = await createHarness();
    const task = await ask(lyrics('words'));
    await tracker.start();
    await api.submitted(0);
    await tracker.stop(0);
    expect(await reaches(task.id, 'unknown')).toMatchObject({ failure: { kind: 'interrupted' } });
    expect(await sums(store.db, task.id)).toEqual({ reserved: PRICE, charged: 0 });
  });

  test('that was being sent when the process was killed is unknown after the restart', async () => {
    const { tracker, api, ask, reaches, restart } = await createHarness();
    const task = await ask(lyrics('words'));
    await tracker.start();
    await api.submitted(0);
    await reaches(task.id, 'submitting');
    await restart().start();
    expect(await reaches(task.id, 'unknown')).toMatchObject({ failure: { kind: 'interrupted' } });
    expect(api.submits).toHaveLength(1);
  });

  test('whose answer comes after it was given up for unknown still succeeds, charged once', async () => {
    const { tracker, api, ask, reaches, store, clock } = await createHarness();
    const task = await ask(lyrics('words'));
    await tracker.start();
    const post = await api.submitted(0);
    const sending = await reaches(task.id, 'submitting');
    const lost = loseTask(sending, { kind: 'interrupted', text: 'the process seemed gone' }, clock.now);
    await store.transaction((tx) => advanceTask(tx, sending, lost, clock.now));
    post.finish(DRAFTS);
    expect(await reaches(task.id, 'succeeded')).toMatchObject({ tool: DRAFTS.tool });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: PRICE });
  });

  test('waits while MusicAPI as a whole does not answer', async () => {
    const { tracker, api, ask, advance } = await createHarness();
    for (let index = 0; index < 5; index += 1) await ask(lyrics(`words ${index}`));
    await tracker.start();
    for (let index = 0; index < 5; index += 1) {
      (await api.submitted(index)).reject(apiError({ status: 502 }));
    }
    await expect.poll(() => tracker.isProviderDown).toBe(true);
    await ask(lyrics('later'));
    advance(20_000);
    // With nothing to look at, the balance is asked for instead of sending it.
    await expect.poll(() => api.balances).toBeGreaterThan(0);
    expect(api.submits).toHaveLength(5);
    api.credits = { plan: 100, extra: 0 };
    advance(20 * 60_000);
    expect((await api.submitted(5)).request.prompt).toBe('later');
  });
});

describe('an answer that MusicAPI is still preparing', () => {
  test('is asked for again after the time that it says, and slows nothing', async () => {
    const { tracker, api, ask, reaches, advance, store, settled } = await createHarness();
    const task = await ask({ request: DOWNLOAD });
    await tracker.start();
    (await api.submitted(0)).prepare(3_000);
    expect(await reaches(task.id, 'queued')).toMatchObject({
      setback: 'preparing',
      notBefore: T0 + 3_000,
      preparation: { sinceAt: T0, times: 1 },
    });
    expect((await getAccount(store.db, 'operator')).nextCreateAt).toBe(0);
    advance(2_999);
    await settled();
    expect(api.submits).toHaveLength(1);
    advance(1);
    const tool = { kind: 'files', files: [{ format: 'm4a', url: 'https://cdn1.suno.ai/a.m4a' }] } as const;
    (await api.submitted(1)).finish({ clips: [], tool });
    expect(await reaches(task.id, 'succeeded')).toMatchObject({ tool });
  });

  test('is no trouble: the first real one after it waits as briefly as any first one', async () => {
    const { tracker, api, ask, advance, store, clock } = await createHarness();
    const task = await ask({ request: DOWNLOAD });
    const look = async () => await findTask(store.db, task.id);
    await tracker.start();
    for (let times = 1; times <= 6; times += 1) {
      (await api.submitted(times - 1)).prepare(3_000);
      await expect.poll(look).toMatchObject({ state: 'queued', preparation: { times } });
      advance(3_000);
    }
    (await api.submitted(6)).reject(apiError({ kind: 'rate-limited', status: 429 }));
    await expect.poll(look).toMatchObject({
      state: 'queued',
      setback: 'rate-limited',
      notBefore: clock.now + 2_000,
      preparation: { sinceAt: T0, times: 6 },
    });
  });

  test('can be taken back in between, and costs nothing then', async () => {
    const { tracker, api, ask, reaches, store } = await createHarness();
    const task = await ask({ request: DOWNLOAD });
    await tracker.start();
    (await api.submitted(0)).prepare(3_000);
    await expect.poll(async () => await findTask(store.db, task.id)).toMatchObject({ setback: 'preparing' });
    await reaches(task.id, 'queued');
    expect(await tracker.cancel(task.id, '500')).toMatchObject({ state: 'cancelled' });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
  });

  test('ends as a failure, with the price given back, when it takes too long', async () => {
    const { tracker, api, ask, reaches, store, clock } = await createHarness();
    const task = await ask({ request: DOWNLOAD });
    if (task.state !== 'queued') throw new Error('it has just been asked for');
    const first = startSubmitting(task, T0);
    const waiting = requeueTask(first, 'preparing', T0 + 3_000);
    await store.transaction((tx) => advanceTask(tx, task, first, T0));
    await store.transaction((tx) => advanceTask(tx, first, waiting, T0));
    clock.now += 5 * 60_000;
    await tracker.start();
    (await api.submitted(0)).prepare(3_000);
    expect(await reaches(task.id, 'failed')).toMatchObject({
      failure: { kind: 'task-timeout', text: 'still being prepared after 300 seconds' },
    });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 0, charged: 0 });
  });
});
