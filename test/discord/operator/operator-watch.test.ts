import { expect, it, onTestFinished } from 'vitest';
import { BalanceWatch } from '../../../src/discord/operator/balance-watch.ts';
import { OperatorNotices } from '../../../src/discord/operator/operator-notices.ts';
import { OperatorWatch } from '../../../src/discord/operator/operator-watch.ts';
import { ProviderSigns } from '../../../src/discord/operator/provider-signs.ts';
import { createLogger } from '../../../src/log.ts';
import { unobserved } from '../../../src/telemetry/events.ts';
import { openTestStore } from '../../support/store.ts';
import { T0 } from '../../support/tasks.ts';

/** What watches over a database of which a test says for how long it has been away. */
async function startWatch() {
  const { store: opened, cleanup } = await openTestStore({ now: () => T0 });
  const database: { downMs: number | undefined; looks: number } = { downMs: undefined, looks: 0 };
  const health = {
    errors: 0,
    get downMs() {
      database.looks += 1;
      return database.downMs;
    },
  };
  const store = { ...opened, health };
  const told: string[] = [];
  const log = createLogger({ level: 'silent' });
  const notices = new OperatorNotices({
    store,
    api: {
      openDirectMessage: async () => '400',
      post: async (_, { content }) => {
        told.push(content ?? '');
        throw new Error('what Discord says to it does not matter here');
      },
    },
    operators: { list: async () => ['500'] },
    preferences: { languageOf: () => 'en' },
    observe: unobserved,
    log,
  });
  const signs = new ProviderSigns(() => {});
  const getCredits = async () => ({ plan: 1_000, extra: 0 });
  const balance = new BalanceWatch({ store, notices, signs, getCredits, threshold: 0 });
  const providerDownSince = () => undefined;
  const watch = new OperatorWatch({ store, notices, signs, balance, providerDownSince, mediaHosts: [], log });
  onTestFinished(async () => {
    await watch.stop();
    await cleanup();
  });
  await watch.start();
  return { watch, database, told, store };
}

it('leaves an outage of the database that is over in a moment to the log', async () => {
  const { watch, database, told } = await startWatch();
  database.downMs = 300;
  const { looks } = database;
  // The second look begins when the first one has told whatever it tells.
  for (const count of [1, 2]) {
    watch.wake();
    await expect.poll(() => database.looks).toBeGreaterThanOrEqual(looks + count);
  }
  expect(told).toEqual([]);
  database.downMs = 5_000;
  watch.wake();
  await expect.poll(() => told).toEqual([expect.stringContaining('The database does not answer')]);
});

it("writes down an outage by the store's clock, which no host's own one may differ from", async () => {
  const { watch, database, told, store } = await startWatch();
  database.downMs = 5_000;
  watch.wake();
  await expect.poll(() => told).toHaveLength(1);
  database.downMs = undefined;
  watch.wake();
  await expect.poll(() => told.at(-1)).toContain('The database answers again (away for 5 seconds)');
  const notices = await store.db.selectFrom('operator_notices').selectAll().execute();
  expect(notices).toEqual([{ cause: 'database', subject: '', since: T0 - 5_000, told_at: T0, ended_at: T0 }]);
});
