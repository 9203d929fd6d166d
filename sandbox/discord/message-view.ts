import { type ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { ENTITIES, type Entity } from './entities.ts';
import type { MessageRecord, StoredFile, User } from './records.ts';
import { listShownFiles, renderMessage } from './render-message.ts';
import { signUrl } from './signed-urls.ts';
import type { TopComponent } from './validate-components.ts';
import { walkComponents } from './validate-components.ts';
import type { ButtonComponent, SelectComponent } from './validate-controls.ts';
import type { Embed } from './validate-embeds.ts';
import type { World } from './world.ts';

/** A button as a person sees it. */
export interface Button {
  /** The text, or the emoji of a button that has nothing else. */
  readonly label: string;
  readonly emoji: string | undefined;
  readonly style: ButtonStyle;
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly disabled: boolean;
}

/** A menu as a person sees it. */
export interface Select {
  readonly customId: string;
  readonly placeholder: string | undefined;
  readonly disabled: boolean;
  readonly min: number;
  readonly max: number;
  /** What it offers; undefined where the options are its own. */
  readonly entity: Entity | undefined;
  /** Values that are chosen before anybody does. */
  readonly chosen: readonly string[];
  readonly options: readonly {
    readonly label: string;
    readonly value: string;
    readonly description: string | undefined;
  }[];
}

/** A file under a message. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly title: string | undefined;
  readonly size: number;
  readonly contentType: string;
  /** Its alternative text. */
  readonly description: string | undefined;
  /** A fresh signed address. */
  readonly url: string;
}

/** A message, always as it is now: it follows edits and deletion. */
export class Message {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  readonly createdAt: number;
  readonly #world: World;
  readonly #record: MessageRecord;

  constructor(world: World, record: MessageRecord) {
    this.#world = world;
    this.#record = record;
    this.id = record.id;
    this.channelId = record.channelId;
    this.author = record.author;
    this.createdAt = record.createdAt;
  }

  get content(): string {
    return this.#record.content;
  }

  get embeds(): readonly Embed[] {
    return this.#record.embeds;
  }

  /** The components as they were accepted, with their nesting. */
  get components(): readonly TopComponent[] {
    return this.#record.components;
  }

  /** All texts of a message: content, embeds and text displays, one below the other. */
  get text(): string {
    const { content, embeds, components } = this.#record;
    const texts: (string | null | undefined)[] = [content];
    for (const embed of embeds) {
      texts.push(embed.author?.name, embed.title, embed.description);
      for (const field of embed.fields ?? []) texts.push(`${field.name}: ${field.value}`);
      texts.push(embed.footer?.text);
    }
    for (const { component } of walkComponents(components))
      if ('content' in component) texts.push(component.content);
    return texts.filter(Boolean).join('\n');
  }

