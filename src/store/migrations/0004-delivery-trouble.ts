import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Since when a delivery has been tried in vain, so that it is given up a day later and not earlier. */
export const deliveryTrouble: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('deliveries').addColumn('troubled_since', 'bigint').execute();
  },
};
