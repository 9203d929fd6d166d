import type { FastifyInstance } from 'fastify';
import { alignLyrics } from '../alignment.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { chargeTool, clipBodySchema, parseClipRequest } from '../tool.ts';

/**
 * `POST /sonic/aligned-lyrics`: when each word is sung (musicapi.ai/docs/guides/lyric-alignment). The first answer for a clip is charged,
 * later ones are free; a clip without words is a 404, whose wording is ours.
 */
export function registerAlignedLyrics(app: FastifyInstance, context: Context): void {
  /** Clips that have been paid for. */
  const paid = new Set<string>();

  app.post('/sonic/aligned-lyrics', async (request) => {
    const { key, clip } = parseClipRequest(context, request, clipBodySchema);
    const alignment = alignLyrics(clip.lyrics, clip.audio, clip.durationS);
    if (alignment.length === 0) throw new ApiError(404, 'The clip has no lyrics.');
    if (!paid.has(clip.clipId)) chargeTool(context, key, 'aligned-lyrics');
    paid.add(clip.clipId);
    return { code: 200, message: 'success', data: { alignment } };
  });
}
