import { MessageFlags, MessageType } from 'discord-api-types/v10';
import {
  checkUploads,
  cleanFileName,
  listKeptFiles,
  mergeFiles,
  restoreFileReferences,
  type UploadedFile,
} from './attachments.ts';
import type { Channel } from './channel.ts';
import { refuse } from './errors.ts';
import { computeMentions, listPinged } from './mentions.ts';
import type { InteractionRecord, MessageRecord, User } from './records.ts';
import { SETTABLE_FLAGS } from './render-message.ts';
import { walkComponents } from './validate-components.ts';
import { checkMessageAfter, type MessageBody, parseMessageBody } from './validate-message.ts';
import type { World } from './world.ts';

/** How a message came to a channel. */
export interface Posting {
  readonly channel: Channel;
  readonly author: User;
  readonly fileLimitBytes: number;
  readonly interaction?: InteractionRecord;
  readonly ephemeralFor?: string | undefined;
  readonly type?: MessageType;
  readonly reference?: { messageId: string; channelId: string } | undefined;
  /** The author of the message that is being replied to. */
  readonly repliedTo?: User | undefined;
  readonly prefix?: readonly string[];
}

const NOTHING = { content: '', embeds: [], components: [], flags: 0, fileNames: [] } as const;

/** Checks a body and posts it as a new message. @throws DiscordError what Discord would answer */
export function createMessage(
  world: World,
  raw: unknown,
  uploads: readonly UploadedFile[],
  posting: Posting,
): MessageRecord {
  const { channel, author } = posting;
  const prefix = posting.prefix ?? [];
  const body = parseMessageBody(raw ?? {}, NOTHING, prefix);
  checkUploads(world, uploads, posting.fileLimitBytes);
  const flags = ((body.flags ?? 0) & SETTABLE_FLAGS) | (posting.ephemeralFor ? MessageFlags.Ephemeral : 0);
  const after = {
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags,
    fileNames: fileNamesOf(uploads, body),
  };
  checkMessageAfter(after, body, prefix);
  if (flags & MessageFlags.IsVoiceMessage) checkVoice(after, body);
  const place = placeOf(channel, posting.ephemeralFor);
  const files = mergeFiles(world, { before: [], kept: [], uploads, body, place, prefix });
  const mentions = computeMentions({
    text: mentionText(after),
    allowed: body.allowed_mentions,
    channel,
    author,
    isInteraction: posting.interaction !== undefined,
    repliedTo: posting.repliedTo,
  });
  const isSilent = (flags & MessageFlags.SuppressNotifications) !== 0;
  const pinged = isSilent ? [] : listPinged(mentions, channel, author);
  return insertMessage(world, {
    ...posting,
    content: after.content,
    embeds: after.embeds,
    components: after.components,
    files,
    flags,
    tts: body.tts ?? false,
    nonce: body.nonce ?? undefined,
    mentions,
    pinged: posting.ephemeralFor ? pinged.filter((id) => id === posting.ephemeralFor) : pinged,
  });
}

/** Puts the placeholder of a deferred answer ("is thinking") into the channel. */
export function createLoadingMessage(world: World, posting: Posting): MessageRecord {
  return insertMessage(world, {
    ...posting,
    content: '',
    embeds: [],
    components: [],
    files: [],
    flags: MessageFlags.Loading | (posting.ephemeralFor ? MessageFlags.Ephemeral : 0),
    tts: false,
    nonce: undefined,
    mentions: { users: [], roles: [], everyone: false },
    pinged: [],
  });
}

type NewMessage = Posting &
  Pick<
    MessageRecord,
    'content' | 'embeds' | 'components' | 'files' | 'flags' | 'tts' | 'nonce' | 'mentions' | 'pinged'
  >;

function insertMessage(world: World, fields: NewMessage): MessageRecord {
  const { channel } = fields;
  const message: MessageRecord = {
    id: world.nextId(),
    channelId: channel.id,
    guildId: channel.guild?.id,
    author: fields.author,
    type: fields.type ?? (fields.reference ? MessageType.Reply : MessageType.Default),
    createdAt: world.clock.now(),
    interaction: fields.interaction,
    ephemeralFor: fields.ephemeralFor,
    nonce: fields.nonce,
    reference: fields.reference,
    content: fields.content,
    embeds: fields.embeds,
    components: fields.components,
    files: fields.files,
    flags: fields.flags,
    tts: fields.tts,
    mentions: fields.mentions,
    pinged: fields.pinged,
    editedAt: undefined,
    editedCount: 0,
    deleted: false,
  };
  channel.messages.set(message.id, message);
  channel.lastMessageId = message.id;
  world.emit({ type: 'message', change: 'create', message });
  return message;
}

