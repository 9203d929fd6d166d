import { Modal } from './client-modal.ts';
import { Message } from './message-view.ts';
import type { Choice, InteractionRecord, MessageRecord } from './records.ts';
import { until, type WaitOptions } from './wait.ts';
import type { World } from './world.ts';

/** The first answer of the bot to an interaction. */
export type Response =
  | { readonly kind: 'message' | 'deferred' | 'update'; readonly message: Message }
  | { readonly kind: 'modal'; readonly modal: Modal }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  /** Three seconds went by: "The application did not respond". */
  | { readonly kind: 'failed' };

/** Something that a person did and the bot was told of. */
export class Sent {
  readonly interaction: InteractionRecord;
  readonly #world: World;
  readonly #editsBefore: number;

  constructor(world: World, interaction: InteractionRecord) {
    this.#world = world;
    this.interaction = interaction;
    this.#editsBefore = interaction.source?.editedCount ?? 0;
  }

  /** The first answer; it comes within 3 s or is `failed`. */
  response(options: WaitOptions = {}): Promise<Response> {
    return this.#until(() => this.#readResponse(), 'the first response', options);
  }

  /**
   * The message that this led to, as soon as it has something to say: the answer itself, the deferred answer after its
   * first edit, the updated message, or a follow-up that came in place of those.
   * @throws Error when the bot does not answer, or answers with something that is no message
   */
  reply(options: WaitOptions = {}): Promise<Message> {
    return this.#until(
      () => {
        const { state } = this.interaction;
        if (state === 'failed') throw new Error('The application did not respond');
        if (state === 'choices') throw new Error('The bot answered with choices, not with a message');
        const record = this.#findReply();
        if (!record && state === 'modal')
          throw new Error('The bot answered with a modal, not with a message');
        return record && new Message(this.#world, record);
      },
      'a message',
      options,
    );
  }

  /** The modal that the bot opens. @throws Error when it answers with something else */
  modal(options: WaitOptions = {}): Promise<Modal> {
    return this.#until(
      () => {
        const response = this.#readResponse();
        if (response && response.kind !== 'modal') {
          const text = 'message' in response ? `: ${response.message.text}` : '';
          throw new Error(`The bot answered with ${response.kind}, not with a modal${text}`);
        }
        return response?.modal;
      },
      'a modal',
      options,
    );
  }

  /** The choices that the bot offers. @throws Error when it answers with something else */
  choices(options: WaitOptions = {}): Promise<readonly Choice[]> {
    return this.#until(
      () => {
        const response = this.#readResponse();
        if (response && response.kind !== 'choices')
          throw new Error(`The bot answered with ${response.kind}, not with choices`);
        return response?.choices;
      },
      'choices',
      options,
    );
  }

  /** The follow-ups so far, deleted ones excluded. */
  get followUps(): readonly Message[] {
    return this.interaction.followUps
      .filter((one) => !one.deleted)
      .map((one) => new Message(this.#world, one));
  }

  #until<T>(look: () => T | undefined, what: string, options: WaitOptions): Promise<T> {
    const { user, commandName } = this.interaction;
    return until(this.#world, look, {
      what: `${what} for ${user.name}${commandName ? `'s /${commandName}` : ''}`,
      ...options,
    });
  }

  #readResponse(): Response | undefined {
    const { state, original, modal, choices, opener } = this.interaction;
    switch (state) {
      case 'waiting':
        return undefined;
      case 'failed':
        return { kind: 'failed' };
      case 'modal':
        return modal && { kind: 'modal', modal: new Modal(this.interaction, modal) };
      case 'choices':
        return { kind: 'choices', choices };
      default: {
        const message = original ?? opener?.original;
        return message && { kind: state, message: new Message(this.#world, message) };
      }
    }
  }

  #findReply(): MessageRecord | undefined {
    const { state, original, followUps } = this.interaction;
    const followUp = followUps.find((one) => !one.deleted);
    if (!original || original.deleted) return followUp;
    if (state === 'message') return original;
    if (state === 'deferred') return original.editedCount > 0 ? original : undefined;
    return original.editedCount > this.#editsBefore ? original : followUp;
  }
}
