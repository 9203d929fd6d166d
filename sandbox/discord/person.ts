import { ApplicationCommandType, ComponentType, InteractionType } from 'discord-api-types/v10';
import { interactionFileLimit, type PersonFile } from './attachments.ts';
import type { Channel } from './channel.ts';
import {
  buildCommandData,
  findVisibleCommand,
  listVisibleCommands,
  type OptionValue,
  type Place,
} from './client-command.ts';
import { ClientError } from './client-error.ts';
import { pickValues } from './client-menu.ts';
import { writeMessage } from './client-message.ts';
import { buildModalData, type FieldValue, type Modal } from './client-modal.ts';
import { resolveEntities } from './entities.ts';
import { startInteraction } from './interactions.ts';
import { Message } from './message-view.ts';
import { hasPermission } from './permissions.ts';
import { isAddressedTo, isPresent, isShownTo, listChannels } from './presence.ts';
import type { Choice, CommandRecord, MessageRecord, User } from './records.ts';
import { renderMessage } from './render-message.ts';
import { Sent } from './sent.ts';
import { walkComponents } from './validate-components.ts';
import type { World } from './world.ts';

/**
 * A person in front of Discord's client. Everything here is checked as that client checks it: what it would not
 * let a person do is a {@link ClientError}, and the bot never hears of it.
 */
export class Person {
  readonly user: User;
  readonly #world: World;

  constructor(world: World, user: User) {
    this.#world = world;
    this.user = user;
  }

  /** How others mention this person. */
  get mention(): string {
    return `<@${this.user.id}>`;
  }

