import { describe, expect, it } from 'vitest';
import type { OperationId } from '../../../src/domain/request.ts';
import { cancelTask, startSubmitting, succeedTask } from '../../../src/domain/transitions.ts';
import { delayCreates } from '../../../src/store/accounts.ts';
import { countDirectSending, countInFlight, countRunning } from '../../../src/store/in-flight.ts';
import {
  countOpen,
  findTimeline,
  hasToolSucceeded,
  type Lane,
  listAccountsWithQueued,
  listDurations,
  listOpenTasksOf,
  listQueued,
} from '../../../src/store/task-lists.ts';
import { listTurns, saveTurn } from '../../../src/store/turns.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { queuedTask, T0 } from '../../support/tasks.ts';
import { putTask, runningTask, useStore } from '../support.ts';

/** What lists of tasks have to do on every database. */
export function describeTaskLists(createDatabase: CreateDatabase): void {
  describe('lists of tasks', () => {
    it('shows the queue of an account, oldest first, also what may not be sent yet', async () => {
      const { db } = await useStore(createDatabase);
      const waiting = { ...queuedTask('second', { createdAt: T0 + 1 }), notBefore: T0 + 60_000, tries: 2 };
      await putTask(db, waiting);
      await putTask(db, queuedTask('first', { origin: { guildId: undefined } }));
      await putTask(db, startSubmitting(queuedTask('sent'), T0));
      expect(await listQueued(db, 'operator')).toEqual([
        { id: 'first', guildId: undefined, memberId: '500', createdAt: T0, notBefore: T0, tries: 0 },
        {
          id: 'second',
          guildId: '300',
          memberId: '500',
          createdAt: T0 + 1,
          notBefore: T0 + 60_000,
          tries: 2,
        },
      ]);
      expect(await listQueued(db, 'somebody-else')).toEqual([]);
    });

    it('keeps what waits for the bucket and what is direct apart', async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, queuedTask('song'));
      await putTask(db, queuedTask('tool', { isDirect: true }));
      const ids = async (lane?: Lane) => (await listQueued(db, 'operator', lane)).map(({ id }) => id);
      expect(await ids()).toEqual(['song', 'tool']);
      expect(await ids('create')).toEqual(['song']);
      expect(await ids('direct')).toEqual(['tool']);
      await putTask(db, startSubmitting(queuedTask('sending', { isDirect: true }), T0));
      await putTask(db, startSubmitting(queuedTask('song-2'), T0));
      expect(await countDirectSending(db, 'operator')).toBe(1);
      expect(await countDirectSending(db, 'somebody-else')).toBe(0);
      const waiting = { accountId: 'operator', memberIds: ['500'], guildIds: ['300'] };
      expect(await countRunning(db, waiting)).toEqual({
        members: new Map([['500', 1]]),
        servers: new Map([['300', 1]]),
      });
      expect(await countInFlight(db, { accountId: 'operator', memberId: '500' })).toEqual({
        queued: 2,
        running: 2,
      });
      await saveTurn(db, 'sending', T0 + 1);
      await saveTurn(db, 'song-2', T0 + 2);
      const turnsOf = async (lane: Lane) => (await listTurns(db, 'operator', lane, T0)).map(({ at }) => at);
      expect(await turnsOf('create')).toEqual([T0 + 2]);
      expect(await turnsOf('direct')).toEqual([T0 + 1]);
    });

    it('names accounts that have something to send by now, with their next turn', async () => {
      const { db } = await useStore(createDatabase);
      expect(await listAccountsWithQueued(db, 'create', T0)).toEqual([]);
      await putTask(db, queuedTask('task-1'));
      await putTask(db, queuedTask('task-2'));
      await delayCreates(db, 'operator', T0 + 3_000);
      expect(await listAccountsWithQueued(db, 'create', T0 - 1)).toEqual([]);
      expect(await listAccountsWithQueued(db, 'create', T0)).toEqual([
        { accountId: 'operator', nextCreateAt: T0 + 3_000 },
      ]);
    });

    it('counts open tasks of everybody, of a member, of a server, of an account', async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, queuedTask('queued'));
      await putTask(db, startSubmitting(queuedTask('submitting', { origin: { userId: '501' } }), T0));
      await putTask(db, runningTask('running', T0, { origin: { guildId: '301' } }));
      await putTask(db, cancelTask(queuedTask('cancelled'), '500', T0));
      expect(await countOpen(db)).toBe(3);
      expect(await countOpen(db, { requesterId: '500' })).toBe(2);
      expect(await countOpen(db, { requesterId: '500', guildId: '300' })).toBe(1);
      expect(await countOpen(db, { accountId: 'nobody' })).toBe(0);
    });

    it("lists a person's open tasks, the newest last", async () => {
      const { db } = await useStore(createDatabase);
      await putTask(db, runningTask('newer', T0 + 15_000, { createdAt: T0 + 2 }));
      await putTask(db, queuedTask('older', { createdAt: T0 + 1 }));
      await putTask(db, succeedTask(runningTask('done'), T0 + 1));
      await putTask(db, queuedTask('of-somebody-else', { origin: { userId: '501' } }));
      expect((await listOpenTasksOf(db, '500')).map((task) => task.id)).toEqual(['older', 'newer']);
    });

    it('knows whether a tool has succeeded on a clip before', async () => {
      const { db } = await useStore(createDatabase);
      const clip = { clipId: 'a_b', engine: 'sonic', source: 'generated' } as const;
      const request = { operation: 'timeline', engine: 'sonic', clip } as const;
      const knows = (clipId: string, account = 'operator', operation: OperationId = 'timeline') =>
        hasToolSucceeded(db, account, operation, clipId);
      const task = startSubmitting(queuedTask('tool', { isDirect: true, request }), T0);
      await putTask(db, task);
      expect(await knows('a_b')).toBe(false);
      await putTask(db, succeedTask({ ...task, id: 'done', requestKey: 'done' }, T0 + 1));
      expect(await knows('a_b')).toBe(true);
      expect(await knows('axb')).toBe(false);
      expect(await knows('a')).toBe(false);
      expect(await knows('a_b', 'somebody-else')).toBe(false);
      expect(await knows('a_b', 'operator', 'bpm')).toBe(false);
    });

    it('finds when the words of a clip are sung, by the latest answer', async () => {
      const { db } = await useStore(createDatabase);
      const clip = { clipId: 'a_b', engine: 'sonic', source: 'generated' } as const;
      const request = { operation: 'timeline', engine: 'sonic', clip } as const;
      const words = (word: string) => [{ word, startSeconds: 1, endSeconds: 2 }];
      for (const [index, word] of ['old', 'new'].entries()) {
        const task = startSubmitting(queuedTask(word, { isDirect: true, request }), T0);
        await putTask(db, succeedTask(task, T0 + index, { kind: 'timeline', words: words(word) }));
      }
      expect(await findTimeline(db, 'operator', 'a_b')).toEqual(words('new'));
      expect(await findTimeline(db, 'operator', 'axb')).toBeUndefined();
      expect(await findTimeline(db, 'somebody-else', 'a_b')).toBeUndefined();
    });

    it('keeps how long the last twenty successes of an operation took, and of each of its models', async () => {
      const { db } = await useStore(createDatabase);
      const create = { engine: 'sonic', operation: 'create' } as const;
      expect(await listDurations(db, create)).toEqual([]);
      for (let index = 0; index < 30; index += 1) {
        const model = ['Sonic-V6', undefined, 'sonic-v6-mini'][index % 3];
        const task = runningTask(`task-${index}`, T0, {
          createdAt: T0 + index * 10_000_000,
          request: { ...create, prompt: 'rain', model },
        });
        await putTask(db, succeedTask(task, task.acceptedAt + 60_000 + index));
      }
      await putTask(db, succeedTask(startSubmitting(queuedTask('synchronous'), T0), T0 + 1));
      const all = Array.from({ length: 30 }, (_, index) => 60_029 - index);
      expect(await listDurations(db, create)).toEqual(all.slice(0, 20));
      const ofModels = (models: (string | null)[]) => listDurations(db, { ...create, models });
      expect(await ofModels(['sonic-v6-mini'])).toEqual(all.filter((ms) => ms % 3 === 2));
      expect(await ofModels(['sonic-v6', null])).toEqual(all.filter((ms) => ms % 3 !== 2));
      expect(await ofModels(['sonic-v6-wild'])).toEqual([]);
      expect(await listDurations(db, { ...create, operation: 'extend' })).toEqual([]);
      expect(await listDurations(db, { ...create, engine: 'nuro' })).toEqual([]);
    });
  });
}
