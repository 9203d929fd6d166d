import type { Context } from './context.ts';
import { formatNuroTask } from './handlers/nuro.ts';
import { formatProducerTask } from './handlers/producer.ts';
import { formatClips } from './handlers/task.ts';
import type { Task } from './tasks.ts';
import type { ClipState, TaskView } from './timeline.ts';

/** What the guide calls the engines. */
const PLATFORMS = { sonic: 'suno', producer: 'producer', nuro: 'nuro' } as const;

/** Something that a webhook reports. */
export interface WebhookEvent {
  readonly name: 'song.streaming' | 'song.completed' | 'song.failed';
  readonly isLast: boolean;
  readonly body: Record<string, unknown>;
}

/**
 * What there has been to report of a task until now, oldest first: that it can be heard, that it is done or failed.
 * A song that nobody looked at until it was done could still be heard before. The body is that of a poll with
 * `task_id` and `platform` (docs.musicapi.ai/webhook-guide); that of a failure is not documented, it follows the
 * poll's as well.
 */
export function describeEvents(context: Context, task: Task): readonly WebhookEvent[] {
  const view = context.tasks.view(task);
  const name = { task_id: task.taskId, platform: PLATFORMS[task.engine] };
  switch (view.kind) {
    case 'not-ready':
      return [];
    case 'failed':
      return [failed({ code: 500, type: 'failed', error: view.error, ...name })];
    case 'timeout':
      return [failed({ code: 504, error: 'Task failed due to timeout.', ...name })];
    case 'clips': {
      const describe = (states: readonly ClipState[]) => ({
        ...formatBody(context, task, { kind: 'clips', states }),
        ...name,
      });
      const isOver = view.states.every((state) => state === 'succeeded' || state === 'failed');
      // Only sonic has something to hear before the end.
      const heard = isOver ? view.states.map((): ClipState => 'running') : view.states;
      const streaming: readonly WebhookEvent[] =
        task.engine === 'sonic' && view.states.length > 0
          ? [{ name: 'song.streaming', isLast: false, body: describe(heard) }]
          : [];
      if (!isOver) return streaming;
      const body = describe(view.states);
      if (view.states.length > 0 && view.states.every((state) => state === 'failed')) {
        return [...streaming, failed(body)];
      }
      return [...streaming, { name: 'song.completed', isLast: true, body }];
    }
  }
}

function formatBody(
  context: Context,
  task: Task,
  view: TaskView & { readonly kind: 'clips' },
): Record<string, unknown> {
  switch (task.engine) {
    case 'sonic':
      return formatClips(context, task, view.states);
    case 'producer':
      return formatProducerTask(context, task, view.states[0]);
    case 'nuro':
      return formatNuroTask(context, task, view);
  }
}

function failed(body: Record<string, unknown>): WebhookEvent {
  return { name: 'song.failed', isLast: true, body };
}
