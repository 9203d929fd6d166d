import type { Clip } from '../../domain/clip.ts';
import type { AudioFile, ClipReference, Request, RequestInputs } from '../../domain/request.ts';
import { UserError } from '../../errors.ts';
import type { Operation } from '../../musicapi/operation.ts';
import { words } from '../../words/words.ts';
import { formatDuration } from '../messages/text.ts';
import type { FoundClip } from './clip-finder.ts';

/** Where sonic goes on from an upload (docs.musicapi.ai/special-scenarios). */
export const UPLOAD_START_SECONDS = 0.1;

/** Whether an extension goes on from the very beginning of a clip, where nothing else is asked for. */
export function isFromStart({ engine, source }: ClipReference): boolean {
  return engine === 'sonic' && source === 'uploaded';
}

/** Half a second of rounding between what is shown and what is stored. */
const END_TOLERANCE_SECONDS = 0.5;

/**
 * The request for an operation on a clip: what was left out is the clip's own, as far as the operation takes it.
 *
 * @throws UserError for a time outside of the clip, or where one is needed and cannot be known.
 */
export function planOnClip(operation: Operation, found: FoundClip, typed: RequestInputs): Request {
  const { reference, clip } = found;
  return {
    ...fillFromClip(operation, clip, typed),
    ...placeTimes(operation, found, typed),
    operation: operation.id,
    engine: operation.engine,
    clip: reference,
  };
}

/** Only what is sung and played again is taken over: a part of the song, or another way of it. */
function fillFromClip(
  { id, inputs }: Operation,
  clip: Clip | undefined,
  typed: RequestInputs,
): RequestInputs {
  if (!clip || (id !== 'extend' && id !== 'cover')) return typed;
  const own = (name: 'lyrics' | 'tags' | 'title') => typed[name] ?? cut(clip[name], inputs[name]?.max ?? 0);
  return {
    ...typed,
    // A prompt takes the place of the clip's own lyrics.
    lyrics: typed.prompt === undefined ? own('lyrics') : typed.lyrics,
    tags: own('tags'),
    title: own('title'),
  };
}

function placeTimes({ id, inputs }: Operation, { reference, clip }: FoundClip, typed: RequestInputs) {
  const times: { atSeconds?: number; fromSeconds?: number; toSeconds?: number } = {};
  const at = typed.atSeconds ?? (isFromStart(reference) ? UPLOAD_START_SECONDS : clip?.durationSeconds);
  if (id === 'extend') {
    if (at === undefined) {
      throw new UserError(words().clips.refused.noLength);
    }
    times.atSeconds = placeInClip(clip, at);
  }
  for (const name of ['fromSeconds', 'toSeconds'] as const) {
    const value = typed[name];
    if (inputs[name] && value !== undefined) times[name] = placeInClip(clip, value);
  }
  return times;
}

/**
 * A moment of a clip or file as MusicAPI takes it. What people see is rounded, so the shown length stands for the end
 * itself.
 *
 * @throws UserError when it lies behind the end.
 */
export function placeInClip(
  clip: Pick<Clip, 'durationSeconds'> | undefined,
  seconds: number,
  what: 'clip' | 'file' = 'clip',
): number {
  const length = clip?.durationSeconds;
  if (length === undefined || seconds <= length) return seconds;
  if (seconds <= length + END_TOLERANCE_SECONDS) return length;
  const { behindClip, behindFile } = words().clips.refused;
  const times = { time: formatDuration(seconds), length: formatDuration(length) };
  throw new UserError(what === 'clip' ? behindClip(times) : behindFile(times));
}

/**
 * The moments of an attached file that were asked for, as MusicAPI takes them.
 *
 * @throws UserError for one outside of the file, as far as its length is known.
 */
export function placeInFile(file: AudioFile, typed: RequestInputs): RequestInputs {
  const times: { -readonly [name in (typeof MOMENTS)[number]]?: number } = {};
  for (const name of MOMENTS) {
    const value = typed[name];
    if (value !== undefined) times[name] = placeInClip(file, value, 'file');
  }
  return times;
}

const MOMENTS = ['atSeconds', 'fromSeconds', 'toSeconds'] as const;

/** What MusicAPI takes back of a clip's own text: what it wrote itself may be longer. Lengths in code points. */
export function cut(text: string | undefined, maxCharacters: number): string | undefined {
  if (!text || maxCharacters === 0) return undefined;
  return [...text].slice(0, maxCharacters).join('');
}
