/** What MusicAPI's pages allow in a body, written down from them once more: the catalogue is tested against this. */
import { z } from 'zod';

/** A text with something in it, of at most so many code points. */
function text(max: number, min = 1) {
  return z.string().refine((value) => {
    const { length } = [...value.trim()];
    return length >= min && length <= max && value.trim() === value;
  }, `a text of ${min} to ${max} characters`);
}

type Fields = Readonly<Record<string, unknown>>;

const id = z.string().min(1);
const share = z.number().min(0).max(1);
const seconds = z.number().min(0);
const after = z.number().positive();
const url = z.string().startsWith('https://');

/** Fields that stand in every body of `POST /sonic/create` but that of concat. */
const BASE = { mv: z.enum(['sonic-v6', 'sonic-v6-wild', 'sonic-v6-mini']), use_suno_cdn: z.literal(false) };

/** The words of a song in each mode, with what the mode requires. */
const DESCRIPTION = { custom_mode: z.literal(false), gpt_description_prompt: text(400) };
const BRIEF = { custom_mode: z.literal(true), auto_lyrics: z.literal(true), prompt: text(5_000) };
const LYRICS = { custom_mode: z.literal(true), prompt: text(5_000) };
/** Extensions and covers of a clip fall back on the lyrics of the clip. */
const OWN = { custom_mode: z.literal(true) };
const STYLE = { tags: text(1_000).optional(), title: text(80).optional() };

function song(shape: z.ZodRawShape, ...modes: z.ZodRawShape[]) {
  return z.union(modes.map((mode) => z.strictObject({ ...BASE, ...STYLE, ...mode, ...shape })));
}

const TUNING = {
  make_instrumental: z.boolean().optional(),
  vocal_gender: z.enum(['f', 'm']).optional(),
  duration: z.int().min(10).max(360).optional(),
  negative_tags: text(1_000).optional(),
  style_weight: share.optional(),
  weirdness_constraint: share.optional(),
};

const ON_CLIP = { continue_clip_id: id };
const AT = { continue_at: after };
const WEIGHT = { audio_weight: share.optional() };

function range(start: string, end: string) {
  return (body: Fields) => {
    const [from, to] = [body[start], body[end]];
    return typeof from !== 'number' || typeof to !== 'number' || from < to;
  };
}

const overpainting = {
  ...BASE,
  ...ON_CLIP,
  tags: text(1_000).optional(),
  overpainting_start_s: seconds.optional(),
  overpainting_end_s: seconds.optional(),
};
const isOverpainted = range('overpainting_start_s', 'overpainting_end_s');

/** Bodies of `POST /sonic/create` by task type (docs.musicapi.ai/concat-music, special-scenarios). */
const SONIC_CREATE: Readonly<Record<string, z.ZodType>> = {
  create_music: song({ task_type: id, ...TUNING }, DESCRIPTION, BRIEF, LYRICS),
  extend_music: song({ task_type: id, ...ON_CLIP, ...AT }, DESCRIPTION, LYRICS, OWN),
  extend_upload_music: song({ task_type: id, ...ON_CLIP, ...AT }, DESCRIPTION, LYRICS, OWN),
  cover_music: song({ task_type: id, ...ON_CLIP, ...WEIGHT }, DESCRIPTION, LYRICS, OWN),
  cover_upload_music: song({ task_type: id, ...ON_CLIP, ...WEIGHT }, DESCRIPTION, LYRICS, OWN),
  concat_music: z.strictObject({ task_type: id, use_suno_cdn: z.literal(false), ...ON_CLIP }),
  persona_music: song({ task_type: id, persona_id: id }, DESCRIPTION, LYRICS),
  remaster: z.strictObject({
    task_type: id,
    ...BASE,
    ...ON_CLIP,
    variation_category: z.enum(['subtle', 'normal', 'high']).optional(),
  }),
  add_vocals: z.strictObject({ task_type: id, ...overpainting, prompt: text(5_000) }).refine(isOverpainted),
  add_instrumental: z.strictObject({ task_type: id, ...overpainting }).refine(isOverpainted),
};

/** docs.musicapi.ai/producer-api-overview; lengths are not documented. */
const PRODUCER_CREATE: Readonly<Record<string, z.ZodType>> = {
  create_music: z
    .strictObject({
      task_type: id,
      sound: text(1_000).optional(),
      lyrics: text(5_000).optional(),
      title: text(80).optional(),
    })
    .refine(({ sound, lyrics }) => sound !== undefined || lyrics !== undefined),
  extend_music: z.strictObject({
    task_type: id,
    clip_id: id,
    starts_at: after,
    instruction: text(1_000),
    lyrics: text(5_000).optional(),
    length: after.optional(),
  }),
  replace_music: z
    .strictObject({
      task_type: id,
      clip_id: id,
      starts_at: seconds,
      ends_at: seconds,
      instruction: text(1_000),
    })
    .refine(range('starts_at', 'ends_at')),
  cover_music: z.strictObject({
    task_type: id,
    clip_id: id,
    instruction: text(1_000),
    strength: share.optional(),
  }),
};

