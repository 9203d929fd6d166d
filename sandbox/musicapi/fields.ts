import { z } from 'zod';
import { badRequest } from './errors.ts';

/** The models that the provider lists since September 2026. */
const MODELS = ['sonic-v6', 'sonic-v6-wild', 'sonic-v6-mini'] as const;
/**
 * Retired upstream on 9 September 2026 and mapped to v6 since, so that they are accepted. Clips name the model that was asked for, as
 * live answers did. `sonic-v4-5-all`, which one page lists, was refused live.
 */
const RETIRED_MODELS = [
  'sonic-v5-5',
  'sonic-v5',
  'sonic-v4-5-plus',
  'sonic-v4-5',
  'sonic-v4',
  'sonic-v3-5',
] as const;

/** Ids that carry the shorter texts of their time: 3,000 characters of prompt and 200 of tags (docs.musicapi.ai/sonic-instructions). */
const SHORT_MODELS: readonly string[] = ['sonic-v4', 'sonic-v3-5'];

const MODEL_ERROR = `The 'mv' field is invalid. The model should be ${MODELS.map((model) => `'${model}'`).join(' or ')}.`;

/** What is answered to a body that is no JSON object. */
export const NO_OBJECT = { error: 'The request body should be a JSON object.' };

/**
 * A text that may be left out. The documentation counts "characters" and does not say which: here they are what people count, code points.
 */
export function textField(name: string, max: number) {
  return z
    .string({ error: `The '${name}' field should be string.` })
    .refine((value) => [...value].length <= max, { error: tooLong(name, max) })
    .optional();
}

/** A boolean that may be left out. */
export function flagField(name: string) {
  return z.boolean({ error: `The '${name}' field should be boolean.` }).optional();
}

/** A number between 0 and 1 that may be left out. */
export function shareField(name: string) {
  const error = `The '${name}' field should be a number between 0 and 1.`;
  return z.number({ error }).min(0, { error }).max(1, { error }).optional();
}

/** Seconds from 0 on that may be left out. */
export function secondsField(name: string) {
  const error = `The '${name}' field should be a number of seconds, 0 or more.`;
  return z.number({ error }).min(0, { error }).optional();
}

/** The address that a task is reported to, and what signs the report (docs.musicapi.ai/webhook-guide). */
export const WEBHOOK_FIELDS = {
  webhook_url: textField('webhook_url', 1024),
  webhook_secret: textField('webhook_secret', 1024),
};

const DURATION = "The 'duration' field should be an integer between 10 and 360.";

/** The place where an extension goes on, in seconds. */
export const CONTINUE_AT = z
  .number({ error: "The 'continue_at' field should be a number." })
  .positive({ error: "The 'continue_at' field should be greater than 0." })
  .optional();

/** Fields that every request for a sonic song may have. */
export const SONG_FIELDS = {
  mv: z.enum([...MODELS, ...RETIRED_MODELS], { error: MODEL_ERROR }).optional(),
  custom_mode: flagField('custom_mode'),
  use_suno_cdn: flagField('use_suno_cdn'),
  prompt: textField('prompt', 5000),
  gpt_description_prompt: textField('gpt_description_prompt', 400),
  title: textField('title', 80),
  tags: textField('tags', 1000),
  // Its limit is not documented; it is taken for that of the tags.
  negative_tags: textField('negative_tags', 1000),
  make_instrumental: flagField('make_instrumental'),
  auto_lyrics: flagField('auto_lyrics'),
  vocal_gender: z.enum(['f', 'm'], { error: "The 'vocal_gender' field should be 'f' or 'm'." }).optional(),
  style_weight: shareField('style_weight'),
  weirdness_constraint: shareField('weirdness_constraint'),
  audio_weight: shareField('audio_weight'),
  duration: z.int({ error: DURATION }).min(10, { error: DURATION }).max(360, { error: DURATION }).optional(),
  ...WEBHOOK_FIELDS,
};

const songSchema = z.object(SONG_FIELDS);

/** What is common to every request for a sonic song. */
export type SongRequest = z.output<typeof songSchema>;

/** Reads a body. @throws ApiError 400 with the first thing that is wrong */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw badRequest(parsed.error.issues[0]?.message ?? 'The request body is invalid.');
  return parsed.data;
}

/** Whether a text says nothing. */
export function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

/** Checks that there is a model, and the lengths that the older ones have. @throws ApiError 400 */
export function checkModel(request: SongRequest): void {
  if (request.mv === undefined) throw badRequest(MODEL_ERROR);
  if (!SHORT_MODELS.includes(request.mv)) return;
  checkLength('prompt', request.prompt, 3000);
  checkLength('tags', request.tags, 200);
}

function checkLength(name: string, value: string | undefined, max: number): void {
  if (value !== undefined && [...value].length > max) throw badRequest(tooLong(name, max));
}

function tooLong(name: string, max: number): string {
  return `The ${name} character length should be less than ${max}.`;
}

/** Where the words of a song may come from, when a request leaves them out. */
export interface ModeRules {
  /** Nothing but the request has words: it names lyrics, a brief or a description, or wants an instrumental. */
  readonly needsWords: boolean;
}

/**
 * Checks the mode and the text that it needs: a description, lyrics, or a brief for lyrics. An instrumental needs no lyrics, and an
 * extension or cover has the clip's own: the table of required parameters does not list `prompt` for them.
 * That table asks every such request for `custom_mode`; two guides leave it out, and the stricter of the two holds here.
 *
 * @throws ApiError 400
 */
export function checkMode(request: SongRequest, rules: ModeRules): void {
  if (request.custom_mode === undefined)
    throw badRequest("The 'custom_mode' field is required and should be boolean.");
  if (request.auto_lyrics === true && !request.custom_mode) {
    throw badRequest("The 'auto_lyrics' field requires 'custom_mode' to be true.");
  }
  if (!request.custom_mode && isBlank(request.gpt_description_prompt)) {
    throw badRequest("The 'gpt_description_prompt' field is required when 'custom_mode' is false.");
  }
  const wordless = request.make_instrumental === true && request.auto_lyrics !== true;
  if (request.custom_mode && rules.needsWords && !wordless && isBlank(request.prompt)) {
    throw badRequest("The 'prompt' field is required when 'custom_mode' is true.");
  }
}

/** Refuses a `duration` where none is taken (documentation of the sister service). @throws ApiError 400 */
export function refuseDuration(request: SongRequest, operation: string): void {
  if (request.duration === undefined) return;
  throw badRequest(`The 'duration' field is not supported for ${operation}.`);
}
