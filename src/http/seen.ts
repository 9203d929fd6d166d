/** Calls that are remembered; the oldest are forgotten first. */
const MAX_SEEN = 10_000;

/** Remembers which calls were taken in. Only spares work: to take one in again would change nothing. */
export class Seen {
  readonly #keys = new Set<string>();

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (this.#keys.size > MAX_SEEN && oldest !== undefined) this.#keys.delete(oldest);
  }
}
