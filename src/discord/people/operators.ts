import type { REST } from 'discord.js';
import { type APIApplication, Routes, TeamMemberMembershipState } from 'discord-api-types/v10';

/** The people who run this bot: owner or team members of the application. Asked for once. */
export class Operators {
  readonly #rest: REST;
  #ids: Promise<ReadonlySet<string>> | undefined;

  constructor(rest: REST) {
    this.#rest = rest;
  }

  async has(userId: string): Promise<boolean> {
    return (await this.#get()).has(userId);
  }

  /** Their ids. */
  async list(): Promise<readonly string[]> {
    return [...(await this.#get())];
  }

  #get(): Promise<ReadonlySet<string>> {
    this.#ids ??= this.#load().catch((error: unknown) => {
      this.#ids = undefined;
      throw error;
    });
    return this.#ids;
  }

  async #load(): Promise<ReadonlySet<string>> {
    const { team, owner } = (await this.#rest.get(Routes.currentApplication())) as APIApplication;
    // The owner of a team's application is no person, but stands for the team.
    if (!team) return new Set(owner ? [owner.id] : []);
    const members = team.members.filter((one) => one.membership_state === TeamMemberMembershipState.Accepted);
    return new Set(members.map(({ user }) => user.id));
  }
}
