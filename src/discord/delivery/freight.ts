import type { Clip } from '../../domain/clip.ts';
import type { Media } from '../../media/download.ts';
import type { Rung } from '../../telemetry/events.ts';

/** Why a clip comes without its file. */
type MissingReason = 'audio-missing' | 'not-audio' | 'too-large';

/** How a file was made smaller, for the words that go with it. */
export interface Shrinkage {
  readonly originalBytes: number;
  /** What it had to fit into. */
  readonly limitBytes: number;
  /** Discord refused the original although its limit allowed it. */
  readonly isRefused: boolean;
  /** Undefined where nothing of the sound was given up. */
  readonly kbps?: number | undefined;
}

/** A file of a message. */
export interface FreightFile extends Media {
  /** What is sent in the place of its bytes: the same sound with tags around it, piece by piece and never copied. */
  readonly tagged?: readonly Buffer[] | undefined;
}

/** A clip with its audio, or with the reason why there is none. */
export interface LoadedClip {
  readonly clip: Clip;
  /** One, or several pieces that follow each other; none where it is missing. */
  readonly files: readonly FreightFile[];
  readonly missing?: MissingReason | undefined;
  readonly shrinkage?: Shrinkage | undefined;
  /** Its cover, for its file. */
  readonly picture?: Buffer | undefined;
}

/** What one message of a delivery carries. */
export interface Freight {
  readonly clips: readonly LoadedClip[];
  /** Holds the files of all clips, in their place. */
  readonly archive?: Media | undefined;
}

/** How far down the ladder a message is: as far as the clip of it that came worst off. */
export function rungOf({ clips, archive }: Freight): Rung {
  if (clips.some(({ missing }) => missing !== undefined)) return 'link';
  if (archive) return 'archive';
  if (clips.some(({ files }) => files.length > 1)) return 'pieces';
  return clips.some(({ shrinkage }) => shrinkage !== undefined) ? 'smaller' : 'file';
}

/** The files of a message, in their order. */
export function listFiles({ clips, archive }: Freight): readonly FreightFile[] {
  return archive ? [archive] : clips.flatMap(({ files }) => files);
}

/** Size of the largest file in bytes; 0 where there is none. */
export function findLargest(files: readonly FreightFile[]): number {
  return Math.max(0, ...files.map(sizeOf));
}

/** Size of all files together in bytes. */
export function sumSizes(files: readonly FreightFile[]): number {
  return files.reduce((sum, file) => sum + sizeOf(file), 0);
}

/** What is sent of a file, in its order. */
export function contentOf({ bytes, tagged }: FreightFile): readonly Buffer[] {
  return tagged ?? [bytes];
}

function sizeOf(file: FreightFile): number {
  return contentOf(file).reduce((sum, { length }) => sum + length, 0);
}
