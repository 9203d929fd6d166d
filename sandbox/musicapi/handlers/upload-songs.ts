import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { checkPlace } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import {
  CONTINUE_AT,
  checkMode,
  checkModel,
  flagField,
  NO_OBJECT,
  parseBody,
  SONG_FIELDS,
  textField,
} from '../fields.ts';
import { joinExtension } from '../joined.ts';
import { planWithWholes } from '../pairs.ts';
import { coverSong, extendSong } from '../shapes.ts';
import { planTakes, type SongOrder } from '../songs.ts';
import { moderateSong } from '../start-song.ts';
import { fetchUpload } from '../uploads.ts';

const coverSchema = z.object({ ...SONG_FIELDS, url: textField('url', 2048) }, NO_OBJECT);
const extendSchema = z.object(
  { ...coverSchema.shape, continue_at: CONTINUE_AT, auto_concat: flagField('auto_concat') },
  NO_OBJECT,
);

/**
 * `POST /sonic/upload-extend` and `POST /sonic/upload-cover`: an upload and what follows from it in one request
 * (docs.musicapi.ai/upload-extend-music and /upload-cover-music, of which only the names of the fields are known). Which fields are
 * required follows the task types for uploads of `POST /sonic/create`.
 */
export function registerUploadSongs(app: FastifyInstance, context: Context): void {
  app.post('/sonic/upload-extend', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(extendSchema, request.body);
    checkModel(body);
    checkMode(body, { needsWords: false });
    const { continue_at: atS } = body;
    if (atS === undefined) throw badRequest("The 'continue_at' field is required for upload-extend.");
    moderateSong(context, body);
    const source = await receive(context, key, body.url);
    checkPlace(source, 'continue_at', atS);
    context.accounts.checkCreateRate(key, context.clock.now());
    const joins = body.auto_concat === true;
    const isPaired = joins && context.settings.autoConcat === 'paired';
    const task = acceptTask(context, {
      key,
      operation: 'upload-extend',
      body: request.body,
      ...(isPaired && { pairedAs: 'extended' }),
      planClips: (taskId, createdAt) => {
        const order: SongOrder = {
          taskId,
          key,
          request: body,
          source,
          shape: extendSong(source.audio.song, atS, body),
          continueAtS: atS,
          lengths: context.settings.lengths,
          createdAt,
        };
        if (!joins) return planTakes(order);
        return planWithWholes(order, isPaired, (part, identity) =>
          joinExtension(source, atS, part, identity),
        );
      },
    });
    return formatStarted(task);
  });

  app.post('/sonic/upload-cover', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(coverSchema, request.body);
    checkModel(body);
    checkMode(body, { needsWords: false });
    moderateSong(context, body);
    const source = await receive(context, key, body.url);
    context.accounts.checkCreateRate(key, context.clock.now());
    const task = acceptTask(context, {
      key,
      operation: 'upload-cover',
      body: request.body,
      planClips: (taskId, createdAt) =>
        planTakes({
          taskId,
          key,
          request: body,
          source,
          shape: coverSong(source.audio.song, body),
          lengths: context.settings.lengths,
          createdAt,
        }),
    });
    return formatStarted(task);
  });
}

/** Fetches what an address holds and makes it a clip, which the answer does not name. */
async function receive(context: Context, key: string, url: string | undefined): Promise<Clip> {
  const file = await fetchUpload(url, 'url');
  return context.clips.getFor(key, context.clips.addForeign({ key, uploaded: true, title: 'Upload', file }));
}
