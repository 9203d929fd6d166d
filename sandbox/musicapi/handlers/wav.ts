import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { chargeTool, clipBodySchema, formatFileUrl, parseClipRequest } from '../tool.ts';

/** `POST /sonic/wav`: the address of the clip as WAV (musicapi.ai/docs/guides/output-endpoints). The answer has no `code`. */
export function registerWav(app: FastifyInstance, context: Context): void {
  app.post('/sonic/wav', async (request) => {
    const { key, clip } = parseClipRequest(context, request, clipBodySchema);
    chargeTool(context, key, 'wav');
    return { message: 'success', data: { wav_url: formatFileUrl(context, clip, 'wav') } };
  });
}
