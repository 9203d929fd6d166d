import type { FastifyInstance } from 'fastify';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { findBehaviour } from '../behaviours.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { ApiError, NuroError } from '../errors.ts';
import { deriveUuid } from '../ids.ts';
import { moderate } from '../moderation.ts';
import { type NuroRequest, parseNuroRequest } from '../nuro-request.ts';
import { chooseLength, type SongLengths } from '../songs.ts';
import type { Task } from '../tasks.ts';
import type { TaskView } from '../timeline.ts';
import { writeTitle } from '../words.ts';
import { formatAudioUrl } from './task.ts';

/** Kinds of errors by status (docs.musicapi.ai/nuro-error-handling). */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  403: 'forbidden',
  404: 'not_found',
  500: 'api_error',
};

/**
 * `POST /nuro/create` and `GET /nuro/task/{task_id}`. Errors have nuro's own form, except those that are the same before every endpoint: a key that is
 * missing or unknown (401), and creates that come too fast (429).
 */
export function registerNuro(app: FastifyInstance, context: Context): void {
  app.post('/nuro/create', async (request) => {
    refuseRetired(context);
    const key = admitCreate(context, request.headers.authorization);
    return inNuroWords(() => formatStarted(start(context, key, request.body)));
  });

  app.get<{ Params: { taskId?: string } }>('/nuro/task/:taskId?', async (request) => {
    refuseRetired(context);
    const key = context.accounts.authorize(request.headers.authorization);
    const task = context.tasks.find(request.params.taskId ?? '');
    if (task === undefined || task.key !== key || task.engine !== 'nuro')
      throw new NuroError(404, 'not_found', 'Task not found', false);
    const view = context.tasks.view(task);
    const asError = context.settings.nuroFailure === 'error';
    if (view.kind === 'failed' && asError) throw new NuroError(500, 'api_error', view.error, true);
    if (view.kind === 'timeout' && asError)
      throw new NuroError(504, 'timeout', 'Task failed due to timeout.', true);
    if (view.kind === 'clips' && view.states[0] === 'succeeded') task.finishedLooks += 1;
    return formatNuroTask(context, task, view);
  });
}

/** The sister service has retired nuro in this way; the wording is ours. */
function refuseRetired(context: Context): void {
  if (context.settings.nuroRetired)
    throw new NuroError(410, 'gone', 'The nuro model is no longer available.', false);
}

function start(context: Context, key: string, body: unknown): Task {
  const request = parseNuroRequest(body);
  moderate({ descriptions: [request.style], lyrics: request.lyrics }, context.settings.moderation);
  const { lengths } = context.settings;
  return acceptTask(context, {
    key,
    operation: `nuro/${request.type}`,
    engine: 'nuro',
    body,
    planClips: (taskId, createdAt) => [planClip({ taskId, key, request, lengths, createdAt })],
  });
}

function inNuroWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError) || error instanceof NuroError) throw error;
    const type = ERROR_TYPES[error.status] ?? 'api_error';
    throw new NuroError(error.status, type, error.message, false);
  }
}

interface NuroOrder {
  readonly taskId: string;
  readonly key: string;
  readonly request: NuroRequest;
  readonly lengths: SongLengths;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

function planClip({ taskId, key, request, lengths, createdAt }: NuroOrder): Clip {
  const { lyrics, style } = request;
  const seed = [lyrics, style, taskId].join('\n');
  const lengthS = chooseLength(request.durationS, lengths, seed);
  return {
    clipId: deriveUuid(taskId, 'clip', '0'),
    key,
    engine: 'nuro',
    origin: 'generated',
    taskId,
    title: writeTitle(lyrics === '' ? style : lyrics, taskId),
    tags: style,
    lyrics,
    mv: 'nuro',
    description: null,
    negativeTags: null,
    styleWeight: null,
    weirdness: null,
    durationS: lengthS,
    createdAt,
    audio: {
      selection: 'mix',
      song: {
        scoreSeed: seed,
        scoreStyle: style,
        melodySeed: seed,
        soundSeed: seed,
        soundStyle: style,
        startS: 0,
        lengthS,
        instrumental: request.type === 'bgm',
        voice: request.gender === 'Male' ? 'm' : 'f',
        lyrics,
      },
    },
  };
}

const NOTHING_YET = { audio_url: '', lyrics: '', duration: 0, genre: '', mood: '', gender: '', timbre: '' };

/** What a poll and a webhook say of a nuro task: one flat object with a WAV (docs.musicapi.ai/get-nuro-music). */
export function formatNuroTask(context: Context, task: Task, view: TaskView): Record<string, unknown> {
  const [clip] = task.clips;
  const state = view.kind === 'clips' ? view.states[0] : undefined;
  if (clip === undefined || state !== 'succeeded') {
    const progress = view.kind === 'clips' ? estimateProgress(context, task) : 0;
    return { task_id: task.taskId, status: nameStatus(view), progress, ...NOTHING_YET };
  }
  const { gender, genre, mood, timbre } = parseNuroRequest(task.body);
  return {
    task_id: task.taskId,
    status: 'succeeded',
    progress: 100,
    audio_url: formatAudioUrl(context, task, clip, 'wav'),
    lyrics: clip.lyrics,
    duration: clip.durationS,
    genre,
    mood,
    gender,
    timbre,
  };
}

function nameStatus(view: TaskView): string {
  if (view.kind === 'not-ready') return 'pending';
  return view.kind === 'clips' ? (view.states[0] ?? 'running') : 'failed';
}

/** Percent of the usual time, and never the last ones. */
function estimateProgress(context: Context, task: Task): number {
  const factor = findBehaviour(task.behaviours, 'slow')?.factor ?? 1;
  const share = (context.clock.now() - task.acceptedAt) / (task.timeline.lastMs * factor);
  return Math.min(95, Math.floor(share * 100));
}
