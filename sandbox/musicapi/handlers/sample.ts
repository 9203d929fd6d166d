import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptTask, admitCreate, formatStarted } from '../accept.ts';
import { checkRange, getDoneClip } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import {
  checkMode,
  checkModel,
  isBlank,
  NO_OBJECT,
  parseBody,
  refuseDuration,
  SONG_FIELDS,
  secondsField,
  textField,
} from '../fields.ts';
import { sampleSong } from '../shapes.ts';
import { planTakes } from '../songs.ts';
import { moderateSong } from '../start-song.ts';
import { fetchUpload } from '../uploads.ts';

const bodySchema = z.object(
  {
    ...SONG_FIELDS,
    url: textField('url', 2048),
    sample_clip_id: textField('sample_clip_id', 100),
    chop_sample_start_s: secondsField('chop_sample_start_s'),
    chop_sample_end_s: secondsField('chop_sample_end_s'),
  },
  NO_OBJECT,
);
type SampleRequest = z.output<typeof bodySchema>;

/**
 * `POST /sonic/sample`: a new song out of a part of a clip or of an address (docs.musicapi.ai/sample-this-song, of which only the names of
 * the fields are known). What is required is ours: one source, and the words that a new song needs; without times all of it is used.
 */
export function registerSample(app: FastifyInstance, context: Context): void {
  app.post('/sonic/sample', async (request) => {
    const key = admitCreate(context, request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    checkModel(body);
    checkMode(body, { needsWords: true });
    refuseDuration(body, 'sample');
    moderateSong(context, body);
    const source = await findSource(context, key, body);
    const { fromS } = checkRange(
      source,
      { name: 'chop_sample_start_s', atS: body.chop_sample_start_s },
      { name: 'chop_sample_end_s', atS: body.chop_sample_end_s },
    );
    context.accounts.checkCreateRate(key, context.clock.now());
    const task = acceptTask(context, {
      key,
      operation: 'sample',
      body: request.body,
      planClips: (taskId, createdAt) =>
        planTakes({
          taskId,
          key,
          request: body,
          shape: sampleSong(source.audio.song, fromS),
          lengths: context.settings.lengths,
          createdAt,
        }),
    });
    return formatStarted(task);
  });
}

async function findSource(context: Context, key: string, body: SampleRequest): Promise<Clip> {
  const { sample_clip_id: clipId, url } = body;
  if (isBlank(clipId) === isBlank(url))
    throw badRequest("Exactly one of the fields 'sample_clip_id' and 'url' is required.");
  if (!isBlank(clipId)) return getDoneClip(context, key, clipId, 'sample_clip_id');
  const file = await fetchUpload(url, 'url');
  return context.clips.getFor(key, context.clips.addForeign({ key, uploaded: true, title: 'Sample', file }));
}
