import { ComponentType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import type { InteractionRecord, MessageRecord, StoredFile } from './records.ts';
import { dropNulls, renderAttachment, renderUser } from './render.ts';
import { signUrl } from './signed-urls.ts';
import type { Component } from './validate-components.ts';
import { listEmbedMedia } from './validate-embeds.ts';
import type { World } from './world.ts';

type Json = Record<string, unknown>;
const ATTACHMENT_SCHEME = 'attachment://';

/** A message as Discord sends it. The nonce comes only with the answer that creates it. */
export function renderMessage(
  world: World,
  message: MessageRecord,
  options: { withNonce?: boolean; nested?: boolean } = {},
): Json {
  const { mentions, interaction, reference } = message;
  const referenced = reference && world.channels.get(reference.channelId)?.messages.get(reference.messageId);
  return {
    id: message.id,
    channel_id: message.channelId,
    author: renderUser(message.author),
    type: message.type,
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    tts: message.tts,
    mention_everyone: mentions.everyone,
    mentions: mentions.users.flatMap((id) => {
      const user = world.users.get(id);
      return user ? [renderUser(user)] : [];
    }),
    mention_roles: mentions.roles,
    attachments: listShownFiles(message).map((file) => renderAttachment(world, file)),
    embeds: message.embeds.map((embed) => renderEmbed(world, message, embed)),
    components: renderComponents(world, message),
    pinned: false,
    flags: message.flags,
    ...(options.withNonce && message.nonce !== undefined ? { nonce: message.nonce } : {}),
    ...(interaction
      ? {
          application_id: world.applicationId,
          webhook_id: world.applicationId,
          interaction_metadata: renderMetadata(world, interaction, message),
          ...(interaction.type === InteractionType.ApplicationCommand
            ? {
                interaction: {
                  id: interaction.id,
                  type: interaction.type,
                  name: interaction.commandName,
                  user: renderUser(interaction.user),
                },
              }
            : {}),
        }
      : {}),
    ...(reference
      ? {
          message_reference: {
            type: 0,
            channel_id: reference.channelId,
            message_id: reference.messageId,
            guild_id: message.guildId,
          },
          ...(options.nested
            ? {}
            : {
                referenced_message:
                  referenced && !referenced.deleted && !referenced.ephemeralFor
                    ? renderMessage(world, referenced, { nested: true })
                    : null,
              }),
        }
      : {}),
  };
}

/** The files that show as attachments: one that an embed displays does not. */
export function listShownFiles(message: MessageRecord): StoredFile[] {
  const inEmbeds = new Set(message.embeds.flatMap(listEmbedMedia).map(({ url }) => url));
  return message.files.filter((file) => !inEmbeds.has(`${ATTACHMENT_SCHEME}${file.name}`));
}

function renderMetadata(
  world: World,
  interaction: InteractionRecord,
  message: MessageRecord | undefined,
): Json {
  const original = interaction.original;
  const target = interaction.targetMessageId;
  return {
    id: interaction.id,
    type: interaction.type,
    user: renderUser(interaction.user),
    authorizing_integration_owners: interaction.owners,
    ...(interaction.type === InteractionType.ApplicationCommand
      ? { name: interaction.commandName, command_type: target ? 3 : 1 }
      : {}),
    ...(target ? { target_message_id: target } : {}),
    ...(message && original && original !== message ? { original_response_message_id: original.id } : {}),
    ...(interaction.type === InteractionType.MessageComponent && interaction.source
      ? { interacted_message_id: interaction.source.id }
      : {}),
    ...(interaction.opener
      ? { triggering_interaction_metadata: renderMetadata(world, interaction.opener, undefined) }
      : {}),
  };
}

function renderEmbed(world: World, message: MessageRecord, embed: MessageRecord['embeds'][number]): unknown {
  const media = (url: string) => ({
    url: resolve(world, message, url),
    proxy_url: resolve(world, message, url),
    width: 0,
    height: 0,
    description: findFile(message, url)?.description,
  });
  const icon = (url: string | null | undefined) => {
    if (!url) return {};
    const resolved = resolve(world, message, url);
    return { icon_url: resolved, proxy_icon_url: resolved };
  };
  return dropNulls({
    ...embed,
    type: 'rich',
    timestamp: embed.timestamp ? new Date(embed.timestamp).toISOString() : undefined,
    image: embed.image ? media(embed.image.url) : undefined,
    thumbnail: embed.thumbnail ? media(embed.thumbnail.url) : undefined,
    footer: embed.footer ? { text: embed.footer.text, ...icon(embed.footer.icon_url) } : undefined,
    author: embed.author ? { ...embed.author, ...icon(embed.author.icon_url) } : undefined,
    fields: embed.fields?.length
      ? embed.fields.map((field) => ({ ...field, inline: field.inline ?? false }))
      : undefined,
  });
}

function renderComponents(world: World, message: MessageRecord): unknown[] {
  let counter = 0;
  const render = (component: Component): Json => {
    counter += 1;
    const json: Json = { ...dropNulls(component), id: component.id || counter };
    if ('components' in component) json.components = component.components.map(render);
    if ('accessory' in component) json.accessory = render(component.accessory);
    return Object.assign(json, describeComponent(world, message, component));
  };
  return message.components.map(render);
}

/** The fields that Discord fills in where a request leaves them out. */
function describeComponent(world: World, message: MessageRecord, component: Component): Json {
  switch (component.type) {
    case ComponentType.Container:
      return { accent_color: component.accent_color ?? null, spoiler: component.spoiler ?? false };
    case ComponentType.Separator:
      return { divider: component.divider ?? true, spacing: component.spacing ?? 1 };
    case ComponentType.Thumbnail:
      return describeMedia(world, message, component);
    case ComponentType.MediaGallery:
      return { items: component.items.map((item) => describeMedia(world, message, item)) };
    case ComponentType.File: {
      const file = findFile(message, component.file.url);
      return {
        file: renderMedia(world, message, component.file.url),
        name: file?.name ?? null,
        size: file?.data.length ?? null,
        spoiler: component.spoiler ?? false,
      };
    }
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      return { min_values: component.min_values ?? 1, max_values: component.max_values ?? 1 };
    default:
      return {};
  }
}

interface MediaFields {
  readonly media: { readonly url: string };
  readonly description?: string | null | undefined;
  readonly spoiler?: boolean | null | undefined;
}

function describeMedia(world: World, message: MessageRecord, item: MediaFields): Json {
  return {
    media: renderMedia(world, message, item.media.url),
    description: item.description ?? null,
    spoiler: item.spoiler ?? false,
  };
}

function renderMedia(world: World, message: MessageRecord, url: string): Json {
  const file = findFile(message, url);
  const resolved = resolve(world, message, url);
  return {
    id: file?.id ?? message.id,
    url: resolved,
    proxy_url: resolved,
    width: 0,
    height: 0,
    content_type: file?.contentType,
    ...(file ? { attachment_id: file.id } : {}),
  };
}

function findFile(message: MessageRecord, url: string): StoredFile | undefined {
  return message.files.find((file) => url === `${ATTACHMENT_SCHEME}${file.name}`);
}

function resolve(world: World, message: MessageRecord, url: string): string {
  const file = findFile(message, url);
  return file ? signUrl(world, file) : url;
}

/** Flags that a request may set; others are ignored. @see https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2 |
  MessageFlags.IsVoiceMessage;
