/** More tasks than one process follows; the oldest sightings are forgotten first. */
const MAX_SIGHTINGS = 20_000;

/**
 * When each followed task was last seen unfinished. MusicAPI does not say when one ended: it was between that look and
 * the one that found it.
 */
export class Sightings {
  readonly #seenAt = new Map<string, number>();

  /** The task was seen, not finished yet. */
  note(taskId: string, at: number): void {
    this.#seenAt.delete(taskId);
    this.#seenAt.set(taskId, at);
    const [oldest] = this.#seenAt.keys();
    if (this.#seenAt.size > MAX_SIGHTINGS && oldest !== undefined) this.#seenAt.delete(oldest);
  }

  /** When the task was last seen unfinished, which matters no more; undefined where this process never did. */
  take(taskId: string): number | undefined {
    const at = this.#seenAt.get(taskId);
    this.#seenAt.delete(taskId);
    return at;
  }
}