const words = z.array(id).min(1).max(5).optional();

/** docs.musicapi.ai/create-nuro-music, create-nuro-bgm. */
const NURO_CREATE: Readonly<Record<string, z.ZodType>> = {
  vocal: z.strictObject({
    type: id,
    lyrics: text(2_000, 300),
    gender: z.enum(['Female', 'Male']).optional(),
    genre: id.optional(),
    mood: id.optional(),
    timbre: id.optional(),
    duration: z.number().min(30).max(240).optional(),
  }),
  bgm: z.union([
    z.strictObject({
      type: id,
      version: z.literal('v2.0'),
      description: text(199),
      duration: z.number().min(30).max(120),
    }),
    z.strictObject({
      type: id,
      description: text(199),
      genre: words,
      mood: words,
      instrument: words,
      theme: words,
      duration: z.number().min(1).max(60),
    }),
  ]),
};

const onClip = z.strictObject({ clip_id: id });

const ELSEWHERE: Readonly<Record<string, z.ZodType>> = {
  '/sonic/upload-extend': song({ url, ...AT, auto_concat: z.literal(false) }, DESCRIPTION, LYRICS),
  '/sonic/upload-cover': song({ url, ...WEIGHT }, DESCRIPTION, LYRICS),
  '/sonic/mashup': song({ mashup_clip_ids: z.tuple([id, id]).refine(([a, b]) => a !== b) }, DESCRIPTION),
  '/sonic/sample': song(
    {
      url: url.optional(),
      sample_clip_id: id.optional(),
      chop_sample_start_s: seconds.optional(),
      chop_sample_end_s: seconds.optional(),
    },
    DESCRIPTION,
  )
    .refine((body: Fields) => Boolean(body.url) !== Boolean(body.sample_clip_id))
    .refine(range('chop_sample_start_s', 'chop_sample_end_s')),
  '/sonic/replace-section': z
    .strictObject({
      ...BASE,
      clip_id: id,
      infill_start_s: seconds,
      infill_end_s: seconds,
      prompt: text(5_000),
      infill_lyrics: text(5_000).optional(),
      auto_concat: z.literal(true),
    })
    .refine(range('infill_start_s', 'infill_end_s')),
  '/sonic/stems/basic': onClip,
  '/sonic/stems/full': onClip,
  '/sonic/upload': z.strictObject({ url }),
  '/sonic/persona': z.strictObject({ name: text(79), clip_id: id, describe: text(200).optional() }),
  '/sonic/create-voice': z.strictObject({ audio_url: url }),
  '/sonic/lyrics': z.strictObject({ description: text(200) }),
  '/sonic/upsample-tags': z.strictObject({ tags: text(1_000) }),
  '/sonic/wav': onClip,
  '/sonic/download': z.strictObject({
    clip_id: id,
    formats: z.array(z.enum(['mp3', 'm4a', 'wav'])).length(1),
  }),
  '/sonic/midi': onClip,
  '/sonic/aligned-lyrics': onClip,
  '/sonic/bpm': onClip,
  '/sonic/vox': z
    .strictObject({ clip_id: id, vocal_start_s: seconds.optional(), vocal_end_s: seconds.optional() })
    .refine(range('vocal_start_s', 'vocal_end_s'))
    .refine(({ vocal_start_s: start, vocal_end_s: end }) => {
      return end === undefined || (start !== undefined && end - start <= 30);
    }),
  '/producer/upload': z.strictObject({ audio_url: url }),
  '/producer/download': z.strictObject({ clip_id: id, format: z.enum(['mp3', 'wav']) }),
};

/** What the pages have against a body; undefined where they take it. */
export function findObjection(path: string, body: Fields): string | undefined {
  const schema = chooseSchema(path, body);
  if (!schema) return `no page knows ${path} ${JSON.stringify(body.task_type ?? body.type)}`;
  const result = schema.safeParse(body);
  return result.success ? undefined : `${path} ${JSON.stringify(body)}: ${z.prettifyError(result.error)}`;
}

function chooseSchema(path: string, body: Fields): z.ZodType | undefined {
  if (path === '/sonic/create') return SONIC_CREATE[String(body.task_type)];
  if (path === '/producer/create') return PRODUCER_CREATE[String(body.task_type)];
  if (path === '/nuro/create') return NURO_CREATE[String(body.type)];
  return ELSEWHERE[path];
}
