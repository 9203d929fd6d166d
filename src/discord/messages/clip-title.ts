import { type Clip, findTitle } from '../../domain/clip.ts';
import { words } from '../../words/words.ts';

/** A title that can always be shown: where a clip has nothing to be called by, a neutral word. */
export function titleOf(clip: Pick<Clip, 'title' | 'prompt'>): string {
  return findTitle(clip) ?? words().answers.untitled;
}
