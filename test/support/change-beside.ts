import Database from 'better-sqlite3';
import { vi } from 'vitest';
import { PATIENCE } from './patience.ts';
import type { TestWorld } from './world.ts';

/**
 * Changes the SQLite file of the bot that runs in this very thread, between two of its transactions: to wait for one
 * inside of SQLite would be to wait for oneself.
 */
export async function changeBeside(
  world: TestWorld,
  change: (file: Database.Database) => void,
): Promise<void> {
  const file = new Database((world.env.DATABASE_URL ?? '').replace('sqlite:', ''), { timeout: 0 });
  try {
    await vi.waitFor(() => change(file), PATIENCE);
  } finally {
    file.close();
  }
}
