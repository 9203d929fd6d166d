import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type CompiledQuery, Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  findLastSent,
  hasSentRefund,
  isBalanceMoving,
  listCharges,
  sumBooks,
} from '../../src/store/bookkeeping.ts';
import { claimDueCards, countDueCards, touchQueuedCards } from '../../src/store/cards.ts';
import { listClipsOfTask, searchClips } from '../../src/store/clips.ts';
import { claimDueDeliveries, isGroupMentioned, listDeliveriesOfTask } from '../../src/store/deliveries.ts';
import { countDirectSending, countInFlight, countRunning } from '../../src/store/in-flight.ts';
import { spentBy, sums } from '../../src/store/ledger.ts';
import { listLostResults } from '../../src/store/lost-results.ts';
import { openStore } from '../../src/store/open.ts';
import { listKeptSongs, readPersonPart } from '../../src/store/person-data.ts';
import { listPersonas } from '../../src/store/personas.ts';
import { removeClips } from '../../src/store/remove-clips.ts';
import { dropDeadTokens, emptyOldTasks } from '../../src/store/retention.ts';
import type { Database, Executor } from '../../src/store/schema.ts';
import { EncoreSqliteDialect } from '../../src/store/sqlite-driver.ts';
import { countStored } from '../../src/store/stored-counts.ts';
import {
  claimFollowed,
  claimUnknownDue,
  findNextFollowedDue,
  listSubmittingWithoutLease,
  releaseLeases,
} from '../../src/store/task-claims.ts';
import {
  countOpen,
  listAccountsWithQueued,
  listDurations,
  listOpenTasksOf,
  listQueued,
} from '../../src/store/task-lists.ts';
import { findTaskByRequestKey, listGroup } from '../../src/store/tasks.ts';
import { listTurns } from '../../src/store/turns.ts';
import { T0 } from '../support/tasks.ts';

const CLAIM = { now: T0, limit: 10, owner: 'process-1', leaseUntil: T0 + 1 };
const SEARCH = { text: 'rain', userId: '500', limit: 25 };
const OPERATION = { engine: 'sonic', operation: 'create' } as const;
const WAITING = { accountId: 'operator', memberIds: ['500'], guildIds: ['300'] };
const SPENDER = { accountId: 'operator', since: T0 };

async function readAll(entries: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of entries);
}

/** How SQLite carries out what `work` asks for, one line per step. */
async function explain(work: (executor: Executor) => Promise<unknown>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-plans-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'encore.db');
  await (await openStore({ databaseUrl: `sqlite:${file}` })).close();
  const database = new BetterSqlite3(file);
  const queries: CompiledQuery[] = [];
  const dialect = new EncoreSqliteDialect(database);
  const db = new Kysely<Database>({ dialect, log: (event) => void queries.push(event.query) });
  await work(db);
  const steps = queries.flatMap(({ sql, parameters }) =>
    database.prepare(`explain query plan ${sql}`).all(...parameters),
  ) as readonly { readonly detail: string }[];
  await db.destroy();
  return steps.map((step) => step.detail);
}

