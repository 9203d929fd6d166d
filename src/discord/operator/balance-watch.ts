import type { Credits } from '../../musicapi/types.ts';
import { OPERATOR_ACCOUNT } from '../../store/accounts.ts';
import { findReading } from '../../store/bookkeeping.ts';
import type { Store } from '../../store/open.ts';
import type { OpenNotice } from '../../store/operator-notices.ts';
import { findSpending } from '../../store/spending.ts';
import type { OperatorNotices } from './operator-notices.ts';
import type { ProviderSigns } from './provider-signs.ts';
import { forecastBalance, RATE_PERIOD_MS } from './trouble.ts';

/** What watching the balance needs. */
export interface BalanceDeps {
  readonly store: Store;
  readonly notices: OperatorNotices;
  readonly signs: ProviderSigns;
  /** Asks MusicAPI for the balance of the operator's account. */
  readonly getCredits: () => Promise<Credits>;
  /** Below it the operators are told; 0 = only when it is used up. */
  readonly threshold: number;
}

/** Least time between two questions for the balance. */
const ASK_INTERVAL_MS = 30_000;

/**
 * Notices when the operator's balance runs low or is used up. As long as all is well it asks nobody: what MusicAPI said
 * last, less what the ledger charged since, shows when it is worth to ask.
 */
export class BalanceWatch {
  readonly #deps: BalanceDeps;
  #askedAt = 0;
  /** The balance at which MusicAPI refused for want of credits: more than that has been paid in. */
  #refusedAt: number | undefined;

  constructor(deps: BalanceDeps) {
    this.#deps = deps;
  }

  /** @param now - by the store's clock, epoch ms */
  async look(open: readonly OpenNotice[], now: number): Promise<void> {
    const { notices, signs, threshold } = this.#deps;
    const told = new Set(open.map(({ cause }) => cause));
    const isTold = told.has('balance-empty') || told.has('balance-low');
    const { areCreditsWanting } = signs;
    if (!isTold && !areCreditsWanting && !(await this.#mayBeLow())) return;
    const balance = await this.#ask(now);
    if (balance === undefined) return;
    if (areCreditsWanting) this.#refusedAt ??= balance;
    const isFilled = this.#refusedAt !== undefined && balance > this.#refusedAt;
    if (isFilled) {
      this.#refusedAt = undefined;
      signs.forgetCredits();
    }
    if (balance < 1 || this.#refusedAt !== undefined) {
      if (told.has('balance-low')) await notices.drop({ cause: 'balance-low', balance });
      await notices.tell({ cause: 'balance-empty', balance });
      return;
    }
    // After a restart nobody knows at what balance it was refused.
    if (told.has('balance-empty') && (isFilled || balance >= threshold)) {
      await notices.tellOver({ cause: 'balance-empty', balance });
    }
    if (balance < threshold) await this.#tellLow(balance, now);
    else if (told.has('balance-low')) await notices.tellOver({ cause: 'balance-low', balance });
  }

  async #tellLow(balance: number, now: number): Promise<void> {
    const { store, notices, threshold } = this.#deps;
    const { credits: spent, firstAt } = await findSpending(store.db, OPERATOR_ACCOUNT, now - RATE_PERIOD_MS);
    const forecast = forecastBalance(balance, { spent, firstAt, now });
    await notices.tell({ cause: 'balance-low', balance, threshold, forecast });
  }

  async #mayBeLow(): Promise<boolean> {
    const { store, threshold } = this.#deps;
    const reading = await findReading(store.db, OPERATOR_ACCOUNT);
    if (!reading) return false;
    const { credits } = await findSpending(store.db, OPERATOR_ACCOUNT, reading.readAt);
    return reading.balance - credits < Math.max(1, threshold);
  }

  /** The balance; undefined where it was just asked for, or MusicAPI does not say. */
  async #ask(now: number): Promise<number | undefined> {
    if (now - this.#askedAt < ASK_INTERVAL_MS) return undefined;
    this.#askedAt = now;
    try {
      const { plan, extra } = await this.#deps.getCredits();
      return plan + extra;
    } catch {
      // Whatever stands in the way is told for what it is.
      return undefined;
    }
  }
}
