import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdingOf, type LedgerEntry, settle } from '../../src/domain/ledger.ts';
import { isOpen, type Task } from '../../src/domain/task.ts';
import { NOW, newTask, walk } from './support.ts';

function book(tasks: readonly Task[]): LedgerEntry[] {
  return tasks.flatMap((task, index) => settle(tasks[index - 1], task, NOW + index) ?? []);
}

function sum(entries: readonly LedgerEntry[], of: 'reserved' | 'charged'): number {
  return entries.reduce((total, entry) => total + entry[of], 0);
}

describe('settle', () => {
  test('keeps the sums equal to what the state holds, whatever happens to a task', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { maxLength: 12 }), (choices) => {
        const tasks = walk(choices);
        const last = tasks.at(-1) as Task;
        const entries = book(tasks);
        const holding = holdingOf(last);
        expect(sum(entries, 'reserved')).toBe(holding === 'reserved' ? last.price : 0);
        expect(sum(entries, 'charged')).toBe(holding === 'charged' ? last.price : 0);
      }),
    );
  });

  test('leaves nothing reserved once a task has ended', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { maxLength: 12 }), (choices) => {
        const tasks = walk(choices);
        const last = tasks.at(-1) as Task;
        if (isOpen(last) || (last.state === 'unknown' && !last.settled)) return;
        expect(sum(book(tasks), 'reserved')).toBe(0);
      }),
    );
  });

  test('writes every row of a task into the period of its reservation', () => {
    const entries = book(walk([0, 0, 1, 2, 3]));
    expect(new Set(entries.map(({ bookedAt }) => bookedAt))).toEqual(new Set([NOW]));
    expect(entries[0]).toMatchObject({
      kind: 'reserve',
      reserved: newTask.price,
      charged: 0,
      memberId: 'anna',
    });
  });

  test('flags what is charged without knowing the outcome, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(99), { maxLength: 12 }), (choices) => {
        const tasks = walk(choices);
        for (const entry of book(tasks)) {
          const isDoubtful = tasks.some(
            (task, index) => NOW + index === entry.at && task.state === 'unknown',
          );
          expect(entry.flagged).toBe(isDoubtful);
        }
      }),
    );
  });
});
