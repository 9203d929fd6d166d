import { z } from 'zod';
import type { Request } from '../../domain/request.ts';
import { type Answer, findText } from '../answer.ts';
import { type CallPlace, createAnswerError } from '../errors.ts';
import type { ProviderTask } from '../types.ts';
import { judgeClips, readClip, uploadUrlOf } from './clips.ts';
import type { Look } from './engine.ts';
import { findFiles } from './producer-files.ts';
import { failedTask, findPlainEnd } from './task-ends.ts';
import { asRecord, elementsOf, text } from './wire.ts';

const statusSchema = z.looseObject({ status: text });
const stateSchema = z.looseObject({ state: text });

/** Words for the task as a whole, as the state of a clip that names none. */
const STATES: Readonly<Record<string, string>> = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCESS: 'succeeded',
  FAILED: 'failed',
};

/**
 * Reads the answer of `GET /producer/task/{task_id}`. Two forms are known: HTTP 202 until the clips are there, each with
 * a `state` of its own (what client code of MusicAPI reads), and a `status` of the task beside clips without one (the
 * newer form of a service with the same pages). A download ends with the addresses of files.
 *
 * @throws MusicApiError when the answer says nothing about the task.
 * @see {@link https://docs.musicapi.ai/producer-api-overview}
 */
export function readProducerTask(answer: Answer, place: CallPlace, look: Look): ProviderTask {
  const end = findPlainEnd(answer);
  if (end) return end;
  if (answer.status !== 200 || !asRecord(answer.body)) throw createAnswerError(place, answer);
  const status = statusSchema.safeParse(answer.body).data?.status?.toUpperCase();
  if (status === 'FAILED') return failedTask('task-failed', reasonOf(answer));
  // Without any word a clip is done: the other answers to a look say that it is not.
  const spareState = status === undefined ? 'succeeded' : (STATES[status] ?? status);
  const found = elementsOf(answer.body).flatMap((element, index) => {
    const context = {
      place: `${look.providerTaskId}-${index + 1}`,
      spareState,
      spareUrl: uploadUrlOf(look.request),
    };
    return readClip(element, context) ?? [];
  });
  const judged = judgeClips(found);
  if (look.request?.operation !== 'download' || judged.state === 'failed') return judged;
  return isOver(answer, spareState) ? readFiles(answer, look.request) : { state: 'running', clips: [] };
}

/** Whether nothing that the answer names is still in the making, with or without audio. */
function isOver({ body }: Answer, spareState: string): boolean {
  const elements = elementsOf(body);
  if (elements.length === 0) return spareState === 'succeeded';
  return elements.every((element) => {
    const said = stateSchema.safeParse(element).data?.state ?? spareState;
    return said.toLowerCase() === 'succeeded';
  });
}

function readFiles({ body }: Answer, { format }: Request): ProviderTask {
  const files = findFiles(body, format);
  if (files.length === 0) return { state: 'running', clips: [] };
  return { state: 'succeeded', clips: [], tool: { kind: 'files', files } };
}

/** A `message` of "success" beside a failure is no reason. */
function reasonOf(answer: Answer): string | undefined {
  const said = findText(answer);
  return said?.toLowerCase() === 'success' ? undefined : said;
}
