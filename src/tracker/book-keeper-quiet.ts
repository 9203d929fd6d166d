import { findAccountKey } from '../store/account-keys.ts';
import { getAccount, OPERATOR_ACCOUNT } from '../store/accounts.ts';
import { findLastSent, isBalanceMoving, sumBooks } from '../store/bookkeeping.ts';
import type { Executor } from '../store/schema.ts';

/** What stands still while nothing of an account is sent and nothing ends. */
export interface Quiet {
  readonly charged: number;
  readonly nextCreateAt: number;
  /** Direct tasks leave the create bucket alone. */
  readonly lastSentAt: number | undefined;
  /** Epoch ms; the operator's has always been there. */
  readonly keySetAt: number;
}

/** Whether nothing was sent and nothing ended in between. */
export function isSame(one: Quiet, other: Quiet): boolean {
  return (
    one.charged === other.charged &&
    one.nextCreateAt === other.nextCreateAt &&
    one.lastSentAt === other.lastSentAt &&
    one.keySetAt === other.keySetAt
  );
}

/** What the ledger has charged, if the account has a key and nothing of it is in flight. */
export async function readQuiet(tx: Executor, accountId: string): Promise<Quiet | undefined> {
  const keySetAt = await findKeySetAt(tx, accountId);
  if (keySetAt === undefined || (await isBalanceMoving(tx, accountId))) return undefined;
  const { charged } = await sumBooks(tx, accountId);
  const { nextCreateAt } = await getAccount(tx, accountId);
  return { charged: charged.ledger, nextCreateAt, lastSentAt: await findLastSent(tx, accountId), keySetAt };
}

/** Since when the account has a key that MusicAPI takes; undefined = it has none. */
async function findKeySetAt(tx: Executor, accountId: string): Promise<number | undefined> {
  if (accountId === OPERATOR_ACCOUNT) return 0;
  const key = await findAccountKey(tx, accountId);
  return key?.refusedAt === undefined ? key?.setAt : undefined;
}
