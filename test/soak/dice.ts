import { createRandom } from '../support/random.ts';

/** Chance that is the same in every run of one seed. */
export interface Dice {
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** A number between the two. */
  between(from: number, to: number): number;
  /** One of them; undefined of none. */
  pick<T>(all: readonly T[]): T | undefined;
  /** One of them, by their weights. @throws RangeError when there is none */
  weigh<T extends { readonly weight: number }>(all: readonly T[]): T;
}

/** Creates dice of their own for a seed. */
export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  return {
    chance: (probability) => random() < probability,
    between: (from, to) => from + random() * (to - from),
    pick: (all) => all[Math.floor(random() * all.length)],
    weigh(all) {
      let left = random() * all.reduce((sum, { weight }) => sum + weight, 0);
      for (const one of all) {
        left -= one.weight;
        if (left < 0) return one;
      }
      throw new RangeError('nothing to choose from');
    },
  };
}
