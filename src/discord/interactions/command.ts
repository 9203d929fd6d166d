import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChannelSelectMenuInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RoleSelectMenuInteraction,
  StringSelectMenuInteraction,
  UserSelectMenuInteraction,
} from 'discord.js';
import type {
  APIModalInteractionResponseCallbackData,
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { CustomId } from '../messages/custom-ids.ts';
import type { Services } from './services.ts';

/** Who sees the answer. A deferred answer cannot change it later. */
export type Visibility = 'public' | 'private';

/**
 * How an interaction is answered, decided by checks that need no I/O. The router acknowledges first and runs
 * the rest afterwards; a `UserError` from the decision is answered privately at once.
 */
export type Answer =
  /** A new message: deferred with its visibility, then edited by `run`. */
  | { readonly kind: 'message'; readonly visibility: Visibility; readonly run: () => Promise<void> }
  /** The pressed message itself changes. */
  | { readonly kind: 'update'; readonly run: () => Promise<void> }
  /** A form opens; building it must take well below three seconds, since a form cannot follow a deferral. */
  | { readonly kind: 'form'; readonly build: () => Promise<APIModalInteractionResponseCallbackData> }
  /**
   * A look-up of milliseconds decides which of these it is; what it throws is answered privately at once. Where it takes
   * longer, the interaction is acknowledged meanwhile.
   */
  | { readonly kind: 'later'; readonly visibility: Visibility; readonly decide: () => Promise<Answer> };

/** A choice of an autocompleted option. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

type Action = CustomId['action'];

/** The part of the custom ids' union that belongs to an action. */
type IdOf<A extends Action, Id = CustomId> = Id extends { readonly action: infer X }
  ? A extends X
    ? Id
    : never
  : never;

type Handlers<I> = {
  readonly [A in Action]?: (interaction: I, id: IdOf<A>, services: Services) => Answer;
};

/** Handlers of buttons, select menus and forms, by the action in their custom id. */
export interface Components {
  readonly buttons?: Handlers<ButtonInteraction>;
  /** Menus whose choices we name. */
  readonly lists?: Handlers<StringSelectMenuInteraction>;
  /** Menus of members. */
  readonly people?: Handlers<UserSelectMenuInteraction>;
  readonly roles?: Handlers<RoleSelectMenuInteraction>;
  readonly channels?: Handlers<ChannelSelectMenuInteraction>;
  readonly forms?: Handlers<ModalSubmitInteraction>;
}

/** One slash command with the buttons and forms that belong to its verb. */
export interface Command extends Components {
  readonly data: { readonly name: string; toJSON(): RESTPostAPIApplicationCommandsJSONBody };
  answer(interaction: ChatInputCommandInteraction, services: Services): Answer;
  complete?(interaction: AutocompleteInteraction, services: Services): Promise<readonly Choice[]>;
}

/** One entry of a message's context menu with the buttons and forms that belong to it. */
export interface MessageCommand extends Components {
  readonly data: { readonly name: string; toJSON(): RESTPostAPIContextMenuApplicationCommandsJSONBody };
  answer(interaction: MessageContextMenuCommandInteraction, services: Services): Answer;
}

/** Answers with a new message that only the person sees. */
export function privately(run: () => Promise<void>): Answer {
  return { kind: 'message', visibility: 'private', run };
}

/** Answers with a new message for these eyes. */
export function message(visibility: Visibility, run: () => Promise<void>): Answer {
  return { kind: 'message', visibility, run };
}

/** Changes the pressed message. */
export function updating(run: () => Promise<void>): Answer {
  return { kind: 'update', run };
}

/**
 * Looks something up first.
 *
 * @param visibility - of the answer, where the look-up takes so long that it has to be promised before
 */
export function later(visibility: Visibility, decide: () => Promise<Answer>): Answer {
  return { kind: 'later', visibility, decide };
}

/** Opens a form. */
export function opening(build: () => Promise<APIModalInteractionResponseCallbackData>): Answer {
  return { kind: 'form', build };
}
