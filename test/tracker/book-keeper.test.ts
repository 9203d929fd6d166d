import { describe, expect, onTestFinished, test } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { expireTask, failTask, settleUnknown, succeedTask } from '../../src/domain/transitions.ts';
import { createLogger } from '../../src/log.ts';
import { type Catalogue, createCatalogue } from '../../src/musicapi/catalogue.ts';
import type { Credits } from '../../src/musicapi/types.ts';
import { OPERATOR_ACCOUNT, takeCreateSlot } from '../../src/store/accounts.ts';
import type { Finding } from '../../src/store/bookkeeping.ts';
import { listLearntPrices } from '../../src/store/learnt-prices.ts';
import { addEntry } from '../../src/store/ledger.ts';
import { noteRestore } from '../../src/store/restores.ts';
import { saveTurn } from '../../src/store/turns.ts';
import { advanceTask } from '../../src/tracker/advance.ts';
import { BookKeeper } from '../../src/tracker/book-keeper.ts';
import { entryOf, putTask, runningTask } from '../store/support.ts';
import { openTestStore } from '../support/store.ts';
import { queuedTask, T0 } from '../support/tasks.ts';

const CREATE: Request = { operation: 'create', engine: 'sonic', prompt: 'rain' };
const LYRICS: Request = { operation: 'lyrics', engine: 'sonic', prompt: 'rain' };

async function openBooks() {
  const clock = { now: T0 };
  const { store, cleanup } = await openTestStore({ now: () => clock.now });
  onTestFinished(cleanup);
  const lines: Record<string, unknown>[] = [];
  const findings: Finding[] = [];
  const balanced: string[] = [];
  const catalogue = createCatalogue();
  const account = { credits: 1_000, whileAsked: async () => {} };
  const getCredits = async (): Promise<Credits> => {
    await account.whileAsked();
    return { plan: account.credits - 100, extra: 100 };
  };
  const keeper = new BookKeeper({
    store,
    provider: () => ({ getCredits }),
    listAccounts: async () => [OPERATOR_ACCOUNT],
    catalogue,
    log: createLogger({ level: 'info', destination: { write: (line) => lines.push(JSON.parse(line)) } }),
    onFinding: (finding) => findings.push(finding),
    onBalanced: (accountId) => balanced.push(accountId),
  });
  const { signal } = new AbortController();
  const process = (prices: Catalogue) =>
    new BookKeeper({
      store,
      provider: () => ({ getCredits }),
      listAccounts: async () => [],
      catalogue: prices,
      log: createLogger({ level: 'silent' }),
    });
  return {
    store,
    account,
    catalogue,
    lines,
    findings,
    balanced,
    /** Another process over the same database. */
    process,
    checkSums: () => keeper.checkSums(OPERATOR_ACCOUNT),
    reconcile: async () => {
      clock.now += 60_000;
      return await keeper.reconcile(OPERATOR_ACCOUNT, signal);
    },
    adjustments: () =>
      store.db.selectFrom('ledger').select(['charged', 'member_id']).where('kind', '=', 'adjust').execute(),
    /** Something that was made, or failed, and was booked properly. */
    async make(id: string, { request = CREATE, price = 20, fails = false } = {}) {
      clock.now += 1_000;
      const at = clock.now;
      const task = { ...runningTask(id, at, { request, price }), createdAt: at };
      await putTask(store.db, task);
      await saveTurn(store.db, id, at);
      await addEntry(store.db, entryOf({ taskId: id, reserved: price, bookedAt: at, at }));
      const end = fails ? failTask(task, { kind: 'task-failed', text: '' }, at) : succeedTask(task, at);
      await store.transaction((tx) => advanceTask(tx, task, end, at));
    },
  };
}

describe('checkSums', () => {
  test('finds nothing while every change of a task has its row', async () => {
    const { store, make, checkSums, balanced } = await openBooks();
    await make('a');
    const failed = runningTask('b');
    await putTask(store.db, failed);
    await addEntry(store.db, entryOf({ taskId: 'b' }));
    await store.transaction((tx) =>
      advanceTask(tx, failed, failTask(failed, { kind: 'task-failed', text: '' }, T0), T0),
    );
    await putTask(store.db, queuedTask('c'));
    await addEntry(store.db, entryOf({ taskId: 'c' }));
    expect(await checkSums()).toEqual([]);
    expect(balanced).toEqual([OPERATOR_ACCOUNT]);
  });

  test('a difference is an error in the log, a row and a word to the metrics', async () => {
    const { store, make, checkSums, findings, balanced, lines } = await openBooks();
    await make('a');
    await putTask(store.db, queuedTask('without-a-row'));
    await store.db.deleteFrom('ledger').where('kind', '=', 'charge').execute();
    expect(await checkSums()).toMatchObject([{ kind: 'charged', expected: 20, found: 0 }]);
    expect(findings).toMatchObject([{ accountId: OPERATOR_ACCOUNT, kind: 'charged' }]);
    expect(balanced).toEqual([]);
    expect(lines).toMatchObject([{ level: 50, kind: 'charged', expected: 20, found: 0 }]);
    expect(
      await store.db.selectFrom('ledger_findings').select(['kind', 'expected', 'found']).execute(),
    ).toEqual([{ kind: 'charged', expected: 20, found: 0 }]);
  });
});

