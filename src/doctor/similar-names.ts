/** Beginnings of names that nobody but Encore, or a program like it, would use. */
const OWN_PREFIXES = ['DISCORD_', 'MUSICAPI_'];

/** Names shorter than this differ from others by one letter too easily. */
const LONG = 8;

/** A name that is probably meant to be one of ours. */
export interface UnknownName {
  readonly name: string;
  /** The one that is most like it, where one is. */
  readonly likely?: string | undefined;
}

/** The names in an environment that are none of the known ones, but look as if they were meant to be. */
export function listUnknownNames(given: readonly string[], known: readonly string[]): readonly UnknownName[] {
  return given.flatMap((name) => {
    if (known.includes(name)) return [];
    const likely = findLikely(name, known);
    return likely !== undefined || OWN_PREFIXES.some((prefix) => name.startsWith(prefix))
      ? [{ name, likely }]
      : [];
  });
}

function findLikely(name: string, known: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  const near = known
    .map((one) => ({ one, distance: countEdits(upper, one) }))
    .filter(({ one, distance }) => distance <= (one.length < LONG ? 1 : 2))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.one;
}

/** How many letters have to be put in, left out or changed to make one text of the other (Levenshtein). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [y, letter] of [...from].entries()) {
    const next = [y + 1];
    for (const [x, other] of [...to].entries()) {
      const changed = (row[x] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[x + 1] ?? 0) + 1, (next[x] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
