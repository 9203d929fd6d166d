import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { composeHarmony } from '../synth/harmony.ts';
import { chargeTool, clipBodySchema, parseClipRequest } from '../tool.ts';

/** `POST /sonic/bpm`: the tempo that a clip was made with, which never changes within a song here (shape: the sister's client code). */
export function registerBpm(app: FastifyInstance, context: Context): void {
  app.post('/sonic/bpm', async (request) => {
    const { key, clip } = parseClipRequest(context, request, clipBodySchema);
    chargeTool(context, key, 'bpm');
    const { beatsPerMinute } = composeHarmony(clip.audio.song);
    const data = { avg_bpm: beatsPerMinute, max_bpm: beatsPerMinute, min_bpm: beatsPerMinute };
    return { code: 200, data, message: 'success' };
  });
}
