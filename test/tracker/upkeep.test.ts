import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SubmittingTask } from '../../src/domain/task.ts';
import { startSubmitting } from '../../src/domain/transitions.ts';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { findTask } from '../../src/store/tasks.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import { Breaker } from '../../src/tracker/breaker.ts';
import { createChanges } from '../../src/tracker/changes.ts';
import { requestTask } from '../../src/tracker/intake.ts';
import type { TrackerContext } from '../../src/tracker/settings.ts';
import { keepUp } from '../../src/tracker/upkeep.ts';
import { openTestStore, type TestStore } from '../support/store.ts';
import { CREATE, originOf, T0 } from '../support/tasks.ts';

const LEASE_MS = 60_000;

let testStore: TestStore;
let clock: { now: number };
let context: TrackerContext;

beforeEach(async () => {
  clock = { now: T0 };
  testStore = await openTestStore({ now: () => clock.now });
  const { store } = testStore;
  const log = createLogger({ level: 'silent' });
  context = {
    store,
    catalogue: createCatalogue(),
    provider: () => {
      throw new Error('upkeep calls nobody');
    },
    settings: { pollIntervalMs: 15_000, submitIntervalMs: 3_000, deadlineMs: 3_600_000 },
    log,
    owner: 'ours',
    now: () => store.now(),
    random: () => 0.5,
    newId: () => 'id',
    changes: createChanges({ store, log }),
    breaker: new Breaker({ intervalMs: 15_000, random: () => 0.5 }),
    observe: () => {},
  };
});

afterEach(async () => {
  await testStore.cleanup();
});

/** A task that a process began to send at `T0`. */
async function sendingOf(owner: string): Promise<SubmittingTask> {
  const { store, catalogue } = context;
  const budgets = { memberDay: 1_000, serverDay: 1_000 };
  const { task } = await requestTask(
    { store, catalogue, budgets },
    { request: CREATE, origin: originOf(), requestKey: owner, accountId: OPERATOR_ACCOUNT },
  );
  if (task.state !== 'queued') throw new Error('a new task is queued');
  const sending = startSubmitting(task, T0);
  await store.transaction((tx) =>
    advanceTask(tx, task, sending, T0, { lease: { owner, until: T0 + LEASE_MS } }),
  );
  return sending;
}

async function stateOf(task: SubmittingTask): Promise<string | undefined> {
  return (await findTask(context.store.db, task.id))?.state;
}

describe('keepUp', () => {
  test('makes unknown what a process that is gone was sending, once its lease is over', async () => {
    const theirs = await sendingOf('theirs');
    clock.now = T0 + LEASE_MS - 1;
    await keepUp(context, []);
    expect(await stateOf(theirs)).toBe('submitting');
    clock.now = T0 + LEASE_MS;
    await keepUp(context, []);
    expect(await findTask(context.store.db, theirs.id)).toMatchObject({
      state: 'unknown',
      failure: { kind: 'interrupted' },
    });
  });

  test('keeps the leases of what this process is sending, however long that takes', async () => {
    const ours = await sendingOf('ours');
    for (clock.now = T0; clock.now < T0 + 10 * LEASE_MS; clock.now += LEASE_MS / 3) {
      await keepUp(context, [ours.id]);
    }
    expect(await stateOf(ours)).toBe('submitting');
    const { lease_until } = await context.store.db
      .selectFrom('tasks')
      .select('lease_until')
      .where('id', '=', ours.id)
      .executeTakeFirstOrThrow();
    expect(lease_until).toBeGreaterThan(clock.now);
  });

  test('never gives up for lost what it is sending itself, also after the process stood still', async () => {
    const ours = await sendingOf('ours');
    clock.now = T0 + 10 * LEASE_MS;
    await keepUp(context, [ours.id]);
    expect(await stateOf(ours)).toBe('submitting');
  });
});
