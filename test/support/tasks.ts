/** What was asked for, with the least that a test has to say of it. */
import type { Origin } from '../../src/domain/origin.ts';
import type { Request } from '../../src/domain/request.ts';
import type { QueuedTask } from '../../src/domain/task.ts';
import { queueTask } from '../../src/domain/transitions.ts';

/** A moment to count from. */
export const T0 = 1_800_000_000_000;

export const CREATE: Request = { operation: 'create', engine: 'sonic', prompt: 'a song about rain' };

/** What is special about a task. */
export interface TaskChanges {
  readonly requestKey?: string;
  readonly request?: Request;
  readonly origin?: Partial<Origin>;
  readonly price?: number;
  readonly createdAt?: number;
  readonly isDirect?: true;
  readonly groupId?: string;
}

/** A task that was asked for at `T0`. */
export function queuedTask(id: string, changes: TaskChanges = {}): QueuedTask {
  const task = {
    id,
    requestKey: changes.requestKey ?? `key-${id}`,
    accountId: 'operator',
    request: changes.request ?? CREATE,
    origin: originOf(changes.origin),
    price: changes.price ?? 20,
    isDirect: changes.isDirect,
    groupId: changes.groupId,
  };
  return queueTask(task, changes.createdAt ?? T0);
}

/** A server's member who pressed Enter. */
export function originOf(changes: Partial<Origin> = {}): Origin {
  return {
    applicationId: '100',
    interactionId: '200',
    token: 'a-very-fake-interaction-token',
    tokenExpiresAt: T0 + 900_000,
    context: 'guild',
    guildId: '300',
    channelId: '400',
    userId: '500',
    userName: 'Ada',
    locale: 'en-US',
    userInstallOnly: false,
    botCanPost: true,
    botCanLook: true,
    attachmentLimitBytes: 10_485_760,
    ...changes,
  };
}
