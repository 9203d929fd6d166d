import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { cancelTask } from '../../../src/domain/transitions.ts';
import { createLogger } from '../../../src/log.ts';
import { saveClips } from '../../../src/store/clips.ts';
import { forgetDepartures, listDepartures, wishDeparture } from '../../../src/store/departures.ts';
import { addEntry, spentBy } from '../../../src/store/ledger.ts';
import { findStanding, saveMemberRule } from '../../../src/store/member-rules.ts';
import type { Store } from '../../../src/store/open.ts';
import { DATA_PARTS, listKeptSongs, readPersonPart } from '../../../src/store/person-data.ts';
import { findRevision } from '../../../src/store/revisions.ts';
import { findTask } from '../../../src/store/tasks.ts';
import { listUnwantedFiles } from '../../../src/store/unwanted-files.ts';
import { Farewells } from '../../../src/tracker/farewells.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { clipOf, entryOf, putTask, useStore } from '../support.ts';
import { HOLDINGS } from './privacy-columns.ts';
import { isOf, type Somebody, writePerson } from './privacy-rows.ts';

const ANNA: Somebody = { userId: '812345678901234561', mark: 'annas' };
const BEN: Somebody = { userId: '812345678901234562', mark: 'bens' };

type Row = Readonly<Record<string, unknown>>;

/** Every row of every table that the database really has. */
async function readAll({ db }: Store): Promise<ReadonlyMap<string, readonly Row[]>> {
  const all = new Map<string, readonly Row[]>();
  for (const table of Object.keys(HOLDINGS)) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(db);
    all.set(table, rows);
  }
  return all;
}

/** Those behind somebody who leaves the queue move up, and their cards say so. */
function withoutPlace({ card_version: _, card_due_at: _due, ...row }: Row): Row {
  return row;
}

/** Columns in which something stands that leads to somebody. */
function listHolding(all: ReadonlyMap<string, readonly Row[]>, somebody: Somebody): readonly string[] {
  const columns = [...all].flatMap(([table, rows]) =>
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) => (isOf(somebody, value) ? `${table}.${column}` : [])),
    ),
  );
  return [...new Set(columns)].sort();
}

function listDecided(holding: string): readonly string[] {
  return Object.entries(HOLDINGS)
    .flatMap(([table, columns]) =>
      Object.entries(columns).flatMap(([column, what]) => (what === holding ? `${table}.${column}` : [])),
    )
    .sort();
}

function farewellsOf(store: Store, onGone = async (_userId: string) => {}): Farewells {
  return new Farewells({
    store,
    log: createLogger({ level: 'silent' }),
    // What is under way is taken back in the transaction, or followed to its end.
    decisions: {
      cancel: async () => undefined,
      abandon: async () => undefined,
      cancelGroup: async () => [],
      abandonGroup: async () => [],
    },
    onChange: () => {},
    onGone,
  });
}

