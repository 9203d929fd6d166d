import { acceptTask } from './accept.ts';
import { checkPlace, checkRange, getDoneClip } from './clip-checks.ts';
import type { Clip } from './clips.ts';
import type { Context } from './context.ts';
import { type CreateRequest, parseCreateRequest } from './create-request.ts';
import { badRequest } from './errors.ts';
import type { SongRequest } from './fields.ts';
import { deriveUuid } from './ids.ts';
import { joinExtension } from './joined.ts';
import { moderate } from './moderation.ts';
import type { Persona } from './personas.ts';
import { addBand, addSinger, coverSong, extendSong, remasterSong, type Shape } from './shapes.ts';
import { planTakes } from './songs.ts';
import { TASK_TYPES, type TaskRules } from './task-types.ts';
import type { Task } from './tasks.ts';

/**
 * Starts what a body of `POST /sonic/create` asks for, in any of its task types. Callers have checked the create rate.
 *
 * @throws ApiError 400 for a body that is not in order or a clip that does not fit, 403 when moderation or the balance refuses it
 */
export function startSong(context: Context, key: string, body: unknown): Task {
  const request = parseCreateRequest(body);
  const source = findSource(context, key, request);
  const persona = findPersona(context, key, request);
  const beginning = findBeginning(context, source, request);
  moderateSong(context, request);
  const dressed = { ...request, tags: request.tags ?? (persona?.styles || undefined) };
  return acceptTask(context, {
    key,
    operation: request.task_type,
    body,
    planClips: (taskId, createdAt) => {
      if (source !== undefined && beginning !== undefined) {
        const identity = { clipId: deriveUuid(taskId, 'clip', '0'), taskId, createdAt };
        return [joinExtension(beginning.clip, beginning.toS, source, identity)];
      }
      return planTakes({
        taskId,
        key,
        request: dressed,
        source,
        shape: chooseShape(request, source, persona),
        continueAtS: request.continue_at,
        lengths: context.settings.lengths,
        createdAt,
      });
    },
  });
}

/** Lets the texts of a song pass or refuses them. @throws ApiError 403 */
export function moderateSong(context: Context, request: SongRequest): void {
  const isBrief = request.custom_mode === false || request.auto_lyrics === true;
  const { gpt_description_prompt: description, prompt, tags, title } = request;
  moderate(
    {
      descriptions: [description, tags, title, isBrief ? prompt : undefined],
      lyrics: isBrief ? undefined : prompt,
    },
    context.settings.moderation,
  );
}

/** What to ask for instead, when the clip is an upload. */
const FOR_UPLOADS: Readonly<Record<string, string>> = {
  extend_music: 'Please use extend_upload_music.',
  cover_music: 'Please use cover_upload_music.',
};

function findSource(context: Context, key: string, request: CreateRequest): Clip | undefined {
  const { task_type: taskType } = request;
  const rules: TaskRules = TASK_TYPES[taskType];
  if (rules.clip === undefined) return undefined;
  const clip = getDoneClip(context, key, request.continue_clip_id, 'continue_clip_id');
  if (rules.clip === 'uploaded' && clip.origin !== 'uploaded')
    throw badRequest(`${taskType} needs an uploaded clip.`);
  if (rules.clip === 'generated' && clip.origin === 'uploaded') {
    const instead = FOR_UPLOADS[taskType] ?? '';
    throw badRequest(`${taskType} does not accept uploaded clips. ${instead}`.trim());
  }
  checkPlace(clip, 'continue_at', request.continue_at);
  checkRange(
    clip,
    { name: 'overpainting_start_s', atS: request.overpainting_start_s },
    { name: 'overpainting_end_s', atS: request.overpainting_end_s },
  );
  return clip;
}

function findPersona(context: Context, key: string, request: CreateRequest): Persona | undefined {
  if (request.task_type !== 'persona_music' || request.persona_id === undefined) return undefined;
  const persona = context.personas.getFor(key, request.persona_id);
  if (persona.taskId !== null && !context.tasks.hasSucceeded(persona.taskId))
    throw badRequest('The persona is not ready yet.');
  return persona;
}

function chooseShape(
  request: CreateRequest,
  source: Clip | undefined,
  persona: Persona | undefined,
): Shape | undefined {
  if (persona !== undefined) return (fresh) => ({ ...fresh, voice: persona.voice });
  if (source === undefined) return undefined;
  const { song } = source.audio;
  switch (request.task_type) {
    case 'extend_music':
    case 'extend_upload_music':
      return extendSong(song, request.continue_at ?? 0, request);
    case 'cover_music':
    case 'cover_upload_music':
      return coverSong(song, request);
    case 'remaster':
      return remasterSong(song, request.variation_category);
    case 'add_vocals':
      return addSinger(song, request);
    case 'add_instrumental':
      return addBand(song);
    default:
      return undefined;
  }
}

/** What comes before the extension that is to be joined: a clip up to one of its seconds. @throws ApiError 400 when the source is no extension */
function findBeginning(
  context: Context,
  source: Clip | undefined,
  request: CreateRequest,
): { readonly clip: Clip; readonly toS: number } | undefined {
  if (request.task_type !== 'concat_music') return undefined;
  if (source?.continues === undefined) throw badRequest('concat_music needs the clip of an extension.');
  const clip = context.clips.find(source.continues.clipId);
  if (clip === undefined) throw badRequest('The clip that was extended is no longer available.');
  return { clip, toS: source.continues.atS };
}
