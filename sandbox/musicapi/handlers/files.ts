import type { FastifyInstance } from 'fastify';
import { getAudioFile } from '../clip-file.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { AUDIO_TYPES, type AudioFormat } from '../media/encode.ts';
import { encodeMidi } from '../midi-file.ts';
import { listInstruments } from '../midi-score.ts';
import { composeHarmony } from '../synth/harmony.ts';
import { sendFile } from './media.ts';

/**
 * `/files/<clip id>.<mp3, wav, m4a or mid>`: what the tools name. An upload that is of the wanted kind already comes as it was.
 * They need no key, and the behaviours of the clip's task do not reach them: a request fault on `^/files/` does.
 */
export function registerFiles(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { file: string } }>('/files/:file', async (request, reply) => {
    const [, clipId = '', extension] = /^(.+)\.(mp3|wav|m4a|mid)$/.exec(request.params.file) ?? [];
    const clip = context.clips.find(clipId);
    if (clip === undefined || !context.tasks.isDone(clip)) throw new ApiError(404, 'Not Found');
    if (extension === 'mid') return sendFile(request, reply, 'audio/midi', renderMidi(clip));
    const format = extension as AudioFormat; // what else the pattern lets through
    return sendFile(request, reply, AUDIO_TYPES[format], await getAudioFile(context, clip, format));
  });
}

function renderMidi(clip: Clip): Buffer {
  return encodeMidi(listInstruments(clip.audio), composeHarmony(clip.audio.song).beatsPerMinute);
}
