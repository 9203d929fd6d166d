import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../src/store/group-commit.ts';
import type { Database } from '../../src/store/schema.ts';
import { EncoreSqliteDialect } from '../../src/store/sqlite-driver.ts';

describe('createGroupCommit', () => {
  let folder: string;
  let db: Kysely<Database>;
  /** Commits, and what else happened, in order. */
  let events: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'encore-group-'));
    events = [];
    db = new Kysely<Database>({
      dialect: new EncoreSqliteDialect(new BetterSqlite3(join(folder, 'group.db'))),
      log: ({ query }) => {
        if (query.sql === 'commit') events.push('commit');
      },
    });
  });

  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  it('commits together what begins in one turn of the event loop', async () => {
    // On a machine that stands still, time would be up after the first of them.
    const transaction = createGroupCommit(db, () => 0);
    const values = await Promise.all([1, 2, 3].map((value) => transaction(async () => value)));
    expect(values).toEqual([1, 2, 3]);
    expect(events).toEqual(['commit']);
  });

  it('runs nothing before everything else of that turn is done', async () => {
    const transaction = createGroupCommit(db);
    const ended = transaction(async () => events.push('work'));
    process.nextTick(() => events.push('next tick'));
    for (let step = 0; step < 100; step += 1) await Promise.resolve();
    events.push('promises');
    await ended;
    expect(events.toSorted()).toEqual(['commit', 'next tick', 'promises', 'work']);
    expect(events.slice(2)).toEqual(['work', 'commit']);
  });

  it('lets timers and the network have their turn between two groups', async () => {
    const transaction = createGroupCommit(db);
    let timer = setTimeout(function tick() {
      events.push('timer');
      timer = setTimeout(tick, 1);
    }, 1);
    await Promise.all(Array.from({ length: 20 }, () => transaction(async () => spin(2))));
    clearTimeout(timer);
    expect(events.filter((event) => event === 'commit').length).toBeGreaterThan(1);
    expect(events.join(' ')).not.toContain('commit commit');
  });
});

/** Keeps the thread busy, as the work of a transaction does. */
function spin(ms: number): void {
  const endsAt = performance.now() + ms;
  while (performance.now() < endsAt);
}
