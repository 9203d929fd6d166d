import type { Failure } from '../domain/task.ts';
import { loseTask } from '../domain/transitions.ts';
import type { Executor } from '../store/schema.ts';
import { listUnsent } from '../store/task-lists.ts';
import { advanceTask } from './advance.ts';

const RESTORED: Failure = {
  kind: 'restored',
  text: 'A backup was put back that was taken before the request had been sent for certain',
};

/**
 * What waits in a backup may have been sent, and paid, since it was taken: all of that becomes `unknown`, so that it is
 * not sent again by itself and whoever asked for it is given the choice.
 *
 * @returns how many tasks that are
 */
export async function doubtUnsent(tx: Executor, now: number): Promise<number> {
  const unsent = await listUnsent(tx);
  for (const before of unsent) await advanceTask(tx, before, loseTask(before, RESTORED, now), now);
  return unsent.length;
}
