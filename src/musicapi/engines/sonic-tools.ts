/** The bodies of the sonic requests that work on a clip, a file or a text without making music anew. */
import type { OperationId, Request } from '../../domain/request.ts';
import { filled } from '../mode.ts';
import type { Body, BodyBuilder } from './body.ts';
import type { SonicSong } from './sonic-songs.ts';

type SonicTool = Exclude<OperationId, SonicSong>;

/** Longest part of a song that a voice is looked for in (docs.musicapi.ai/get-vox). */
export const MAX_VOX_SECONDS = 30;

const onClip: BodyBuilder = ({ clip }) => ({ clip_id: clip?.clipId });

/** One builder for each; what it leaves undefined is not sent. */
export const SONIC_TOOLS: Readonly<Record<SonicTool, BodyBuilder>> = {
  /** docs.musicapi.ai/stems-basic, stems-full. */
  'stems-basic': onClip,
  'stems-full': onClip,

  /** docs.musicapi.ai/upload-music. The title is ours alone. */
  upload: ({ file }) => ({ url: file?.url }),

  /** The newer names of docs.musicapi.ai/special-scenarios; create-persona has `continue_clip_id` and `description`. */
  persona: ({ name, clip, describe }) => ({
    name: filled(name),
    clip_id: clip?.clipId,
    describe: filled(describe),
  }),

  /** docs.musicapi.ai/create-voice. No field for the name is documented, so it stays ours. */
  voice: ({ file }) => ({ audio_url: file?.url }),

  /** docs.musicapi.ai/lyrics-generation. */
  lyrics: ({ prompt }) => ({ description: filled(prompt) }),

  /** `POST /sonic/upsample-tags`: known by the clients of a service with the same pages. */
  tags: ({ tags }) => ({ tags: filled(tags) }),

  /** docs.musicapi.ai/wav, musicapi.ai/docs/guides/output-endpoints. */
  wav: onClip,

  /** `POST /sonic/download`: known by client code of MusicAPI. Any number of formats costs the same. */
  download: ({ clip, format }) => ({ clip_id: clip?.clipId, formats: format && [format] }),

  /** docs.musicapi.ai/get-midi. */
  midi: onClip,

  /** musicapi.ai/docs/guides/lyric-alignment. */
  timeline: onClip,

  /** `POST /sonic/bpm`. */
  bpm: onClip,

  /** docs.musicapi.ai/get-vox. */
  vox: (request) => ({ clip_id: request.clip?.clipId, ...rangeFields(request) }),
};

/** An end alone is the end of the longest part that may be asked for; to the millisecond, so that it is no longer. */
function rangeFields({ fromSeconds, toSeconds }: Request): Body {
  const start = (end: number) => Math.max(0, Math.ceil((end - MAX_VOX_SECONDS) * 1_000) / 1_000);
  const hasStart = fromSeconds !== undefined || toSeconds === undefined;
  return { vocal_start_s: hasStart ? fromSeconds : start(toSeconds), vocal_end_s: toSeconds };
}
