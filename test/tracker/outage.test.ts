import { describe, expect, test } from 'vitest';
import type { ProviderTask } from '../../src/musicapi/types.ts';
import { findCard } from '../../src/store/cards.ts';
import { listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { sums } from '../../src/store/ledger.ts';
import { findTask } from '../../src/store/tasks.ts';
import { T0 } from '../support/tasks.ts';
import { createHarness, type Harness } from './harness.ts';
import { apiError, providerClip } from './support.ts';

const DOWN = apiError({ status: 503 });
const NOT_READY: ProviderTask = { state: 'not-ready' };
const DONE: ProviderTask = { state: 'succeeded', clips: [providerClip('a')] };

/** Follows three tasks whose polls fail until MusicAPI counts as down. */
async function createOutage(
  settings: Parameters<typeof createHarness>[0] = {},
  wrap?: Parameters<typeof createHarness>[1],
) {
  const harness = await createHarness({ submitIntervalMs: 0, ...settings }, wrap);
  await harness.tracker.start();
  const tasks = [];
  for (let index = 0; index < 3; index += 1) {
    const task = await harness.ask();
    (await harness.api.submitted(index)).accept(`p${index}`);
    tasks.push(await harness.reaches(task.id, 'running'));
  }
  let polls = 0;
  while (!harness.tracker.isProviderDown) {
    harness.advance(15_000);
    await expect.poll(() => harness.api.polls.length).toBeGreaterThan(polls);
    for (; polls < harness.api.polls.length; polls += 1) (await harness.api.poll(polls)).reject(DOWN);
    await harness.settled();
  }
  // Polls that were begun together with the fifth failure.
  for (; polls < harness.api.polls.length; polls += 1) (await harness.api.poll(polls)).reject(DOWN);
  await harness.settled();
  return { ...harness, tasks, polls };
}

/** Moves the clock until the next poll begins. */
async function nextPoll({ api, advance, settled }: Harness, index: number) {
  for (let round = 0; api.polls.length <= index && round < 50; round += 1) {
    advance(15_000);
    await settled();
  }
  return await api.poll(index);
}

/** Answers every poll from `index` on in the same way until each task was looked at. */
async function untilAllOf(harness: Harness, found: ProviderTask, index: number) {
  const asked = new Set<string>();
  for (let next = index; asked.size < 3; next += 1) {
    const poll = await nextPoll(harness, next);
    poll.answer(found);
    asked.add(poll.providerTaskId);
  }
  await harness.settled();
}

describe('while MusicAPI as a whole does not answer', () => {
  test('one look at a time goes out, nothing is sent, and all of it is taken up when it is back', async () => {
    const harness = await createOutage();
    const { api, ask, advance, settled, lines, store, reaches, tasks, tracker } = harness;
    const isOutage = (line: Record<string, unknown>) => String(line.msg).startsWith('MusicAPI ');
    expect(lines.filter(isOutage)).toHaveLength(1);
    const queued = await ask();
    let { polls } = harness;
    for (let round = 0; round < 4; round += 1) {
      const probe = await nextPoll(harness, polls);
      advance(600_000);
      await settled();
      expect(api.polls).toHaveLength(polls + 1);
      probe.reject(DOWN);
      polls += 1;
      await settled();
    }
    expect(api.submits).toHaveLength(3);
    expect(await findTask(store.db, queued.id)).toMatchObject({ state: 'queued', tries: 0 });
    expect(lines.filter(isOutage)).toHaveLength(1);

    (await nextPoll(harness, polls)).answer(NOT_READY);
    (await api.submitted(3)).accept('p3');
    await reaches(queued.id, 'running');
    expect(tracker.isProviderDown).toBe(false);
    expect(lines.filter(isOutage)).toHaveLength(2);
    await expect.poll(() => api.polls.length).toBeGreaterThanOrEqual(polls + 3);
    for (let index = polls + 1; index < api.polls.length; index += 1) (await api.poll(index)).answer(DONE);
    for (
      let index = polls + 3;
      (await findTask(store.db, tasks[0]?.id ?? ''))?.state === 'running';
      index += 1
    )
      (await nextPoll(harness, index)).answer(DONE);
  });

  test('no task expires for it, however long it lasts; afterwards each has the rest of its time', async () => {
    const harness = await createOutage({ deadlineMs: 600_000 });
    const { advance, store, tasks, settled } = harness;
    advance(24 * 3_600_000);
    (await nextPoll(harness, harness.polls)).reject(DOWN);
    await settled();
    for (const { id } of tasks) expect(await findTask(store.db, id)).toMatchObject({ state: 'running' });
    advance(3_600_000);
    (await nextPoll(harness, harness.polls + 1)).answer(NOT_READY);
    await expect.poll(() => harness.tracker.isProviderDown).toBe(false);
    for (let index = 2; index < 4; index += 1)
      (await harness.api.poll(harness.polls + index)).answer(NOT_READY);
    await settled();
    for (const { id } of tasks) {
      expect(await findTask(store.db, id)).toMatchObject({ state: 'running' });
      expect(await sums(store.db, id)).toEqual({ reserved: 20, charged: 0 });
    }
  });

  test('the cards of those who wait are shown anew at once, at its beginning and at its end', async () => {
    const harness = await createHarness({ submitIntervalMs: 0 });
    await harness.tracker.start();
    const { api, store } = harness;
    const first = await harness.ask();
    const post = await api.submitted(0);
    post.accept('p0');
    await harness.reaches(first.id, 'running');
    const version = async () => (await findCard(store.db, first.id))?.version ?? 0;
    const before = await version();
    for (let index = 1; index <= 5; index += 1) {
      await harness.ask();
      (await api.submitted(index)).reject(DOWN);
    }
    await expect.poll(() => harness.tracker.isProviderDown).toBe(true);
    await expect.poll(version).toBe(before + 1);
    (await nextPoll(harness, 0)).answer(NOT_READY);
    await expect.poll(version).toBe(before + 2);
  });

  test('with nothing to look at, the balance is asked for instead', async () => {
    const harness = await createHarness({ submitIntervalMs: 0 });
    const { api, advance, settled, tracker } = harness;
    await tracker.start();
    for (let index = 0; index < 5; index += 1) {
      await harness.ask();
      (await api.submitted(index)).reject(DOWN);
    }
    await expect.poll(() => tracker.isProviderDown).toBe(true);
    await harness.ask();
    for (let round = 0; round < 5; round += 1) {
      advance(150_000);
      await settled();
    }
    expect(api.submits).toHaveLength(5);
    expect(api.balances).toBeGreaterThan(1);
    api.credits = { plan: 100, extra: 0 };
    await expect
      .poll(() => {
        advance(150_000);
        return api.submits.length;
      })
      .toBeGreaterThan(5);
    expect(tracker.isProviderDown).toBe(false);
  });
});

describe('a task whose looks alone are in vain', () => {
  test('expires at its deadline, since MusicAPI answers others', async () => {
    const harness = await createHarness({ submitIntervalMs: 0, deadlineMs: 60_000 });
    const { api, ask, store, reaches, tracker } = harness;
    await tracker.start();
    const first = await ask();
    (await api.submitted(0)).accept('p0');
    await reaches(first.id, 'running');
    let index = 0;
    for (; harness.clock.now < T0 + 180_000; index += 1) (await nextPoll(harness, index)).reject(DOWN);
    expect(await findTask(store.db, first.id)).toMatchObject({ state: 'running' });
    await ask();
    (await api.submitted(1)).accept('p1');
    for (; (await findTask(store.db, first.id))?.state === 'running'; index += 1) {
      const poll = await nextPoll(harness, index);
      if (poll.providerTaskId === 'p0') poll.reject(DOWN);
      else poll.answer(DONE);
      await harness.settled();
    }
    expect(await findTask(store.db, first.id)).toMatchObject({ state: 'expired' });
  });
});

describe('a restart while MusicAPI does not answer', () => {
  test('expires nothing: not by looks in vain past the deadline, nor by the first answer that it is not ready', async () => {
    const harness = await createOutage({ deadlineMs: 600_000 });
    const { advance, settled, store, tasks, tracker, restart, reaches } = harness;
    advance(24 * 3_600_000);
    await tracker.stop(0);
    const next = restart();
    await next.start();
    expect(next.isProviderDown).toBe(true);
    let { polls } = harness;
    for (let round = 0; round < 3; round += 1, polls += 1) {
      (await nextPoll(harness, polls)).reject(DOWN);
      await settled();
    }
    for (const { id } of tasks) expect(await findTask(store.db, id)).toMatchObject({ state: 'running' });

    (await nextPoll(harness, polls)).answer(NOT_READY);
    await expect.poll(() => next.isProviderDown).toBe(false);
    // Another restart: the outage is over, and its time is still no time that the tasks had.
    await next.stop(0);
    const last = restart();
    await last.start();
    expect(last.isProviderDown).toBe(false);
    await untilAllOf(harness, NOT_READY, polls + 1);
    for (const { id } of tasks) expect(await findTask(store.db, id)).toMatchObject({ state: 'running' });
    await untilAllOf(harness, DONE, harness.api.polls.length);
    for (const { id } of tasks) {
      await reaches(id, 'succeeded');
      expect(await listDeliveriesOfTask(store.db, id)).toHaveLength(1);
      expect(await sums(store.db, id)).toEqual({ reserved: 0, charged: 20 });
    }
  });

  test('expires nothing where nothing is known of the outage yet: looks in vain say nothing of a deadline', async () => {
    const harness = await createHarness({ submitIntervalMs: 0, deadlineMs: 600_000 });
    const { api, ask, advance, settled, store, reaches, tracker, restart } = harness;
    await tracker.start();
    const tasks = [];
    for (let index = 0; index < 4; index += 1) {
      const task = await ask();
      (await api.submitted(index)).accept(`p${index}`);
      tasks.push(await reaches(task.id, 'running'));
    }
    await tracker.stop(0);
    advance(3_600_000);
    const next = restart();
    await next.start();
    for (let index = 0; index < 4; index += 1) (await api.poll(index)).reject(DOWN);
    await settled();
    expect(next.isProviderDown).toBe(false);
    for (const { id } of tasks) expect(await findTask(store.db, id)).toMatchObject({ state: 'running' });
    for (let index = 4; index < 8; index += 1) (await nextPoll(harness, index)).answer(DONE);
    for (const { id } of tasks) await reaches(id, 'succeeded');
  });
});

describe('several processes while MusicAPI does not answer', () => {
  test('look one at a time, and together no more often than one alone', async () => {
    const harness = await createOutage({}, (store) => ({ ...store, isShared: true }));
    const { api, advance, clock, settled, restart, tracker } = harness;
    const trackers = [tracker, restart(), restart()];
    for (const other of trackers.slice(1)) await other.start();
    const endsAt = clock.now + 600_000;
    let { polls } = harness;
    while (clock.now < endsAt) {
      const probe = await nextPoll(harness, polls);
      advance(15_000);
      for (const _ of trackers) await settled();
      polls += 1;
      expect(api.polls).toHaveLength(polls);
      probe.reject(DOWN);
      await settled();
    }
    // After 15, 30, 60 s, and then every 2 min.
    expect(polls - harness.polls).toBeLessThanOrEqual(8);
    (await nextPoll(harness, polls)).answer(NOT_READY);
    await expect.poll(() => trackers.some(({ isProviderDown }) => isProviderDown)).toBe(false);
  });

  test('what one of them finds out all know, before their own next probe is due', async () => {
    const harness = await createOutage();
    const { tracker, restart, settled, polls } = harness;
    const probe = await nextPoll(harness, polls);
    const other = restart();
    await other.start();
    (await harness.api.poll(polls + 1)).reject(DOWN);
    await settled();
    expect([tracker.isProviderDown, other.isProviderDown]).toEqual([true, true]);
    probe.answer(NOT_READY);
    await expect.poll(() => [tracker.isProviderDown, other.isProviderDown]).toEqual([false, false]);
  });
});
