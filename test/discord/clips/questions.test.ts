import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildClipIdAnswer, buildStemsQuestion } from '../../../src/discord/clips/questions.ts';
import { buildTaskList, type TaskListEntry } from '../../../src/discord/tasks/task-list.ts';
import { CLIP_ID, CLIP_REFERENCE, nastyText, QUEUED, RUNNING, TASKS } from '../support/examples.ts';
import { actionsOf, expectWithinLimits, labelsOf } from '../support/limits.ts';

describe('buildStemsQuestion', () => {
  const question = { clip: CLIP_REFERENCE, title: 'Neon Rain', basicPrice: 30, fullPrice: 75 };

  it('names both prices and has the buttons Basic and Full', () => {
    const message = buildStemsQuestion(question);
    expect(message.content).toContain('30 credits');
    expect(message.content).toContain('75 credits');
    expect(labelsOf(message)).toEqual(['Basic', 'Full']);
    expect(actionsOf(message)).toEqual([
      { action: 'stems-basic', clip: CLIP_REFERENCE },
      { action: 'stems-full', clip: CLIP_REFERENCE },
    ]);
  });
});

describe('buildClipIdAnswer', () => {
  it('has the id alone on a line', () => {
    expect(buildClipIdAnswer(CLIP_REFERENCE).content.split('\n')).toContain(`\`${CLIP_ID}\``);
  });
});

describe('buildTaskList', () => {
  const entry = (task: TaskListEntry['task'], changes: Partial<TaskListEntry> = {}): TaskListEntry => ({
    task,
    label: 'Create',
    elapsedMs: 35_000,
    ...changes,
  });
  const manyIds = (count: number) =>
    Array.from({ length: count }, (_, n) => `01J9ZZZZZZZZZZZZZZZZZZZZ${String(n + 10)}`);

  it('says state, place and price of every open task, with the button that fits', () => {
    const [one = '', two = ''] = manyIds(2);
    const link = 'https://discord.com/channels/1/2/3';
    const message = buildTaskList([
      entry({ ...QUEUED, id: one }, { place: 2, estimateMs: 125_000, link }),
      entry({ ...RUNNING, id: two }),
    ]);
    expect(message.content).toContain(
      `1️⃣ [Create: Neon Rain](${link}), place 2 in the queue, about 2:05 to go, 20 credits`,
    );
    expect(message.content).toContain('2️⃣ Create: Neon Rain, being made for 0:35, 20 credits');
    expect(labelsOf(message)).toEqual(['Cancel', 'Stop waiting']);
    expect(actionsOf(message)).toEqual([
      { action: 'cancel', taskId: one },
      { action: 'stop', taskId: two },
    ]);
  });

  it('says so when there is none', () => {
    expect(buildTaskList([]).content).toMatch(/no open tasks/);
    expect(buildTaskList([entry(TASKS.failed)]).content).toMatch(/no open tasks/);
  });

  it('has buttons for five tasks, and keeps to the limits with the worst texts', () => {
    fc.assert(
      fc.property(nastyText, fc.nat(30), (title, count) => {
        const entries = manyIds(count).map((id, n) => {
          const request = { ...QUEUED.request, title };
          const task = n % 2 ? { ...QUEUED, id, request } : { ...RUNNING, id, request };
          const link = `https://discord.com/channels/${'1'.repeat(62)}`;
          return entry(task, { link, place: 999, estimateMs: 36_000_000, elapsedMs: 36_000_000 });
        });
        const message = buildTaskList(entries);
        expect(labelsOf(message)).toHaveLength(Math.min(5, count));
        expectWithinLimits(message);
      }),
      { numRuns: 100 },
    );
  });
});

describe('results that could not be sent', () => {
  const task = { ...TASKS.succeeded, id: '01J9ZZZZZZZZZZZZZZZZZZZZZZ' };

  it('stand below the open tasks, each with Show', () => {
    const message = buildTaskList([], [{ task, name: 'WAV: *Trees*' }]);
    expect(message.content?.split('\n').slice(-2)).toEqual([
      'Made for you, but I could not send it to you:',
      '1️⃣ WAV: \\*Trees\\*',
    ]);
    expect(labelsOf(message)).toEqual(['Show']);
    expect(actionsOf(message)).toEqual([{ action: 'show', taskId: task.id }]);
  });

  it('keep to the limits beside the worst of open tasks', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        const idOf = (n: number) => `01J9ZZZZZZZZZZZZZZZZZZZZ${n + 10}`;
        const open = Array.from({ length: 12 }, (_, n) => ({
          task: { ...QUEUED, id: idOf(n), request: { ...QUEUED.request, title: text } },
          label: 'Create',
          elapsedMs: 36_000_000,
          place: 999,
          link: `https://discord.com/channels/${'1'.repeat(62)}`,
        }));
        const lost = Array.from({ length: 7 }, (_, n) => ({ task: { ...task, id: idOf(n) }, name: text }));
        expectWithinLimits(buildTaskList(open, lost));
      }),
      { numRuns: 50 },
    );
  });
});
