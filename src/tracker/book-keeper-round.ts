/** Whose books are looked after next: one account at a time, the longest overdue first, a new one at once. */
export class Round {
  #dueAt: ReadonlyMap<string, number> = new Map();

  /**
   * Whose turn it is; undefined while nobody is due. Accounts that are not named any more are forgotten.
   *
   * @param now - epoch ms
   */
  next(accountIds: readonly string[], now: number): string | undefined {
    this.#dueAt = new Map(accountIds.map((id) => [id, this.#dueAt.get(id) ?? now]));
    const [first] = [...this.#dueAt].toSorted(([, one], [, other]) => one - other);
    return first && first[1] <= now ? first[0] : undefined;
  }

  /** An account is not due again before `until` (epoch ms). */
  delay(accountId: string, until: number): void {
    this.#dueAt = new Map(this.#dueAt).set(accountId, until);
  }

  /** How long nobody is due (ms); infinite without accounts. */
  waitMs(now: number): number {
    return [...this.#dueAt.values()].reduce(
      (least, at) => Math.min(least, at - now),
      Number.POSITIVE_INFINITY,
    );
  }
}
