import { describe, expect, it } from 'vitest';
import type { Request } from '../../../src/domain/request.ts';
import type { Task } from '../../../src/domain/task.ts';
import type { ToolResult } from '../../../src/domain/tool-result.ts';
import {
  abandonTask,
  acceptTask,
  cancelTask,
  expireTask,
  failTask,
  loseTask,
  requeueTask,
  rescheduleTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
  withdrawTask,
} from '../../../src/domain/transitions.ts';
import {
  findTask,
  findTaskByRequestKey,
  insertTask,
  noteWithdrawal,
  updateTask,
} from '../../../src/store/tasks.ts';
import type { CreateDatabase } from '../../support/store.ts';
import { originOf, queuedTask, T0 } from '../../support/tasks.ts';
import { putTask, runningTask, useStore } from '../support.ts';

const clip = { clipId: 'abc-123', engine: 'sonic', source: 'uploaded' } as const;

const REQUESTS: readonly Request[] = [
  {
    operation: 'create',
    engine: 'nuro',
    prompt: 'Ein Lied über „Regen“ 🎵👩‍👩‍👧‍👦 \u0000 \u2028',
    instrumental: false,
    vocals: 'female',
    durationSeconds: 61.5,
    avoid: 'drums',
    styleWeight: 0.2,
    weirdness: 1,
    tags: 'jazz',
    title: 'Regen',
    model: 'v5',
  },
  { operation: 'extend', engine: 'sonic', clip, atSeconds: 0.1, lyrics: 'la\nla' },
  { operation: 'cover', engine: 'producer', clip, prompt: 'slower', strength: 0.4 },
  { operation: 'stems-full', engine: 'sonic', clip },
];

const TOOLS: readonly ToolResult[] = [
  { kind: 'lyrics', drafts: [{ title: 'Regen', lyrics: '[Verse]\nla 🌧' }, { lyrics: 'la' }] },
  { kind: 'tags', tags: 'jazz, „leise“' },
  { kind: 'files', files: [{ format: 'wav', url: 'https://cdn1.suno.ai/a.wav' }] },
  { kind: 'midi', url: 'https://cdn1.suno.ai/a.mid', instruments: [{ name: 'Piano', notes: 12 }] },
  { kind: 'tempo', averageBpm: 120.5, minBpm: 119, maxBpm: 122 },
  { kind: 'vocals', voxAudioId: 'vox-1', startSeconds: 1.5, endSeconds: 31.5 },
  { kind: 'timeline', words: [{ word: '[Verse]\nla ', startSeconds: 0.1, endSeconds: 0.6 }] },
  { kind: 'persona', personaId: 'p-1', name: 'Ada' },
];

function everyState(): readonly Task[] {
  const failure = { kind: 'moderation', text: 'lyrics: „não“ 🚫' } as const;
  const queued = queuedTask('queued');
  const submitting = (id: string) => startSubmitting(queuedTask(id), T0 + 1);
  const expired = expireTask(runningTask('expired'), T0 + 7, T0 + 8);
  const abandoned = abandonTask(runningTask('abandoned'), '501', T0 + 9);
  const unknown = loseTask(submitting('unknown'), failure, T0 + 10);
  return [
    queued,
    requeueTask(startSubmitting(queuedTask('requeued'), T0), 'rate-limited', T0 + 5_000),
    submitting('submitting'),
    withdrawTask(submitting('withdrawn'), '501'),
    runningTask('running', T0 + 15_000),
    startSubmitting(queuedTask('reported'), T0, true),
    acceptTask(startSubmitting(queuedTask('followed'), T0, true), 'provider-2', T0, T0),
    loseTask(startSubmitting(queuedTask('lost'), T0, true), failure, T0),
    rescheduleTask(runningTask('heard'), T0 + 30_000, 'https://audiopipe.suno.ai/?item_id=1'),
    requeueTask(startSubmitting(queuedTask('preparing', { isDirect: true }), T0), 'preparing', T0 + 3_000),
    startSubmitting(
      requeueTask(startSubmitting(queuedTask('again'), T0), 'preparing', T0 + 3_000),
      T0 + 3_000,
    ),
    queuedTask('one-of-many', { groupId: 'first-of-many' }),
    succeedTask(submitting('synchronous'), T0 + 2),
    ...TOOLS.map((tool) => succeedTask(submitting(`tool-${tool.kind}`), T0 + 2, tool)),
    succeedTask(runningTask('succeeded'), T0 + 90_000),
    failTask(queuedTask('refused'), failure, T0 + 3),
    failTask(runningTask('failed'), failure, T0 + 4),
    expired,
    rescheduleTask({ ...expired, id: 'forgotten', requestKey: 'key-forgotten' }, undefined),
    cancelTask(queuedTask('cancelled'), '500', T0 + 6),
    unknown,
    settleUnknown({ ...unknown, id: 'settled', requestKey: 'key-settled' }),
    abandoned,
    rescheduleTask({ ...abandoned, id: 'silent', requestKey: 'key-silent' }, undefined),
  ];
}

