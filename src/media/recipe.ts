/** How a song was made, as it travels in the song's own file: whoever has the file has all of it. */
import { z } from 'zod';
import { CLIP_ID_PATTERN, type Clip, isStandIn } from '../domain/clip.ts';
import {
  type ClipReference,
  DOWNLOAD_FORMATS,
  ENGINES,
  type Engine,
  OPERATION_IDS,
  type OperationId,
  type Request,
  type RequestInputs,
  VARIATIONS,
  VOCALS,
} from '../domain/request.ts';

/** Name of the frame that holds it (ID3v2: TXXX, user defined text). */
export const RECIPE_FRAME = 'ENCORE_RECIPE';

/** What is known of a song beside its sound. Nothing in it says who asked for it, or where. */
export interface Recipe {
  readonly engine: Engine;
  readonly operation: OperationId;
  /** As the provider spells it. */
  readonly model?: string | undefined;
  /** The song itself; absent where the provider gave it no id. */
  readonly clip?: ClipReference | undefined;
  /** What it was made from, and the other song of a mashup. */
  readonly parent?: ClipReference | undefined;
  readonly second?: ClipReference | undefined;
  /** What was asked for. */
  readonly inputs: RequestInputs;
  /** What came of it. */
  readonly song: SongFacts;
}

interface SongFacts {
  readonly title?: string | undefined;
  readonly tags?: string | undefined;
  readonly lyrics?: string | undefined;
  readonly prompt?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

const VERSION = 1;

/** Twice what the longest texts of every kind come to. */
const MAX_JSON_LENGTH = 64 * 1024;

const MAX = { long: 5_000, tags: 1_000, short: 200 } as const;

/** A day: no moment of a song lies behind it. */
const MAX_SECONDS = 86_400;

/** What files of strangers say of themselves: a field of the wrong kind says nothing. */
const text = (max: number) =>
  z
    .string()
    .transform((value) => cleanLines(value, max))
    .transform((value) => (value === '' ? undefined : value))
    .optional()
    .catch(undefined);
const number = (max: number) => z.number().min(0).max(max).optional().catch(undefined);
const oneOf = <const T extends readonly string[]>(values: T) => z.enum(values).optional().catch(undefined);

const REFERENCE = z.object({
  clipId: z.string().regex(CLIP_ID_PATTERN),
  engine: z.enum(ENGINES),
  source: z.enum(['generated', 'uploaded']),
});

const INPUTS = z.object({
  prompt: text(MAX.long),
  lyrics: text(MAX.long),
  tags: text(MAX.tags),
  title: text(MAX.short),
  avoid: text(MAX.tags),
  model: text(MAX.short),
  instrumental: z.boolean().optional().catch(undefined),
  vocals: oneOf(VOCALS),
  durationSeconds: number(MAX_SECONDS),
  styleWeight: number(1),
  weirdness: number(1),
  strength: number(1),
  atSeconds: number(MAX_SECONDS),
  lengthSeconds: number(MAX_SECONDS),
  fromSeconds: number(MAX_SECONDS),
  toSeconds: number(MAX_SECONDS),
  variation: oneOf(VARIATIONS),
  name: text(MAX.short),
  describe: text(MAX.tags),
  format: oneOf(DOWNLOAD_FORMATS),
} satisfies Record<keyof RequestInputs, z.ZodType>);

const RECIPE = z.object({
  encore: z.literal(VERSION),
  engine: z.enum(ENGINES),
  operation: z.enum(OPERATION_IDS),
  model: text(MAX.short),
  clip: REFERENCE.optional(),
  parent: REFERENCE.optional().catch(undefined),
  second: REFERENCE.optional().catch(undefined),
  inputs: INPUTS.catch({}),
  song: z
    .object({
      title: text(MAX.short),
      tags: text(MAX.tags),
      lyrics: text(MAX.long),
      prompt: text(MAX.long),
      durationSeconds: number(MAX_SECONDS),
    })
    .catch({}),
});

/** The recipe of a clip. Singers and attached files are left out: they belong to the person who asked. */
export function recipeOf(clip: Clip, request: Request): Recipe {
  const { operation, engine, clip: parent, secondClip, file: _file, persona: _persona, ...inputs } = request;
  const { title, tags, lyrics, prompt, durationSeconds } = clip;
  const reference = { clipId: clip.clipId, engine: clip.engine, source: clip.source };
  return {
    engine,
    operation,
    model: clip.model,
    clip: isStandIn(clip.clipId) ? undefined : reference,
    parent,
    second: secondClip,
    inputs,
    song: { title, tags, lyrics, prompt, durationSeconds },
  };
}

/** Writes a recipe, without slashes: readers of ID3v2.3 take those for the end of a text (section 4.2). */
export function formatRecipe(recipe: Recipe): string {
  return JSON.stringify({ encore: VERSION, ...recipe }).replaceAll('/', '\\u002f');
}

/**
 * Reads what a file says. Anybody can write such a thing: a text that is too long, of another version, or that names
 * an operation, an engine or an id that there cannot be is none; what else is wrong in it is left out.
 */
export function parseRecipe(json: string): Recipe | undefined {
  if (json.length > MAX_JSON_LENGTH) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { data } = RECIPE.safeParse(value);
  if (!data) return undefined;
  const { encore: _version, ...recipe } = data;
  return recipe;
}

const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;

/** Without control and direction-changing characters; at most so many code points. */
function cleanLines(value: string, max: number): string {
  const clean = value
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, '');
  return [...clean].slice(0, max).join('').trim();
}
