import type { InteractionRecord } from '../../sandbox/discord/records.ts';
import type { LocalDiscord } from '../../sandbox/discord/server.ts';

/** The interactions that a bot could not answer, as it was dead or its connection to Discord was cut. */
export class DeafTimes {
  readonly #discord: LocalDiscord;
  readonly #excused = new Set<string>();

  constructor(discord: LocalDiscord) {
    this.#discord = discord;
  }

  /** Excuses what is unanswered when `happen` begins, and all that is asked until it ends. */
  async during<T>(happen: () => Promise<T>): Promise<T> {
    const before = this.#discord.interactions();
    for (const interaction of before) if (isUnanswered(interaction)) this.#excused.add(interaction.id);
    try {
      return await happen();
    } finally {
      for (const { id } of this.#discord.interactions().slice(before.length)) this.#excused.add(id);
    }
  }

  isExcused({ id }: Pick<InteractionRecord, 'id'>): boolean {
    return this.#excused.has(id);
  }
}

function isUnanswered({ state, original }: InteractionRecord): boolean {
  return (
    state === 'waiting' || (state === 'deferred' && original?.deleted === false && original.editedCount === 0)
  );
}
