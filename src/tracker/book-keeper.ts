import { ulid } from 'ulid';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { getAccount } from '../store/accounts.ts';
import {
  addFinding,
  type Finding,
  findLastSent,
  findReading,
  isBalanceMoving,
  saveReading,
  sumBooks,
} from '../store/bookkeeping.ts';
import type { LearntPrice } from '../store/learnt-prices.ts';
import { addEntry } from '../store/ledger.ts';
import type { Store } from '../store/open.ts';
import type { Executor } from '../store/schema.ts';
import { createLoop, type Loop } from './loop.ts';
import { Prices } from './prices.ts';

/** What keeping the books honest needs. */
export interface BookKeeperDeps {
  readonly store: Store;
  /** One account's view of MusicAPI. */
  readonly provider: (accountId: string) => Pick<MusicApi, 'getCredits'>;
  /** Whose books to keep. Without any, only what other processes learn of prices is taken over. */
  readonly accountIds: readonly string[];
  /** Gets the prices that balances showed. */
  readonly catalogue: Catalogue;
  readonly log: Logger;
  /** @defaultValue ULIDs */
  readonly newId?: () => string;
  /** Told of every difference, for metrics. */
  readonly onFinding?: (finding: Finding) => void;
  /** Told when the sums of an account are what its tasks hold and cost. */
  readonly onBalanced?: (accountId: string) => void;
}

const INTERVAL_MS = 60 * 60_000;

/** While something is in flight, MusicAPI or the database does not answer, or there is nothing to do but to listen. */
const RETRY_MS = 60_000;

const BALANCE_TIMEOUT_MS = 10_000;

/**
 * Looks after the ledger, at the start and every hour: whether its sums are what the tasks hold and cost, and, in a
 * moment at which nothing is in flight, whether MusicAPI's balance went down by what the ledger charged. A difference
 * that a changed price explains is taken for one.
 */
export class BookKeeper {
  readonly #deps: BookKeeperDeps;
  readonly #prices: Prices;
  readonly #loop: Loop;

