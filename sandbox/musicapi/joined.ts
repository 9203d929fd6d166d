import type { Clip } from './clips.ts';
import { cutSong, joinSong } from './shapes.ts';
import type { SongSpec } from './synth/spec.ts';

/** What a joined clip has of its own. */
export interface JoinedIdentity {
  readonly clipId: string;
  readonly taskId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/**
 * The whole song of an extension: the clip up to where it was continued, then the extension.
 * An upload's own sound cannot be played on: its share is composed, like everything that follows from it.
 *
 * @param atS - seconds from the start of the source
 */
export function joinExtension(source: Clip, atS: number, extension: Clip, identity: JoinedIdentity): Clip {
  const pieces = [...cutSong(source.audio.song, 0, atS), ...toPieces(extension.audio.song)];
  return join(extension, source, pieces, identity);
}

/** The whole song with a new part in place of an old one. Seconds from the start of the source. */
export function joinReplacement(
  source: Clip,
  fromS: number,
  toS: number,
  part: Clip,
  identity: JoinedIdentity,
): Clip {
  const { song } = source.audio;
  const pieces = [
    ...cutSong(song, 0, fromS),
    ...toPieces(part.audio.song),
    ...cutSong(song, toS, source.durationS),
  ];
  return join(part, source, pieces, identity);
}

function toPieces(song: SongSpec): SongSpec[] {
  return cutSong(song, 0, song.lengthS);
}

function join(
  part: Clip,
  source: Clip,
  pieces: readonly SongSpec[],
  { clipId, taskId, createdAt }: JoinedIdentity,
): Clip {
  const lyrics = [...new Set([source.lyrics, part.lyrics])].filter((text) => text !== '').join('\n\n');
  const song = joinSong(source.audio.song, pieces, lyrics);
  // The whole song is no extension any more, so it cannot be joined once more.
  const { continues: _joined, ...rest } = part;
  return {
    ...rest,
    clipId,
    taskId,
    createdAt,
    lyrics,
    durationS: song.lengthS,
    audio: { song, selection: 'mix' },
  };
}
