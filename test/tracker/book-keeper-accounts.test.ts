import { expect, onTestFinished, test } from 'vitest';
import { createFollowing } from '../../src/composition/following.ts';
import { parseConfig } from '../../src/config.ts';
import { succeedTask } from '../../src/domain/transitions.ts';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { MusicApiError } from '../../src/musicapi/errors.ts';
import type { MusicApi } from '../../src/musicapi/types.ts';
import { noteKeyRefused, removeAccountKey, saveAccountKey } from '../../src/store/account-keys.ts';
import { ensureAccount, memberAccount, OPERATOR_ACCOUNT, serverAccount } from '../../src/store/accounts.ts';
import type { Finding } from '../../src/store/bookkeeping.ts';
import { listLearntPrices } from '../../src/store/learnt-prices.ts';
import { addEntry } from '../../src/store/ledger.ts';
import type { BotEvent } from '../../src/telemetry/events.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import { entryOf, putTask, runningTask } from '../store/support.ts';
import { openTestStore } from '../support/store.ts';
import { T0 } from '../support/tasks.ts';

const ADA = memberAccount('500');
const SERVER = serverAccount('300');
const HOUR_MS = 3_600_000;

const CALL = { method: 'GET', path: '/get-credits', delivered: 'yes', text: 'no' } as const;
const REFUSED = new MusicApiError({ ...CALL, kind: 'not-authorised', status: 401 });

/** The books as the bot keeps them, of an operator, a server and a member with keys of their own. */
async function openBooks(env: Readonly<Record<string, string>> = {}) {
  const clock = { now: T0 };
  const { store, cleanup } = await openTestStore({ now: () => clock.now });
  onTestFinished(cleanup);
  const lines: Record<string, unknown>[] = [];
  const events: BotEvent[] = [];
  const told: Finding[] = [];
  const asked: string[] = [];
  const balances = new Map<string, number>();
  const failures = new Map<string, Error>();
  const meanwhile = new Map<string, () => Promise<void>>();
  const provider = (accountId: string): MusicApi => ({
    submit: () => Promise.reject(new Error('nothing is sent here')),
    getTask: () => Promise.reject(new Error('nothing is looked at here')),
    getCredits: async () => {
      asked.push(accountId);
      const failure = failures.get(accountId);
      if (failure) throw failure;
      const plan = balances.get(accountId) ?? 0;
      await meanwhile.get(accountId)?.();
      return { plan, extra: 0 };
    },
  });
  const { books } = createFollowing(
    {
      config: parseConfig({ DISCORD_TOKEN: 'token', MUSICAPI_KEY: 'a-fake-key', ...env }),
      log: createLogger({ level: 'info', destination: { write: (line) => lines.push(JSON.parse(line)) } }),
      catalogue: createCatalogue(),
      store,
      observe: (event) => events.push(event),
      metrics: undefined,
      owner: 'one',
      leaseMs: 30_000,
      now: () => clock.now,
    },
    {
      provider,
      webhooks: undefined,
      onChange: () => {},
      onNews: () => {},
      onFinding: (finding) => told.push(finding),
      onBalanced: () => {},
    },
  );
  const { signal } = new AbortController();
  const setKey = (accountId: string) =>
    store.transaction(async (tx) => {
      await ensureAccount(tx, accountId, clock.now);
      const sealed = { keyId: 'k', sealed: 'never opened here', setBy: '500' };
      await saveAccountKey(tx, { accountId, ...sealed, version: clock.now, setAt: clock.now });
    });
  for (const accountId of [SERVER, ADA]) await setKey(accountId);
  for (const accountId of [OPERATOR_ACCOUNT, SERVER, ADA]) balances.set(accountId, 1_000);
  return {
    store,
    clock,
    balances,
    failures,
    /** What happens while the balance of an account is on its way. */
    meanwhile,
    lines,
    events,
    told,
    asked,
    setKey,
    /** One account's turn. */
    pass: () => books.pass(signal),
    /** Everybody's turn that has come after so long. */
    async round(afterMs = HOUR_MS + 1): Promise<void> {
      clock.now += afterMs;
      while ((await books.pass(signal)) <= 0);
    },
    /** A song that was paid for with somebody's key and booked. */
    async charge(accountId: string): Promise<void> {
      clock.now += 1;
      const at = clock.now;
      const task = { ...runningTask(`song-${at}`, at), accountId, createdAt: at };
      await putTask(store.db, task);
      await addEntry(store.db, entryOf({ accountId, taskId: task.id, bookedAt: at, at }));
      await store.transaction((tx) => advanceTask(tx, task, succeedTask(task, at), at));
    },
    findings: () =>
      store.db.selectFrom('ledger_findings').select(['account_id', 'kind', 'expected', 'found']).execute(),
  };
}

test('every account is asked about with its own key, one at a time, and not again within the hour', async () => {
  const { asked, pass, round, store, clock } = await openBooks();
  clock.now += 1;
  expect(await pass(), 'the next one is due').toBe(0);
  expect(asked).toEqual([OPERATOR_ACCOUNT]);
  await pass();
  expect(asked).toEqual([OPERATOR_ACCOUNT, SERVER]);
  expect(await pass()).toBe(HOUR_MS);
  await round(HOUR_MS / 2);
  expect(asked).toEqual([OPERATOR_ACCOUNT, SERVER, ADA]);
  await round();
  expect(asked).toHaveLength(6);
  await store.transaction((tx) => removeAccountKey(tx, ADA));
  await round();
  expect(asked.slice(6)).toEqual([OPERATOR_ACCOUNT, SERVER]);
});

