import { randomBytes } from 'node:crypto';
import { InteractionType } from 'discord-api-types/v10';
import { interactionFileLimit } from './attachments.ts';
import type { Channel } from './channel.ts';
import { BOT_DM_APP_PERMISSIONS, GROUP_DM_APP_PERMISSIONS } from './permissions.ts';
import type { InteractionRecord, MessageRecord, User } from './records.ts';
import { renderChannel, renderMember, renderUser } from './render.ts';
import { renderMessage } from './render-message.ts';
import type { World } from './world.ts';

/** What a person did, before it becomes an interaction. */
export interface InteractionSpec {
  readonly type: InteractionType;
  readonly user: User;
  readonly channel: Channel;
  readonly data: Record<string, unknown>;
  readonly commandName?: string;
  readonly source?: MessageRecord | undefined;
  readonly opener?: InteractionRecord | undefined;
  readonly targetMessageId?: string | undefined;
}

/** Creates an interaction, sends it to the bot and starts its clock. */
export function startInteraction(world: World, spec: InteractionSpec): InteractionRecord {
  const { user, channel, source } = spec;
  const id = world.nextId();
  const token = Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString(
    'base64url',
  );
  const owners = ownersOf(channel, user, source);
  const attachmentLimitBytes = interactionFileLimit(channel, user.attachmentLimitBytes);
  const member = channel.guild?.members.get(user.id);
  const payload = {
    id,
    application_id: world.applicationId,
    type: spec.type,
    data: spec.data,
    ...(channel.guild
      ? {
          guild: { id: channel.guild.id, locale: channel.guild.locale, features: [] },
          guild_id: channel.guild.id,
          guild_locale: channel.guild.locale,
        }
      : {}),
    channel: { ...renderChannel(channel), ...(member ? { permissions: member.permissions.toString() } : {}) },
    channel_id: channel.id,
    ...(member ? { member: renderMember(member, true) } : { user: renderUser(user) }),
    token,
    version: 1,
    ...(source ? { message: renderMessage(world, source) } : {}),
    app_permissions: appPermissions(channel).toString(),
    locale: user.locale,
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: owners,
    context: { guild: 0, 'bot-dm': 1, private: 2 }[channel.kind],
    attachment_size_limit: attachmentLimitBytes,
  };
  const interaction: InteractionRecord = {
    id,
    token,
    type: spec.type,
    user,
    channelId: channel.id,
    guildId: channel.guild?.id,
    createdAt: world.clock.now(),
    commandName: spec.commandName,
    source,
    opener: spec.opener,
    userInstallOnly: !('0' in owners),
    owners,
    attachmentLimitBytes,
    targetMessageId: spec.targetMessageId,
    payload,
    state: 'waiting',
    original: undefined,
    followUps: [],
    choices: [],
    modal: undefined,
  };
  world.interactions.set(token, interaction);
  world.clock.after(world.limits.ackMs, () => {
    if (interaction.state !== 'waiting') return;
    interaction.state = 'failed';
    world.changed();
  });
  world.emit({ type: 'interaction', interaction });
  return interaction;
}

/** Who installed the app here: the guild ('0', in the bot's DM the value '0') or the person ('1'). */
function ownersOf(channel: Channel, user: User, source: MessageRecord | undefined): Record<string, string> {
  // Components keep the install context of the message that carries them.
  if (source?.interaction) return { ...source.interaction.owners };
  const owners: Record<string, string> = {};
  if (channel.guild?.installed) owners['0'] = channel.guild.id;
  if (channel.kind === 'bot-dm') owners['0'] = '0';
  if (user.installsApp || Object.keys(owners).length === 0) owners['1'] = user.id;
  return owners;
}

function appPermissions(channel: Channel): bigint {
  if (channel.kind === 'bot-dm') return BOT_DM_APP_PERMISSIONS;
  if (channel.guild?.installed) return channel.botPermissions;
  return GROUP_DM_APP_PERMISSIONS;
}

/** Whether a component of this interaction's message may be answered by updating that message. */
export function hasSourceMessage(interaction: InteractionRecord): boolean {
  return (
    interaction.source !== undefined &&
    (interaction.type === InteractionType.MessageComponent ||
      interaction.type === InteractionType.ModalSubmit)
  );
}
