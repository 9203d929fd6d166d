/**
 * Length of a text in Unicode code points. MusicAPI counts characters without saying which; code points are what a
 * person would call one.
 */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The first so many code points of a text, with an ellipsis in place of the last one where some are left out. */
export function excerptOf(text: string, maxCodePoints: number): string {
  let count = 0;
  let units = 0;
  let end = 0;
  for (const point of text) {
    count += 1;
    if (count > maxCodePoints) return `${text.slice(0, end)}…`;
    if (count === maxCodePoints) end = units;
    units += point.length;
  }
  return text;
}
