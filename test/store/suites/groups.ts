import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Request } from '../../../src/domain/request.ts';
import type { QueuedTask, Task } from '../../../src/domain/task.ts';
import { acceptTask, startSubmitting, succeedTask } from '../../../src/domain/transitions.ts';
import { UserError } from '../../../src/errors.ts';
import { createCatalogue } from '../../../src/musicapi/catalogue.ts';
import { OPERATOR_ACCOUNT } from '../../../src/store/accounts.ts';
import { sumBooks } from '../../../src/store/bookkeeping.ts';
import {
  claimDueCards,
  findCard,
  saveCard,
  touchOpenCards,
  touchQueuedCards,
} from '../../../src/store/cards.ts';
import { listDeliveriesOfTask } from '../../../src/store/deliveries.ts';
import type { Store } from '../../../src/store/open.ts';
import { listGroup } from '../../../src/store/tasks.ts';
import { advanceTask } from '../../../src/tracker/advance.ts';
import { createHistory } from '../../../src/tracker/history.ts';
import { type IntakeDeps, requestTask, requestTasks } from '../../../src/tracker/intake.ts';
import { createPlaces } from '../../../src/tracker/places.ts';
import { planResults } from '../../../src/tracker/results.ts';
import { type CreateDatabase, openTestStore } from '../../support/store.ts';
import { CREATE, originOf, T0 } from '../../support/tasks.ts';
import { providerClip } from '../../tracker/support.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;
const NO_LIMIT = { running: UNLIMITED, queued: UNLIMITED };
const LATER = T0 + 60_000;

const SONGS: readonly Request[] = ['one', 'two', 'three'].map((prompt) => ({ ...CREATE, prompt }));

const CLIP = { clipId: 'clip-1', engine: 'sonic', source: 'generated' } as const;
const LOOKS: readonly Request[] = (['bpm', 'vox', 'timeline'] as const).map((operation) => ({
  operation,
  engine: 'sonic',
  clip: CLIP,
}));

async function openIntake(createDatabase: CreateDatabase, changes: Partial<IntakeDeps> = {}) {
  const { store, cleanup } = await openTestStore({ now: () => T0, createDatabase });
  onTestFinished(cleanup);
  const deps: IntakeDeps = {
    store,
    catalogue: createCatalogue(),
    budgets: { memberDay: UNLIMITED, serverDay: UNLIMITED },
    limits: { member: NO_LIMIT, server: NO_LIMIT },
    ...changes,
  };
  const decision = { origin: originOf(), accountId: OPERATOR_ACCOUNT };
  const ask = (requests = SONGS, requestKey = 'key') =>
    requestTasks(deps, { ...decision, requests, requestKey });
  return {
    store,
    ask,
    askOne: (requestKey: string) => requestTask(deps, { ...decision, request: CREATE, requestKey }),
    refused: async (requests = SONGS) => {
      const error = await ask(requests, 'refused').catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      return (error as UserError).message;
    },
  };
}

async function countTasks({ db }: Store): Promise<number> {
  return (await db.selectFrom('tasks').select('id').execute()).length;
}

/** Ids of the tasks whose cards are due; they have nothing to show then. */
async function takeDue({ db }: Store, now: number): Promise<string[]> {
  const due = await claimDueCards(db, { now, limit: 100, owner: 'cards', leaseUntil: now + 30_000 });
  for (const { task, card } of due) {
    await saveCard(db, task.id, 'cards', { version: card.version, dueAt: undefined });
  }
  return due.map(({ task }) => task.id);
}