/** What the tables have to do on every database when people have themselves deleted. */
export function describePrivacy(createDatabase: CreateDatabase): void {
  describe('a person who leaves', () => {
    it('is in no column of any table any more, and every column there is was decided about', async () => {
      const store = await useStore(createDatabase);
      expect(await listColumns(store)).toEqual([...listDecided('person'), ...listDecided('figure')].sort());
      await writePerson(store, ANNA);
      await putTask(store.db, cancelTask(queuedTask('of-ben'), ANNA.userId, T0));
      await store.transaction((tx) => wishDeparture(tx, ANNA.userId, { id: 'A', at: T0 }));
      // Each of them holds something of the person in this test, and no other one does.
      expect(listHolding(await readAll(store), ANNA)).toEqual(listDecided('person'));
      const farewell = await farewellsOf(store).leave(ANNA.userId);
      expect(farewell).toEqual({ songs: 3 });
      expect(listHolding(await readAll(store), ANNA)).toEqual([]);
      expect(await listDepartures(store.db, Number.MAX_SAFE_INTEGER)).toEqual([]);
    });

    it('takes nothing of anybody else along', async () => {
      const store = await useStore(createDatabase);
      await writePerson(store, BEN);
      const before = await readAll(store);
      await writePerson(store, ANNA);
      await farewellsOf(store).leave(ANNA.userId);
      const after = await readAll(store);
      for (const [table, rows] of before)
        expect(after.get(table)?.map(withoutPlace), table).toEqual(
          expect.arrayContaining(rows.map(withoutPlace)),
        );
    });

    it('leaves figures: what was spent, what was decided, and what is still under way', async () => {
      const store = await useStore(createDatabase);
      await writePerson(store, ANNA);
      const spender = { accountId: 'operator', guildId: '300', since: T0 - 1 };
      const spent = await spentBy(store.db, spender);
      await farewellsOf(store).leave(ANNA.userId);
      // What was waiting costs nothing.
      expect([spent, await spentBy(store.db, spender)]).toEqual([40, 20]);
      const acts = await store.db.selectFrom('audit').select(['act', 'detail']).orderBy('id').execute();
      expect(acts.map(({ act, detail }) => `${act} ${detail}`)).toEqual([
        'block x',
        'setting x',
        'setting ',
        'key x',
      ]);
      const states = await Promise.all(
        ['queued', 'submitting', 'running', 'succeeded', 'unknown'].map(async (id) => {
          const task = await findTask(store.db, `1-${id}`);
          return task?.state;
        }),
      );
      expect(states).toEqual(['cancelled', 'submitting', 'running', 'succeeded', 'unknown']);
      expect(await findTask(store.db, '1-failed')).toMatchObject({
        request: { operation: 'create', engine: 'sonic' },
        failure: { kind: 'moderation', text: '' },
      });
      expect(await listUnwantedFiles(store.db, 10)).toEqual(['1one.mp3', '1two.mp3']);
      expect(await findRevision(store.db, 'settings')).toBe(1);
    });

    it('has not spent less than before, and is blocked as before, for as long as that counts', async () => {
      const store = await useStore(createDatabase);
      await writePerson(store, ANNA);
      const { userId: memberId } = ANNA;
      const spender = { accountId: 'operator', memberId, since: T0 - 1 };
      await farewellsOf(store).leave(memberId);
      const standing = await findStanding(store.db, '300', memberId);
      expect(standing).toMatchObject({ isBlocked: true });
      expect(await spentBy(store.db, spender)).toBe(0);
      expect(await spentBy(store.db, { ...spender, formerIds: standing.formerIds })).toBe(20);
      expect(await findStanding(store.db, '300', BEN.userId)).toMatchObject({ isBlocked: false });
      expect((await findStanding(store.db, '300', BEN.userId)).formerIds).toBeUndefined();
      const late = (await store.now()) + 400 * 24 * 3_600_000;
      await store.transaction((tx) => forgetDepartures(tx, late));
      // A block is no matter of time.
      expect(await findStanding(store.db, '300', memberId)).toMatchObject({ isBlocked: true });
      await saveMemberRule(store.db, '300', memberId, { blockedAt: null });
      expect(await findStanding(store.db, '300', memberId)).toMatchObject({ isBlocked: false });
      await store.transaction((tx) => forgetDepartures(tx, late));
      expect((await findStanding(store.db, '300', memberId)).formerIds).toBeUndefined();
      expect(await store.db.selectFrom('departures').selectAll().execute()).toEqual([]);
    });

    it('can have read everything before, without keys, tokens and other people', async () => {
      const store = await useStore(createDatabase);
      for (const somebody of [ANNA, BEN]) await writePerson(store, somebody);
      const deed = { guild_id: '300', actor_id: ANNA.userId, target_id: BEN.userId, detail: '', at: T0 };
      await store.db
        .insertInto('audit')
        .values({ ...deed, id: 'z', act: 'block' })
        .execute();
      const parts = await readParts(store, ANNA);
      for (const [part, words] of Object.entries({
        requests: ['annas prompt', 'annas lyrics', 'annas.mp3', 'annas name', 'not \\"annas\\"', '"you"'],
        songs: ['annas title', 'annas tags', 'annas-gone', '"postedInServers":["300"]'],
        messages: ['annas-channel'],
        hearts: ['a-clip'],
        credits: ['"reserved":20', 'your own key'],
        voices: ['annas voice', 'forgottenAt'],
        drafts: ['annas draft'],
        settings: ['annas-model', 'own MusicAPI key'],
        decisions: ['blockedAt', '"by":"somebody else","about":"you"', '"by":"you","about":"somebody else"'],
      })) {
        for (const word of words) expect(parts[part], part).toContain(word);
      }
      const all = JSON.stringify(parts);
      for (const word of ['annas-token', 'annas-sealed', '"900"', BEN.userId, BEN.mark]) {
        expect(all).not.toContain(word);
      }
      expect(await listKeptSongs(store.db, ANNA.userId)).toMatchObject([
        { clipId: 'annas-one', title: 'annas title', bytes: 10 },
        { clipId: 'annas-two', accountId: `user:${ANNA.userId}` },
      ]);
      await farewellsOf(store).leave(ANNA.userId);
      const left = Object.entries(await readParts(store, ANNA)).filter(([part]) => part !== 'settings');
      expect(left.filter(([, entries]) => entries !== '[]')).toEqual([]);
      expect(await listKeptSongs(store.db, ANNA.userId)).toEqual([]);
    });

    it('may leave again, with another stand-in each time', async () => {
      const store = await useStore(createDatabase);
      const farewells = farewellsOf(store);
      await writePerson(store, ANNA);
      await farewells.leave(ANNA.userId);
      expect(await farewells.leave(ANNA.userId)).toEqual({ songs: 0 });
      expect(listHolding(await readAll(store), ANNA)).toEqual([]);
      const { formerIds = [] } = await findStanding(store.db, '300', ANNA.userId);
      // Nothing counts of the second time.
      expect(formerIds).toHaveLength(1);
      await addEntry(store.db, entryOf({ taskId: 'later', memberId: ANNA.userId }));
      await farewells.leave(ANNA.userId);
      expect(new Set((await findStanding(store.db, '300', ANNA.userId)).formerIds).size).toBe(2);
    });

    it('leaves nothing that leads to them when nothing was spent and nothing decided', async () => {
      const store = await useStore(createDatabase);
      await saveClips(store.db, [clipOf('clip-1', { ownerId: ANNA.userId })]);
      expect(await farewellsOf(store).leave(ANNA.userId)).toEqual({ songs: 1 });
      expect(await store.db.selectFrom('departures').selectAll().execute()).toEqual([]);
      await saveMemberRule(store.db, '300', ANNA.userId, { blockedAt: T0 });
      await farewellsOf(store).leave(ANNA.userId);
      expect(await store.db.selectFrom('departures').selectAll().execute()).toHaveLength(1);
      expect(await findStanding(store.db, '300', ANNA.userId)).toMatchObject({ isBlocked: true });
    });

    it('is gone even if what is in memory cannot be cleared', async () => {
      const store = await useStore(createDatabase);
      await writePerson(store, ANNA);
      const onGone = async () => await Promise.reject(new Error('no memory'));
      expect(await farewellsOf(store, onGone).leave(ANNA.userId)).toEqual({ songs: 3 });
      expect(listHolding(await readAll(store), ANNA)).toEqual([]);
    });

    it('leaves once, however many processes finish the wish at the same time', async () => {
      const store = await useStore(createDatabase);
      await writePerson(store, ANNA);
      const wish = await store.transaction((tx) => wishDeparture(tx, ANNA.userId, { id: 'A', at: T0 }));
      const ends = await Promise.all([1, 2, 3].map(() => farewellsOf(store).finish(wish)));
      expect(ends.map(({ songs }) => songs).sort()).toEqual([0, 0, 3]);
      expect((await findStanding(store.db, '300', ANNA.userId)).formerIds).toHaveLength(1);
    });
  });
}

/** Everything about somebody, as one text by its parts. */
async function readParts({ db }: Store, { userId }: Somebody): Promise<Readonly<Record<string, string>>> {
  const parts: Record<string, string> = {};
  for (const part of DATA_PARTS) {
    const entries: unknown[] = [];
    for await (const entry of readPersonPart(db, userId, part)) entries.push(entry);
    parts[part] = JSON.stringify(entries);
  }
  return parts;
}

/** What the database itself says of its columns. */
async function listColumns({ db, isShared }: Store): Promise<readonly string[]> {
  const found = isShared
    ? sql<{ name: string }>`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = current_schema() and table_name not like 'migrations%' and table_name != 'first_accounts'`
    : sql<{ name: string }>`select tables.name || '.' || columns.name as name
        from sqlite_master as tables, pragma_table_info(tables.name) as columns
        where tables.type = 'table' and tables.name not like 'sqlite_%' and tables.name not like 'migrations%'`;
  const { rows } = await found.execute(db);
  return rows.map(({ name }) => name).sort();
}
