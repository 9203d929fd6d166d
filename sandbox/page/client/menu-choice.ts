/** What a menu offers. */
export interface MenuOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string | null;
  /** An emoji before the label. */
  readonly emoji?: string;
  /** The address of a picture before the label. */
  readonly picture?: string;
}

/** How many options a menu takes. */
export interface MenuRange {
  readonly min: number;
  readonly max: number;
}

/** The options that are chosen after one was picked: the other one where only one may be, else one more or less. */
export function pick(chosen: readonly string[], value: string, { min, max }: MenuRange): readonly string[] {
  const isChosen = chosen.includes(value);
  if (max === 1) return isChosen && min === 0 ? [] : [value];
  if (isChosen) return chosen.filter((one) => one !== value);
  return chosen.length < max ? [...chosen, value] : chosen;
}

/** Whether so many options may be chosen. */
export function isWithin(chosen: readonly string[], { min, max }: MenuRange): boolean {
  return chosen.length >= min && chosen.length <= max;
}

/** Where the arrow keys lead: undefined for every other key. It stops at both ends, as menus of a system do. */
export function moveActive(active: number, key: string, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, count - 1);
    case 'ArrowUp':
      return Math.max(active - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** The next option that begins with a typed letter, going round; undefined when there is none. */
export function findByLetter(
  options: readonly MenuOption[],
  active: number,
  letter: string,
): number | undefined {
  const order = options.map((_, index) => (active + 1 + index) % options.length);
  return order.find((index) => options[index]?.label.toLowerCase().startsWith(letter.toLowerCase()));
}
