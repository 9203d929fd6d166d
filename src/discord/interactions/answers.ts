import { DiscordAPIError } from 'discord.js';
import type { DiscordApi, InteractionHandle, MessageBody, OutgoingFile } from '../api/api.ts';
import { CODE, isRefusal, isTokenDead } from '../api/api-errors.ts';
import type { Visibility } from './command.ts';

/**
 * Remembers how each interaction was acknowledged, so that an answer or a refusal takes the way that is open.
 */
export class Answers {
  readonly #api: DiscordApi;
  readonly #acknowledged = new WeakMap<InteractionHandle, Visibility | 'update'>();

  constructor(api: DiscordApi) {
    this.#api = api;
  }

  /** Notes that the interaction was acknowledged. */
  set(interaction: InteractionHandle, as: Visibility | 'update'): void {
    this.#acknowledged.set(interaction, as);
  }

  /** How it was acknowledged; undefined while it was not. */
  find(interaction: InteractionHandle): Visibility | 'update' | undefined {
    return this.#acknowledged.get(interaction);
  }

  /** Puts the content into the answer (or into the pressed message). */
  async fill(interaction: InteractionHandle, body: MessageBody): Promise<void> {
    await this.#api.editAnswer(interaction, body);
  }

  /**
   * Says something for the person's eyes only. Where a public answer was promised but will not come, that
   * promise is taken back first: its visibility cannot change.
   *
   * @param files - go with it where Discord takes them there
   */
  async refuse(
    interaction: InteractionHandle,
    body: MessageBody,
    files: readonly OutgoingFile[] = [],
  ): Promise<void> {
    // A first answer comes without files.
    if (files.length > 0 && !this.find(interaction)) {
      await this.#api.defer(interaction, 'private');
      this.set(interaction, 'private');
    }
    switch (this.find(interaction)) {
      case undefined:
        return await this.#api.replyPrivately(interaction, body);
      case 'private':
        return await withOrWithout(files, (some) =>
          this.#api.editAnswer(interaction, { embeds: [], components: [], ...body }, '@original', some),
        );
      case 'public':
        await this.#takeBack(interaction);
        break;
      case 'update':
    }
    await withOrWithout(files, (some) => this.#api.followUp(interaction, body, { private: true, ...some }));
  }

  async #takeBack(interaction: InteractionHandle): Promise<void> {
    try {
      await this.#api.deleteAnswer(interaction);
    } catch (error) {
      // Somebody was faster, which comes to the same.
      if (!isRefusal(error, CODE.unknownMessage)) throw error;
    }
  }
}

/** Discord may refuse files where it takes words. */
async function withOrWithout(
  files: readonly OutgoingFile[],
  send: (upload: { readonly files?: readonly OutgoingFile[] }) => Promise<unknown>,
): Promise<void> {
  try {
    await send(files.length > 0 ? { files } : {});
  } catch (error) {
    if (files.length === 0 || !(error instanceof DiscordAPIError) || isTokenDead(error)) throw error;
    await send({});
  }
}
