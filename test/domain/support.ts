import type { Task } from '../../src/domain/task.ts';
import {
  abandonTask,
  acceptTask,
  cancelTask,
  expireTask,
  failTask,
  loseTask,
  queueTask,
  requeueTask,
  rescheduleTask,
  settleUnknown,
  startSubmitting,
  succeedTask,
} from '../../src/domain/transitions.ts';

export const NOW = 1_800_000_000_000;

export const newTask = {
  id: '01TASK',
  requestKey: 'interaction',
  accountId: 'operator',
  request: { operation: 'create', engine: 'sonic', prompt: 'a song about the sea' },
  origin: {
    applicationId: 'app',
    interactionId: 'interaction',
    token: 'token',
    tokenExpiresAt: NOW + 900_000,
    context: 'guild',
    guildId: 'guild',
    channelId: 'channel',
    userId: 'anna',
    userName: 'Anna',
    locale: 'en-US',
    userInstallOnly: false,
    botCanPost: true,
    botCanLook: true,
    attachmentLimitBytes: 10_485_760,
  },
  price: 20,
} as const;

const failure = { kind: 'unavailable', text: 'down' } as const;

/** Everything that may happen next to a task. */
export function listNext(task: Task): Task[] {
  switch (task.state) {
    case 'queued':
      return [startSubmitting(task, NOW), cancelTask(task, 'anna', NOW), failTask(task, failure, NOW)];
    case 'submitting':
      return [
        acceptTask(task, 'provider', NOW, NOW + 15_000),
        requeueTask(task, 'rate-limited', NOW + 3_000),
        requeueTask(task, 'preparing', NOW + 3_000),
        failTask(task, failure, NOW),
        loseTask(task, failure, NOW),
        succeedTask(task, NOW),
      ];
    case 'running':
      return [
        rescheduleTask(task, NOW + 15_000),
        succeedTask(task, NOW),
        failTask(task, failure, NOW),
        expireTask(task, NOW, NOW + 300_000),
        abandonTask(task, 'anna', NOW),
      ];
    case 'expired':
    case 'abandoned':
      return [rescheduleTask(task, undefined), succeedTask(task, NOW), failTask(task, failure, NOW)];
    case 'unknown':
      return [
        acceptTask(task, 'provider', NOW, NOW + 15_000),
        succeedTask(task, NOW),
        ...(task.settled ? [] : [settleUnknown(task)]),
      ];
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return [];
    default:
      return task satisfies never;
  }
}

/** The lives that a task may have: each number chooses one of the things that may happen next. */
export function walk(choices: readonly number[]): Task[] {
  const tasks: Task[] = [queueTask(newTask, NOW)];
  for (const choice of choices) {
    const next = listNext(tasks.at(-1) as Task);
    if (next.length === 0) break;
    tasks.push(next[choice % next.length] as Task);
  }
  return tasks;
}
