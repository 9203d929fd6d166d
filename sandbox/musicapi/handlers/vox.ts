import type { FastifyInstance } from 'fastify';
import { checkFresh, checkRange } from '../clip-checks.ts';
import type { Clip } from '../clips.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../errors.ts';
import { secondsField } from '../fields.ts';
import { deriveUuid } from '../ids.ts';
import { cutSong, joinSong } from '../shapes.ts';
import { chargeTool, clipBodySchema, parseClipRequest } from '../tool.ts';

/** Longest range of a voice, in seconds (docs.musicapi.ai/get-vox). */
const MAX_VOX_S = 30;

const bodySchema = clipBodySchema.extend({
  vocal_start_s: secondsField('vocal_start_s'),
  vocal_end_s: secondsField('vocal_end_s'),
});

/**
 * `POST /sonic/vox`: takes the voice out of a range of a clip of the last 24 hours (docs.musicapi.ai/get-vox), for personas. Without a range it
 * is the beginning. `wave_response` is an empty object: what it holds is not documented. The voice can be heard at `/media/<vox_audio_id>.mp3`.
 */
export function registerVox(app: FastifyInstance, context: Context): void {
  app.post('/sonic/vox', async (request) => {
    const { key, clip, body } = parseClipRequest(context, request, bodySchema);
    checkFresh(context, clip);
    const { startS, endS } = chooseRange(clip, body.vocal_start_s ?? 0, body.vocal_end_s);
    chargeTool(context, key, 'vox');
    const voxId = deriveUuid(clip.clipId, 'vox', String(startS), String(endS));
    context.voices.set(voxId, { clipId: clip.clipId, startS, endS });
    context.clips.add(planVoice(clip, { voxId, key, startS, endS, createdAt: context.clock.now() }));
    const data = {
      vox_audio_id: voxId,
      status: 'complete',
      source_clip_id: clip.clipId,
      vocal_start_s: startS,
      vocal_end_s: endS,
      wave_response: {},
    };
    return { code: 200, data, message: 'success' };
  });
}

function chooseRange(clip: Clip, startS: number, endS: number | undefined) {
  const range = checkRange(
    clip,
    { name: 'vocal_start_s', atS: startS },
    { name: 'vocal_end_s', atS: endS ?? Math.min(startS + MAX_VOX_S, clip.durationS) },
  );
  if (range.toS - range.fromS > MAX_VOX_S)
    throw badRequest(`The vocal range should not be longer than ${MAX_VOX_S} seconds.`);
  return { startS: range.fromS, endS: range.toS };
}

interface VoiceOrder {
  readonly voxId: string;
  readonly key: string;
  readonly startS: number;
  readonly endS: number;
  readonly createdAt: number;
}

/** The voice as a track of the same song. */
function planVoice(source: Clip, order: VoiceOrder): Clip {
  const { song } = source.audio;
  const cut = joinSong(song, cutSong(song, order.startS, order.endS), song.lyrics);
  const { file: _file, continues: _continues, ...rest } = source;
  return {
    ...rest,
    clipId: order.voxId,
    key: order.key,
    origin: 'stem',
    taskId: null,
    title: 'Vocals',
    durationS: cut.lengthS,
    createdAt: order.createdAt,
    audio: { song: cut, selection: 'basic:Vocals' },
  };
}
