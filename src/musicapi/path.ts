/**
 * Template tag for paths: every value becomes exactly one segment, whatever it contains.
 *
 * @throws TypeError when a value is empty or consists of dots only, which no encoding keeps from changing the path.
 */
export function path(strings: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: strings }, ...values.map(encodeSegment));
}

function encodeSegment(value: string): string {
  if (/^\.{0,2}$/.test(value)) throw new TypeError(`"${value}" cannot be part of a path`);
  return encodeURIComponent(value);
}
