import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { UploadedFile } from './attachments.ts';
import { answerPosting, wantsEphemeral } from './callback.ts';
import { refuse } from './errors.ts';
import { hasSourceMessage } from './interactions.ts';
import { createMessage, editMessage } from './messages.ts';
import type { InteractionRecord, MessageRecord } from './records.ts';
import type { World } from './world.ts';

/** Follow-ups of an interaction where only the person has installed the app. */
const MAX_USER_INSTALL_FOLLOW_UPS = 5;

/**
 * The interaction behind a webhook address.
 * @throws DiscordError 50027 when the token is wrong or older than 15 minutes, 10015 when it was never answered
 */
export function getAnsweredInteraction(
  world: World,
  applicationId: string,
  token: string,
): InteractionRecord {
  const interaction = world.interactions.get(token);
  if (applicationId !== world.applicationId) throw refuse('unknownWebhook');
  if (!interaction) throw refuse('invalidWebhookToken');
  if (world.clock.now() - interaction.createdAt >= world.limits.tokenTtlMs)
    throw refuse('invalidWebhookToken');
  if (['waiting', 'failed', 'choices'].includes(interaction.state)) throw refuse('unknownWebhook');
  return interaction;
}

/** The message that a webhook address names: `@original`, a follow-up, or the one that carries the pressed component. */
export function getWebhookMessage(interaction: InteractionRecord, id: string): MessageRecord {
  const known = [interaction.original, ...interaction.followUps];
  if (hasSourceMessage(interaction)) known.push(interaction.source);
  const message = id === '@original' ? interaction.original : known.find((one) => one?.id === id);
  if (!message || message.deleted) throw refuse('unknownMessage');
  return message;
}

/** Posts a follow-up. Right after a deferral it fills the placeholder instead, as Discord still does. */
export function createFollowUp(
  world: World,
  interaction: InteractionRecord,
  body: unknown,
  uploads: readonly UploadedFile[],
): MessageRecord {
  const { original } = interaction;
  if (
    interaction.state === 'deferred' &&
    original &&
    !original.deleted &&
    original.flags & MessageFlags.Loading
  ) {
    return editWebhookMessage(world, interaction, original, body, uploads);
  }
  if (interaction.userInstallOnly && interaction.followUps.length >= MAX_USER_INSTALL_FOLLOW_UPS) {
    throw refuse('tooManyFollowUps');
  }
  const channel = world.getChannel(interaction.channelId);
  const message = createMessage(world, body, uploads, {
    ...answerPosting(world, interaction, channel, wantsEphemeral(body)),
    type: original ? MessageType.Reply : MessageType.Default,
    reference: original ? { messageId: original.id, channelId: original.channelId } : undefined,
  });
  interaction.followUps.push(message);
  world.changed();
  return message;
}

/** Edits a message by the token of its interaction. */
export function editWebhookMessage(
  world: World,
  interaction: InteractionRecord,
  message: MessageRecord,
  body: unknown,
  uploads: readonly UploadedFile[],
): MessageRecord {
  return editMessage(world, message, body, uploads, { fileLimitBytes: interaction.attachmentLimitBytes });
}
