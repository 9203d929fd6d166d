import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';

/** A look into the database of a bot that runs. */
export interface Window {
  /** Runs a query that both databases understand; `?` stands for a value. */
  read<Row>(query: string, ...values: readonly string[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Opens one; the database has to be there. */
export function openWindow(databaseUrl: string): Window {
  return databaseUrl.startsWith('sqlite:')
    ? openSqliteWindow(databaseUrl.slice('sqlite:'.length))
    : openPostgresWindow(databaseUrl);
}

/** SQLite lets others read while the bot has the file. */
function openSqliteWindow(path: string): Window {
  const database = new BetterSqlite3(path, { readonly: true, timeout: 5_000 });
  return {
    read: async <Row>(query: string, ...values: readonly string[]) =>
      database.prepare<string[], Row>(query).all(...values),
    close: async () => void database.close(),
  };
}

function openPostgresWindow(connectionString: string): Window {
  const pool = new pg.Pool({ connectionString, max: 2 });
  return {
    async read(query, ...values) {
      let count = 0;
      const text = query.replaceAll('?', () => {
        count += 1;
        return `$${count}`;
      });
      const { rows } = await pool.query(text, [...values]);
      return rows;
    },
    close: () => pool.end(),
  };
}
