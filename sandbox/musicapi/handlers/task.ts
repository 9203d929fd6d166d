import type { FastifyInstance } from 'fastify';
import { findBehaviour } from '../behaviours.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { ApiError, badRequest } from '../errors.ts';
import type { Task } from '../tasks.ts';
import type { ClipState } from '../timeline.ts';

/** `GET /sonic/task/{task_id}`. Polling is free and never waits for rendering. */
export function registerTask(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { taskId?: string } }>('/sonic/task/:taskId?', async (request, reply) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const { taskId } = request.params;
    if (taskId === undefined || taskId === '') throw badRequest('missing task id.');
    const task = context.tasks.find(taskId);
    if (task === undefined || task.key !== key || task.engine !== 'sonic')
      throw badRequest('task not found.');
    const view = context.tasks.view(task);
    switch (view.kind) {
      case 'not-ready':
        reply.code(202);
        return {
          type: 'not_ready',
          error: 'Task is still processing. Please wait a few seconds and try again.',
        };
      case 'failed':
        throw new ApiError(500, view.error, { body: { type: 'failed' } });
      case 'timeout':
        throw new ApiError(504, 'Task failed due to timeout. Credits were previously refunded.');
      case 'clips':
        if (view.states.every((state) => state === 'succeeded' || state === 'failed'))
          task.finishedLooks += 1;
        return formatClips(context, task, view.states);
    }
  });
}

/** What a poll and a webhook say of a task that is no longer "not ready". */
export function formatClips(
  context: Context,
  task: Task,
  states: readonly ClipState[],
): Record<string, unknown> {
  return { code: 200, data: formatData(context, task, states), message: 'success' };
}

function formatData(context: Context, task: Task, states: readonly ClipState[]): unknown {
  if (task.data !== undefined) return task.data;
  const stateOf = (index: number) => states[index] ?? 'running';
  const clips = task.clips.map((clip, index) => formatClip(context, task, clip, stateOf(index)));
  if (task.pairedAs === undefined) return clips;
  const { pairedAs } = task;
  const pairs = clips.length / 2;
  // The whole song is null as long as it is being joined (documentation of the sister service; MusicAPI's own says nothing of pairs).
  return clips.slice(0, pairs).map((clip, index) => ({
    [pairedAs]: clip,
    full: stateOf(index + pairs) === 'succeeded' ? clips[index + pairs] : null,
  }));
}

/** A clip in the newest documented form. Failed clips have only what is proven for them, and a reason under `error`. */
function formatClip(context: Context, task: Task, clip: Clip, state: ClipState): Record<string, unknown> {
  if (state === 'failed') {
    return {
      clip_id: clip.clipId,
      state,
      error: findBehaviour(task.behaviours, 'half')?.error ?? 'Clip generation failed.',
    };
  }
  const done = state === 'succeeded';
  return {
    clip_id: clip.clipId,
    state,
    title: clip.title,
    tags: clip.tags,
    lyrics: clip.lyrics,
    image_url: `${context.getOrigin()}/media/image_${clip.clipId}.png`,
    audio_url: done ? formatAudioUrl(context, task, clip, 'mp3') : formatStreamUrl(context, clip),
    video_url: null,
    created_at: new Date(clip.createdAt).toISOString(),
    gpt_description_prompt: clip.description,
    duration: done ? clip.durationS.toFixed(2) : null,
    negative_tags: clip.negativeTags,
    style_weight: clip.styleWeight,
    weirdness_constraint: clip.weirdness,
    mv: clip.mv,
  };
}

/** Where a finished clip can be downloaded, unless its task was told to name another place. */
export function formatAudioUrl(
  context: Context,
  task: Task,
  clip: Clip,
  extension: 'mp3' | 'm4a' | 'wav',
): string {
  const elsewhere = findBehaviour(task.behaviours, 'other-host')?.host;
  if (elsewhere !== undefined) {
    return `${elsewhere.includes('://') ? elsewhere : `https://${elsewhere}`}/${clip.clipId}.${extension}`;
  }
  const address = `${context.getOrigin()}/media/${clip.clipId}.${extension}`;
  if (findBehaviour(task.behaviours, 'changed-url') === undefined) return address;
  return `${address}?v=${getAddressVersion(task)}`;
}

/** With `changed-url`: 1 up to the first finished poll, 2 from the second on. Only version 2 can be downloaded. */
export function getAddressVersion(task: Task): number {
  return task.finishedLooks < 2 ? 1 : 2;
}

function formatStreamUrl(context: Context, clip: Clip): string {
  return context.settings.streaming ? `${context.getOrigin()}/stream/${clip.clipId}` : '';
}
