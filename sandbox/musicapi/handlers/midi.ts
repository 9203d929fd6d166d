import type { FastifyInstance } from 'fastify';
import { checkFresh } from '../clip-checks.ts';
import type { Context } from '../context.ts';
import { listInstruments } from '../midi-score.ts';
import { chargeTool, clipBodySchema, formatFileUrl, parseClipRequest } from '../tool.ts';

/**
 * `POST /sonic/midi`: the notes of a song or a single stem of the last 24 hours (docs.musicapi.ai/get-midi), as data and as a file.
 * They are those of the score that the clip is played from; what somebody uploaded has an invented one.
 */
export function registerMidi(app: FastifyInstance, context: Context): void {
  app.post('/sonic/midi', async (request) => {
    const { key, clip } = parseClipRequest(context, request, clipBodySchema);
    checkFresh(context, clip);
    chargeTool(context, key, 'midi');
    const instruments = listInstruments(clip.audio).map(({ name, notes }) => ({ name, notes }));
    const data = { midi_url: formatFileUrl(context, clip, 'mid'), instruments };
    return { code: 200, data, message: 'success' };
  });
}
