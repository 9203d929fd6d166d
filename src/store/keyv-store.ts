import { Keyv, type KeyvStorageAdapter, type KeyvStorageEntry, keyvStorageCapability } from 'keyv';
import { jsonList } from './dialect.ts';
import type { Store } from './open.ts';

/** How often a cache that is written to sweeps out what has expired, of all namespaces. */
const SWEEP_INTERVAL_MS = 10 * 60_000;

/**
 * A namespace of the `cache` table: form drafts, balances, hints. What it holds may be gone at any moment, and
 * a database that does not answer looks like "not found" (the trouble is logged), so nothing that decides about
 * credits or access belongs here.
 *
 * @param ttlMs - How long a value is kept. @defaultValue for ever
 */
export function createCache<T>(store: Store, namespace: string, ttlMs?: number): Keyv<T> {
  const keyv = new Keyv<T>({
    store: new CacheAdapter(store, namespace),
    namespace,
    // By this host's clock.
    checkExpired: false,
    ...(ttlMs === undefined ? {} : { ttl: ttlMs }),
  });
  keyv.on('error', (error: unknown) => store.log?.warn({ err: error, cache: namespace }, 'cache failed'));
  return keyv;
}

/** What Keyv calls; the events of an adapter are for those that keep a connection of their own. */
type Storage = Pick<
  KeyvStorageAdapter,
  | 'namespace'
  | 'capabilities'
  | 'get'
  | 'getMany'
  | 'has'
  | 'hasMany'
  | 'set'
  | 'setMany'
  | 'delete'
  | 'deleteMany'
  | 'clear'
  | 'disconnect'
>;

/**
 * Keyv's storage over our own database. Keyv hands in serialised values and the moment at which they expire by this
 * host's clock; other hosts have other clocks, so what is kept is that moment by the store's clock, which decides.
 */
class CacheAdapter implements Storage {
  namespace: string;
  readonly #store: Store;
  #sweptAt = 0;

  constructor(store: Store, namespace: string) {
    this.#store = store;
    this.namespace = namespace;
  }

  get capabilities() {
    return keyvStorageCapability(this);
  }

  async get(key: string): Promise<string | undefined> {
    const [value] = await this.getMany([key]);
    return value;
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    const now = await this.#store.now();
    const rows = await this.#store.db
      .selectFrom('cache')
      .select(['key', 'value'])
      .where('namespace', '=', this.namespace)
      .where('key', 'in', jsonList(keys))
      .where((where) => where.or([where('expires', 'is', null), where('expires', '>', now)]))
      .execute();
    const values = new Map(rows.map((row) => [row.key, row.value]));
    return keys.map((key) => values.get(key));
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return (await this.getMany(keys)).map((value) => value !== undefined);
  }

  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    await this.setMany([{ key, value, ...(expires === undefined ? {} : { expires }) }]);
    return true;
  }

  async setMany(entries: KeyvStorageEntry<unknown>[]): Promise<boolean[]> {
    const handedInAt = Date.now();
    const now = await this.#store.now();
    await this.#sweep(now);
    for (const { key, value, expires } of entries) {
      const row = {
        value: String(value),
        expires: expires === undefined ? null : now + expires - handedInAt,
      };
      await this.#store.db
        .insertInto('cache')
        .values({ namespace: this.namespace, key, ...row })
        .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet(row))
        .execute();
    }
    return entries.map(() => true);
  }

  async delete(key: string): Promise<boolean> {
    const [deleted] = await this.deleteMany([key]);
    return deleted === true;
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    const rows = await this.#store.db
      .deleteFrom('cache')
      .where('namespace', '=', this.namespace)
      .where('key', 'in', jsonList(keys))
      .returning('key')
      .execute();
    const deleted = new Set(rows.map((row) => row.key));
    return keys.map((key) => deleted.has(key));
  }

  async clear(): Promise<void> {
    await this.#store.db.deleteFrom('cache').where('namespace', '=', this.namespace).execute();
  }

  /** The store outlives its caches. */
  async disconnect(): Promise<void> {}

  async #sweep(now: number): Promise<void> {
    if (now - this.#sweptAt < SWEEP_INTERVAL_MS) return;
    this.#sweptAt = now;
    await this.#store.db.deleteFrom('cache').where('expires', '<=', now).execute();
  }
}
