import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { checkRange, getDoneClip } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import {
  checkModel,
  flagField,
  isBlank,
  NO_OBJECT,
  parseBody,
  refuseDuration,
  SONG_FIELDS,
  type SongRequest,
  secondsField,
  textField,
} from '../fields.ts';
import { joinReplacement } from '../joined.ts';
import { planWithWholes } from '../pairs.ts';
import { refillSong } from '../shapes.ts';
import { planTakes, type SongOrder } from '../songs.ts';
import { moderateSong } from '../start-song.ts';

const bodySchema = z.object(
  {
    ...SONG_FIELDS,
    clip_id: textField('clip_id', 100),
    infill_start_s: secondsField('infill_start_s'),
    infill_end_s: secondsField('infill_end_s'),
    infill_lyrics: textField('infill_lyrics', 5000),
    auto_concat: flagField('auto_concat'),
  },
  NO_OBJECT,
);
type ReplaceRequest = z.output<typeof bodySchema>;

/**
 * `POST /sonic/replace-section`: a new part for a place in a clip (musicapi.ai/replace-section-api). The feature page sends a style sentence in
 * `prompt` and no `infill_lyrics`, the reference takes `prompt` for the original lyrics: both are accepted, and one of the two texts is required.
 * Without `auto_concat` the new part alone is the result, as with an extension; what MusicAPI does is not documented.
 */
export function registerReplaceSection(app: FastifyInstance, context: Context): void {
  app.post('/sonic/replace-section', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    checkModel(body);
    refuseDuration(body, 'replace-section');
    const source = getDoneClip(context, key, body.clip_id, 'clip_id');
    const { fromS, toS } = findPlace(source, body);
    if (isBlank(body.prompt) && isBlank(body.infill_lyrics))
      throw badRequest("The 'prompt' field is required when there are no 'infill_lyrics'.");
    const song = describePart(source, body);
    moderateSong(context, song);
    const joins = body.auto_concat === true;
    const isPaired = joins && context.settings.autoConcat === 'paired';
    const task = acceptTask(context, {
      key,
      operation: 'replace-section',
      body: request.body,
      ...(isPaired && { pairedAs: 'replaced' }),
      planClips: (taskId, createdAt) => {
        const order: SongOrder = {
          taskId,
          key,
          request: song,
          source,
          shape: refillSong(source.audio.song, fromS, toS, body),
          lengths: context.settings.lengths,
          createdAt,
        };
        if (!joins) return planTakes(order);
        return planWithWholes(order, isPaired, (part, identity) =>
          joinReplacement(source, fromS, toS, part, identity),
        );
      },
    });
    return formatStarted(task);
  });
}

function findPlace(source: Clip, body: ReplaceRequest): { readonly fromS: number; readonly toS: number } {
  for (const name of ['infill_start_s', 'infill_end_s'] as const) {
    if (body[name] === undefined) throw badRequest(`The '${name}' field is required.`);
  }
  return checkRange(
    source,
    { name: 'infill_start_s', atS: body.infill_start_s },
    { name: 'infill_end_s', atS: body.infill_end_s },
  );
}

/** The new part as a song of its own: it sings the new lyrics, else something about the prompt; an instrumental stays one. */
function describePart(source: Clip, body: ReplaceRequest): SongRequest {
  const tags = body.tags ?? source.tags;
  const { infill_lyrics: lyrics, prompt } = body;
  if (!isBlank(lyrics)) return { ...body, tags, custom_mode: true, auto_lyrics: false, prompt: lyrics };
  return {
    ...body,
    tags,
    custom_mode: false,
    prompt: undefined,
    gpt_description_prompt: prompt,
    make_instrumental: source.audio.song.instrumental,
  };
}
