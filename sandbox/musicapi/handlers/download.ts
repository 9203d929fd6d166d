import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkDone } from '../clip-checks.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { parseBody } from '../fields.ts';
import { chargeTool, clipBodySchema, formatFileUrl } from '../tool.ts';

const FORMATS = { error: "The 'formats' field should be a list of 'mp3', 'm4a' or 'wav'." };
const bodySchema = clipBodySchema.extend({
  formats: z.array(z.enum(['mp3', 'm4a', 'wav'], FORMATS), FORMATS).min(1, FORMATS),
});

/**
 * `POST /sonic/download`: the addresses of the clip in the formats that are wanted. The first call, for every second clip also the second,
 * answers 202 with an empty object, free of charge: the files are being prepared. A source that is gone is a 404. No page of the provider is
 * stored for it; shapes and statuses are those that client code against api.musicapi.ai works with.
 */
export function registerDownload(app: FastifyInstance, context: Context): void {
  /** How often a set of files has been asked for. */
  const looks = new Map<string, number>();

  app.post('/sonic/download', async (request, reply) => {
    const key = context.accounts.authorize(request.headers.authorization);
    const body = parseBody(bodySchema, request.body);
    const clip = context.clips.findFor(key, body.clip_id);
    if (clip === undefined) throw new ApiError(404, 'The source of this clip is no longer available.');
    checkDone(context, clip);
    const formats = [...new Set(body.formats)];
    const wanted = [clip.clipId, ...formats.toSorted()].join(' ');
    const look = (looks.get(wanted) ?? 0) + 1;
    looks.set(wanted, look);
    if (look <= countPreparing(clip.clipId)) {
      reply.code(202);
      return {};
    }
    chargeTool(context, key, 'download');
    return {
      data: { files: formats.map((format) => ({ format, url: formatFileUrl(context, clip, format) })) },
    };
  });
}

/** Once or twice, by the last digit of the id. */
function countPreparing(clipId: string): number {
  return clipId.charCodeAt(clipId.length - 1) % 2 === 0 ? 2 : 1;
}
