import { InteractionResponseType, InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { UploadedFile } from './attachments.ts';
import type { Channel } from './channel.ts';
import { isRecord, refuse, refuseForm } from './errors.ts';
import { list, parseForm, text } from './form.ts';
import { hasSourceMessage } from './interactions.ts';
import { localized } from './localisations.ts';
import { createLoadingMessage, createMessage, editMessage } from './messages.ts';
import { hasPermission } from './permissions.ts';
import type { InteractionRecord, MessageRecord } from './records.ts';
import { renderMessage } from './render-message.ts';
import { modalBody } from './validate-modal.ts';
import type { World } from './world.ts';

const Answer = InteractionResponseType;

const choices = z.object({
  choices: list(
    z.object({
      name: text({ min: 1, max: 100 }),
      name_localizations: localized(text({ min: 1, max: 100 })),
      value: z.union([text({ min: 1, max: 100 }), z.number()]),
    }),
    { max: 25 },
  ),
});

/** The answers that each kind of interaction takes. */
function allowedAnswers(interaction: InteractionRecord): readonly number[] {
  const updates = hasSourceMessage(interaction) ? [Answer.DeferredMessageUpdate, Answer.UpdateMessage] : [];
  const messages = [Answer.ChannelMessageWithSource, Answer.DeferredChannelMessageWithSource];
  switch (interaction.type) {
    case InteractionType.ApplicationCommandAutocomplete:
      return [Answer.ApplicationCommandAutocompleteResult];
    case InteractionType.ModalSubmit:
      return [...messages, ...updates];
    default:
      return [...messages, ...updates, Answer.Modal];
  }
}

/**
 * Takes the first answer to an interaction.
 * @throws DiscordError 10062 when it is unknown or too late, 40060 when it was answered before, 50035 for a bad body
 */
export function answerInteraction(
  world: World,
  call: { id: string; token: string; body: unknown; uploads: readonly UploadedFile[] },
): Record<string, unknown> {
  const interaction = world.interactions.get(call.token);
  if (!interaction || interaction.id !== call.id) throw refuse('unknownInteraction');
  if (interaction.state !== 'waiting' && interaction.state !== 'failed') throw refuse('alreadyAcknowledged');
  const isLate = world.clock.now() - interaction.createdAt >= world.limits.ackMs;
  if (interaction.state === 'failed' || isLate) throw refuse('unknownInteraction');

  const body = isRecord(call.body) ? call.body : {};
  const allowed = allowedAnswers(interaction);
  if (typeof body.type !== 'number' || !allowed.includes(body.type)) {
    const message = `Value must be one of {${allowed.join(', ')}}.`;
    const code = body.type === undefined ? 'BASE_TYPE_REQUIRED' : 'BASE_TYPE_CHOICES';
    throw refuseForm([{ path: ['type'], code, message }]);
  }
  const message = applyAnswer(world, interaction, body.type, body.data, call.uploads);
  world.changed();
  return renderCallback(world, interaction, body.type, message);
}

function applyAnswer(
  world: World,
  interaction: InteractionRecord,
  type: number,
  data: unknown,
  uploads: readonly UploadedFile[],
): MessageRecord | undefined {
  const channel = world.getChannel(interaction.channelId);
  switch (type) {
    case Answer.ChannelMessageWithSource: {
      const posting = answerPosting(world, interaction, channel, wantsEphemeral(data));
      const message = createMessage(world, data ?? {}, uploads, { ...posting, prefix: ['data'] });
      interaction.original = message;
      interaction.state = 'message';
      return message;
    }
    case Answer.DeferredChannelMessageWithSource: {
      checkDeferFlags(data);
      const message = createLoadingMessage(
        world,
        answerPosting(world, interaction, channel, wantsEphemeral(data)),
      );
      interaction.original = message;
      interaction.state = 'deferred';
      return message;
    }
    case Answer.DeferredMessageUpdate:
      interaction.original = interaction.source;
      interaction.state = 'update';
      return undefined;
    case Answer.UpdateMessage: {
      const { source } = interaction;
      if (!source || source.deleted) throw refuse('unknownMessage');
      editMessage(world, source, data ?? {}, uploads, {
        fileLimitBytes: interaction.attachmentLimitBytes,
        prefix: ['data'],
      });
      interaction.original = source;
      interaction.state = 'update';
      return source;
    }
    case Answer.ApplicationCommandAutocompleteResult:
      interaction.choices = parseForm(choices, data, ['data']).choices.map(({ name, value }) => ({
        name,
        value,
      }));
      interaction.state = 'choices';
      return undefined;
    default:
      interaction.modal = parseForm(modalBody, data, ['data']);
      interaction.state = 'modal';
      return undefined;
  }
}

/** Where and as whom an answer or follow-up of an interaction is posted. */
export function answerPosting(
  world: World,
  interaction: InteractionRecord,
  channel: Channel,
  ephemeral: boolean,
) {
  const { source, user } = interaction;
  const commandType = interaction.targetMessageId
    ? MessageType.ContextMenuCommand
    : MessageType.ChatInputCommand;
  return {
    channel,
    author: world.botUser,
    fileLimitBytes: interaction.attachmentLimitBytes,
    interaction,
    ephemeralFor: ephemeral || mustHide(interaction, channel) ? user.id : undefined,
    ...(interaction.type === InteractionType.ApplicationCommand ? { type: commandType } : {}),
    reference: source ? { messageId: source.id, channelId: source.channelId } : undefined,
  };
}

/**
 * Where only the person has installed the app, others see its answers only if the person may show them.
 * @see https://discord.com/developers/docs/topics/permissions (USE_EXTERNAL_APPS)
 */
function mustHide({ userInstallOnly, user }: InteractionRecord, { guild }: Channel): boolean {
  const member = userInstallOnly ? guild?.members.get(user.id) : undefined;
  return member !== undefined && !hasPermission(member.permissions, 'UseExternalApps');
}

/** Whether the data of an answer asks for a private message. */
export function wantsEphemeral(data: unknown): boolean {
  return isRecord(data) && typeof data.flags === 'number' && (data.flags & MessageFlags.Ephemeral) !== 0;
}

function checkDeferFlags(data: unknown): void {
  const flags = isRecord(data) && typeof data.flags === 'number' ? data.flags : 0;
  if ((flags & ~MessageFlags.Ephemeral) !== 0) {
    const message = 'Only the EPHEMERAL flag may be set on a deferred response';
    throw refuseForm([{ path: ['data', 'flags'], code: 'BASE_TYPE_CHOICES', message }]);
  }
}

function renderCallback(
  world: World,
  interaction: InteractionRecord,
  type: number,
  message: MessageRecord | undefined,
): Record<string, unknown> {
  const showsMessage = type === Answer.ChannelMessageWithSource || type === Answer.UpdateMessage;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channelId,
      ...(interaction.guildId ? { guild_id: interaction.guildId } : {}),
      ...(message
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: message.ephemeralFor !== undefined,
          }
        : {}),
    },
    ...(showsMessage && message ? { resource: { type, message: renderMessage(world, message) } } : {}),
  };
}
