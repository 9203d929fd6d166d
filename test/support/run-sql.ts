import Database from 'better-sqlite3';
import pg from 'pg';

/** Changes the database of a bot that is running. @param databaseUrl - as in `DATABASE_URL` */
export async function runSql(databaseUrl: string | undefined, statement: string): Promise<void> {
  if (databaseUrl?.startsWith('sqlite:')) {
    const file = new Database(databaseUrl.replace('sqlite:', ''));
    file.exec(statement);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
