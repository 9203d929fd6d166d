import type { Clip } from '../domain/clip.ts';
import type { Delivery } from '../domain/delivery.ts';
import { parentOf } from '../domain/request.ts';
import type { FollowedTask, SubmittingTask, Task, UnknownTask } from '../domain/task.ts';
import { succeedTask } from '../domain/transitions.ts';
import type { Operation } from '../musicapi/operation.ts';
import type { ProviderClip, Yield } from '../musicapi/types.ts';
import type { Persona } from '../store/personas.ts';
import { findOperation } from './operation.ts';
import type { TrackerContext } from './settings.ts';

/** What a finished task leaves behind. */
export interface Results {
  readonly clips: readonly Clip[];
  readonly deliveries: readonly Delivery[];
  /** The singer that it made. */
  readonly persona?: Persona | undefined;
  /** A clip whose file MusicAPI gave out: if nobody knew it, somebody does now. */
  readonly fetched?: Clip | undefined;
}

/** A task that has just got a result. */
type EndingTask = SubmittingTask | UnknownTask | FollowedTask;

/** What results are planned from. */
export interface ResultsPlan {
  readonly task: EndingTask;
  /** What MusicAPI reports; clips that failed are left out. */
  readonly found: Yield;
  /** Kind of result of the task's operation, from the catalogue. */
  readonly result: Operation['result'];
  readonly now: number;
  readonly newId: () => string;
}

/** What a task is once MusicAPI reports its result, and what is written with it. */
export function planSuccess(
  task: EndingTask,
  found: Yield,
  now: number,
  { catalogue, newId }: Pick<TrackerContext, 'catalogue' | 'newId'>,
): { readonly after: Task; readonly extra: Results } {
  const result = findOperation(catalogue, task.request)?.result ?? 'clips';
  const extra = planResults({ task, found, result, now, newId });
  return { after: succeedTask(task, now, found.tool), extra };
}

/**
 * The clips of a finished task and how they are put in front of the person: a delivery for each song, the first
 * with a mention, or one delivery with all stems; the same once more as copies, where the person wants them. An abandoned task's clips go into the library without a word.
 */
export function planResults({ task, found, result, now, newId }: ResultsPlan): Results {
  const persona = personaOf(task, found, now);
  const fetched = fetchedOf(task, found, now);
  return {
    ...planClips({ task, found, result, now, newId }),
    ...(persona ? { persona } : {}),
    ...(fetched ? { fetched } : {}),
  };
}

/** The clip of a file that was asked for. It belongs to whoever asked, unless it is known already. */
function fetchedOf({ id, accountId, origin, request }: EndingTask, { tool }: Yield, now: number) {
  if (request.operation !== 'download' || !request.clip || tool?.kind !== 'files') return undefined;
  const [file] = tool.files;
  if (!file) return undefined;
  const { clipId, engine, source } = request.clip;
  const clip: Clip = {
    clipId,
    accountId,
    engine,
    source,
    kind: 'song',
    taskId: id,
    take: 1,
    audioUrl: file.url,
    ownerId: origin.userId,
    createdAt: now,
  };
  return clip;
}

/** A singer gets the name that was asked for, else the one that MusicAPI gave it. */
function personaOf({ id, accountId, origin, request }: EndingTask, { tool }: Yield, now: number) {
  if (tool?.kind !== 'persona') return undefined;
  const persona: Persona = {
    personaId: tool.personaId,
    accountId,
    ownerId: origin.userId,
    name: request.name?.trim() || tool.name?.trim() || 'Persona',
    taskId: id,
    createdAt: now,
  };
  return persona;
}

function planClips({ task, found, result, now, newId }: ResultsPlan): Results {
  const succeeded = found.clips.filter((clip) => clip.state === 'succeeded');
  // Named twice, it is still one piece of audio.
  const good = [...new Map(succeeded.map((clip) => [clip.clipId, clip])).values()];
  const clips = good.map((clip, index) => toClip(task, clip, { result, take: index + 1, now }));
  if (clips.length === 0 || task.state === 'abandoned') return { clips, deliveries: [] };
  const ids = clips.map((clip) => clip.clipId);
  const groups = result === 'stems' ? [ids] : ids.map((id) => [id]);
  const { isSilent, hasCopy } = task.origin;
  const planned = { taskId: task.id, kind: result === 'stems' ? 'stems' : 'clip', state: 'pending' } as const;
  const untried = { generation: 0, posted: [], tries: 0, dueAt: now, createdAt: now };
  const deliveries = groups.map(
    (clipIds, index): Delivery => ({
      id: newId(),
      ...planned,
      clipIds,
      mention: index === 0 && !isSilent,
      ...untried,
    }),
  );
  const copies = (hasCopy ? groups : []).map(
    (clipIds): Delivery => ({ id: newId(), ...planned, clipIds, mention: false, isCopy: true, ...untried }),
  );
  return { clips, deliveries: [...deliveries, ...copies] };
}

/** The one place where MusicAPI's clip becomes ours. */
function toClip(
  task: EndingTask,
  clip: ProviderClip,
  {
    result,
    take,
    now,
  }: { readonly result: Operation['result']; readonly take: number; readonly now: number },
): Clip {
  const { request, origin, accountId } = task;
  const isStem = result === 'stems';
  // Stems take over nothing of a request: it has only the clip.
  const asked = isStem ? undefined : request;
  // No model made what somebody brought along, and its name is theirs to give.
  const isUpload = request.operation === 'upload';
  return {
    clipId: clip.clipId,
    accountId,
    engine: request.engine,
    source: isUpload ? 'uploaded' : 'generated',
    kind: isStem ? 'stem' : 'song',
    taskId: task.id,
    parentClipId: parentOf(request)?.clipId,
    take,
    title: isStem ? clip.part || clip.title : (isUpload && request.title) || clip.title || asked?.title,
    tags: clip.tags || asked?.tags,
    lyrics: clip.lyrics || asked?.lyrics,
    prompt: asked?.prompt,
    model: isUpload ? undefined : clip.model || asked?.model,
    durationSeconds: clip.durationSeconds,
    audioUrl: clip.audioUrl,
    imageUrl: clip.imageUrl,
    ownerId: origin.userId,
    createdAt: now,
  };
}
