import type { Answer } from '../answer.ts';
import { type CallPlace, createAnswerError } from '../errors.ts';
import type { ProviderTask } from '../types.ts';
import { judgeClips, type ReadClip, readClip, uploadUrlOf } from './clips.ts';
import type { Look } from './engine.ts';
import { findPersona } from './persona.ts';
import { findPlainEnd } from './task-ends.ts';
import { asRecord, elementsOf } from './wire.ts';

/**
 * Reads the answer of `GET /sonic/task/{task_id}`. HTTP 200 does not mean that the task ended: the states of its clips
 * decide, and an unknown one counts as running. A voice ends with `data: {persona_id, name}` instead of clips
 * (docs.musicapi.ai/create-voice; the nesting is that of a service with the same pages).
 *
 * @throws MusicApiError when the answer says nothing about the task.
 * @see {@link https://docs.musicapi.ai/get-sonic-music}
 */
export function readSonicTask(answer: Answer, place: CallPlace, look: Look): ProviderTask {
  const end = findPlainEnd(answer);
  if (end) return end;
  if (answer.status !== 200 || !asRecord(answer.body)) throw createAnswerError(place, answer);
  const elements = elementsOf(answer.body);
  const tool = findPersona(elements[0]);
  if (tool) return { state: 'succeeded', clips: [], tool };
  return judgeClips(elements.flatMap((element, index) => readElement(element, index + 1, look)));
}

/**
 * A clip, or the pair of one: with `auto_concat` the new part comes beside the whole song, which is null while it is
 * being joined. The whole stands for its part; a part that could not be joined is still worth having.
 */
function readElement(element: unknown, number: number, { providerTaskId, request }: Look): ReadClip[] {
  const spareUrl = uploadUrlOf(request);
  const read = (value: unknown, suffix: string) => {
    const found = readClip(value, { place: `${providerTaskId}-${number}${suffix}`, spareUrl });
    return found ? [found] : [];
  };
  const pair = asRecord(element);
  const part = pair?.extended ?? pair?.replaced;
  if (!pair || part === undefined) return read(element, '');
  const parts = read(part, '');
  // A part that failed is never joined to anything.
  if (pair.full === null && parts.some(({ clip }) => clip.state === 'failed')) return parts;
  const whole = read(pair.full ?? { state: 'running' }, '-full');
  if (whole.some(({ clip }) => clip.state === 'succeeded')) return whole;
  return [...parts, ...whole];
}
