import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { checkPlace, checkRange, getDoneClip } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { ApiError, badRequest } from '../errors.ts';
import { NO_OBJECT, parseBody, textField, WEBHOOK_FIELDS } from '../fields.ts';
import { moderate } from '../moderation.ts';
import { type ProducerRequest, parseProducerRequest } from '../producer-request.ts';
import { planProducerClip } from '../producer-songs.ts';
import type { Task } from '../tasks.ts';
import { formatFileUrl } from '../tool.ts';
import { fetchUpload } from '../uploads.ts';
import { formatAudioUrl } from './task.ts';

const uploadSchema = z.object({ audio_url: textField('audio_url', 2048), ...WEBHOOK_FIELDS }, NO_OBJECT);
const FORMAT = { error: "The 'format' field should be 'mp3' or 'wav'." };
const downloadSchema = z.object(
  { clip_id: textField('clip_id', 100), format: z.enum(['mp3', 'wav'], FORMAT), ...WEBHOOK_FIELDS },
  NO_OBJECT,
);

/** `POST /producer/create`, `/producer/upload`, `/producer/download` and `GET /producer/task/{task_id}`. */
export function registerProducer(app: FastifyInstance, context: Context): void {
  app.post('/producer/create', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseProducerRequest(request.body);
    const source =
      body.taskType === 'create_music'
        ? undefined
        : getDoneClip(context, key, body.clipId, 'clip_id', 'producer');
    const range = findRange(source, body);
    moderate(
      { descriptions: [body.sound, body.instruction, body.title], lyrics: body.lyrics },
      context.settings.moderation,
    );
    const { lengths } = context.settings;
    const task = acceptTask(context, {
      key,
      operation: `producer/${body.taskType}`,
      engine: 'producer',
      body: request.body,
      planClips: (taskId, createdAt) => [
        planProducerClip({ taskId, key, request: body, source, range, lengths, createdAt }),
      ],
    });
    return formatStarted(task);
  });

  app.post('/producer/upload', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const { audio_url: url } = parseBody(uploadSchema, request.body);
    const file = await fetchUpload(url, 'audio_url');
    context.accounts.checkCreateRate(key, context.clock.now());
    const task = acceptTask(context, {
      key,
      operation: 'producer/upload',
      engine: 'producer',
      body: request.body,
      planClips: (taskId) => {
        const clipId = context.clips.addForeign({
          key,
          uploaded: true,
          engine: 'producer',
          title: 'Upload',
          file,
        });
        return [{ ...context.clips.getFor(key, clipId, 'producer'), taskId }];
      },
    });
    return formatStarted(task);
  });

  app.post('/producer/download', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(downloadSchema, request.body);
    const clip = getDoneClip(context, key, body.clip_id, 'clip_id', 'producer');
    const task = acceptTask(context, {
      key,
      operation: 'producer/download',
      engine: 'producer',
      body: request.body,
      planData: () => [formatClip(context, clip, formatFileUrl(context, clip, body.format))],
    });
    return formatStarted(task);
  });

  app.get<{ Params: { taskId?: string } }>('/producer/task/:taskId?', async (request, reply) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const { taskId } = request.params;
    if (taskId === undefined || taskId === '') throw badRequest('missing task id.');
    const task = context.tasks.find(taskId);
    if (task === undefined || task.key !== key || task.engine !== 'producer')
      throw new ApiError(404, 'task not found.');
    const view = context.tasks.view(task);
    if (view.kind === 'failed') throw new ApiError(500, view.error, { body: { type: 'failed' } });
    if (view.kind === 'timeout')
      throw new ApiError(504, 'Task failed due to timeout. Credits were previously refunded.');
    const [state] = view.kind === 'clips' ? view.states : [];
    // A clip is not shown before its end, except in a state that nobody knows.
    if (view.kind === 'not-ready' || state === 'running') {
      reply.code(202);
      return {
        code: 202,
        type: 'not_ready',
        error: 'Task is still processing. Please wait a few seconds and try again.',
      };
    }
    if (state !== 'mastering') task.finishedLooks += 1;
    return formatProducerTask(context, task, state);
  });
}

/**
 * What a poll and a webhook say of a producer task that is done, in the form that client code against api.musicapi.ai reads.
 * What an upload or a download answers is not documented: a clip, like the others.
 *
 * @param state - of the clip, where there is one
 */
export function formatProducerTask(
  context: Context,
  task: Task,
  state = 'succeeded',
): Record<string, unknown> {
  const data =
    task.data ??
    task.clips.map((clip) => ({
      ...formatClip(context, clip, findAudioUrl(context, task, clip)),
      state,
    }));
  return { code: 200, data, message: 'success' };
}

/** Unlike sonic's, with the duration as a number and the description as `sound`. */
function formatClip(context: Context, clip: Clip, audioUrl: string): Record<string, unknown> {
  return {
    clip_id: clip.clipId,
    title: clip.title,
    sound: clip.tags === '' ? null : clip.tags,
    lyrics: clip.lyrics,
    image_url: `${context.getOrigin()}/media/image_${clip.clipId}.png`,
    audio_url: audioUrl,
    video_url: null,
    created_at: new Date(clip.createdAt).toISOString(),
    mv: clip.mv,
    seed: String(Number.parseInt(clip.clipId.slice(0, 8), 16)),
    duration: clip.durationS,
    state: 'succeeded',
  };
}

/** As M4A, which is what the engine makes; an upload is converted. */
function findAudioUrl(context: Context, task: Task, clip: Clip): string {
  if (clip.file !== undefined) return formatFileUrl(context, clip, 'm4a');
  return formatAudioUrl(context, task, clip, 'm4a');
}

/** The part of a clip that is meant: what lies before an extension, or what is replaced. @throws ApiError 400 when it lies outside */
function findRange(
  source: Clip | undefined,
  body: ProducerRequest,
): { readonly fromS: number; readonly toS: number } {
  if (source === undefined || body.taskType === 'cover_music') return { fromS: 0, toS: 0 };
  if (body.taskType === 'extend_music') {
    checkPlace(source, 'starts_at', body.startsAtS);
    return { fromS: Math.min(body.startsAtS ?? source.durationS, source.durationS), toS: source.durationS };
  }
  return checkRange(
    source,
    { name: 'starts_at', atS: body.startsAtS },
    // Without an end: to the end of the clip.
    { name: 'ends_at', atS: body.endsAtS },
  );
}
