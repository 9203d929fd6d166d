import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkFresh, getDoneClip } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { NO_OBJECT, parseBody, secondsField, textField } from '../fields.ts';
import { deriveUuid } from '../ids.ts';
import { moderate } from '../moderation.ts';
import { chargeTool } from '../tool.ts';

const NAME = { error: "The 'name' field is required." };
/** A name is shorter than this (docs.musicapi.ai/error-handling: "name under 80"). */
const NAME_LIMIT = 80;

const bodySchema = z.object(
  {
    name: z
      .string(NAME)
      .refine((name) => name.trim() !== '', NAME)
      .refine((name) => [...name].length < NAME_LIMIT, {
        error: `The name character length should be less than ${NAME_LIMIT}.`,
      }),
    clip_id: z.string().optional(),
    // The limits of these two are not documented; they are taken for that of the older `description` and of tags.
    describe: textField('describe', 200),
    styles: textField('styles', 1000),
    continue_clip_id: z.string().optional(),
    description: textField('description', 200),
    vox_audio_id: z.string().optional(),
    vocal_start_s: secondsField('vocal_start_s'),
    vocal_end_s: secondsField('vocal_end_s'),
  },
  NO_OBJECT,
);

type PersonaRequest = z.output<typeof bodySchema>;

/**
 * `POST /sonic/persona`: makes a singer of a clip of the last 24 hours, generated or uploaded. Both generations of fields are understood: `clip_id`,
 * `describe` and `styles` (docs.musicapi.ai/special-scenarios), and `continue_clip_id` and `description` (docs.musicapi.ai/create-persona).
 * A voice that is named has to be one of this clip, with the very range that it was taken from.
 */
export function registerPersona(app: FastifyInstance, context: Context): void {
  let count = 0;
  app.post('/sonic/persona', async (request) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    const clip = getDoneClip(context, key, body.clip_id ?? body.continue_clip_id, 'clip_id');
    checkFresh(context, clip);
    checkVoice(context, clip, body);
    const described = body.describe ?? body.description;
    moderate({ descriptions: [body.name, described, body.styles] }, context.settings.moderation);
    chargeTool(context, key, 'persona');
    count += 1;
    const personaId = deriveUuid(context.settings.seed, 'persona', String(count));
    context.personas.add({
      personaId,
      key,
      name: body.name,
      styles: body.styles ?? described ?? clip.tags,
      voice: clip.audio.song.voice,
      taskId: null,
    });
    return { code: 200, persona_id: personaId, message: 'success' };
  });
}

function checkVoice(context: Context, clip: Clip, body: PersonaRequest): void {
  if (body.vox_audio_id === undefined) return;
  const voice = context.voices.get(body.vox_audio_id);
  if (voice === undefined || voice.clipId !== clip.clipId) throw badRequest('vox audio not found.');
  if (voice.startS !== body.vocal_start_s || voice.endS !== body.vocal_end_s)
    throw badRequest("The 'vocal_start_s' and 'vocal_end_s' fields should match the vox audio.");
}