describe('reconcile', () => {
  test('has nothing to say at first, nor while the balance goes down by what was charged', async () => {
    const { account, make, reconcile, adjustments, lines } = await openBooks();
    expect(await reconcile()).toBe(true);
    await make('a');
    account.credits -= 20;
    expect(await reconcile()).toBe(true);
    expect(await adjustments()).toEqual([]);
    expect(lines).toEqual([]);
  });

  test('a price that MusicAPI changed becomes an adjustment of nobody, once, with figures in the log', async () => {
    const { account, make, reconcile, adjustments, lines, findings } = await openBooks();
    await reconcile();
    await make('a');
    account.credits -= 25;
    await reconcile();
    await reconcile();
    expect(await adjustments()).toEqual([{ charged: 5, member_id: '' }]);
    expect(lines).toMatchObject([
      { level: 40, expected: 980, found: 975, difference: 5 },
      { level: 40, engine: 'sonic', operation: 'create', price: 25 },
    ]);
    expect(findings).toHaveLength(1);
    // From here on both agree: the next song at the right price is no news.
    await make('b');
    account.credits -= 20;
    await reconcile();
    expect(await adjustments()).toHaveLength(1);
  });

  test('credits that were paid in are told from a price that rose', async () => {
    const { account, reconcile, adjustments, lines } = await openBooks();
    await reconcile();
    account.credits += 500;
    await reconcile();
    expect(await adjustments()).toEqual([{ charged: -500, member_id: '' }]);
    expect(lines[0]?.msg).toContain('paid in');
  });

  test('what was charged without knowing the outcome, and not taken by MusicAPI, comes back', async () => {
    const { store, reconcile, adjustments } = await openBooks();
    await reconcile();
    const failure = { kind: 'answer-lost', text: '' } as const;
    const task = { ...queuedTask('u'), state: 'unknown', failure, unknownAt: T0, settled: false } as const;
    await putTask(store.db, task);
    await addEntry(store.db, entryOf({ taskId: 'u' }));
    expect(await reconcile()).toBe(false);
    await store.transaction((tx) => advanceTask(tx, task, settleUnknown(task), T0));
    expect(await reconcile()).toBe(true);
    expect(await adjustments()).toEqual([{ charged: -20, member_id: '' }]);
  });

  test('says nothing while something is in flight, or was sent while the balance was read', async () => {
    const { store, account, reconcile, adjustments } = await openBooks();
    await reconcile();
    account.credits -= 20;
    await putTask(store.db, runningTask('a'));
    expect(await reconcile()).toBe(false);
    await store.db.deleteFrom('tasks').execute();
    account.whileAsked = async () => {
      await takeCreateSlot(store.db, OPERATOR_ACCOUNT, T0 + 3_600_000, 3_000);
    };
    expect(await reconcile()).toBe(false);
    expect(await adjustments()).toEqual([]);
  });

  test('says nothing while a free tool, which leaves the create bucket alone, came and went meanwhile', async () => {
    const { account, make, reconcile, adjustments } = await openBooks();
    await reconcile();
    account.credits -= 1;
    account.whileAsked = async () => {
      account.whileAsked = async () => {};
      await make('a', { request: LYRICS, price: 0 });
    };
    expect(await reconcile()).toBe(false);
    expect(await adjustments()).toEqual([]);
  });

  test('says nothing while a task that had expired failed, and was given back, as the balance was read', async () => {
    const { store, account, reconcile, adjustments } = await openBooks();
    const running = runningTask('late');
    const expired = expireTask(running, T0, T0 + 60_000);
    await putTask(store.db, running);
    await addEntry(store.db, entryOf({ taskId: 'late' }));
    await store.transaction((tx) => advanceTask(tx, running, expired, T0));
    account.credits -= 20;
    await reconcile();
    account.whileAsked = async () => {
      const failed = failTask(expired, { kind: 'task-failed', text: '' }, T0);
      await store.transaction((tx) => advanceTask(tx, expired, failed, T0));
    };
    expect(await reconcile()).toBe(false);
    expect(await adjustments()).toEqual([]);
  });

  test('of several processes at once one writes the difference', async () => {
    const { account, reconcile, adjustments } = await openBooks();
    await reconcile();
    account.credits -= 7;
    await Promise.all([reconcile(), reconcile(), reconcile()]);
    expect(await adjustments()).toEqual([{ charged: 7, member_id: '' }]);
  });
});

