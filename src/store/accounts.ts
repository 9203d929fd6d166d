import type { Executor } from './schema.ts';

/** The account of the operator's key; the first migration makes it. */
export const OPERATOR_ACCOUNT = 'operator';

/** The account of a server's own key. */
export function serverAccount(guildId: string): string {
  return `guild:${guildId}`;
}

/** The account of a member's own key. */
export function memberAccount(userId: string): string {
  return `user:${userId}`;
}

/** Whose key an account is. */
export type AccountOwner =
  | { readonly kind: 'operator' }
  | { readonly kind: 'server'; readonly guildId: string }
  | { readonly kind: 'member'; readonly userId: string };

/** Whose key an account is, by its id. */
export function ownerOf(accountId: string): AccountOwner {
  const [kind, id = ''] = accountId.split(':');
  if (kind === 'guild') return { kind: 'server', guildId: id };
  return kind === 'user' ? { kind: 'member', userId: id } : { kind: 'operator' };
}

/** Makes the account of a key of one's own, if it is not there. It stays when its key is removed: its songs are its. */
export async function ensureAccount(tx: Executor, accountId: string, now: number): Promise<void> {
  await tx
    .insertInto('accounts')
    .values({ id: accountId, next_create_at: 0, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** One MusicAPI key. */
export interface Account {
  readonly id: string;
  /** No create before this moment (epoch ms). */
  readonly nextCreateAt: number;
}

/**
 * Reads an account.
 *
 * @throws Error when there is none with this id.
 */
export async function getAccount(executor: Executor, accountId: string): Promise<Account> {
  const row = await executor
    .selectFrom('accounts')
    .select(['id', 'next_create_at'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (!row) throw new Error(`there is no account ${accountId}`);
  return { id: row.id, nextCreateAt: row.next_create_at };
}

/**
 * Lets the transactions that decide about an account (what it may spend, whose turn it is) come one after the other,
 * also those of other processes, until each is committed.
 */
export async function lockAccount(tx: Executor, accountId: string): Promise<void> {
  // The weaker lock: rows that only refer to the account can be written meanwhile.
  await tx.selectFrom('accounts').select('id').where('id', '=', accountId).forNoKeyUpdate().execute();
}

/** Takes the account's turn to create, if it has come: the next one comes `intervalMs` after `now`. */
export async function takeCreateSlot(
  executor: Executor,
  accountId: string,
  now: number,
  intervalMs: number,
): Promise<boolean> {
  const result = await executor
    .updateTable('accounts')
    .set({ next_create_at: now + intervalMs })
    .where('id', '=', accountId)
    .where('next_create_at', '<=', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** No create of this account before `until` (epoch ms); never brings the next one forward. */
export async function delayCreates(executor: Executor, accountId: string, until: number): Promise<void> {
  await executor
    .updateTable('accounts')
    .set({ next_create_at: until })
    .where('id', '=', accountId)
    .where('next_create_at', '<', until)
    .execute();
}
