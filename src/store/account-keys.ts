import { jsonList } from './dialect.ts';
import type { Executor } from './schema.ts';

/** A MusicAPI key of a server or member, sealed: only the encryption key of this name opens it. */
export interface SealedKey {
  readonly accountId: string;
  readonly keyId: string;
  readonly sealed: string;
  /** Grows with every key that takes the place of another one. */
  readonly version: number;
  readonly setBy: string;
  /** Epoch ms. */
  readonly setAt: number;
  /** Epoch ms since when MusicAPI does not take it. */
  readonly refusedAt?: number | undefined;
}

/** The key of an account. The operator's is in the environment, not here. */
export async function findAccountKey(executor: Executor, accountId: string): Promise<SealedKey | undefined> {
  const row = await executor
    .selectFrom('account_keys')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return (
    row && {
      accountId,
      keyId: row.key_id,
      sealed: row.sealed,
      version: row.version,
      setBy: row.set_by,
      setAt: row.set_at,
      refusedAt: row.refused_at ?? undefined,
    }
  );
}

/** Ids of the accounts that have a key here: of all, or of these. */
export async function listAccountsWithKey(
  executor: Executor,
  among?: readonly string[],
): Promise<readonly string[]> {
  let query = executor.selectFrom('account_keys').select('account_id');
  if (among) query = query.where('account_id', 'in', jsonList(among));
  const rows = await query.execute();
  return rows.map(({ account_id }) => account_id);
}

/** Ids of the accounts whose key here MusicAPI takes, as far as is known. */
export async function listAccountsWithUsableKey(executor: Executor): Promise<readonly string[]> {
  const rows = await executor
    .selectFrom('account_keys')
    .select('account_id')
    .where('refused_at', 'is', null)
    .orderBy('account_id')
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Sets the key of an account; the one that was there is gone. */
export async function saveAccountKey(tx: Executor, key: Omit<SealedKey, 'refusedAt'>): Promise<void> {
  const values = {
    key_id: key.keyId,
    sealed: key.sealed,
    version: key.version,
    set_by: key.setBy,
    set_at: key.setAt,
    refused_at: null,
  };
  await tx
    .insertInto('account_keys')
    .values({ account_id: key.accountId, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

/** Seals the same key anew, where nobody has replaced it meanwhile. */
export async function resealAccountKey(
  executor: Executor,
  before: SealedKey,
  fresh: Pick<SealedKey, 'keyId' | 'sealed'>,
): Promise<void> {
  await executor
    .updateTable('account_keys')
    .set({ key_id: fresh.keyId, sealed: fresh.sealed })
    .where('account_id', '=', before.accountId)
    .where('version', '=', before.version)
    .where('sealed', '=', before.sealed)
    .execute();
}

/** Forgets the key of an account; false when there was none. */
export async function removeAccountKey(tx: Executor, accountId: string): Promise<boolean> {
  const result = await tx.deleteFrom('account_keys').where('account_id', '=', accountId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/**
 * Notes that MusicAPI does not take a key any more, unless it was replaced meanwhile.
 *
 * @returns false when that was known already, or is about a key that is gone
 */
export async function noteKeyRefused(
  executor: Executor,
  { accountId, version }: Pick<SealedKey, 'accountId' | 'version'>,
  at: number,
): Promise<boolean> {
  const result = await executor
    .updateTable('account_keys')
    .set({ refused_at: at })
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .where('refused_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
