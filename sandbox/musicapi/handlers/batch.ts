import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { admitCreate } from '../accept.ts';
import type { Context } from '../context.ts';
import { ApiError, badRequest } from '../errors.ts';
import { parseBody } from '../fields.ts';
import { deriveUuid } from '../ids.ts';
import { startSong } from '../start-song.ts';
import type { Task } from '../tasks.ts';
import { formatClips } from './task.ts';

/** Most items of a batch (musicapi.ai/batch-music-generation-api). */
const MAX_ITEMS = 10;
const ITEMS = { error: `The 'items' field should be a list of 1 to ${MAX_ITEMS} requests.` };
const bodySchema = z.object(
  { items: z.array(z.unknown(), ITEMS).min(1, ITEMS).max(MAX_ITEMS, ITEMS) },
  ITEMS,
);

/** An item of a batch: the task that it became, or why it became none. */
type BatchItem =
  | { readonly index: number; readonly task: Task }
  | { readonly index: number; readonly status: number; readonly error: string };

interface Batch {
  readonly key: string;
  readonly items: readonly BatchItem[];
}

/**
 * `POST /sonic/batch` and `GET /sonic/batch?batch_id=`: several creates at the price of each (musicapi.ai/batch-music-generation-api,
 * musicapi.ai/docs/guides/output-endpoints). A batch is one request for the create rate; an item that is refused does not hold up the others.
 * What the elements of `tasks` hold and what a poll looks like is not documented: both are ours, with `index` as the place in the request.
 */
export function registerBatch(app: FastifyInstance, context: Context): void {
  const batches = new Map<string, Batch>();

  app.post('/sonic/batch', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    const items = body.items.map((item, index) => startItem(context, key, item, index));
    const batchId = deriveUuid(context.settings.seed, 'batch', String(batches.size));
    batches.set(batchId, { key, items });
    const submitted = items.filter((item) => 'task' in item).length;
    return { message: 'success', batch_id: batchId, submitted, tasks: items.map(formatItem) };
  });

  app.get<{ Querystring: { batch_id?: string } }>('/sonic/batch', async (request) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const batchId = request.query.batch_id ?? '';
    if (batchId === '') throw badRequest('missing batch id.');
    const batch = batches.get(batchId);
    if (batch === undefined || batch.key !== key) throw badRequest('batch not found.');
    const tasks = batch.items.map((item) =>
      'task' in item ? { ...formatItem(item), ...formatProgress(context, item.task) } : formatItem(item),
    );
    return { code: 200, batch_id: batchId, tasks, message: 'success' };
  });
}

function startItem(context: Context, key: string, body: unknown, index: number): BatchItem {
  try {
    return { index, task: startSong(context, key, body) };
  } catch (error) {
    if (error instanceof ApiError) return { index, status: error.status, error: error.message };
    throw error;
  }
}

function formatItem(item: BatchItem): Record<string, unknown> {
  if ('task' in item) return { index: item.index, task_id: item.task.taskId };
  return { index: item.index, state: 'failed', code: item.status, error: item.error };
}

/** What a poll of the task itself would say, in one word and with its clips. */
function formatProgress(context: Context, task: Task): Record<string, unknown> {
  const view = context.tasks.view(task);
  switch (view.kind) {
    case 'not-ready':
      return { state: 'running' };
    case 'failed':
      return { state: 'failed', error: view.error };
    case 'timeout':
      return { state: 'failed', error: 'Task failed due to timeout. Credits were previously refunded.' };
    case 'clips': {
      const { data } = formatClips(context, task, view.states);
      const isDone = view.states.every((state) => state === 'succeeded' || state === 'failed');
      if (isDone) task.finishedLooks += 1;
      const isFailed = view.states.every((state) => state === 'failed');
      return { state: isFailed ? 'failed' : isDone ? 'succeeded' : 'running', data };
    }
  }
}
