import type { Clip, Engine } from './clips.ts';
import type { Context } from './context.ts';
import { badRequest } from './errors.ts';
import { isBlank } from './fields.ts';

/** The clip of that id, which has to be done. @throws ApiError 400 */
export function getDoneClip(
  context: Context,
  key: string,
  clipId: string | undefined,
  name: string,
  engine: Engine = 'sonic',
): Clip {
  if (clipId === undefined || isBlank(clipId)) throw badRequest(`The '${name}' field is required.`);
  const clip = context.clips.getFor(key, clipId, engine);
  checkDone(context, clip);
  return clip;
}

/** Refuses clips that are still being made. @throws ApiError 400 */
export function checkDone(context: Context, clip: Clip): void {
  if (!context.tasks.isDone(clip)) throw badRequest('The clip is not ready yet.');
}

/** Durations are stated in hundredths, so the end of a clip may be named slightly behind it. */
const END_TOLERANCE_S = 0.05;

/** Checks that a place lies inside a clip. @param atS - seconds from its start @throws ApiError 400 */
export function checkPlace(clip: Clip, name: string, atS: number | undefined): void {
  if (atS === undefined || atS <= clip.durationS + END_TOLERANCE_S) return;
  throw badRequest(
    `The '${name}' field should lie inside the clip, which is ${clip.durationS} seconds long.`,
  );
}

/** Checks that a range lies inside a clip and is not empty; what is left out is the clip's own. @throws ApiError 400 */
export function checkRange(
  clip: Clip,
  start: { readonly name: string; readonly atS: number | undefined },
  end: { readonly name: string; readonly atS: number | undefined },
): { readonly fromS: number; readonly toS: number } {
  checkPlace(clip, start.name, start.atS);
  checkPlace(clip, end.name, end.atS);
  const fromS = start.atS ?? 0;
  const toS = Math.min(end.atS ?? clip.durationS, clip.durationS);
  if (fromS >= toS)
    throw badRequest(`The '${end.name}' field should be greater than the '${start.name}' field.`);
  return { fromS, toS };
}

/** Oldest clip that midi, vox and persona accept (docs.musicapi.ai/get-midi, /get-vox, /create-persona). */
const FRESH_MS = 24 * 60 * 60 * 1000;

/** Refuses clips that are not of the last 24 hours. @throws ApiError 400; the wording is ours */
export function checkFresh(context: Context, clip: Clip): void {
  if (context.clock.now() - clip.createdAt >= FRESH_MS)
    throw badRequest('The clip should be generated within the last 24 hours.');
}
