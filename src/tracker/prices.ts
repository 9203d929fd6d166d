import type { Engine, OperationId } from '../domain/request.ts';
import type { Catalogue } from '../musicapi/catalogue.ts';
import { type Charges, hasSentRefund, listCharges } from '../store/bookkeeping.ts';
import {
  type LearntPrice,
  listLearntPrices,
  removeLearntPrice,
  saveLearntPrice,
} from '../store/learnt-prices.ts';
import { findRestore } from '../store/restores.ts';
import type { Executor } from '../store/schema.ts';

/** How a balance moved between two readings. */
export interface Movement {
  readonly accountId: string;
  /** Epoch ms of the earlier reading. */
  readonly since: number;
  readonly at: number;
  /** What MusicAPI took in between; negative = it has more. */
  readonly taken: number;
  /** What the ledger charged in between. */
  readonly charged: number;
}

/**
 * Prices that differ from the catalogue's, because balances showed it. Made before anything was learnt, since the
 * catalogue's own prices are read then.
 */
export class Prices {
  readonly #catalogue: Catalogue;
  readonly #stated: ReadonlyMap<string, number>;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#stated = new Map(catalogue.list().map(({ engine, id, price }) => [keyOf(engine, id), price]));
  }

  /** Brings the catalogue up to what all processes have learnt, and forgotten. */
  async load(executor: Executor): Promise<void> {
    const learnt = await listLearntPrices(executor);
    const prices = new Map(learnt.map(({ engine, operation, price }) => [keyOf(engine, operation), price]));
    for (const { engine, id } of this.#catalogue.list()) {
      const key = keyOf(engine, id);
      const price = prices.get(key) ?? this.#stated.get(key);
      if (price !== undefined) this.#catalogue.learn(engine, id, price);
    }
  }

  /**
   * Records the price that explains a movement which the ledger did not expect: one operation alone was charged, each
   * time to the same end, and what MusicAPI took is a whole price for each. Anything else could have many reasons.
   */
  async learn(tx: Executor, movement: Movement): Promise<LearntPrice | undefined> {
    const { accountId, since, at, taken, charged } = movement;
    // What was charged between a backup and its return is not known.
    if (((await findRestore(tx))?.restoredAt ?? 0) >= since) return undefined;
    const [charges, ...others] = await listCharges(tx, accountId, since);
    if (!charges || others.length > 0 || charges.charged !== charged) return undefined;
    const { engine, operation } = charges;
    // Whether a clip was asked about before, perhaps by somebody else with the same key, MusicAPI knows better.
    if (this.#catalogue.find(engine, operation)?.isFreeAgain) return undefined;
    const price = priceOf(charges, taken);
    if (price === undefined || (await hasSentRefund(tx, accountId, since))) return undefined;
    const learnt: LearntPrice = { accountId, engine, operation, price, learntAt: at };
    if (price === this.#stated.get(keyOf(engine, operation))) await removeLearntPrice(tx, learnt);
    else await saveLearntPrice(tx, learnt);
    return learnt;
  }
}

function priceOf({ tasks, isCertain }: Charges, taken: number): number | undefined {
  if (!isCertain || taken < 0 || taken % tasks !== 0) return undefined;
  return taken / tasks;
}

function keyOf(engine: Engine, id: OperationId): string {
  return `${engine} ${id}`;
}
