import { type Answer, findText, findType } from '../answer.ts';
import { NO_REASON } from '../errors.ts';
import type { ProviderTask } from '../types.ts';
import { asRecord } from './wire.ts';

/**
 * What an answer says of a task by its status and `type` alone, the same with every engine: not ready, failed or timed
 * out. undefined when it says more, or nothing.
 *
 * A failed task comes as HTTP 500 with `type: failed`, a timed-out one as HTTP 504, and nuro says `refund_processed`
 * beside the error that ended it (docs.musicapi.ai/nuro-error-handling): none of them is trouble of the connection.
 */
export function findPlainEnd(answer: Answer): ProviderTask | undefined {
  const type = findType(answer.body);
  if (answer.status === 202) return { state: 'not-ready' };
  if (isTimeout(answer)) return failedTask('task-timeout', findText(answer));
  if (type === 'failed' && (answer.status === 500 || answer.status === 200)) {
    return failedTask('task-failed', findText(answer));
  }
  if (answer.status >= 400 && asRecord(answer.body)?.refund_processed === true) {
    return failedTask('task-failed', findText(answer));
  }
  return answer.status === 200 && type === 'not_ready' ? { state: 'not-ready' } : undefined;
}

/** A task that failed, with the provider's words where there are some. */
export function failedTask(
  kind: 'task-failed' | 'task-timeout',
  text = NO_REASON,
): Extract<ProviderTask, { state: 'failed' }> {
  return { state: 'failed', failure: { kind, text } };
}

/** MusicAPI's own 504 ends the task ("Credits were previously refunded."); a proxy's 504 says nothing about it. */
function isTimeout(answer: Answer): boolean {
  if (answer.status !== 504) return false;
  return answer.body !== undefined || !answer.raw.trim() || /task|refund/i.test(findText(answer) ?? '');
}