/** What the repository of tasks has to do on every database. */
export function describeTasks(createDatabase: CreateDatabase): void {
  describe('tasks', () => {
    it('keeps every state with all that belongs to it', async () => {
      const { db } = await useStore(createDatabase);
      for (const task of everyState()) {
        await putTask(db, task);
        expect(await findTask(db, task.id)).toEqual(task);
      }
    });

    it('keeps every request and origin as they were', async () => {
      const { db } = await useStore(createDatabase);
      for (const [index, request] of REQUESTS.entries()) {
        const origin = { userName: '🎧 D‘Ange %_\\', guildId: undefined, context: 'bot-dm' as const };
        const task = queuedTask(`task-${index}`, { request, origin });
        await insertTask(db, task, T0);
        expect(await findTask(db, task.id)).toEqual(task);
      }
    });

    it('does not know a task that was never recorded', async () => {
      const { db } = await useStore(createDatabase);
      expect(await findTask(db, 'nobody')).toBeUndefined();
      expect(await findTaskByRequestKey(db, 'nobody')).toBeUndefined();
    });

    it('makes one task of fifty concurrent inserts with the same request key', async () => {
      const store = await useStore(createDatabase);
      const inserted = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const task = queuedTask(`task-${index}`, { requestKey: 'one-decision' });
          return await store.transaction(async (tx) => await insertTask(tx, task, T0));
        }),
      );
      expect(inserted.filter(Boolean)).toHaveLength(1);
      const found = await findTaskByRequestKey(store.db, 'one-decision');
      expect(found?.id).toBe(`task-${inserted.indexOf(true)}`);
    });

    it('lets exactly one of two concurrent changes win', async () => {
      const { db } = await useStore(createDatabase);
      const task = queuedTask('task-1');
      await insertTask(db, task, T0);
      const won = await Promise.all([
        updateTask(db, task, cancelTask(task, '500', T0 + 1)),
        updateTask(db, task, startSubmitting(task, T0 + 1)),
      ]);
      expect(won).toEqual([true, false]);
      expect((await findTask(db, 'task-1'))?.state).toBe('cancelled');
    });

    it('refuses a change that was made from an earlier poll of the same state', async () => {
      const { db } = await useStore(createDatabase);
      const task = runningTask('task-1');
      await putTask(db, task);
      expect(await updateTask(db, task, rescheduleTask(task, T0 + 15_000))).toBe(true);
      expect(await updateTask(db, task, rescheduleTask(task, T0 + 99_000))).toBe(false);
      expect(await findTask(db, 'task-1')).toMatchObject({ polls: 1, nextPollAt: T0 + 15_000 });
    });

    it('refuses a change that does not know that the reservation was settled', async () => {
      const { db } = await useStore(createDatabase);
      const submitting = startSubmitting(queuedTask('task-1'), T0);
      const unknown = loseTask(submitting, { kind: 'answer-lost', text: '' }, T0);
      await putTask(db, unknown);
      expect(await updateTask(db, unknown, settleUnknown(unknown))).toBe(true);
      expect(await updateTask(db, unknown, acceptTask(unknown, 'provider-1', T0, T0))).toBe(false);
    });

    it('notes the wish to have a task back beside the lease of whoever sends it, while it is being sent', async () => {
      const { db } = await useStore(createDatabase);
      const queued = queuedTask('task-1');
      const sending = startSubmitting(queued, T0);
      await insertTask(db, queued, T0);
      const lease = { owner: 'process-1', until: T0 + 60_000 };
      await updateTask(db, queued, sending, lease);
      await noteWithdrawal(db, withdrawTask(sending, '501'));
      expect(await findTask(db, 'task-1')).toMatchObject({ state: 'submitting', withdrawnBy: '501' });
      const row = await db.selectFrom('tasks').selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({ lease_owner: 'process-1', lease_until: T0 + 60_000 });
      const running = acceptTask(sending, 'p1', T0, T0);
      expect(await updateTask(db, sending, running)).toBe(true);
      await noteWithdrawal(db, withdrawTask(sending, '502'));
      expect(await findTask(db, 'task-1')).toEqual(running);
    });

    it('does not change a task that is not there', async () => {
      const { db } = await useStore(createDatabase);
      const task = queuedTask('task-1');
      expect(await updateTask(db, task, startSubmitting(task, T0))).toBe(false);
    });

    it('names table, column and task when stored content cannot be read, and no value', async () => {
      const { db } = await useStore(createDatabase);
      for (const [column, text] of [
        ['request', '{"operation":"sing","secret":"tell-nobody"}'],
        ['origin', '{"token":"tell-nobody"'],
        ['origin', JSON.stringify({ ...originOf(), token: ['tell-nobody'] })],
        ['details', '"tell-nobody"'],
        ['state', 'tell-nobody'],
        ['due_at', null],
      ] as const) {
        await putTask(db, queuedTask(`${column}-${text?.length}`));
        const id = `${column}-${text?.length}`;
        await db
          .updateTable('tasks')
          .set({ [column]: text })
          .where('id', '=', id)
          .execute();
        const error = await findTask(db, id).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ name: 'StoredDataError', table: 'tasks', column, id });
        expect(String(error)).toContain(`tasks.${column} of ${id}`);
        expect(String(error)).not.toContain('tell-nobody');
      }
    });
  });
}
