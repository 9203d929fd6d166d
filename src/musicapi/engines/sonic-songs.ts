/**
 * The bodies of the sonic requests that make music. Field names are those of `POST /sonic/create` unless another page is
 * named.
 *
 * @see {@link https://docs.musicapi.ai/sonic-instructions}
 * @see {@link https://docs.musicapi.ai/concat-music} for all task types
 * @see {@link https://docs.musicapi.ai/special-scenarios} for clips that were uploaded
 */
import type { OperationId, Request } from '../../domain/request.ts';
import { filled, textModeOf } from '../mode.ts';
import type { Body, BodyBuilder, SentModel } from './body.ts';

/** Operations of sonic that answer with a task of clips made anew. */
export type SonicSong = Extract<
  OperationId,
  | 'create'
  | 'extend'
  | 'cover'
  | 'concat'
  | 'remaster'
  | 'replace'
  | 'add-vocals'
  | 'add-instrumental'
  | 'mashup'
  | 'sample'
  | 'persona-song'
  | 'upload-extend'
  | 'upload-cover'
>;

/** Where an upload goes on when nobody says where: its very beginning (docs.musicapi.ai/special-scenarios). */
const UPLOAD_START_SECONDS = 0.1;

/**
 * Descriptions for requests without words of a person, where there are no lyrics of a clip to fall back on. The pages
 * of these endpoints are known by their field names only; a request in the mode `custom_mode: false` with its
 * description has all that any of them can require, while `custom_mode: true` without a `prompt` may be refused.
 */
const STOCK = {
  mashup: 'A mashup of both songs: their melodies and moods in one new song.',
  sample: 'A full song built on this sample.',
  extend: 'The recording goes on in the same style and mood.',
  cover: 'A new version of this recording with the same melody.',
} as const;

/** One builder for each; what it leaves undefined is not sent. */
export const SONIC_SONGS: Readonly<Record<SonicSong, BodyBuilder>> = {
  create: (request, model) => ({
    task_type: 'create_music',
    ...baseFields(model),
    ...wordFields(request),
    make_instrumental: request.instrumental,
    vocal_gender: request.vocals && GENDERS[request.vocals],
    duration: request.durationSeconds,
    negative_tags: filled(request.avoid),
    style_weight: request.styleWeight,
    weirdness_constraint: request.weirdness,
  }),

  extend: (request, model) => ({
    task_type: request.clip?.source === 'uploaded' ? 'extend_upload_music' : 'extend_music',
    ...baseFields(model),
    ...wordFields(request),
    continue_clip_id: request.clip?.clipId,
    continue_at: request.atSeconds,
  }),

  cover: (request, model) => ({
    task_type: request.clip?.source === 'uploaded' ? 'cover_upload_music' : 'cover_music',
    ...baseFields(model),
    ...wordFields(request),
    continue_clip_id: request.clip?.clipId,
    audio_weight: audioWeightOf(request),
  }),

  /** Without a model: the only task type that takes none. */
  concat: ({ clip }) => ({
    task_type: 'concat_music',
    use_suno_cdn: false,
    continue_clip_id: clip?.clipId,
  }),

  remaster: ({ clip, variation }, model) => ({
    task_type: 'remaster',
    ...baseFields(model),
    continue_clip_id: clip?.clipId,
    variation_category: variation,
  }),

  'add-vocals': (request, model) => ({
    task_type: 'add_vocals',
    ...baseFields(model),
    ...overpaintingFields(request),
    prompt: filled(request.lyrics),
  }),

  'add-instrumental': (request, model) => ({
    task_type: 'add_instrumental',
    ...baseFields(model),
    ...overpaintingFields(request),
  }),

  'persona-song': (request, model) => ({
    task_type: 'persona_music',
    ...baseFields(model),
    ...wordFields(request),
    persona_id: request.persona?.personaId,
  }),

  /**
   * musicapi.ai/replace-section-api sends what the part is to be like in `prompt` and nothing else; the reference page
   * takes `prompt` for lyrics and adds `infill_lyrics` for the new ones. So `prompt` is always there, for lyrics alone
   * the lyrics themselves: that is refused in neither reading. Nobody wants the part alone, so the whole song is asked
   * for; only the documentation of a service with the same pages has `auto_concat` here.
   */
  replace: (request, model) => ({
    ...baseFields(model),
    clip_id: request.clip?.clipId,
    infill_start_s: request.fromSeconds,
    infill_end_s: request.toSeconds,
    prompt: filled(request.prompt) ?? filled(request.lyrics),
    infill_lyrics: filled(request.lyrics),
    auto_concat: true,
  }),

  /** docs.musicapi.ai/mashup; the fields are those of clients of a service with the same pages. */
  mashup: (request, model) => ({
    ...baseFields(model),
    ...wordFields(request, STOCK.mashup),
    mashup_clip_ids: [request.clip, request.secondClip].flatMap((clip) => clip?.clipId ?? []),
  }),

  /** docs.musicapi.ai/sample-this-song. */
  sample: (request, model) => ({
    ...baseFields(model),
    ...wordFields(request, STOCK.sample),
    sample_clip_id: request.clip?.clipId,
    url: request.clip ? undefined : request.file?.url,
    chop_sample_start_s: request.fromSeconds,
    chop_sample_end_s: request.toSeconds,
  }),

  /** docs.musicapi.ai/upload-extend-music. Joined to the whole it would come in pairs, which no page describes. */
  'upload-extend': (request, model) => ({
    ...baseFields(model),
    ...wordFields(request, STOCK.extend),
    url: request.file?.url,
    continue_at: request.atSeconds ?? UPLOAD_START_SECONDS,
    auto_concat: false,
  }),

  /** docs.musicapi.ai/upload-cover-music. */
  'upload-cover': (request, model) => ({
    ...baseFields(model),
    ...wordFields(request, STOCK.cover),
    url: request.file?.url,
    audio_weight: audioWeightOf(request),
  }),
};

const GENDERS = { female: 'f', male: 'm' } as const;

/** The schema of `POST /sonic/create` requires `use_suno_cdn`, and no value was seen to change the host. */
function baseFields(model: SentModel) {
  return { mv: model.id, use_suno_cdn: false };
}

/**
 * Words by the mode that they are read in, with tags and title beside them.
 *
 * @param stock - description where the request has no words and the clip has none of its own
 */
function wordFields(request: Request, stock?: string): Body {
  return { ...modeFields(request, stock), tags: filled(request.tags), title: filled(request.title) };
}

function modeFields(request: Request, stock: string | undefined): Body {
  const mode = textModeOf(request);
  switch (mode) {
    case 'description':
      return { custom_mode: false, gpt_description_prompt: filled(request.prompt) };
    case 'brief':
      return { custom_mode: true, auto_lyrics: true, prompt: filled(request.prompt) };
    case 'lyrics':
      return { custom_mode: true, prompt: filled(request.lyrics) };
    case 'own':
      return stock ? { custom_mode: false, gpt_description_prompt: stock } : { custom_mode: true };
    default:
      return mode satisfies never;
  }
}

function overpaintingFields({ clip, tags, fromSeconds, toSeconds }: Request): Body {
  return {
    continue_clip_id: clip?.clipId,
    tags: filled(tags),
    overpainting_start_s: fromSeconds,
    overpainting_end_s: toSeconds,
  };
}

/** Ours says how far from the original, MusicAPI's how close; rounded, because 1 - 0.7 is 0.30000000000000004. */
function audioWeightOf({ strength }: Request): number | undefined {
  return strength === undefined ? undefined : Math.round((1 - strength) * 1e6) / 1e6;
}
