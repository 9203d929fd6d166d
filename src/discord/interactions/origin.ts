import type { BaseInteraction } from 'discord.js';
import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  PermissionsBitField,
} from 'discord.js';
import { z } from 'zod';
import { type Context, INTERACTION_TOKEN_TTL_MS, type Origin } from '../../domain/origin.ts';

const POSTING = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
];

const LOOKING = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

/** Where an interaction came from, as the durable record that its answer will need. */
export function originOf(interaction: BaseInteraction): Origin {
  const permissions = new PermissionsBitField(interaction.appPermissions ?? 0n);
  const context = contextOf(interaction);
  // discord.js has an entry for every kind of installation; that of a server is empty where it is none.
  const owners = interaction.authorizingIntegrationOwners ?? {};
  const userInstallOnly = owners[ApplicationIntegrationType.GuildInstall] === undefined;
  const present = context === 'bot-dm' || (context === 'guild' && !userInstallOnly);
  return {
    applicationId: interaction.applicationId,
    interactionId: interaction.id,
    token: interaction.token,
    tokenExpiresAt: interaction.createdTimestamp + INTERACTION_TOKEN_TTL_MS,
    context,
    guildId: interaction.guildId ?? undefined,
    channelId: interaction.channelId ?? '',
    userId: interaction.user.id,
    userName: interaction.user.displayName,
    locale: interaction.locale,
    serverLocale: interaction.guildLocale ?? undefined,
    userInstallOnly,
    botCanPost: present && (context === 'bot-dm' || permissions.has(POSTING)),
    botCanLook: present && (context === 'bot-dm' || permissions.has(LOOKING)),
    attachmentLimitBytes: interaction.attachmentSizeLimit,
  };
}

function contextOf(interaction: BaseInteraction): Context {
  if (interaction.guildId) return 'guild';
  return interaction.context === InteractionContextType.PrivateChannel ? 'private-channel' : 'bot-dm';
}

/** Whether the person may act on other people's tasks and cards: Manage Messages in this place. */
export function isModerator(interaction: BaseInteraction): boolean {
  return interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
}

/** Whether the person manages the server that they are in: Manage Server there. */
export function isManager(interaction: BaseInteraction): boolean {
  return interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
}

/**
 * discord.js keeps the ids that came with the interaction, but shows only the roles that it knows, and without intents
 * it knows none.
 */
const KEPT_ROLES = z.object({ _roles: z.array(z.string()).readonly() });

/** Ids of the roles that the person has in the server, as the interaction tells them. */
export function rolesOf({ member }: Pick<BaseInteraction, 'member'>): readonly string[] {
  if (!member) return [];
  if (Array.isArray(member.roles)) return member.roles;
  return KEPT_ROLES.parse(member)._roles;
}