describe('queries that loops repeat', () => {
  it.each<[string, (executor: Executor) => Promise<unknown>]>([
    ['tasks_followed', (db) => claimFollowed(db, CLAIM)],
    ['tasks_followed', (db) => findNextFollowedDue(db, T0)],
    ['tasks_unsure', (db) => claimUnknownDue(db, CLAIM)],
    ['tasks_unsure', (db) => listSubmittingWithoutLease(db, T0)],
    ['tasks_followed', (db) => releaseLeases(db, 'process-1')],
    ['tasks_queued', (db) => listQueued(db, 'operator')],
    ['tasks_queued', (db) => listAccountsWithQueued(db, 'create', T0)],
    ['tasks_direct', (db) => listAccountsWithQueued(db, 'direct', T0)],
    ['tasks_direct', (db) => listQueued(db, 'operator', 'direct')],
    ['tasks_queued', (db) => listQueued(db, 'operator', 'create')],
    ['tasks_open', (db) => countOpen(db, { requesterId: '500' })],
    ['tasks_open', (db) => listOpenTasksOf(db, '500')],
    ['tasks_lost', (db) => listLostResults(db, '500', 5)],
    ['tasks_history', (db) => listDurations(db, OPERATION)],
    ['tasks_model_history', (db) => listDurations(db, { ...OPERATION, models: ['sonic-v6', null] })],
    ['tasks_sent', (db) => listTurns(db, 'operator', 'create', T0)],
    ['sqlite_autoindex_tasks_2', (db) => findTaskByRequestKey(db, 'key')],
    ['tasks_group', (db) => listGroup(db, 'task-1')],
    ['tasks_unsure', (db) => countDirectSending(db, 'operator')],
    ['ledger_charges', (db) => listCharges(db, 'operator', T0)],
    ['ledger_sums', (db) => hasSentRefund(db, 'operator', T0)],
    ['tasks_sent', (db) => findLastSent(db, 'operator')],
    ['personas_owner', (db) => listPersonas(db, '500')],
    ['tasks_card_due', (db) => claimDueCards(db, CLAIM)],
    ['deliveries_open', (db) => claimDueDeliveries(db, CLAIM)],
    ['deliveries_task', (db) => listDeliveriesOfTask(db, 'task-1')],
    ['tasks_group', (db) => isGroupMentioned(db, 'task-1')],
    ['clips_task', (db) => listClipsOfTask(db, 'task-1')],
    ['clip_words_word', (db) => searchClips(db, SEARCH)],
    ['clips_owner', (db) => searchClips(db, { ...SEARCH, text: '' })],
    ['sqlite_autoindex_clip_shares_1', (db) => searchClips(db, { ...SEARCH, text: '', guildId: '300' })],
    ['hearts_user', (db) => searchClips(db, { ...SEARCH, isFavourite: true })],
    ['ledger_member', (db) => spentBy(db, { ...SPENDER, memberId: '500' })],
    ['ledger_guild', (db) => spentBy(db, { ...SPENDER, guildId: '300' })],
    ['ledger_guild', (db) => spentBy(db, { ...SPENDER, memberId: '500', guildId: '300' })],
    ['ledger_member', (db) => spentBy(db, { ...SPENDER, memberId: '500', formerIds: ['gone-1', 'gone-2'] })],
    ['tasks_token', (db) => dropDeadTokens(db, T0, 10)],
    ['tasks_kept', (db) => emptyOldTasks(db, { guildId: '300', before: T0, limit: 10 }, T0)],
    ['tasks_card_due', (db) => countDueCards(db, '500', T0)],
    ['ledger_task', (db) => sums(db, 'task-1')],
    ['tasks_open', (db) => countInFlight(db, { accountId: 'operator', memberId: '500' })],
    ['tasks_open_guild', (db) => countInFlight(db, { accountId: 'operator', guildId: '300' })],
    ['tasks_open_guild', (db) => countRunning(db, WAITING)],
    ['tasks_queued', (db) => touchQueuedCards(db, 'operator', T0, 50)],
    ['ledger_sums', (db) => sumBooks(db, 'operator')],
    ['tasks_charged', (db) => sumBooks(db, 'operator')],
    ['tasks_unsure', (db) => isBalanceMoving(db, 'operator')],
    ['tasks_person', (db) => readAll(readPersonPart(db, '500', 'requests'))],
    ['tasks_person', (db) => readAll(readPersonPart(db, '500', 'messages'))],
    ['clips_person', (db) => readAll(readPersonPart(db, '500', 'songs'))],
    ['clips_person', (db) => listKeptSongs(db, '500')],
    ['clips_person', (db) => removeClips(db, { ownerId: '500' })],
    ['ledger_person', (db) => readAll(readPersonPart(db, '500', 'credits'))],
    ['audit_actor', (db) => readAll(readPersonPart(db, '500', 'decisions'))],
    ['audit_target', (db) => readAll(readPersonPart(db, '500', 'decisions'))],
  ])(
    'use the index %s and never read a whole table of tasks, clips, deliveries or ledger rows',
    async (index, work) => {
      const steps = await explain(work);
      expect(steps.join('\n')).toContain(`INDEX ${index}`);
      expect(
        steps.filter((step) =>
          /^SCAN (tasks|clips|deliveries|ledger)( USING COVERING INDEX \w+)?$/.test(step),
        ),
      ).toEqual([]);
    },
  );

  it('counts what is under way from the indexes of just that', async () => {
    const steps = await explain((db) => countStored(db, T0));
    const looks = steps.filter((step) => /^(SCAN|SEARCH) (tasks|deliveries)/.test(step));
    expect(looks).toHaveLength(8);
    for (const look of looks) {
      expect(look).toMatch(/INDEX (tasks_(queued|open\w*|followed|unsure)|deliveries_open)/);
    }
  });

  it('takes the longest overdue tasks in the order of the index, without sorting', async () => {
    const steps = await explain((db) => claimFollowed(db, CLAIM));
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
  });
});
