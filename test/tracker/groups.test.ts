import { describe, expect, test } from 'vitest';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { claimDueCards, findCard, saveCard } from '../../src/store/cards.ts';
import { sums } from '../../src/store/ledger.ts';
import { requestTasks } from '../../src/tracker/intake.ts';
import { CREATE, originOf } from '../support/tasks.ts';
import { createHarness, type Harness } from './harness.ts';
import { apiError } from './support.ts';

/** Three songs of one decision. */
async function askForThree({ intake, tracker }: Harness) {
  const requests = ['one', 'two', 'three'].map((prompt) => ({ ...CREATE, prompt }));
  const decision = { origin: originOf(), requestKey: 'batch', accountId: OPERATOR_ACCOUNT };
  const { tasks } = await requestTasks(intake, { ...decision, requests });
  tracker.wake();
  const [one, two, three] = tasks;
  if (!one || !two || !three) throw new Error('three were asked for');
  return [one, two, three] as const;
}

describe('tasks that were asked for together', () => {
  test('go through the queue one after the other, as any others', async () => {
    const harness = await createHarness();
    const { tracker, api, advance } = harness;
    await askForThree(harness);
    await tracker.start();
    for (const [index, prompt] of ['one', 'two', 'three'].entries()) {
      expect((await api.submitted(index)).request.prompt).toBe(prompt);
      advance(3_000);
    }
  });

  test('are taken back as far as they are queued; what runs goes on', async () => {
    const harness = await createHarness();
    const { tracker, api, reaches, store, changes } = harness;
    const [one, two, three] = await askForThree(harness);
    await tracker.start();
    (await api.submitted(0)).accept('p1');
    await reaches(one.id, 'running');
    changes.length = 0;
    const after = await tracker.cancelGroup(one.id, '501');
    expect(after).toMatchObject([
      { id: one.id, state: 'running' },
      { id: two.id, state: 'cancelled', cancelledBy: '501' },
      { id: three.id, state: 'cancelled', cancelledBy: '501' },
    ]);
    expect(changes.map(({ id }) => id)).toEqual([two.id, three.id]);
    expect(await sums(store.db, one.id)).toEqual({ reserved: 20, charged: 0 });
    expect(await sums(store.db, two.id)).toEqual({ reserved: 0, charged: 0 });
    expect(await tracker.cancelGroup(one.id, '501')).toEqual(after);
    expect(changes).toHaveLength(2);
  });

  test('let everybody behind them move up at once when they are taken back', async () => {
    const harness = await createHarness();
    const { tracker, ask, store, clock } = harness;
    const [one] = await askForThree(harness);
    const behind = await ask({ origin: { userId: '501' } });
    const owner = 'process-1';
    await claimDueCards(store.db, { now: clock.now, limit: 2, owner, leaseUntil: clock.now + 30_000 });
    await saveCard(store.db, behind.id, owner, { version: 0, dueAt: clock.now + 60_000 });
    clock.now += 1_000;
    await tracker.cancelGroup(one.id, '500');
    expect(await findCard(store.db, behind.id)).toMatchObject({ dueAt: clock.now });
  });

  test('are taken back while they are being sent, too, if MusicAPI does not take them', async () => {
    const harness = await createHarness();
    const { tracker, api, reaches, store, changes, settled } = harness;
    const [one, two, three] = await askForThree(harness);
    await tracker.start();
    const held = await api.submitted(0);
    await reaches(one.id, 'submitting');
    expect(await tracker.cancelGroup(one.id, '501')).toMatchObject([
      { id: one.id, state: 'submitting', withdrawnBy: '501' },
      { id: two.id, state: 'cancelled' },
      { id: three.id, state: 'cancelled' },
    ]);
    held.reject(apiError({ kind: 'rate-limited', status: 429, delivered: 'yes' }));
    expect(await reaches(one.id, 'cancelled')).toMatchObject({ cancelledBy: '501' });
    expect(changes.at(-1)).toMatchObject({ id: one.id, state: 'cancelled' });
    expect(await sums(store.db, one.id)).toEqual({ reserved: 0, charged: 0 });
    harness.advance(600_000);
    await settled();
    expect(api.submits).toHaveLength(1);
  });

  test('go on when MusicAPI took them before they could be taken back', async () => {
    const harness = await createHarness();
    const { tracker, api, reaches } = harness;
    const [one] = await askForThree(harness);
    await tracker.start();
    const held = await api.submitted(0);
    await reaches(one.id, 'submitting');
    expect(await tracker.cancel(one.id, '501')).toMatchObject({ state: 'submitting', withdrawnBy: '501' });
    expect(await tracker.cancel(one.id, '502')).toMatchObject({ state: 'submitting', withdrawnBy: '501' });
    held.accept('p1');
    expect(await reaches(one.id, 'running')).not.toHaveProperty('withdrawnBy');
  });

  test('are waited for no longer as far as they run; what is queued stays', async () => {
    const harness = await createHarness();
    const { tracker, api, reaches } = harness;
    const [one, two] = await askForThree(harness);
    await tracker.start();
    (await api.submitted(0)).accept('p1');
    await reaches(one.id, 'running');
    expect(await tracker.abandonGroup(one.id, '500')).toMatchObject([
      { id: one.id, state: 'abandoned', abandonedBy: '500' },
      { id: two.id, state: 'queued' },
      { state: 'queued' },
    ]);
  });

  test('can be taken back one by one as well; nobody knows a group that does not exist', async () => {
    const harness = await createHarness();
    const { tracker } = harness;
    const [one, two] = await askForThree(harness);
    expect(await tracker.cancel(two.id, '500')).toMatchObject({ id: two.id, state: 'cancelled' });
    expect(await tracker.cancelGroup(two.id, '500')).toEqual([]);
    expect((await tracker.cancelGroup(one.id, '500')).map(({ state }) => state)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
  });

  test('have a card that shows where the others can be listened to', async () => {
    const harness = await createHarness();
    const { tracker, api, advance, store, reaches } = harness;
    const [one, two] = await askForThree(harness);
    await tracker.start();
    (await api.submitted(0)).accept('p1');
    advance(3_000);
    (await api.submitted(1)).accept('p2');
    await reaches(two.id, 'running');
    const before = await findCard(store.db, one.id);
    advance(15_000);
    const polls = [await api.poll(0), await api.poll(1)];
    polls
      .find(({ providerTaskId }) => providerTaskId === 'p2')
      ?.answer({
        state: 'running',
        clips: [{ clipId: 'c', state: 'running', audioUrl: 'https://audiopipe.suno.ai/?item_id=c' }],
      });
    await expect
      .poll(async () => (await findCard(store.db, one.id))?.version)
      .toBeGreaterThan(before?.version ?? 0);
    const own = await store.db
      .selectFrom('tasks')
      .select('card_due_at')
      .where('id', '=', two.id)
      .executeTakeFirstOrThrow();
    expect(own.card_due_at).toBeNull();
  });
});