/** Checks a body and changes a message by it. @throws DiscordError what Discord would answer */
export function editMessage(
  world: World,
  message: MessageRecord,
  raw: unknown,
  uploads: readonly UploadedFile[],
  options: { fileLimitBytes: number; prefix?: readonly string[] },
): MessageRecord {
  const prefix = options.prefix ?? [];
  if (message.flags & MessageFlags.IsVoiceMessage) throw refuse('voiceNotEditable');
  const channel = world.getChannel(message.channelId);
  const body = parseMessageBody(raw ?? {}, { ...message, fileNames: [] }, prefix);
  checkUploads(world, uploads, options.fileLimitBytes);
  const embeds = body.embeds ? restoreFileReferences(world, body.embeds, message.files) : body.embeds;
  const embedsAfter = embeds === undefined ? message.embeds : (embeds ?? []);
  const kept = listKeptFiles(message.files, body, embedsAfter);
  const after = {
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: embedsAfter,
    components: body.components === undefined ? message.components : (body.components ?? []),
    flags: flagsAfterEdit(message.flags, body.flags),
    fileNames: [...kept.map((file) => file.name), ...fileNamesOf(uploads, body)],
  };
  checkMessageAfter(after, body, prefix);
  message.files = mergeFiles(world, {
    before: message.files,
    kept,
    uploads,
    body,
    place: placeOf(channel, message.ephemeralFor),
    prefix,
  });
  const isFirstAnswer = (message.flags & MessageFlags.Loading) !== 0;
  message.content = after.content;
  message.embeds = after.embeds;
  message.components = after.components;
  message.flags = after.flags;
  const touchesText =
    body.content !== undefined || (after.flags & MessageFlags.IsComponentsV2 && body.components);
  if (touchesText) {
    // The allowances of the original request are gone: an edit without its own is parsed with the default.
    message.mentions = computeMentions({
      text: mentionText(after),
      allowed: body.allowed_mentions,
      channel,
      author: message.author,
      isInteraction: message.interaction !== undefined,
    });
  }
  // What comes after "thinking" is the answer itself: no client shows it as edited. Discord documents neither.
  if (!isFirstAnswer) message.editedAt = world.clock.now();
  message.editedCount += 1;
  world.emit({ type: 'message', change: 'update', message });
  return message;
}

/** Removes a message and its files. */
export function deleteMessage(world: World, message: MessageRecord): void {
  message.deleted = true;
  for (const file of message.files) world.files.delete(file.id);
  world.emit({ type: 'message', change: 'delete', message });
}

/** The message with this id in a channel, as the bot can find it there: ephemeral ones are not in channels. */
export function getChannelMessage(channel: Channel, id: string): MessageRecord {
  const message = channel.messages.get(id);
  if (!message || message.deleted || message.ephemeralFor) throw refuse('unknownMessage');
  return message;
}

function flagsAfterEdit(before: number, requested: number | null | undefined): number {
  const settled = before & ~MessageFlags.Loading;
  if (requested === undefined || requested === null) return settled;
  const suppress = requested & MessageFlags.SuppressEmbeds;
  // IS_COMPONENTS_V2 can only be set; EPHEMERAL can never change.
  return (settled & ~MessageFlags.SuppressEmbeds) | suppress | (requested & MessageFlags.IsComponentsV2);
}

function fileNamesOf(uploads: readonly UploadedFile[], body: MessageBody): string[] {
  return uploads.map((upload) =>
    cleanFileName(body.attachments?.find((entry) => entry.id === upload.index)?.filename ?? upload.name),
  );
}

function placeOf(channel: Channel, ephemeralFor: string | undefined): { folder: string; ephemeral: boolean } {
  return { folder: channel.id, ephemeral: ephemeralFor !== undefined };
}

function mentionText(after: Pick<MessageRecord, 'content' | 'components'>): string {
  const texts = [after.content];
  for (const { component } of walkComponents(after.components))
    if ('content' in component) texts.push(component.content);
  return texts.join('\n');
}

function checkVoice(
  after: {
    content: string;
    embeds: readonly unknown[];
    components: readonly unknown[];
    fileNames: readonly string[];
  },
  body: MessageBody,
): void {
  if (after.content !== '' || after.embeds.length > 0 || after.components.length > 0)
    throw refuse('voiceHasContent');
  if (after.fileNames.length !== 1) throw refuse('voiceNeedsOneFile');
  const entry = body.attachments?.[0];
  if (entry?.duration_secs == null || !entry.waveform) throw refuse('voiceNeedsMetadata');
}
