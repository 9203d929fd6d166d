/** A part of a song, such as a verse. */
export interface Section {
  /** As in the lyrics, without its brackets; empty for what comes before the first tag. */
  readonly name: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What is known of the parts of a song before its length is. */
export type SectionPlan =
  /** Where each begins. */
  | { readonly kind: 'timed'; readonly starts: readonly Pick<Section, 'name' | 'startSeconds'>[] }
  /** How much there is to sing in each, in any unit. */
  | { readonly kind: 'shares'; readonly parts: readonly SectionShare[] };

/** A part with its share of the song. */
interface SectionShare {
  readonly name: string;
  readonly share: number;
}

/** The parts of a song, in their order. */
export interface Sections {
  readonly list: readonly Section[];
  /** Placed by their share of the lyrics, as nobody knows when they are sung. */
  readonly isApproximate: boolean;
}

/** Places the parts of a song of this length; undefined when there are none. */
export function placeSections(plan: SectionPlan | undefined, durationSeconds: number): Sections | undefined {
  if (!plan || !(durationSeconds > 0)) return undefined;
  const list =
    plan.kind === 'timed' ? followStarts(plan.starts, durationSeconds) : spread(plan.parts, durationSeconds);
  return list.length === 0 ? undefined : { list, isApproximate: plan.kind === 'shares' };
}

function followStarts(
  starts: readonly Pick<Section, 'name' | 'startSeconds'>[],
  durationSeconds: number,
): Section[] {
  const inside = starts
    .filter(({ startSeconds }) => startSeconds >= 0 && startSeconds < durationSeconds)
    .toSorted((a, b) => a.startSeconds - b.startSeconds);
  return inside.map(({ name, startSeconds }, index) => ({
    name,
    startSeconds,
    endSeconds: inside[index + 1]?.startSeconds ?? durationSeconds,
  }));
}

function spread(parts: readonly SectionShare[], durationSeconds: number): Section[] {
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  if (!(total > 0)) return [];
  let startSeconds = 0;
  return parts.map(({ name, share }) => {
    const section = { name, startSeconds, endSeconds: startSeconds + (share / total) * durationSeconds };
    startSeconds = section.endSeconds;
    return section;
  });
}
