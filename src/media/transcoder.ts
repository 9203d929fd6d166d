import pLimit from 'p-limit';
import { coerceError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Room } from './bitrates.ts';
import type { Media } from './download.ts';
import { isFfmpeg, recodeWithFfmpeg } from './ffmpeg.ts';
import { type NamedBytes, runInThread } from './thread.ts';

/** A file made smaller: one, or several that follow each other. */
interface Smaller {
  readonly files: readonly Media[];
  /** Undefined where nothing of the sound was given up. */
  readonly kbps?: number | undefined;
}

interface TranscoderOptions {
  readonly log: Logger;
  /** Name or path of a program that is used when it is there. @defaultValue `ffmpeg` */
  readonly ffmpeg?: string;
  /** For one file, without the time that it waits for its turn. @defaultValue 3 min */
  readonly timeoutMs?: number;
}

/** Makes files smaller, outside the main thread and one at a time, so that nobody's command waits for it. */
export interface Transcoder {
  /**
   * Encodes audio so that it fits. Gives undefined when that is impossible or takes too long.
   *
   * @throws the reason of `signal` when aborted.
   */
  shrink(media: Media, room: Room, signal: AbortSignal): Promise<Smaller | undefined>;
  /** Packs files into one archive, without compressing what is compressed already. */
  zip(files: readonly NamedBytes[], signal: AbortSignal): Promise<Media>;
}

const DEFAULT_TIMEOUT_MS = 3 * 60_000;
const MIME = { mp3: 'audio/mpeg', flac: 'audio/flac', zip: 'application/zip' } as const;

/** Creates a transcoder; nothing of it is left over between two files. */
export function createTranscoder(options: TranscoderOptions): Transcoder {
  const { log, ffmpeg = 'ffmpeg', timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const oneAtATime = pLimit(1);
  let hasFfmpeg: Promise<boolean> | undefined;

  async function recode(media: Media, room: Room, signal: AbortSignal): Promise<Smaller | undefined> {
    hasFfmpeg ??= isFfmpeg(ffmpeg);
    if (await hasFfmpeg) {
      try {
        const made = await recodeWithFfmpeg(ffmpeg, media, room, signal);
        if (made && fits(made.files, room)) {
          return { files: made.files.map((bytes) => mediaOf(bytes, made.extension)), kbps: made.kbps };
        }
      } catch (error) {
        signal.throwIfAborted();
        log.warn({ reason: coerceError(error).message.slice(0, 200) }, 'ffmpeg failed, encoding without it');
      }
    }
    const { bytes, extension } = media;
    const { pieces, kbps } = await runInThread({ kind: 'encode', bytes, extension, room }, signal);
    if (pieces.length === 0) return undefined;
    return { files: pieces.map((piece) => mediaOf(Buffer.from(piece.buffer), 'mp3')), kbps };
  }

  return {
    shrink: (media, room, signal) =>
      oneAtATime(async () => {
        signal.throwIfAborted();
        try {
          return await recode(media, room, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
        } catch (error) {
          signal.throwIfAborted();
          const size = media.bytes.length;
          log.warn({ size, reason: coerceError(error).message }, 'a file could not be made smaller');
          return undefined;
        }
      }),
    zip: (files, signal) =>
      oneAtATime(async () => {
        const { pieces } = await runInThread({ kind: 'zip', files }, signal);
        const [archive] = pieces;
        if (!archive) throw new Error('no archive was made');
        return mediaOf(Buffer.from(archive.buffer), 'zip');
      }),
  };
}

function mediaOf(bytes: Buffer, extension: keyof typeof MIME): Media {
  return { bytes, extension, mime: MIME[extension], contentType: MIME[extension] };
}

function fits(files: readonly Buffer[], { maxBytes, maxTotalBytes, maxPieces }: Room): boolean {
  const total = files.reduce((sum, { length }) => sum + length, 0);
  return (
    files.length > 0 &&
    files.length <= maxPieces &&
    total <= maxTotalBytes &&
    files.every(({ length }) => length <= maxBytes)
  );
}
