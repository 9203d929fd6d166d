import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AFTERLIFE_MS, dueAtOf, isOpen, type Task } from '../../src/domain/task.ts';
import { acceptTask, loseTask, queueTask, startSubmitting } from '../../src/domain/transitions.ts';
import { listNext, NOW, newTask, walk } from './support.ts';

/** The life of a task as the README tells it. */
const LIFE: Record<Task['state'], readonly Task['state'][]> = {
  queued: ['submitting', 'cancelled', 'failed'],
  submitting: ['queued', 'running', 'failed', 'succeeded', 'unknown'],
  running: ['running', 'succeeded', 'failed', 'expired', 'abandoned'],
  expired: ['expired', 'succeeded', 'failed'],
  abandoned: ['abandoned', 'succeeded', 'failed'],
  unknown: ['running', 'succeeded', 'unknown'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

const lives = fc.array(fc.nat(99), { maxLength: 12 }).map(walk);

describe('a task', () => {
  test('goes only where its life leads', () => {
    fc.assert(
      fc.property(lives, (tasks) => {
        for (const task of tasks) {
          expect(LIFE[task.state]).toEqual(expect.arrayContaining(listNext(task).map(({ state }) => state)));
        }
      }),
    );
  });

  test('keeps what it was asked for, for whom and at which price, to its end', () => {
    fc.assert(
      fc.property(lives, (tasks) => {
        for (const task of tasks) expect(task).toMatchObject({ ...newTask, createdAt: NOW });
      }),
    );
  });

  test('carries nothing of an earlier state that no longer holds', () => {
    const lost = loseTask(
      startSubmitting(queueTask(newTask, NOW), NOW),
      { kind: 'interrupted', text: '' },
      NOW,
    );
    const found = acceptTask(lost, 'provider', NOW, NOW + 15_000);
    expect(found).not.toHaveProperty('failure');
    expect(found).not.toHaveProperty('unknownAt');
  });
});

describe('dueAtOf', () => {
  test('names a moment exactly while something happens by itself', () => {
    fc.assert(
      fc.property(lives, (tasks) => {
        for (const task of tasks) {
          const acts =
            ['queued', 'running'].includes(task.state) || (task.state === 'unknown' && !task.settled);
          const rests = ['submitting', 'succeeded', 'failed', 'cancelled'].includes(task.state);
          if (acts) expect(dueAtOf(task)).toBeTypeOf('number');
          if (rests) expect(dueAtOf(task)).toBeUndefined();
        }
      }),
    );
  });

  test('holds an unknown task for a day', () => {
    const submitting = startSubmitting(queueTask(newTask, NOW), NOW);
    expect(dueAtOf(loseTask(submitting, { kind: 'answer-lost', text: '' }, NOW))).toBe(NOW + AFTERLIFE_MS);
  });
});

describe('isOpen', () => {
  test('is true while the person waits for something', () => {
    const states = new Set(
      walk([0, 0])
        .filter(isOpen)
        .map(({ state }) => state),
    );
    expect(states).toEqual(new Set(['queued', 'submitting', 'running']));
  });
});