test('a balance that went down by what was charged is no news', async () => {
  const { charge, round, balances, findings, lines, events } = await openBooks();
  await round();
  await charge(ADA);
  balances.set(ADA, 980);
  await round();
  expect(await findings()).toEqual([]);
  expect(lines).toEqual([]);
  expect(events).toContainEqual({ kind: 'ledger-finding', accountId: ADA, sum: 'charged', difference: 0 });
  expect(events.filter((event) => event.kind === 'ledger-finding' && event.difference !== 0)).toEqual([]);
});

test('a difference is a line without the balance, a metric and a row, and no word to the operators', async () => {
  const { store, charge, round, balances, findings, lines, events, told } = await openBooks();
  await round();
  await charge(ADA);
  balances.set(ADA, 975);
  await round();
  expect(await findings()).toEqual([{ account_id: ADA, kind: 'balance', expected: 980, found: 975 }]);
  expect(lines).toMatchObject([{ level: 30, accountId: ADA, kind: 'balance', difference: 5 }]);
  expect(JSON.stringify(lines)).not.toMatch(/980|975/);
  expect(events).toContainEqual({ kind: 'ledger-finding', accountId: ADA, sum: 'balance', difference: 5 });
  expect(told).toEqual([]);
  expect(await listLearntPrices(store.db), 'a price for everybody').toEqual([]);
  await round();
  expect(await findings(), 'both agree from then on').toHaveLength(1);
});

test('sums that are not what the tasks cost are an error of the account that they are of', async () => {
  const { store, charge, round, findings, lines, events, told } = await openBooks();
  await charge(ADA);
  await store.db.deleteFrom('ledger').where('kind', '=', 'charge').execute();
  await round();
  expect(await findings()).toContainEqual({ account_id: ADA, kind: 'charged', expected: 20, found: 0 });
  expect(lines).toContainEqual(expect.objectContaining({ level: 50, accountId: ADA, kind: 'charged' }));
  expect(events).toContainEqual({ kind: 'ledger-finding', accountId: ADA, sum: 'charged', difference: 20 });
  expect(told).toEqual([]);
});

test('what is in flight with one key holds up this account alone, which is asked about a minute later', async () => {
  const { store, clock, asked, round } = await openBooks();
  await putTask(store.db, { ...runningTask('a'), accountId: SERVER });
  await addEntry(store.db, entryOf({ accountId: SERVER, taskId: 'a' }));
  await round();
  expect(asked).toEqual([OPERATOR_ACCOUNT, ADA]);
  await store.db.deleteFrom('tasks').execute();
  await round(60_000);
  expect(asked).toEqual([OPERATOR_ACCOUNT, ADA, SERVER]);
  expect(clock.now).toBeLessThan(T0 + 2 * HOUR_MS);
});

test('an account that MusicAPI does not answer for does not stop the others, and is asked about again', async () => {
  const { asked, failures, round, lines } = await openBooks();
  failures.set(OPERATOR_ACCOUNT, new Error('no answer'));
  failures.set(SERVER, new MusicApiError({ ...CALL, kind: 'unavailable', status: 503 }));
  await round();
  expect(asked).toEqual([OPERATOR_ACCOUNT, SERVER, ADA]);
  expect(lines).toMatchObject([{ accountId: OPERATOR_ACCOUNT }, { accountId: SERVER }]);
  failures.clear();
  await round(60_000);
  expect(asked.slice(3)).toEqual([OPERATOR_ACCOUNT, SERVER]);
});

test('a key that is refused is passed over without a word', async () => {
  const { store, clock, asked, failures, round, lines, setKey } = await openBooks();
  failures.set(ADA, REFUSED);
  await round();
  await round(60_000);
  expect(asked, 'not again within the hour').toEqual([OPERATOR_ACCOUNT, SERVER, ADA]);
  await noteKeyRefused(store.db, { accountId: ADA, version: T0 }, clock.now);
  failures.clear();
  await round();
  expect(asked.slice(3), 'known to be refused').toEqual([OPERATOR_ACCOUNT, SERVER]);
  await setKey(ADA);
  await round();
  expect(asked.slice(5)).toContain(ADA);
  expect(lines).toEqual([]);
});

test('the balance of another key is no difference', async () => {
  const { clock, balances, round, setKey, findings } = await openBooks();
  await round();
  clock.now += 1;
  await setKey(ADA);
  balances.set(ADA, 5_000);
  await round();
  expect(await findings()).toEqual([]);
  balances.set(ADA, 4_990);
  await round();
  expect(await findings()).toMatchObject([{ account_id: ADA, expected: 5_000, found: 4_990 }]);
});

test('neither is that of a key which is replaced while MusicAPI tells its balance', async () => {
  const { clock, balances, meanwhile, round, setKey, findings } = await openBooks();
  await round();
  meanwhile.set(ADA, async () => {
    meanwhile.clear();
    await setKey(ADA);
    balances.set(ADA, 5_000);
    clock.now += 1;
  });
  await round();
  await round();
  expect(await findings()).toEqual([]);
});

test('a gateway asks about nobody', async () => {
  const { asked, pass } = await openBooks({
    ROLE: 'gateway',
    DATABASE_URL: 'postgres://encore@127.0.0.1/encore',
  });
  expect(await pass()).toBe(Number.POSITIVE_INFINITY);
  expect(asked).toEqual([]);
});
