import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { getDoneClip } from '../clip-checks.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { checkMode, checkModel, NO_OBJECT, parseBody, refuseDuration, SONG_FIELDS } from '../fields.ts';
import { mashSongs } from '../shapes.ts';
import { planTakes } from '../songs.ts';
import { moderateSong } from '../start-song.ts';

const IDS = "The 'mashup_clip_ids' field should be an array of exactly two clip ids.";
const bodySchema = z.object(
  {
    ...SONG_FIELDS,
    mashup_clip_ids: z.tuple([z.string({ error: IDS }), z.string({ error: IDS })], { error: IDS }),
  },
  NO_OBJECT,
);

/**
 * `POST /sonic/mashup`: a new song out of two clips (docs.musicapi.ai/mashup, of which only the purpose is known; the fields are those that
 * clients of the sister service send).
 */
export function registerMashup(app: FastifyInstance, context: Context): void {
  app.post('/sonic/mashup', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    checkModel(body);
    checkMode(body, { needsWords: true });
    refuseDuration(body, 'mashup');
    const [first, second] = body.mashup_clip_ids.map((id) =>
      getDoneClip(context, key, id, 'mashup_clip_ids'),
    );
    if (first === undefined || second === undefined) throw badRequest(IDS);
    moderateSong(context, body);
    const task = acceptTask(context, {
      key,
      operation: 'mashup',
      body: request.body,
      planClips: (taskId, createdAt) =>
        planTakes({
          taskId,
          key,
          request: body,
          shape: mashSongs(first.audio.song, second.audio.song),
          lengths: context.settings.lengths,
          createdAt,
        }),
    });
    return formatStarted(task);
  });
}
