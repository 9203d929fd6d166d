/** Tasks of every state for the tracker's tests, with the least that a test has to say. */
import type { Request } from '../../src/domain/request.ts';
import type { AbandonedTask, ExpiredTask, RunningTask, SubmittingTask } from '../../src/domain/task.ts';
import { abandonTask, acceptTask, expireTask, startSubmitting } from '../../src/domain/transitions.ts';
import { MusicApiError, type MusicApiErrorFacts } from '../../src/musicapi/errors.ts';
import type { ProviderClip } from '../../src/musicapi/types.ts';
import { queuedTask, T0, type TaskChanges } from '../support/tasks.ts';

export const STEMS: Request = {
  operation: 'stems-basic',
  engine: 'sonic',
  clip: { clipId: 'parent-1', engine: 'sonic', source: 'generated' },
};

/** Direct: MusicAPI answers it at once. */
export const LYRICS: Request = { operation: 'lyrics', engine: 'sonic', prompt: 'rain in Lisbon' };

interface Changes extends TaskChanges {
  readonly id?: string;
}

/** A task whose POST is under way since `T0`. */
function submittingTask({ id = 'task-1', ...changes }: Changes = {}): SubmittingTask {
  return startSubmitting(queuedTask(id, changes), T0);
}

/** A task that MusicAPI took at `T0`. */
export function runningTask(changes: Changes = {}): RunningTask {
  const task = submittingTask(changes);
  return acceptTask(task, `provider-${task.id}`, T0, T0 + 15_000);
}

/** A task that expired at `expiredAt`. */
export function expiredTask(expiredAt: number, changes: Changes = {}): ExpiredTask {
  return expireTask(runningTask(changes), expiredAt, expiredAt + 30_000);
}

/** A task whose person stopped waiting at `abandonedAt`. */
export function abandonedTask(abandonedAt: number, changes: Changes = {}): AbandonedTask {
  return abandonTask(runningTask(changes), '500', abandonedAt);
}

/** A finished clip as MusicAPI reports it. */
export function providerClip(clipId: string, changes: Partial<ProviderClip> = {}): ProviderClip {
  return { clipId, state: 'succeeded', audioUrl: `https://cdn1.sonic.ai/${clipId}.mp3`, ...changes };
}

/** The failure of a call. */
export function apiError(facts: Partial<MusicApiErrorFacts>): MusicApiError {
  return new MusicApiError({
    kind: 'unavailable',
    method: 'GET',
    path: '/sonic/task/x',
    delivered: 'yes',
    text: 'Something was wrong',
    ...facts,
  });
}
