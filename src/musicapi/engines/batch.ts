import { z } from 'zod';
import type { Answer } from '../answer.ts';
import { createMalformedError, readContent } from '../answers.ts';
import { type CallPlace, createAnswerError } from '../errors.ts';
import type { Batch, BatchItem } from '../types.ts';
import { judgeClips, readClip } from './clips.ts';
import { asRecord, elementsOf, text } from './wire.ts';

const id = z.union([z.string().min(1), z.number().transform(String)]);

const batchSchema = z.looseObject({
  batch_id: id.optional().catch(undefined),
  tasks: z.array(z.unknown()).catch([]),
});

const itemSchema = z.looseObject({
  task_id: id.optional().catch(undefined),
  state: text,
  status: text,
  type: text,
  error: text,
  error_message: text,
});

/**
 * Reads what `POST /sonic/batch` answered: an id, and an element for each request.
 *
 * @throws MusicApiError
 * @see {@link https://musicapi.ai/batch-music-generation-api}
 */
export function readBatch(answer: Answer, place: CallPlace): Batch {
  const { batch_id: batchId, tasks } = readContent(batchSchema, answer, place);
  if (!batchId) throw createMalformedError(answer, place);
  return { batchId, items: tasks.map(readItem) };
}

/**
 * Reads what `GET /sonic/batch` answered. Its form is not documented: the elements are taken for those of the POST,
 * under `tasks` or `data`, with a word for their state and perhaps their clips.
 *
 * @throws MusicApiError
 */
export function readBatchLook(answer: Answer, place: CallPlace, batchId: string): Batch {
  if (answer.status !== 200 && answer.status !== 202) throw createAnswerError(place, answer);
  const content = readContent(batchSchema, answer, place);
  const elements = content.tasks.length > 0 ? content.tasks : elementsOf(answer.body);
  return { batchId, items: elements.map(readItem) };
}

function readItem(element: unknown): BatchItem {
  const { data: wire } = itemSchema.safeParse(typeof element === 'string' ? { task_id: element } : element);
  if (!wire) return { state: 'running', clips: [] };
  const { task_id: providerTaskId, error, error_message } = wire;
  const said = (wire.state ?? wire.status ?? wire.type)?.toLowerCase();
  const failureText = error ?? error_message;
  if (said === 'failed' || (!said && failureText)) {
    return { providerTaskId, state: 'failed', clips: [], failureText };
  }
  const found = elementsOf(asRecord(element)).flatMap(
    (clip, index) => readClip(clip, { place: `${providerTaskId ?? 'batch'}-${index + 1}` }) ?? [],
  );
  const task = judgeClips(found);
  if (task.state === 'failed') {
    return { providerTaskId, state: 'failed', clips: [], failureText: task.failure.text };
  }
  const state = task.state === 'succeeded' ? 'succeeded' : 'running';
  return { providerTaskId, state, clips: found.map(({ clip }) => clip) };
}
