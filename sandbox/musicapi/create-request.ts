import { z } from 'zod';
import { badRequest } from './errors.ts';
import {
  CONTINUE_AT,
  checkMode,
  checkModel,
  isBlank,
  NO_OBJECT,
  parseBody,
  refuseDuration,
  SONG_FIELDS,
  secondsField,
  textField,
} from './fields.ts';
import { TASK_TYPE_NAMES, TASK_TYPES, type TaskRules } from './task-types.ts';

const VARIATION = "The 'variation_category' field should be 'subtle' or 'normal' or 'high'.";

const bodySchema = z.object(
  {
    task_type: z
      .enum(TASK_TYPE_NAMES, { error: "The 'task_type' field is invalid." })
      .default('create_music'),
    ...SONG_FIELDS,
    continue_clip_id: textField('continue_clip_id', 100),
    continue_at: CONTINUE_AT,
    persona_id: textField('persona_id', 100),
    // Documented for sonic-v5 only; what v6 makes of it is not documented, so it is accepted everywhere.
    variation_category: z.enum(['subtle', 'normal', 'high'], { error: VARIATION }).optional(),
    overpainting_start_s: secondsField('overpainting_start_s'),
    overpainting_end_s: secondsField('overpainting_end_s'),
  },
  NO_OBJECT,
);

/** A body of `POST /sonic/create` that is in order. */
export type CreateRequest = z.output<typeof bodySchema>;

/**
 * Reads a create body as strictly as the provider documents it.
 *
 * @throws ApiError 400 with the first thing that is wrong; wordings are the documented ones where there are any
 */
export function parseCreateRequest(body: unknown): CreateRequest {
  const request = parseBody(bodySchema, body);
  const rules: TaskRules = TASK_TYPES[request.task_type];
  // A concat takes no model (docs.musicapi.ai/concat-music).
  if (rules.clip !== 'extension' || request.mv !== undefined) checkModel(request);
  if (rules.hasMode) checkMode(request, { needsWords: rules.clip === undefined });
  for (const name of rules.required) {
    const value = request[name];
    const isMissing = typeof value === 'string' ? isBlank(value) : value === undefined;
    if (isMissing) throw badRequest(`The '${name}' field is required for ${request.task_type}.`);
  }
  if (!rules.takesDuration) refuseDuration(request, request.task_type);
  return request;
}
