import { ulid } from 'ulid';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import { MusicApiError } from '../musicapi/errors.ts';
import type { MusicApi } from '../musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { addFinding, type Finding, findReading, saveReading, sumBooks } from '../store/bookkeeping.ts';
import type { LearntPrice } from '../store/learnt-prices.ts';
import { addEntry } from '../store/ledger.ts';
import type { Store } from '../store/open.ts';
import type { Executor } from '../store/schema.ts';
import { DatabaseUnavailableError } from '../store/unavailable.ts';
import { isSame, readQuiet } from './book-keeper-quiet.ts';
import { Round } from './book-keeper-round.ts';
import { createLoop, type Loop, logFailedPass } from './loop.ts';
import { Prices } from './prices.ts';

/** What keeping the books honest needs. */
export interface BookKeeperDeps {
  readonly store: Store;
  /** One account's view of MusicAPI. */
  readonly provider: (accountId: string) => Pick<MusicApi, 'getCredits'>;
  /** Whose books to keep now. Without any, only what other processes learn of prices is taken over. */
  readonly listAccounts: () => Promise<readonly string[]>;
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

/** Between two accounts: however many keys there are, MusicAPI is asked for a balance now and then. */
const SPREAD_MS = 5_000;

const BALANCE_TIMEOUT_MS = 10_000;

/**
 * Looks after the ledger of every account, at the start and every hour, one after the other: whether its sums are what
 * the tasks hold and cost, and, in a moment at which nothing of it is in flight, whether MusicAPI's balance went down by
 * what the ledger charged. A difference that a changed price explains is taken for one.
 */
export class BookKeeper {
  readonly #deps: BookKeeperDeps;
  readonly #prices: Prices;
  readonly #round = new Round();
  readonly #loop: Loop;

  constructor(deps: BookKeeperDeps) {
    this.#deps = deps;
    this.#prices = new Prices(deps.catalogue);
    this.#loop = createLoop({
      name: 'book-keeper',
      pass: (signal) => this.pass(signal),
      minWaitMs: SPREAD_MS,
      maxWaitMs: RETRY_MS,
      onError: logFailedPass(deps.log),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /**
   * Looks after the account that is due.
   *
   * @returns milliseconds until the next one is.
   */
  async pass(signal: AbortSignal): Promise<number> {
    await this.loadPrices();
    const now = await this.#deps.store.now();
    const accountId = this.#round.next(await this.#deps.listAccounts(), now);
    if (accountId !== undefined) {
      this.#round.delay(accountId, now + (await this.#lookAfter(accountId, now, signal)));
    }
    return this.#round.waitMs(now);
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
   * @returns false when something was in flight, or there is no key any more: nothing can be said then.
   */
  async reconcile(accountId: string, signal: AbortSignal): Promise<boolean> {
    const { store, provider } = this.#deps;
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
      return await this.#compare(tx, { accountId, balance, charged: after.charged }, after.keySetAt);
    });
    if (typeof result === 'object') this.#tell(result);
    else if (result) this.#deps.log.debug({ accountId }, 'the balance is what the ledger expects');
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
    keySetAt: number,
  ): Promise<Difference | true> {
    const { store, newId = ulid } = this.#deps;
    const at = await store.now(tx);
    const last = await findReading(tx, now.accountId);
    // Another process has just done the same.
    if (!(await saveReading(tx, last, { ...now, readAt: at }))) return true;
    // Another key has another balance.
    if (!last || last.readAt <= keySetAt) return true;
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
    // What others do with a key of their own elsewhere is no sign of what everybody pays.
    if (accountId !== OPERATOR_ACCOUNT) return { finding };
    const movement = { accountId, since: last.readAt, at, taken: last.balance - found, charged };
    return { finding, learnt: await this.#prices.learn(tx, movement) };
  }

  #tell({ finding, learnt }: Difference): void {
    const { log, onFinding } = this.#deps;
    const { accountId, kind, expected, found } = finding;
    const difference = expected - found;
    const words =
      difference > 0
        ? 'MusicAPI took more credits than the ledger charged'
        : 'MusicAPI has more credits than the ledger expects: paid in, renewed or given back';
    if (accountId === OPERATOR_ACCOUNT) log.warn({ ...factsOf(finding), difference }, words);
    // What others have is not the operator's to know, and they may well use their key elsewhere.
    else log.info({ accountId, kind, difference }, words);
    if (learnt) {
      const { engine, operation, price } = learnt;
      log.warn({ accountId, engine, operation, price }, 'the balance shows what an operation costs now');
    }
    onFinding?.(finding);
  }

  /** Gives the milliseconds until the account is due again. Its trouble does not hold up the others. */
  async #lookAfter(accountId: string, now: number, signal: AbortSignal): Promise<number> {
    try {
      const restMs = await this.#restMs(accountId, now);
      if (restMs > 0) return restMs;
      await this.checkSums(accountId);
      return (await this.reconcile(accountId, signal)) ? INTERVAL_MS : RETRY_MS;
    } catch (error) {
      if (error instanceof DatabaseUnavailableError) throw error;
      // Whoever the key belongs to hears of it where it was refused.
      if (error instanceof MusicApiError && error.kind === 'not-authorised') return INTERVAL_MS;
      // A provider that does not answer is no trouble of the books: they are compared when it does.
      if (!signal.aborted)
        this.#deps.log.info({ accountId, err: coerceError(error) }, 'balance not compared');
      return RETRY_MS;
    }
  }

  /** Processes take turns with the keys of others; each looks at the operator's account itself. */
  async #restMs(accountId: string, now: number): Promise<number> {
    if (accountId === OPERATOR_ACCOUNT) return 0;
    const last = await findReading(this.#deps.store.db, accountId);
    return last ? last.readAt + INTERVAL_MS - now : 0;
  }
}

/** A balance that is not what the ledger expected, and what it says of a price. */
interface Difference {
  readonly finding: Finding;
  readonly learnt?: LearntPrice | undefined;
}

function factsOf({ accountId, kind, expected, found }: Finding) {
  return { accountId, kind, expected, found };
}
