import { type BaseInteraction, type Client, Events } from 'discord.js';
import { coerceError, UserError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { InteractionOutcome } from '../../telemetry/events.ts';
import { speak, words } from '../../words/words.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError, isNotOurs, isTokenDead } from '../api/api-errors.ts';
import { keepDraft } from '../drafts/draft-buttons.ts';
import { DraftRefusal } from '../drafts/draft-refusal.ts';
import { type CustomId, decodeId } from '../messages/custom-ids.ts';
import { describeError } from '../messages/describe-error.ts';
import { buildMessage } from '../messages/message.ts';
import { explainPlace } from './access.ts';
import type { Answer, Command, Components, MessageCommand, Visibility } from './command.ts';
import { inTime } from './in-time.ts';
import { reportInteraction } from './interaction-report.ts';
import { withPressRule } from './press-rights.ts';
import type { Services } from './services.ts';
import { settleWithin } from './settle-within.ts';
import { buildTypedFile } from './typed-text.ts';

/** Discord waits three seconds for the first answer (Interaction Callback); the rest is for the way there. */
const DECIDE_MS = 1_700;

/** Everything a person can do: the commands, and components that belong to no single command. */
export interface Routes {
  readonly commands: readonly Command[];
  readonly messageCommands: readonly MessageCommand[];
  readonly components: readonly Components[];
}

/**
 * Brings every interaction to its handler and every handler's error to the person. It holds the only catch-all
 * of the interaction side: one log line with the interaction's id, one private sentence with the same reference.
 */
export class Router {
  readonly #services: Services;
  readonly #api: DiscordApi;
  readonly #log: Logger;
  readonly #commands: ReadonlyMap<string, Command>;
  readonly #messageCommands: ReadonlyMap<string, MessageCommand>;
  readonly #components: readonly Components[];
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(routes: Routes, services: Services) {
    this.#services = services;
    this.#api = services.api;
    this.#log = services.log;
    this.#commands = new Map(routes.commands.map((command) => [command.data.name, command]));
    this.#messageCommands = new Map(routes.messageCommands.map((command) => [command.data.name, command]));
    this.#components = [...routes.commands, ...routes.messageCommands, ...routes.components];
  }

  /** Starts to listen. */
  attach(client: Client): void {
    client.on(Events.InteractionCreate, (interaction) => {
      const handling = this.handle(interaction);
      this.#running.add(handling);
      void handling.finally(() => this.#running.delete(handling));
    });
  }

  /** Takes in nothing more and waits for what is being answered, at most `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    await settleWithin(this.#running, graceMs);
  }

  /** Answers one interaction, in the language of the person; never throws. */
  async handle(interaction: BaseInteraction): Promise<void> {
    await speak(this.#services.preferences.languageFor(interaction), () => this.#handle(interaction));
  }

  async #handle(interaction: BaseInteraction): Promise<void> {
    const startedAt = performance.now();
    let outcome: InteractionOutcome = 'answered';
    try {
      if (this.#closed) throw new UserError(words().answers.restarting);
      if (interaction.isAutocomplete()) await this.#complete(interaction);
      else await this.#answer(interaction, this.#decide(interaction), startedAt + DECIDE_MS);
    } catch (error) {
      outcome = await this.#refuse(interaction, error);
    }
    reportInteraction(this.#services, interaction, { name: this.#nameOf(interaction), outcome, startedAt });
  }

  /** What was used, by a name of ours: others may call anything as they like. */
  #nameOf(interaction: BaseInteraction): string {
    if (interaction.isCommand() || interaction.isAutocomplete()) {
      const { commandName } = interaction;
      const isOurs = this.#commands.has(commandName) || this.#messageCommands.has(commandName);
      return isOurs ? commandName : 'unknown';
    }
    if (interaction.isMessageComponent() || interaction.isModalSubmit())
      return decodeId(interaction.customId)?.action ?? 'unknown';
    return 'unknown';
  }

  /** The checks that need no I/O. */
  #decide(interaction: BaseInteraction): Answer {
    const closed = explainPlace(interaction, this.#services.config);
    if (closed) throw new UserError(closed);
    if (interaction.isChatInputCommand()) {
      const command = this.#commands.get(interaction.commandName);
      if (command) return command.answer(interaction, this.#services);
    }
    if (interaction.isMessageContextMenuCommand()) {
      const command = this.#messageCommands.get(interaction.commandName);
      if (command) return command.answer(interaction, this.#services);
    }
    if (interaction.isButton() || interaction.isAnySelectMenu() || interaction.isModalSubmit()) {
      const id = decodeId(interaction.customId);
      const answer = id && this.#decideComponent(interaction, id);
      if (answer) return withPressRule(interaction, id.action, answer, this.#services.store.db);
      throw new UserError(words().answers.otherVersion);
    }
    throw new UserError(words().answers.unknownCommand);
  }

  #decideComponent(interaction: BaseInteraction, id: CustomId): Answer | undefined {
    const kind = kindOf(interaction);
    for (const components of this.#components) {
      // The handler of an action takes exactly the ids of that action: the tables' type ties the two together.
      const handlers = components[kind] as
        | Record<string, (interaction: BaseInteraction, id: CustomId, services: Services) => Answer>
        | undefined;
      const handler = handlers?.[id.action];
      if (handler) return handler(interaction, id, this.#services);
    }
    return undefined;
  }

  /** @param decideBy - moment by `performance.now()` at which it has to be acknowledged, one way or another */
  async #answer(interaction: BaseInteraction, answer: Answer, decideBy: number): Promise<void> {
    switch (answer.kind) {
      case 'form': {
        const form = await inTime(decideBy - performance.now(), answer.build());
        if (!form) throw new UserError(words().answers.slowForm);
        await this.#api.showModal(interaction, form.value);
        return;
      }
      case 'message':
        await this.#acknowledge(interaction, answer.visibility);
        await answer.run();
        return;
      case 'update':
        await this.#api.deferUpdate(interaction);
        this.#services.answers.set(interaction, 'update');
        await answer.run();
        return;
      case 'later': {
        const deciding = answer.decide();
        const decided = await inTime(decideBy - performance.now(), deciding);
        if (!decided) await this.#acknowledge(interaction, answer.visibility);
        await this.#answer(interaction, decided?.value ?? (await deciding), decideBy);
        return;
      }
      default:
        answer satisfies never;
    }
  }

  async #acknowledge(interaction: BaseInteraction, visibility: Visibility): Promise<void> {
    const { answers } = this.#services;
    const promised = answers.find(interaction);
    if (promised === visibility) return;
    if (promised) throw new UserError(words().answers.slowDatabase);
    await this.#api.defer(interaction, visibility);
    answers.set(interaction, visibility);
  }

  async #complete(interaction: BaseInteraction): Promise<void> {
    if (!interaction.isAutocomplete()) return;
    const command = this.#commands.get(interaction.commandName);
    const allowed = !explainPlace(interaction, this.#services.config);
    const choices = allowed ? await command?.complete?.(interaction, this.#services) : undefined;
    await this.#api.showChoices(interaction, choices ?? []);
  }

  /** Says why, privately, by the way that is still open. Gives the outcome for the log. */
  async #refuse(interaction: BaseInteraction, error: unknown): Promise<InteractionOutcome> {
    if (isNotOurs(error)) return 'not_ours';
    const expected = error instanceof UserError;
    if (!expected) {
      this.#log.error({ reference: interaction.id, err: coerceError(error) }, 'interaction failed');
    }
    if (interaction.isAutocomplete()) return 'failed';
    try {
      const refusal = error instanceof DraftRefusal ? error : undefined;
      const rows = refusal ? await keepDraft(interaction, refusal, this.#services) : [];
      const parts = refusal?.parts ?? { content: describeError(error, interaction.id) };
      // What no button leads back to is handed back.
      const file = rows.length > 0 ? undefined : buildTypedFile(interaction);
      const content = file ? `${parts.content}\n${words().answers.typedIsAttached}` : parts.content;
      await this.#services.answers.refuse(
        interaction,
        buildMessage({ ...parts, content, rows }),
        file ? [file] : [],
      );
    } catch (failure) {
      const reason = describeApiError(failure);
      this.#log.warn(
        { reference: interaction.id, reason, tokenDead: isTokenDead(failure) },
        'no way to answer',
      );
    }
    return expected ? 'refused' : 'failed';
  }
}

/** The table that a component's handler stands in. */
function kindOf(interaction: BaseInteraction): keyof Components {
  if (interaction.isModalSubmit()) return 'forms';
  if (interaction.isStringSelectMenu()) return 'lists';
  if (interaction.isUserSelectMenu()) return 'people';
  if (interaction.isRoleSelectMenu()) return 'roles';
  return interaction.isChannelSelectMenu() ? 'channels' : 'buttons';
}
