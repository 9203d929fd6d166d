import type { Engine, OperationId } from '../domain/request.ts';
import type { Executor } from './schema.ts';

/** What an account was seen to pay for an operation. */
export interface LearntPrice {
  readonly accountId: string;
  readonly engine: Engine;
  readonly operation: OperationId;
  /** Credits. */
  readonly price: number;
  /** Epoch ms. */
  readonly learntAt: number;
}

/** Records a price; what was learnt of the same operation before is forgotten. */
export async function saveLearntPrice(executor: Executor, learnt: LearntPrice): Promise<void> {
  const { accountId, engine, operation, price, learntAt } = learnt;
  await executor
    .insertInto('learnt_prices')
    .values({ account_id: accountId, engine, operation, price, learnt_at: learntAt })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'engine', 'operation']).doUpdateSet((set) => ({
        price: set.ref('excluded.price'),
        learnt_at: set.ref('excluded.learnt_at'),
      })),
    )
    .execute();
}

/** Forgets what was learnt of an operation. */
export async function removeLearntPrice(
  executor: Executor,
  { accountId, engine, operation }: Pick<LearntPrice, 'accountId' | 'engine' | 'operation'>,
): Promise<void> {
  await executor
    .deleteFrom('learnt_prices')
    .where('account_id', '=', accountId)
    .where('engine', '=', engine)
    .where('operation', '=', operation)
    .execute();
}

/** Everything that was learnt, the newest last. */
export async function listLearntPrices(executor: Executor): Promise<LearntPrice[]> {
  const rows = await executor.selectFrom('learnt_prices').selectAll().orderBy('learnt_at').execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    engine: row.engine,
    operation: row.operation,
    price: row.price,
    learntAt: row.learnt_at,
  }));
}