describe('a price', () => {
  test('is learnt from what one operation alone was charged, and asked for from then on', async () => {
    const { store, account, catalogue, make, reconcile, adjustments } = await openBooks();
    await reconcile();
    for (const id of ['a', 'b', 'c']) await make(id);
    account.credits -= 3 * 25;
    await reconcile();
    expect(catalogue.get('sonic', 'create')).toMatchObject({ price: 25, isLearnt: true });
    expect(await listLearntPrices(store.db)).toMatchObject([
      { accountId: OPERATOR_ACCOUNT, engine: 'sonic', operation: 'create', price: 25 },
    ]);
    expect(await adjustments()).toEqual([{ charged: 15, member_id: '' }]);
  });

  test('is learnt of an operation that was believed to be free, and of one that became free', async () => {
    const { account, catalogue, make, reconcile } = await openBooks();
    await reconcile();
    for (const id of ['a', 'b']) await make(id, { request: LYRICS, price: 0 });
    account.credits -= 6;
    await reconcile();
    expect(catalogue.price(LYRICS)).toBe(3);
    await make('c', { request: LYRICS, price: 3 });
    await reconcile();
    expect(catalogue.price(LYRICS)).toBe(0);
  });

  test('is not learnt of an operation of which MusicAPI takes the price the first time only', async () => {
    const { account, catalogue, make, reconcile, adjustments } = await openBooks();
    const clip = { clipId: 'clip-1', engine: 'sonic', source: 'generated' } as const;
    const request = { operation: 'timeline', engine: 'sonic', clip } as const;
    await reconcile();
    await make('a', { request, price: 1 });
    account.credits -= 1;
    await reconcile();
    await make('b', { request, price: 1 });
    await reconcile();
    expect(catalogue.price(request)).toBe(1);
    expect(await adjustments()).toEqual([{ charged: -1, member_id: '' }]);
  });

  test('is forgotten when the balance shows the one in the catalogue again', async () => {
    const { store, account, catalogue, make, reconcile } = await openBooks();
    await reconcile();
    await make('a');
    account.credits -= 25;
    await reconcile();
    await make('b', { price: 25 });
    account.credits -= 20;
    await reconcile();
    expect(catalogue.get('sonic', 'create')).toMatchObject({ price: 20 });
    expect(catalogue.get('sonic', 'create').isLearnt).toBeUndefined();
    expect(await listLearntPrices(store.db)).toEqual([]);
  });

  test('is taken over by other processes, and forgotten by them too', async () => {
    const { account, make, reconcile, process } = await openBooks();
    const other = createCatalogue();
    const books = process(other);
    await reconcile();
    await make('a');
    account.credits -= 25;
    await reconcile();
    await books.loadPrices();
    expect(other.price(CREATE)).toBe(25);
    await make('b', { price: 25 });
    account.credits -= 20;
    await reconcile();
    await books.loadPrices();
    expect(other.get('sonic', 'create')).toMatchObject({ price: 20 });
    expect(other.get('sonic', 'create').isLearnt).toBeUndefined();
  });

  test('is known from the start of the next process', async () => {
    const { account, make, reconcile, process } = await openBooks();
    await reconcile();
    await make('a');
    account.credits -= 25;
    await reconcile();
    const fresh = createCatalogue();
    const books = process(fresh);
    books.start();
    onTestFinished(() => books.stop());
    await expect.poll(() => fresh.price(CREATE)).toBe(25);
  });

  type Books = Awaited<ReturnType<typeof openBooks>>;
  test.each<[string, (books: Books) => Promise<void>]>([
    [
      'two operations were charged',
      async ({ make, account }) => {
        await make('a');
        await make('b', { request: LYRICS, price: 0 });
        account.credits -= 22;
      },
    ],
    [
      'the difference is no whole price for each task',
      async ({ make, account }) => {
        for (const id of ['a', 'b']) await make(id);
        account.credits -= 45;
      },
    ],
    [
      'more was paid in than all of it cost',
      async ({ make, account }) => {
        await make('a');
        account.credits += 480;
      },
    ],
    [
      'something failed, which may have cost something all the same',
      async ({ make, account }) => {
        await make('a');
        await make('b', { fails: true });
        account.credits -= 40;
      },
    ],
    [
      'it expired, so that MusicAPI may not have taken anything',
      async ({ make, store }) => {
        await make('a');
        await store.db.updateTable('tasks').set({ state: 'expired' }).execute();
      },
    ],
    [
      'a backup was put back, which does not know what else was spent',
      async ({ make, account, store }) => {
        await make('a');
        account.credits -= 40;
        await noteRestore(store.db, { takenAt: T0, restoredAt: await store.now() });
      },
    ],
    [
      'nothing was charged',
      async ({ account }) => {
        account.credits -= 20;
      },
    ],
  ])('is not learnt when %s', async (_, happen) => {
    const books = await openBooks();
    const { store, catalogue, reconcile, adjustments } = books;
    await reconcile();
    await happen(books);
    await reconcile();
    expect(await adjustments()).toHaveLength(1);
    expect(await listLearntPrices(store.db)).toEqual([]);
    expect(catalogue.list().filter(({ isLearnt }) => isLearnt)).toEqual([]);
  });
});