  constructor(deps: BookKeeperDeps) {
    this.#deps = deps;
    this.#prices = new Prices(deps.catalogue);
    this.#loop = createLoop({
      name: 'book-keeper',
      pass: (signal) => this.#pass(signal),
      minWaitMs: RETRY_MS,
      maxWaitMs: INTERVAL_MS,
      onError: (error) => deps.log.error({ err: coerceError(error) }, 'the books could not be looked after'),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /**
   * Compares the ledger's sums with the states of the tasks. A difference is an error: some code wrote one without
   * the other.
   */
  async checkSums(accountId: string): Promise<readonly Finding[]> {
    const { store, log, newId = ulid, onFinding } = this.#deps;
    const findings = await store.transaction(async (tx) => {
      const books = await sumBooks(tx, accountId);
      const at = await store.now(tx);
      const found: Finding[] = [];
      for (const kind of ['reserved', 'charged'] as const) {
        const { tasks, ledger } = books[kind];
        if (tasks === ledger) continue;
        found.push({ id: newId(), accountId, kind, expected: tasks, found: ledger, at });
      }
      for (const finding of found) await addFinding(tx, finding);
      return found;
    });
    for (const finding of findings) {
      log.error(factsOf(finding), 'the ledger does not add up to what the tasks hold and cost');
      onFinding?.(finding);
    }
    if (findings.length === 0) this.#deps.onBalanced?.(accountId);
    return findings;
  }

  /**
   * Compares how MusicAPI's balance changed since the last reading with what the ledger charged since. A difference
   * becomes an `adjust` row, so that both agree from then on; where one operation alone explains it, its price is
   * learnt besides.
   *
   * @returns false when something was in flight: nothing can be said then.
   */
  async reconcile(accountId: string, signal: AbortSignal): Promise<boolean> {
    const { store, provider, log, onFinding } = this.#deps;
    const before = await store.transaction((tx) => readQuiet(tx, accountId));
    if (!before) return false;
    const credits = await provider(accountId).getCredits({
      signal: AbortSignal.any([signal, AbortSignal.timeout(BALANCE_TIMEOUT_MS)]),
    });
    const balance = Math.round(credits.plan + credits.extra);
    const result = await store.transaction(async (tx) => {
      const after = await readQuiet(tx, accountId);
      // What was sent meanwhile may or may not be in the balance that MusicAPI told.
      if (!after || !isSame(after, before)) return false;
      return await this.#compare(tx, { accountId, balance, charged: after.charged });
    });
    if (typeof result === 'object') {
      const { finding, learnt } = result;
      const words =
        finding.found < finding.expected
          ? 'MusicAPI took more credits than the ledger charged'
          : 'MusicAPI has more credits than the ledger expects: paid in, renewed or given back';
      log.warn({ ...factsOf(finding), difference: finding.expected - finding.found }, words);
      if (learnt) {
        const { engine, operation, price } = learnt;
        log.warn({ accountId, engine, operation, price }, 'the balance shows what an operation costs now');
      }
      onFinding?.(finding);
    } else if (result) {
      log.debug({ accountId, balance }, 'the balance is what the ledger expects');
    }
    await this.loadPrices();
    return result !== false;
  }

  /** Takes over the prices that this and other processes have learnt. */
  async loadPrices(): Promise<void> {
    await this.#prices.load(this.#deps.store.db);
  }

  async #compare(
    tx: Executor,
    now: { readonly accountId: string; readonly balance: number; readonly charged: number },
  ): Promise<Difference | true> {
    const { store, newId = ulid } = this.#deps;
    const at = await store.now(tx);
    const last = await findReading(tx, now.accountId);
    // Another process has just done the same.
    if (!(await saveReading(tx, last, { ...now, readAt: at }))) return true;
    if (!last) return true;
    const charged = now.charged - last.charged;
    const expected = last.balance - charged;
    if (expected === now.balance) return true;
    const id = newId();
    const { accountId, balance: found } = now;
    const finding: Finding = { id, accountId, kind: 'balance', expected, found, at };
    await addFinding(tx, finding);
    await addEntry(tx, {
      accountId,
      taskId: id,
      kind: 'adjust',
      reserved: 0,
      charged: expected - found,
      memberId: '',
      bookedAt: at,
      at,
      flagged: false,
    });
    const movement = { accountId, since: last.readAt, at, taken: last.balance - found, charged };
    return { finding, learnt: await this.#prices.learn(tx, movement) };
  }

  async #pass(signal: AbortSignal): Promise<number> {
    await this.loadPrices();
    let isDone = this.#deps.accountIds.length > 0;
    for (const accountId of this.#deps.accountIds) {
      await this.checkSums(accountId);
      isDone = (await this.#tryReconcile(accountId, signal)) && isDone;
    }
    return isDone ? INTERVAL_MS : RETRY_MS;
  }

  /** A provider that does not answer is no trouble of the books: they are compared when it does. */
  async #tryReconcile(accountId: string, signal: AbortSignal): Promise<boolean> {
    try {
      return await this.reconcile(accountId, signal);
    } catch (error) {
      if (!signal.aborted)
        this.#deps.log.info({ accountId, err: coerceError(error) }, 'balance not compared');
      return false;
    }
  }
}

/** A balance that is not what the ledger expected, and what it says of a price. */
interface Difference {
  readonly finding: Finding;
  readonly learnt?: LearntPrice | undefined;
}

/** What stands still while nothing of an account is sent and nothing ends. */
interface Quiet {
  readonly charged: number;
  readonly nextCreateAt: number;
  /** Direct tasks leave the create bucket alone. */
  readonly lastSentAt: number | undefined;
}

function isSame(one: Quiet, other: Quiet): boolean {
  return (
    one.charged === other.charged &&
    one.nextCreateAt === other.nextCreateAt &&
    one.lastSentAt === other.lastSentAt
  );
}

/** What the ledger has charged, if nothing of the account is in flight. */
async function readQuiet(tx: Executor, accountId: string): Promise<Quiet | undefined> {
  if (await isBalanceMoving(tx, accountId)) return undefined;
  const { charged } = await sumBooks(tx, accountId);
  const { nextCreateAt } = await getAccount(tx, accountId);
  return { charged: charged.ledger, nextCreateAt, lastSentAt: await findLastSent(tx, accountId) };
}

function factsOf({ accountId, kind, expected, found }: Finding) {
  return { accountId, kind, expected, found };
}
