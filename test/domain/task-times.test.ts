import { expect, test } from 'vitest';
import { causeOf, stateSinceOf } from '../../src/domain/task-times.ts';
import {
  abandonTask,
  cancelTask,
  expireTask,
  failTask,
  loseTask,
  requeueTask,
  startSubmitting,
  succeedTask,
} from '../../src/domain/transitions.ts';
import { runningTask } from '../store/support.ts';
import { queuedTask, T0 } from '../support/tasks.ts';

const AT = T0 + 7_000;
const FAILURE = { kind: 'moderation', text: 'no' } as const;
const queued = queuedTask('task-1');
const submitting = startSubmitting(queued, AT);
const running = runningTask('task-1');

test.each([
  ['queued', queued, T0, undefined],
  ['back in the queue', requeueTask(submitting, 'rate-limited', AT), T0, 'rate-limited'],
  ['being sent', submitting, AT, undefined],
  ['running', running, T0, undefined],
  ['succeeded', succeedTask(running, AT), AT, undefined],
  ['failed', failTask(running, FAILURE, AT), AT, 'moderation'],
  ['unknown', loseTask(submitting, FAILURE, AT), AT, 'moderation'],
  ['expired', expireTask(running, AT, AT + 1), AT, 'deadline'],
  ['cancelled', cancelTask(queued, '500', AT), AT, 'taken-back'],
  ['abandoned', abandonTask(running, '500', AT), AT, 'taken-back'],
])('a task that is %s knows since when, and why', (_, task, since, cause) => {
  expect([stateSinceOf(task), causeOf(task)]).toEqual([since, cause]);
});