/** Several tasks of one decision, on every database. */
export function describeGroups(createDatabase: CreateDatabase): void {
  describe('tasks that were asked for together', () => {
    it('are taken in together under keys of their own, named after the first, which alone has a card', async () => {
      const { store, ask } = await openIntake(createDatabase);
      const { tasks, created } = await ask();
      expect(created).toBe(true);
      const [first] = tasks;
      expect(tasks.map(({ requestKey }) => requestKey)).toEqual(['key', 'key:2', 'key:3']);
      expect(tasks.map(({ groupId }) => groupId)).toEqual([first?.id, first?.id, first?.id]);
      expect(tasks.map(({ request }) => request)).toEqual(SONGS);
      expect(await listGroup(store.db, first?.id ?? '')).toEqual(tasks);
      expect(await takeDue(store, LATER)).toEqual([first?.id]);
      expect(await sumBooks(store.db, OPERATOR_ACCOUNT)).toMatchObject({
        reserved: { ledger: 60, tasks: 60 },
      });
    });

    it('are direct each for itself', async () => {
      const { ask } = await openIntake(createDatabase);
      const { tasks } = await ask([...LOOKS, CREATE]);
      expect(tasks.map(({ isDirect }) => isDirect)).toEqual([true, true, true, undefined]);
    });

    it('are an ordinary task when there is only one', async () => {
      const { store, ask } = await openIntake(createDatabase);
      const { tasks } = await ask([CREATE]);
      expect(tasks).toHaveLength(1);
      expect(tasks[0]?.groupId).toBeUndefined();
      expect(await listGroup(store.db, tasks[0]?.id ?? '')).toEqual([]);
      await expect(ask([], 'nothing')).rejects.toThrow('asks for nothing');
    });

    it('are found again by a repeated decision, also when it comes at the same time', async () => {
      const { store, ask } = await openIntake(createDatabase);
      const found = await Promise.all(Array.from({ length: 20 }, () => ask()));
      expect(found.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(found.map(({ tasks }) => tasks.map(({ id }) => id).join())).size).toBe(1);
      expect(await countTasks(store)).toBe(3);
    });

    it('are refused together when the budget has no room for all of them', async () => {
      const budgets = { memberDay: 70, serverDay: UNLIMITED };
      const { store, ask, askOne, refused } = await openIntake(createDatabase, { budgets });
      await askOne('first');
      expect(await refused()).toContain('Your budget is 70 credits in any 24 hours: 20 used');
      expect(await countTasks(store)).toBe(1);
      expect((await ask(SONGS.slice(0, 2))).created).toBe(true);
    });

    it('are refused together when the queue has no room for all of them, with when it will have', async () => {
      const tracking = {
        history: createHistory(createCatalogue()),
        places: createPlaces(),
        submitIntervalMs: 3_000,
      };
      const limits = { member: { running: 10, queued: 4 }, server: NO_LIMIT };
      const { store, askOne, refused } = await openIntake(createDatabase, { limits, tracking });
      for (const key of ['a', 'b', 'c']) await askOne(key);
      // Two of three have to be sent first: the second turn comes three seconds after the first.
      expect(await refused()).toBe(
        'You have 3 tasks waiting in the queue already, and 3 more do not fit in. ' +
          `Come back <t:${(T0 + 3_000) / 1_000}:R>, when 2 of them have probably been sent; ` +
          '/tasks shows yours. Nothing was spent.',
      );
      expect(await refused([...SONGS, ...SONGS])).toBe(
        'You may have at most 4 tasks waiting in the queue, and this asks for 6 at once. ' +
          'Ask for fewer. Nothing was spent.',
      );
      expect(await countTasks(store)).toBe(3);
    });

    it('show what becomes of any of them on the card of the first, and on no other', async () => {
      const { store, ask } = await openIntake(createDatabase);
      const { tasks } = await ask();
      const [first, , last] = tasks as readonly QueuedTask[];
      if (!first || !last) throw new Error('there are three');
      await takeDue(store, LATER);
      const sending = startSubmitting(last, T0);
      await store.transaction((tx) => advanceTask(tx, last, sending, T0));
      expect(await takeDue(store, LATER)).toEqual([first.id]);
      const running = acceptTask(sending, 'p1', T0, T0);
      await store.transaction((tx) => advanceTask(tx, sending, running, T0));
      expect(await takeDue(store, LATER)).toEqual([first.id]);
      await touchOpenCards(store.db, LATER, 100);
      expect(await takeDue(store, LATER)).toEqual([first.id]);
      await touchQueuedCards(store.db, OPERATOR_ACCOUNT, LATER, 100);
      expect(await takeDue(store, LATER)).toEqual([first.id]);
      expect(await findCard(store.db, last.id)).toEqual(await findCard(store.db, first.id));
    });

    it('notify the person once, of the first that is made, also when all are made at the same moment', async () => {
      const { store, ask, askOne } = await openIntake(createDatabase);
      const { tasks } = await ask();
      const alone = await askOne('alone');
      const finish = async (task: Task) => {
        if (task.state !== 'queued') throw new Error('it is new');
        const sending = startSubmitting(task, T0);
        await store.transaction((tx) => advanceTask(tx, task, sending, T0));
        const found = { clips: [1, 2].map((take) => providerClip(`${task.id}-${take}`)) };
        const extra = planResults({ task: sending, found, result: 'clips', now: T0, newId: ulid });
        await store.transaction((tx) => advanceTask(tx, sending, succeedTask(sending, T0), T0, extra));
      };
      await Promise.all([...tasks, alone.task].map(finish));
      const mentionsOf = async ({ id }: Task) =>
        (await listDeliveriesOfTask(store.db, id)).filter(({ mention }) => mention).length;
      const counts = await Promise.all(tasks.map(mentionsOf));
      expect(counts.toSorted()).toEqual([0, 0, 1]);
      expect(await mentionsOf(alone.task)).toBe(1);
    });
  });
}
