import type { Clip } from './clips.ts';
import { deriveUuid } from './ids.ts';
import type { JoinedIdentity } from './joined.ts';
import { planTakes, type SongOrder } from './songs.ts';

/**
 * The clips of a task with `auto_concat`: the whole songs, and before them, where they are answered in pairs, the new parts.
 *
 * @param join - makes the whole song of a part
 */
export function planWithWholes(
  order: SongOrder,
  isPaired: boolean,
  join: (part: Clip, identity: JoinedIdentity) => Clip,
): Clip[] {
  const { createdAt, taskId } = order;
  const parts = planTakes(order);
  const wholes = parts.map((part, take) =>
    join(part, { clipId: deriveUuid(taskId, 'whole', String(take)), taskId, createdAt }),
  );
  return isPaired ? [...parts, ...wholes] : wholes;
}
