import { z } from 'zod';
import { type Answer, findText } from '../answer.ts';
import { type CallPlace, createAnswerError } from '../errors.ts';
import type { ProviderTask } from '../types.ts';
import { judgeClips, readClip } from './clips.ts';
import type { Look } from './engine.ts';
import { readableWord } from './nuro-words.ts';
import { failedTask, findPlainEnd } from './task-ends.ts';
import { asRecord, contentOf, text } from './wire.ts';

const taskSchema = z.looseObject({ status: text, genre: text, mood: text, timbre: text });

/**
 * Reads the answer of `GET /nuro/task/{task_id}`: one flat object about the one song, with `status` where others have
 * `state`, and empty texts until there is something. The song has no id of its own, so it goes by its task's.
 *
 * @throws MusicApiError when the answer says nothing about the task.
 * @see {@link https://docs.musicapi.ai/get-nuro-music}
 */
export function readNuroTask(answer: Answer, place: CallPlace, { providerTaskId }: Look): ProviderTask {
  const end = findPlainEnd(answer);
  if (end) return end;
  const content = asRecord(contentOf(answer.body));
  if (answer.status !== 200 || !content) throw createAnswerError(place, answer);
  const { status, genre, mood, timbre } = taskSchema.parse(content);
  if (status?.toLowerCase() === 'failed') return failedTask('task-failed', findText(answer));
  const words = [genre, mood, timbre].flatMap((word) => (word ? readableWord(word) : []));
  const clip_id = content.clip_id || providerTaskId;
  const song = { ...content, clip_id, state: status, tags: words.join(', ') };
  const found = readClip(song, { place: providerTaskId });
  return judgeClips(found ? [found] : []);
}
