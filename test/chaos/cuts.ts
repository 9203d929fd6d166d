/** A moment of a process: the n-th one of its kind. */
export interface Moment {
  readonly what: string;
  readonly occurrence: number;
}

/** Where a process is to be killed: at the n-th moment, or at the n-th one of a kind. */
export type Cut = { readonly at: number } | Moment;

/** The moments that a process reported, in order. */
export function listMoments(output: string): readonly Moment[] {
  return [...output.matchAll(/^cut: \d+ (.+) #(\d+)$/gm)].map(([, what = '', occurrence]) => ({
    what,
    occurrence: Number(occurrence),
  }));
}

/** So many of them, spread evenly: the first of each kind, then others. */
export function pickMoments(all: readonly Moment[], wanted: number): readonly Moment[] {
  const first = all.filter(({ occurrence }) => occurrence === 1);
  const rest = all.filter(({ occurrence }) => occurrence > 1);
  const missing = Math.max(0, wanted - first.length);
  return [...spread(first, wanted), ...spread(rest, missing)];
}

/** At most so many elements: the middle ones of as many equal parts. */
function spread<T>(all: readonly T[], wanted: number): readonly T[] {
  if (all.length <= wanted) return all;
  return Array.from(
    { length: wanted },
    (_, index) => all[Math.floor(((index + 0.5) * all.length) / wanted)] as T,
  );
}
