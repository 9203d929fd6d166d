import { ulid } from 'ulid';
import type { QueuedTask } from '../../src/domain/task.ts';
import { acceptTask, startSubmitting } from '../../src/domain/transitions.ts';
import type { Store } from '../../src/store/open.ts';
import { insertTask, updateTask } from '../../src/store/tasks.ts';
import { queuedTask } from '../support/tasks.ts';

/** The default of `POLL_INTERVAL_MS`. */
export const POLL_INTERVAL_MS = 15_000;

/** Running tasks whose next looks are spread over one interval, as they are after a while. */
export async function fillWithRunningTasks(into: Store, tasks: number): Promise<void> {
  const now = Date.now();
  for (let start = 0; start < tasks; start += 500) {
    await into.transaction(async (tx) => {
      for (let index = start; index < Math.min(tasks, start + 500); index += 1) {
        const queued = newTask(index, now);
        await insertTask(tx, queued, now + 86_400_000);
        const sent = startSubmitting(queued, now);
        await updateTask(tx, queued, sent);
        await updateTask(
          tx,
          sent,
          acceptTask(sent, `task-${index}`, now, Math.round(now + (index * POLL_INTERVAL_MS) / tasks)),
        );
      }
    });
  }
}

function newTask(index: number, createdAt: number): QueuedTask {
  const origin = {
    interactionId: `${index}`,
    guildId: `${index % 50}`,
    userId: `${index % 500}`,
    tokenExpiresAt: 0,
  };
  return queuedTask(ulid(), { origin, createdAt });
}