  /** Uses a slash command; sub-commands are separated by a space (`'add vocals'`). */
  command(
    channel: Channel,
    path: string,
    options: Readonly<Record<string, OptionValue | undefined>> = {},
  ): Sent {
    const { commandName, data } = buildCommandData(this.#placeForCommands(channel), path, options);
    return this.#send(channel, { type: InteractionType.ApplicationCommand, data, commandName });
  }

  /** Types into an option with autocomplete. */
  type(
    channel: Channel,
    path: string,
    options: Readonly<Record<string, OptionValue | undefined>>,
    focused: string,
  ): Sent {
    const typed = { ...options, [focused]: options[focused] ?? '' };
    const { commandName, data } = buildCommandData(this.#placeForCommands(channel), path, typed, focused);
    return this.#send(channel, { type: InteractionType.ApplicationCommandAutocomplete, data, commandName });
  }

  /** Types into an option with autocomplete and returns what the bot offers. */
  autocomplete(...typing: Parameters<Person['type']>): Promise<readonly Choice[]> {
    return this.type(...typing).choices();
  }

  /** Uses a command from the "Apps" menu of a message. */
  messageCommand(message: Message, name: string): Sent {
    const { record, channel } = this.#find(message);
    const command = findVisibleCommand(this.#placeForCommands(channel), name, ApplicationCommandType.Message);
    const { name: commandName } = command.body;
    const data = {
      id: command.id,
      name: commandName,
      type: ApplicationCommandType.Message,
      target_id: record.id,
      resolved: { messages: { [record.id]: renderMessage(this.#world, record) } },
      ...(command.guildId ? { guild_id: command.guildId } : {}),
    };
    const type = InteractionType.ApplicationCommand;
    return this.#send(channel, { type, data, commandName, targetMessageId: record.id });
  }

  /** Presses a button, named by its label or by `{ customId }`. */
  press(message: Message, which: string | { readonly customId: string }): Sent {
    const { record, channel } = this.#find(message);
    const found = message.buttons.filter((one) =>
      typeof which === 'string'
        ? one.label === which || one.emoji === which
        : one.customId === which.customId,
    );
    const [button, second] = found;
    const wanted = typeof which === 'string' ? which : which.customId;
    if (!button) {
      const labels = message.buttons.map((one) => one.label).join(', ') || 'none';
      throw new ClientError(`The message has no button "${wanted}"; buttons: ${labels}`);
    }
    if (second)
      throw new ClientError(`The message has several buttons "${wanted}": name one by its customId`);
    if (button.disabled) throw new ClientError(`The button "${wanted}" is disabled`);
    if (button.customId === undefined)
      throw new ClientError(`The button "${wanted}" is a link to ${button.url}`);
    return this.#useComponent(record, channel, button.customId, {});
  }

  /** Chooses in a menu, named by its custom id or placeholder; options by value or label, people and the like by id. */
  select(message: Message, which: string, values: readonly string[]): Sent {
    const { record, channel } = this.#find(message);
    const select = message.selects.find((one) => one.customId === which || one.placeholder === which);
    if (!select) throw new ClientError(`The message has no menu "${which}"`);
    const picked = pickValues(this.#place(channel), select, values);
    return this.#useComponent(record, channel, select.customId, { values: picked });
  }

  /** Submits a modal; fields by label, those left out keep what stands in them. */
  submit(modal: Modal, values: Readonly<Record<string, FieldValue | undefined>> = {}): Sent {
    const { opener } = modal;
    if (opener.user !== this.user) throw new ClientError(`The modal was opened for ${opener.user.name}`);
    const channel = this.#world.getChannel(opener.channelId);
    const data = buildModalData(this.#place(channel), modal, values);
    return this.#send(channel, { type: InteractionType.ModalSubmit, data, source: opener.source, opener });
  }

  /** Writes a message. */
  say(channel: Channel, content: string, files: readonly PersonFile[] = []): Message {
    this.#requirePresence(channel);
    const record = writeMessage(this.#place(channel), content, files);
    return new Message(this.#world, record);
  }

  /** What this person sees in a channel now, oldest first; the private answers to others are not among it. */
  sees(channel: Channel): readonly Message[] {
    if (!isPresent(this.user, channel)) return [];
    return [...channel.messages.values()]
      .filter((one) => isShownTo(this.user, one))
      .map((one) => new Message(this.#world, one));
  }

  /** The channels, threads and direct messages that this person sees now, oldest first. */
  get channels(): readonly Channel[] {
    return listChannels(this.#world, this.user);
  }

  /** The commands of any kind that this person can use in a channel. */
  commands(channel: Channel): readonly CommandRecord[] {
    return listVisibleCommands(this.#placeForCommands(channel));
  }

  /** The largest file that this person may hand in here, in bytes. */
  uploadLimitBytes(channel: Channel): number {
    return interactionFileLimit(channel, this.user.attachmentLimitBytes);
  }

  /** Calls `run` for every message that is new, changed or gone where this person sees it. Returns what ends that. */
  watch(run: (change: 'create' | 'update' | 'delete', message: Message) => void): () => void {
    return this.#world.onEvent((event) => {
      if (event.type !== 'message') return;
      const channel = this.#world.channels.get(event.message.channelId);
      if (!channel || !isPresent(this.user, channel) || !isAddressedTo(this.user, event.message)) return;
      run(event.change, new Message(this.#world, event.message));
    });
  }

  #send(channel: Channel, spec: Omit<Parameters<typeof startInteraction>[1], 'user' | 'channel'>): Sent {
    const interaction = startInteraction(this.#world, { ...spec, user: this.user, channel });
    return new Sent(this.#world, interaction);
  }

  #useComponent(
    record: MessageRecord,
    channel: Channel,
    customId: string,
    extra: { values?: readonly string[] },
  ): Sent {
    const used = [...walkComponents(record.components)].find(
      ({ component }) => 'custom_id' in component && component.custom_id === customId,
    )?.component;
    const isEntitySelect =
      used !== undefined && used.type >= ComponentType.UserSelect && used.type <= ComponentType.ChannelSelect;
    const data = {
      custom_id: customId,
      component_type: used?.type ?? ComponentType.Button,
      id: used?.id ?? 1,
      ...extra,
      ...(isEntitySelect ? { resolved: resolveEntities(this.#world, channel, extra.values ?? []) } : {}),
    };
    return this.#send(channel, { type: InteractionType.MessageComponent, data, source: record });
  }

  #find(message: Message): { record: MessageRecord; channel: Channel } {
    const channel = this.#world.getChannel(message.channelId);
    const record = channel.messages.get(message.id);
    if (!record || record.deleted) throw new ClientError('The message does not exist any more');
    if (!isAddressedTo(this.user, record)) {
      throw new ClientError(`${this.user.name} does not see this message: it is private`);
    }
    this.#requirePresence(channel);
    return { record, channel };
  }

  #place(channel: Channel): Place {
    return { world: this.#world, user: this.user, channel };
  }

  #placeForCommands(channel: Channel): Place {
    this.#requirePresence(channel);
    const permissions = channel.guild?.members.get(this.user.id)?.permissions;
    if (permissions !== undefined && !hasPermission(permissions, 'UseApplicationCommands')) {
      throw new ClientError(`${this.user.name} may not use commands in #${channel.name}`);
    }
    return this.#place(channel);
  }

  #requirePresence(channel: Channel): void {
    if (!isPresent(this.user, channel))
      throw new ClientError(`${this.user.name} does not see #${channel.name}`);
  }
}
