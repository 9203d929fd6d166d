import type { Clip } from './clips.ts';
import { deriveUuid } from './ids.ts';
import { PRODUCER_MODEL, type ProducerRequest } from './producer-request.ts';
import { coverSong, cutSong, extendSong, joinSong, refillSong, roundS } from './shapes.ts';
import { chooseLength, isInstrumental, type SongLengths } from './songs.ts';
import type { SongSpec } from './synth/spec.ts';
import { INSTRUMENTAL_MARKER, writeLyrics, writeTitle } from './words.ts';

/** What a producer clip is made from. */
interface ProducerOrder {
  readonly taskId: string;
  readonly key: string;
  readonly request: ProducerRequest;
  /** The clip that is changed, and the part of it that is meant, in seconds. */
  readonly source?: Clip | undefined;
  readonly range: { readonly fromS: number; readonly toS: number };
  readonly lengths: SongLengths;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/**
 * The one clip of a producer task. How many there are is not documented: the sister service says one.
 * Extending and replacing yield the whole song, because this engine has nothing to join parts with; that is not documented either.
 */
export function planProducerClip(order: ProducerOrder): Clip {
  const { request, source, taskId } = order;
  const style = request.sound ?? request.instruction ?? source?.tags ?? '';
  const seed = [request.seed, request.lyrics, style, taskId].join('\n');
  const lyrics = request.lyrics ?? source?.lyrics ?? inventLyrics(style, seed);
  const song = shapeSong(order, {
    scoreSeed: seed,
    scoreStyle: style,
    melodySeed: seed,
    soundSeed: seed,
    soundStyle: style,
    startS: 0,
    lengthS: chooseLength(request.lengthS, order.lengths, seed),
    instrumental: isInstrumental(lyrics),
    voice: deriveUuid(seed) < '8' ? 'f' : 'm',
    lyrics,
  });
  return {
    clipId: deriveUuid(taskId, 'clip', '0'),
    key: order.key,
    engine: 'producer',
    origin: 'generated',
    taskId,
    title: request.title ?? source?.title ?? writeTitle(style === '' ? lyrics : style, taskId),
    tags: style,
    lyrics: song.lyrics,
    mv: PRODUCER_MODEL,
    description: null,
    negativeTags: null,
    styleWeight: null,
    weirdness: null,
    durationS: song.lengthS,
    createdAt: order.createdAt,
    audio: { song, selection: 'mix' },
  };
}

/** Instrumentals are asked for in words (docs.musicapi.ai/producer-api-overview). */
function inventLyrics(style: string, seed: string): string {
  return /\binstrumental\b|\bno vocals\b/i.test(style) ? INSTRUMENTAL_MARKER : writeLyrics(style, seed);
}

function shapeSong({ request, source, range }: ProducerOrder, fresh: SongSpec): SongSpec {
  if (source === undefined) return fresh;
  const base = source.audio.song;
  const { fromS, toS } = range;
  const wishes = { tags: request.instruction };
  const lyrics = joinTexts(source.lyrics, request.lyrics);
  switch (request.taskType) {
    case 'create_music':
      return fresh;
    case 'extend_music': {
      const part = extendSong(base, fromS, wishes)(fresh);
      return joinSong(base, [...cutSong(base, 0, fromS), part], lyrics);
    }
    case 'replace_music': {
      const part = refillSong(base, fromS, toS, wishes)(fresh);
      const pieces = [...cutSong(base, 0, fromS), part, ...cutSong(base, toS, roundS(base.lengthS))];
      return joinSong(base, pieces, lyrics);
    }
    case 'cover_music': {
      const cover = coverSong(base, {})(fresh);
      // Far from the original, the melody changes too.
      return request.strength > 0.8 ? { ...cover, melodySeed: fresh.melodySeed } : cover;
    }
  }
}

function joinTexts(first: string, second: string | undefined): string {
  return second === undefined || second === first ? first : `${first}\n\n${second}`;
}