  /** All buttons, in reading order. */
  get buttons(): readonly Button[] {
    return [...walkComponents(this.#record.components)].flatMap(({ component }) =>
      component.type === ComponentType.Button ? [toButton(component)] : [],
    );
  }

  /** All menus, in reading order. */
  get selects(): readonly Select[] {
    return [...walkComponents(this.#record.components)].flatMap(({ component }) =>
      isSelect(component) ? [toSelect(component)] : [],
    );
  }

  /** The files that show as attachments, embedded pictures excluded. */
  get attachments(): readonly Attachment[] {
    return listShownFiles(this.#record).map((file) => toAttachment(this.#world, file));
  }

  /** The files that embeds show in place of attachments. */
  get pictures(): readonly Attachment[] {
    const shown = listShownFiles(this.#record);
    return this.#record.files
      .filter((file) => !shown.includes(file))
      .map((file) => toAttachment(this.#world, file));
  }

  /** The bytes of the nth picture that embeds show. @throws Error when there is none */
  picture(index = 0): Buffer {
    const shown = listShownFiles(this.#record);
    const file = this.#record.files.filter((one) => !shown.includes(one))[index];
    if (!file) throw new Error(`Message ${this.id} has no picture ${index}`);
    return file.data;
  }

  /** The names of all stored files, those that embeds show included. */
  get fileNames(): readonly string[] {
    return this.#record.files.map((file) => file.name);
  }

  get flags(): number {
    return this.#record.flags;
  }

  /** Whether only one person sees it. */
  get ephemeral(): boolean {
    return this.#record.ephemeralFor !== undefined;
  }

  /** Whether it still says that the bot is thinking. */
  get loading(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }

  /** Whether it was posted without a notification. */
  get silent(): boolean {
    return (this.flags & MessageFlags.SuppressNotifications) !== 0;
  }

  /** The ids of the people whom it really notified when it was posted. */
  get pinged(): readonly string[] {
    return this.#record.pinged;
  }

  /** The ids of the people whom it mentions now. */
  get mentions(): readonly string[] {
    return this.#record.mentions.users;
  }

  get nonce(): string | number | undefined {
    return this.#record.nonce;
  }

  /** The id of the message that this one replies to. */
  get replyTo(): string | undefined {
    return this.#record.reference?.messageId;
  }

  /** The id of the interaction that this message answers. */
  get interactionId(): string | undefined {
    return this.#record.interaction?.id;
  }

  get editedCount(): number {
    return this.#record.editedCount;
  }

  get editedAt(): number | undefined {
    return this.#record.editedAt;
  }

  get deleted(): boolean {
    return this.#record.deleted;
  }

  /** The address that people copy with "Copy Message Link". */
  get link(): string {
    return `https://discord.com/channels/${this.#record.guildId ?? '@me'}/${this.channelId}/${this.id}`;
  }

  /** The button with this label, emoji or custom id, if there is one. */
  findButton(name: string): Button | undefined {
    return this.buttons.find((one) => one.label === name || one.emoji === name || one.customId === name);
  }

  /** The button with this label, emoji or custom id. @throws Error when there is none */
  button(name: string): Button {
    const found = this.findButton(name);
    if (found) return found;
    const labels = this.buttons.map((one) => one.label).join(', ') || 'none';
    throw new Error(`No button "${name}"; there are: ${labels}`);
  }

  /** The bytes of the nth attachment that shows. @throws Error when there is none */
  async file(index = 0): Promise<Buffer> {
    const file = listShownFiles(this.#record)[index];
    if (!file) throw new Error(`Message ${this.id} has no file ${index}`);
    return file.data;
  }

  /** The message as the REST API shows it. */
  toJSON(): Record<string, unknown> {
    return renderMessage(this.#world, this.#record);
  }
}

function toAttachment(world: World, file: StoredFile): Attachment {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.data.length,
    contentType: file.contentType,
    description: file.description,
    url: signUrl(world, file),
  };
}

function isSelect(component: { type: ComponentType }): component is SelectComponent {
  return (
    component.type === ComponentType.StringSelect ||
    component.type === ComponentType.UserSelect ||
    component.type === ComponentType.RoleSelect ||
    component.type === ComponentType.MentionableSelect ||
    component.type === ComponentType.ChannelSelect
  );
}

function toButton(component: ButtonComponent): Button {
  const emoji = component.emoji?.name ?? undefined;
  return {
    label: component.label || (emoji ?? ''),
    emoji,
    style: component.style,
    customId: component.custom_id ?? undefined,
    url: component.url ?? undefined,
    disabled: component.disabled ?? false,
  };
}

function toSelect(component: SelectComponent): Select {
  const isOwn = component.type === ComponentType.StringSelect;
  const options = isOwn ? component.options : [];
  return {
    customId: component.custom_id,
    placeholder: component.placeholder ?? undefined,
    disabled: component.disabled ?? false,
    min: component.min_values ?? 1,
    max: component.max_values ?? 1,
    entity: isOwn ? undefined : ENTITIES[component.type],
    chosen: isOwn
      ? component.options.filter((option) => option.default).map(({ value }) => value)
      : (component.default_values ?? []).map(({ id }) => id),
    options: options.map(({ label, value, description }) => ({
      label,
      value,
      description: description ?? undefined,
    })),
  };
}
