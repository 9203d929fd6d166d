import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findBehaviour } from '../behaviours.ts';
import { getAudioFile } from '../clip-file.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { drawCoverPicture } from '../media/cover-picture.ts';
import { AUDIO_TYPES, type AudioFormat } from '../media/encode.ts';
import { parseRange } from '../media/range.ts';
import { getAddressVersion } from './task.ts';

const STREAM_CHUNK_BYTES = 16 * 1024;
const NOT_AUDIO = '<!doctype html><html><body><h1>Not the song you are looking for</h1></body></html>';

/** Audio files, cover pictures and streams. They need no key, as the provider's own addresses do not. */
export function registerMedia(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { file: string }; Querystring: { v?: string } }>(
    '/media/:file',
    async (request, reply) => {
      const { file } = request.params;
      const picture = /^image_(.+)\.png$/.exec(file)?.[1];
      if (picture !== undefined) {
        const clip = getClip(context, picture);
        return sendFile(request, reply, 'image/png', drawCoverPicture(clip.audio.song.soundSeed));
      }
      const [, clipId = '', extension] = /^(.+)\.(mp3|m4a|wav)$/.exec(file) ?? [];
      const clip = getClip(context, clipId);
      if (!context.tasks.isDone(clip)) throw new ApiError(404, 'Not Found');
      if (!misbehave(context, clip, request.query.v, reply)) {
        const format = extension as AudioFormat; // what else the pattern lets through
        return sendFile(request, reply, AUDIO_TYPES[format], await getAudioFile(context, clip, format));
      }
      return reply;
    },
  );

  app.get<{ Params: { clipId: string } }>('/stream/:clipId', async (request, reply) => {
    const clip = getClip(context, request.params.clipId);
    reply.type('audio/mpeg');
    if (request.method === 'HEAD') return reply.send();
    return reply.send(Readable.from(splitChunks(await getAudioFile(context, clip, 'mp3'))));
  });
}

function getClip(context: Context, clipId: string): Clip {
  const clip = context.clips.find(clipId);
  if (clip === undefined) throw new ApiError(404, 'Not Found');
  return clip;
}

/** Answers in the way that the clip's task was told to. @returns whether it did */
function misbehave(context: Context, clip: Clip, version: string | undefined, reply: FastifyReply): boolean {
  const task = clip.taskId === null ? undefined : context.tasks.find(clip.taskId);
  if (task === undefined) return false;
  if (findBehaviour(task.behaviours, 'audio-404') !== undefined) throw new ApiError(404, 'Not Found');
  if (findBehaviour(task.behaviours, 'changed-url') !== undefined) {
    if (version !== '2' || getAddressVersion(task) !== 2) throw new ApiError(404, 'Not Found');
  }
  const redirect = findBehaviour(task.behaviours, 'redirect');
  if (redirect !== undefined) {
    reply.redirect(redirect.url, 302);
    return true;
  }
  if (findBehaviour(task.behaviours, 'audio-html') === undefined) return false;
  reply.type('text/html; charset=utf-8').send(NOT_AUDIO);
  return true;
}

/** Sends a file, or the part of it that a Range header asks for. */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  bytes: Buffer,
): FastifyReply {
  reply.type(type).header('accept-ranges', 'bytes');
  const range = parseRange(request.headers.range, bytes.length);
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${bytes.length}`).send();
  }
  if (range === undefined) return reply.header('content-length', bytes.length).send(bytes);
  return reply
    .code(206)
    .header('content-range', `bytes ${range.first}-${range.last}/${bytes.length}`)
    .header('content-length', range.last - range.first + 1)
    .send(bytes.subarray(range.first, range.last + 1));
}

function* splitChunks(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += STREAM_CHUNK_BYTES) {
    yield bytes.subarray(start, start + STREAM_CHUNK_BYTES);
  }
}
