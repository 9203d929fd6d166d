import { PermissionFlagsBits } from 'discord-api-types/v10';

/** The name of a permission, as discord.js spells it. */
export type PermissionName = keyof typeof PermissionFlagsBits;

/** Permissions: a list, everything usual without some, or the bits themselves. */
export type PermissionSpec =
  | readonly PermissionName[]
  | { readonly without: readonly PermissionName[] }
  | bigint;

/** What members (and bots) may usually do in a channel. */
const USUAL: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'CreatePublicThreads',
  'SendMessagesInThreads',
  'ReadMessageHistory',
  'AddReactions',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'UseExternalApps',
];

/** Bits of the usual permissions. */
export const USUAL_PERMISSIONS = toBits(USUAL);

/** What an app may always do in DMs with other people. @see https://discord.com/developers/docs/interactions/receiving-and-responding */
export const GROUP_DM_APP_PERMISSIONS = toBits(['AttachFiles', 'EmbedLinks', 'MentionEveryone']);

/** What an app may always do in the DM with its own bot. */
export const BOT_DM_APP_PERMISSIONS = GROUP_DM_APP_PERMISSIONS | toBits(['UseExternalEmojis']);

/** Turns a specification into bits. */
export function parsePermissions(spec: PermissionSpec): bigint {
  if (typeof spec === 'bigint') return spec;
  if ('without' in spec) return USUAL_PERMISSIONS & ~toBits(spec.without);
  return toBits(spec);
}

/** Whether bits contain a permission; administrators have all. */
export function hasPermission(bits: bigint, name: PermissionName): boolean {
  return (bits & (PermissionFlagsBits[name] | PermissionFlagsBits.Administrator)) !== 0n;
}

function toBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}
