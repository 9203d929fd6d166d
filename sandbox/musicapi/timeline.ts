import { findBehaviour, type TaskBehaviour } from './behaviours.ts';

/** When a task does what, in milliseconds after its acceptance. */
export interface Timeline {
  /** Until then polls answer 202. */
  readonly notReadyMs: number;
  /** The first clip is done. */
  readonly firstMs: number;
  /** The last clip is done; a failing task fails then. */
  readonly lastMs: number;
}

/** The state of one clip of a task. */
export type ClipState = 'running' | 'mastering' | 'succeeded' | 'failed';

/** What a task looks like at one moment; `clips` without states is a task done that makes none. */
export type TaskView =
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'clips'; readonly states: readonly ClipState[] };

/**
 * What a task looks like `ageMs` after its acceptance. Nothing else decides it, so no timer has to fire and a clock may jump.
 *
 * @param clips - how many clips the task makes
 */
export function viewTask(
  timeline: Timeline,
  behaviours: readonly TaskBehaviour[],
  clips: number,
  ageMs: number,
): TaskView {
  const has = (kind: TaskBehaviour['kind']) => findBehaviour(behaviours, kind) !== undefined;
  const age = ageMs / (findBehaviour(behaviours, 'slow')?.factor ?? 1);
  if (has('stuck-not-ready') || age < timeline.notReadyMs) return { kind: 'not-ready' };
  if (age >= timeline.lastMs && !has('never')) {
    const failure = findBehaviour(behaviours, 'fail');
    if (failure !== undefined) return { kind: 'failed', error: failure.error ?? 'Music generation failed.' };
    if (has('timeout')) return { kind: 'timeout' };
  }
  // A task without clips has nothing to show before its end.
  if (clips === 0 && (age < timeline.lastMs || has('never'))) return { kind: 'not-ready' };
  const unfinished = has('unknown-state') ? 'mastering' : 'running';
  const endless = has('never') || ((has('fail') || has('timeout')) && age < timeline.lastMs);
  const stepMs = clips > 1 ? (timeline.lastMs - timeline.firstMs) / (clips - 1) : 0;
  const states = Array.from({ length: clips }, (_, index): ClipState => {
    const done = age >= (clips > 1 ? timeline.firstMs + index * stepMs : timeline.lastMs);
    if (endless || !done) return unfinished;
    return has('half') && index % 2 === 1 ? 'failed' : 'succeeded';
  });
  return { kind: 'clips', states };
}

/** Whether a task ended in a way that gives the credits back. */
export function isRefunded(view: TaskView): boolean {
  return view.kind === 'failed' || view.kind === 'timeout';
}
