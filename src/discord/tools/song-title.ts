import { askedTitle, nameParent } from '../cards/asked.ts';
import { labelOf } from '../cards/card-frame.ts';
import type { StatusView } from '../cards/status-card.ts';

/** What the files of a task are called: the song's title, else the operation. */
export function songTitleOf(view: StatusView): string {
  if (view.parent) return nameParent(view.parent);
  return askedTitle(view.task.request)?.trim() || labelOf(view);
}
