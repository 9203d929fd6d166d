import pg from 'pg';

/** Keeps everybody else waiting who reads or writes a table, until `release`. */
export interface TableLock {
  release(): Promise<void>;
}

/** Locks a table as a migration or a backup would: this is what a database that takes its time looks like. */
export async function lockTable(databaseUrl: string, table: string): Promise<TableLock> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query(`lock table ${client.escapeIdentifier(table)} in access exclusive mode`);
  let isHeld = true;
  return {
    async release() {
      if (!isHeld) return;
      isHeld = false;
      await client.end();
    },
  };
}
