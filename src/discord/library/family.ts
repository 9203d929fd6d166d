import type { Clip } from '../../domain/clip.ts';
import { listNumberedClips, listSharedIn } from '../../store/clips.ts';
import { listChildren, listRelatives, listTracks, type Relative } from '../../store/lineage.ts';
import type { Executor } from '../../store/schema.ts';
import { type CardPlaces, findCards } from './card-links.ts';

/** A song in its family, or the tracks of one, which stand together. */
export interface FamilyMember {
  readonly relative: Relative;
  /** Absent where it is not for those who read this. */
  readonly clip?: Clip | undefined;
  /** How many tracks stand together; absent for one by itself. */
  readonly count?: number | undefined;
  readonly children: readonly FamilyMember[];
}

/** Where a song comes from, and all that came of it. */
export interface Family {
  /** The oldest that is known. */
  readonly root: FamilyMember;
  /** MusicAPI knows what the oldest was made from; we do not. */
  readonly hasUnknownParent: boolean;
  readonly cards: CardPlaces;
}

/** Who reads a family, and where. */
interface Reader {
  readonly userId: string;
  readonly guildId?: string | undefined;
}

/** A family is followed this far up, and down. */
const MAX_GENERATIONS = 40;
/** Of larger families this many are looked at. */
const MAX_MEMBERS = 400;

/**
 * The family of a clip, as far as it is for those who read it: what was posted in this server, or, without one, what
 * belongs to the reader. Of the others only those stand there that lead to one of these, without a name.
 */
export async function loadFamily(executor: Executor, clip: Clip, reader: Reader): Promise<Family> {
  const { root, line, hasUnknownParent } = await climb(executor, clip.clipId);
  const members = await descend(executor, line);
  const ids = members.map(({ clipId }) => clipId);
  const tracks = await listTracks(executor, ids, MAX_MEMBERS);
  const clips = await listNumberedClips(
    executor,
    members.filter(({ isDeleted }) => !isDeleted).map(({ number }) => number),
  );
  const everything = [...members, ...tracks.map(({ relative }) => relative)];
  const shared =
    reader.guildId === undefined
      ? new Set<string>()
      : await listSharedIn(
          executor,
          everything.map(({ clipId }) => clipId),
          reader.guildId,
        );
  const isOwn = ({ number }: Relative) =>
    reader.guildId === undefined && clips.get(number)?.ownerId === reader.userId;
  const isOpen = (relative: Relative) =>
    relative.clipId === clip.clipId || shared.has(relative.clipId) || isOwn(relative);
  const songsOf = Map.groupBy(
    members.filter((member) => member !== root),
    ({ parentClipId }) => parentClipId,
  );
  const tracksOf = Map.groupBy(tracks, ({ relative }) => relative.parentClipId);
  const grow = (relative: Relative, depth: number): FamilyMember => {
    const below = depth < MAX_GENERATIONS ? (songsOf.get(relative.clipId) ?? []) : [];
    const songs = below.map((one) => grow(one, depth + 1)).filter(isWorthNaming);
    const parts = (tracksOf.get(relative.clipId) ?? [])
      .filter((one) => shared.has(one.relative.clipId) || isOwn(relative))
      .map((one) => ({ ...one, children: [] }));
    return {
      relative,
      clip: isOpen(relative) ? clips.get(relative.number) : undefined,
      children: [...songs, ...parts],
    };
  };
  return { root: grow(root, 0), hasUnknownParent, cards: await findCards(executor, everything) };
}

/** Of songs that are not for the reader only those that lead to one that is. */
function isWorthNaming({ clip, children }: FamilyMember): boolean {
  return clip !== undefined || children.length > 0;
}

/** The line from a clip up to the oldest that is known. */
async function climb(executor: Executor, clipId: string) {
  const [first] = await listRelatives(executor, [clipId]);
  if (!first) throw new Error(`the clip ${clipId} is not there any more`);
  const line = new Map([[clipId, first]]);
  let root = first;
  while (root.parentClipId !== undefined && line.size < MAX_GENERATIONS) {
    // A family that leads back to itself begins where it would go round.
    if (line.has(root.parentClipId)) break;
    const [parent] = await listRelatives(executor, [root.parentClipId]);
    if (!parent) return { root, line, hasUnknownParent: true };
    root = parent;
    line.set(root.clipId, root);
  }
  return { root, line, hasUnknownParent: false };
}

/** All songs that came of those of a line, generation by generation. A track is among them only where it is of the line. */
async function descend(
  executor: Executor,
  line: ReadonlyMap<string, Relative>,
): Promise<readonly Relative[]> {
  const members = new Map(line);
  let parents: readonly string[] = [...line.keys()];
  for (let generation = 0; generation < MAX_GENERATIONS && parents.length > 0; generation += 1) {
    const limit = MAX_MEMBERS - members.size;
    if (limit <= 0) break;
    const children = (await listChildren(executor, parents, { limit })).filter(
      ({ clipId }) => !members.has(clipId),
    );
    for (const child of children) members.set(child.clipId, child);
    parents = children.map(({ clipId }) => clipId);
  }
  return [...members.values()].sort(compareOldestFirst);
}

/** The takes of a task in their order: the first one has the highest number. */
function compareOldestFirst(a: Relative, b: Relative): number {
  if (a.taskId === b.taskId) return b.number - a.number;
  return a.createdAt - b.createdAt || a.number - b.number;
}
