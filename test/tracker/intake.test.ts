import { afterEach, describe, expect, test } from 'vitest';
import { BUDGET_PERIOD_MS } from '../../src/domain/ledger.ts';
import type { Origin } from '../../src/domain/origin.ts';
import type { Task } from '../../src/domain/task.ts';
import { cancelTask } from '../../src/domain/transitions.ts';
import { UserError } from '../../src/errors.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { ensureAccount, memberAccount, OPERATOR_ACCOUNT, serverAccount } from '../../src/store/accounts.ts';
import { findCard } from '../../src/store/cards.ts';
import { sums } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open.ts';
import { countOpen } from '../../src/store/task-lists.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import type { Budgets } from '../../src/tracker/budget.ts';
import { requestTask } from '../../src/tracker/intake.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { CREATE, originOf, T0 } from '../support/tasks.ts';
import { NO_LIMITS } from './harness.ts';

const opened: TestStore[] = [];

afterEach(async () => {
  for (const { cleanup } of opened.splice(0)) await cleanup();
});

async function openIntake(budgets: Partial<Budgets> = {}) {
  const clock = { now: T0 };
  const testStore = await openTestStore({ now: () => clock.now });
  opened.push(testStore);
  const { store } = testStore;
  const deps = {
    store,
    catalogue: createCatalogue(),
    budgets: { memberDay: 200, serverDay: 2_000, ...budgets },
    limits: NO_LIMITS,
  };
  const ask = (requestKey: string, origin: Partial<Origin> = {}, accountId = OPERATOR_ACCOUNT) =>
    requestTask(deps, { request: CREATE, origin: originOf(origin), requestKey, accountId });
  /** How many of the requests got a task. */
  const countTaken = async (asked: readonly Promise<{ readonly task: Task }>[]) => {
    const ends = await Promise.allSettled(asked);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(UserError);
    return ends.filter((end) => end.status === 'fulfilled').length;
  };
  return { store, databaseUrl: testStore.databaseUrl, clock, ask, countTaken };
}

describe('requestTask', () => {
  test('queues the task, reserves its price and makes its card due', async () => {
    const { store, ask } = await openIntake();
    const { task, created } = await ask('k1');
    expect(created).toBe(true);
    expect(task).toMatchObject({
      state: 'queued',
      price: 20,
      requestKey: 'k1',
      createdAt: T0,
      request: CREATE,
    });
    expect(await sums(store.db, task.id)).toEqual({ reserved: 20, charged: 0 });
    expect(await findCard(store.db, task.id)).toMatchObject({ dueAt: T0 });
  });

  test('one decision is one task, however often and at once it arrives, whoever presses', async () => {
    const { store, ask } = await openIntake();
    const asked = await Promise.all(
      Array.from({ length: 50 }, (_, index) => ask('message:again', { userId: `${index}` })),
    );
    expect(asked.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(asked.map(({ task }) => task.id)).size).toBe(1);
    expect(await countOpen(store.db)).toBe(1);
  });

  test('200 requests at once against a budget for ten let exactly ten through', async () => {
    const { store, ask, countTaken } = await openIntake();
    expect(await countTaken(Array.from({ length: 200 }, (_, index) => ask(`k${index}`)))).toBe(10);
    expect(await countOpen(store.db)).toBe(10);
    const rows = await store.db.selectFrom('ledger').selectAll().execute();
    expect(rows).toHaveLength(10);
  });

  test("a member's budget holds over all servers and direct messages together", async () => {
    const { ask, countTaken } = await openIntake();
    const asked = Array.from({ length: 60 }, (_, index) =>
      ask(`k${index}`, { guildId: index % 3 === 0 ? undefined : `${index % 3}` }),
    );
    expect(await countTaken(asked)).toBe(10);
  });

  test("a server's budget holds over all its members, and other servers are not touched", async () => {
    const { ask, countTaken } = await openIntake({ serverDay: 100 });
    const inOne = Array.from({ length: 50 }, (_, index) => ask(`a${index}`, { userId: `${index}` }));
    expect(await countTaken(inOne)).toBe(5);
    const elsewhere = Array.from({ length: 2 }, (_, index) => ask(`b${index}`, { guildId: '301' }));
    expect(await countTaken(elsewhere)).toBe(2);
  });

  test('refuses with the figures and the moment from which it fits again, and writes nothing', async () => {
    const { store, clock, ask } = await openIntake({ memberDay: 50 });
    await ask('k1');
    clock.now += 3_600_000;
    await ask('k2');
    clock.now += 60_000;
    const seconds = (T0 + BUDGET_PERIOD_MS) / 1_000;
    await expect(ask('k3')).rejects.toThrow(
      `Your budget is 50 credits in any 24 hours: 40 used, 10 left; this costs 20. Enough is free again <t:${seconds}:R>. Nothing was spent.`,
    );
    expect(await countOpen(store.db)).toBe(2);
    clock.now = T0 + BUDGET_PERIOD_MS;
    expect((await ask('k3')).created).toBe(true);
  });

  test('a decision that was refused may be made again later with the same key', async () => {
    const { clock, ask } = await openIntake({ memberDay: 20 });
    await ask('k1');
    await expect(ask('k2')).rejects.toThrow(UserError);
    clock.now += BUDGET_PERIOD_MS;
    expect((await ask('k2')).created).toBe(true);
  });

  test('what was given back counts no more', async () => {
    const { store, clock, ask } = await openIntake({ memberDay: 20 });
    const { task } = await ask('k1');
    if (task.state !== 'queued') throw new Error('the task is queued');
    await store.transaction((tx) => advanceTask(tx, task, cancelTask(task, '500', clock.now), clock.now));
    expect((await ask('k2')).created).toBe(true);
  });

  test('a task that was taken in before the budget ran out is still found by its key', async () => {
    const { ask } = await openIntake({ memberDay: 20 });
    const first = await ask('k1');
    expect(await ask('k1')).toEqual({ task: first.task, created: false });
  });

  test('a restart resets no budget', async () => {
    const { store, databaseUrl, ask } = await openIntake({ memberDay: 20 });
    await ask('k1');
    await store.close();
    const again = await openStore({ databaseUrl, now: () => T0 });
    try {
      const asked = requestTask(
        { store: again, catalogue: createCatalogue(), budgets: { memberDay: 20, serverDay: 2_000 } },
        { request: CREATE, origin: originOf(), requestKey: 'k2', accountId: OPERATOR_ACCOUNT },
      );
      await expect(asked).rejects.toThrow(UserError);
    } finally {
      await again.close();
    }
  });

  test("budgets are for the operator's account only, and may be unlimited", async () => {
    const { store, ask, countTaken } = await openIntake({ memberDay: 0, serverDay: 0 });
    for (const own of [memberAccount('500'), serverAccount('300')]) {
      await ensureAccount(store.db, own, T0);
      expect((await ask(own, {}, own)).created).toBe(true);
    }
    await expect(ask('k2')).rejects.toThrow('more than the whole budget');

    const unlimited = { memberDay: Number.POSITIVE_INFINITY, serverDay: Number.POSITIVE_INFINITY };
    const free = await openIntake(unlimited);
    expect(await countTaken(Array.from({ length: 30 }, (_, index) => free.ask(`k${index}`)))).toBe(30);
  });

  test('ids are never mixed up by rounding: members whose ids differ in the last digit have budgets of their own', async () => {
    const { ask } = await openIntake({ memberDay: 20 });
    expect((await ask('k1', { userId: '9007199254740993' })).created).toBe(true);
    expect((await ask('k2', { userId: '9007199254740992' })).created).toBe(true);
  });
});
