import { z } from 'zod';
import { ApiError, badRequest } from './errors.ts';
import {
  isBlank,
  NO_OBJECT,
  parseBody,
  secondsField,
  shareField,
  textField,
  WEBHOOK_FIELDS,
} from './fields.ts';

/** The one model there is. */
export const PRODUCER_MODEL = 'Lyria 3 Pro';

/**
 * Models by their names in lower case with dashes; all but the first are mapped to it in silence (docs.musicapi.ai/producer-api-overview).
 * How the first is spelt in a request is not documented, so every spelling counts.
 */
const MODELS = [
  'lyria-3-pro',
  'lyria-3-preview',
  'fuzz-3-demo',
  'fuzz-2.0-pro',
  'fuzz-2.0-raw',
  'fuzz-2.0',
  'fuzz-1.1-pro',
  'fuzz-1.1',
  'fuzz-1.0-pro',
  'fuzz-1.0',
  'fuzz-0.8',
];

/** Task types that are gone, and answered with 410. */
const RETIRED_TYPES = ['music_variation', 'swap_music_vocals', 'swap_music_sound'];

const TASK_TYPE = { error: "The 'task_type' field is invalid." };

/** Lengths of texts, except that of the title, are not documented; they are those of sonic. */
const schema = z.object(
  {
    task_type: z.enum(['create_music', 'extend_music', 'replace_music', 'cover_music'], TASK_TYPE),
    mv: z
      .string({ error: "The 'mv' field should be string." })
      .refine(
        (name) =>
          MODELS.includes(
            name
              .trim()
              .toLowerCase()
              .replace(/[\s_]+/g, '-'),
          ),
        {
          error: `The 'mv' field is invalid. The model should be '${PRODUCER_MODEL}'.`,
        },
      )
      .optional(),
    sound: textField('sound', 1000),
    lyrics: textField('lyrics', 5000),
    lyrics_text: textField('lyrics_text', 5000),
    title: textField('title', 80),
    seed: textField('seed', 100),
    cover_url: textField('cover_url', 2048),
    clip_id: textField('clip_id', 100),
    instruction: textField('instruction', 1000),
    starts_at: secondsField('starts_at'),
    starts: secondsField('starts'),
    ends_at: secondsField('ends_at'),
    ends: secondsField('ends'),
    length: z
      .number({ error: "The 'length' field should be a number of seconds." })
      .positive({ error: "The 'length' field should be greater than 0." })
      .optional(),
    strength: shareField('strength'),
    cover_strength: shareField('cover_strength'),
    ...WEBHOOK_FIELDS,
  },
  NO_OBJECT,
);

/** A body of `POST /producer/create` that is in order, with the newer name of every field. */
export interface ProducerRequest {
  readonly taskType: z.output<typeof schema>['task_type'];
  readonly sound: string | undefined;
  readonly lyrics: string | undefined;
  readonly title: string | undefined;
  readonly seed: string | undefined;
  readonly clipId: string | undefined;
  readonly instruction: string | undefined;
  /** Seconds from the start of the clip. */
  readonly startsAtS: number | undefined;
  readonly endsAtS: number | undefined;
  /** Seconds. */
  readonly lengthS: number | undefined;
  /** 0 to 1, higher is further from the original. */
  readonly strength: number;
}

/**
 * Reads a body of `POST /producer/create` (docs.musicapi.ai/producer-api-overview). Older names of fields are accepted where there is no newer one.
 * `make_instrumental`, `lyrics_strength`, `sound_strength` and `weirdness` are accepted and ignored. Which fields are required is documented for no
 * task type but `create_music`; here it is what the work cannot be done without.
 *
 * @throws ApiError 400 with the first thing that is wrong, or 410 for a task type that is gone
 */
export function parseProducerRequest(body: unknown): ProducerRequest {
  refuseRetired(body);
  const wire = parseBody(schema, body);
  const request: ProducerRequest = {
    taskType: wire.task_type,
    sound: wire.sound,
    lyrics: wire.lyrics ?? wire.lyrics_text,
    title: wire.title,
    seed: wire.seed,
    clipId: wire.clip_id,
    instruction: wire.instruction,
    startsAtS: wire.starts_at ?? wire.starts,
    endsAtS: wire.ends_at ?? wire.ends,
    lengthS: wire.length,
    strength: wire.strength ?? wire.cover_strength ?? 0.5,
  };
  if (request.taskType === 'create_music') {
    if (isBlank(request.sound) && isBlank(request.lyrics))
      throw badRequest("The 'sound' field or the 'lyrics' field is required.");
    return request;
  }
  if (isBlank(request.clipId)) throw badRequest("The 'clip_id' field is required.");
  if (request.taskType !== 'cover_music' && request.startsAtS === undefined)
    throw badRequest(`The 'starts_at' field is required for ${request.taskType}.`);
  return request;
}

function refuseRetired(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('task_type' in body)) return;
  const retired = RETIRED_TYPES.find((type) => type === body.task_type);
  if (retired !== undefined) throw new ApiError(410, `The task type '${retired}' is no longer supported.`);
}
