import { type APIOverwrite, OverwriteType, PermissionFlagsBits, PermissionsBitField } from 'discord.js';

/** What the bot does with a permission, as Discord names it in English. */
interface Need {
  readonly bit: bigint;
  readonly name: string;
  readonly purpose: string;
}

/** The permissions that the invitation of the README asks for. */
const NEEDS: readonly Need[] = [
  { bit: PermissionFlagsBits.ViewChannel, name: 'View Channels', purpose: 'to post there at all' },
  { bit: PermissionFlagsBits.SendMessages, name: 'Send Messages', purpose: 'for finished songs' },
  { bit: PermissionFlagsBits.EmbedLinks, name: 'Embed Links', purpose: 'for the cards of songs' },
  { bit: PermissionFlagsBits.AttachFiles, name: 'Attach Files', purpose: 'for the audio files' },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    name: 'Read Message History',
    purpose: 'to find its own messages after a crash',
  },
];

/** What more it takes where results are wanted in threads. */
const THREAD_NEEDS: readonly Need[] = [
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    name: 'Create Public Threads',
    purpose: 'for results in threads',
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    purpose: 'for results in threads',
  },
];

/** In a thread, one permission takes the place of another (Discord: Permissions for Threads). */
const NEEDS_IN_THREAD: readonly Need[] = NEEDS.map((need) =>
  need.bit === PermissionFlagsBits.SendMessages
    ? {
        ...need,
        bit: PermissionFlagsBits.SendMessagesInThreads,
        name: 'Send Messages in Threads',
      }
    : need,
);

/** All of `NEEDS`, for the address of an invitation. */
export const INVITE_PERMISSIONS = NEEDS.reduce((bits, { bit }) => bits | bit, 0n);

/** What is missing, each with what it is for. Administrators have everything. */
export function listMissing(bits: bigint): readonly string[] {
  return describeMissing(bits, NEEDS);
}

/** What is missing in a thread, by the permissions in its channel. */
export function listMissingInThread(bits: bigint): readonly string[] {
  return describeMissing(bits, NEEDS_IN_THREAD);
}

/** What is missing for results in threads, which are a wish of some servers only. */
export function listMissingForThreads(bits: bigint): readonly string[] {
  return describeMissing(bits, THREAD_NEEDS);
}

function describeMissing(bits: bigint, needs: readonly Need[]): readonly string[] {
  const has = new PermissionsBitField(bits);
  return needs.filter(({ bit }) => !has.has(bit)).map(({ name, purpose }) => `${name} (${purpose})`);
}

/** Whose permissions in a channel are wanted. */
export interface Holder {
  readonly userId: string;
  readonly guildId: string;
  readonly roleIds: readonly string[];
  /** What holds in the server where no channel says otherwise. */
  readonly bits: bigint;
}

/**
 * Permissions in a channel: those in the server, changed by what the channel says of everybody, then of the roles, then
 * of the member (Discord: Permissions, Permission Overwrites).
 */
export function permissionsIn(holder: Holder, overwrites: readonly APIOverwrite[]): bigint {
  const { userId, guildId, roleIds, bits } = holder;
  if (new PermissionsBitField(bits).has(PermissionFlagsBits.Administrator)) return bits;
  const isRole = (id: string) => (one: APIOverwrite) => one.type === OverwriteType.Role && one.id === id;
  const everybody = overwrites.filter(isRole(guildId));
  const roles = overwrites.filter((one) => roleIds.some((id) => id !== guildId && isRole(id)(one)));
  const own = overwrites.filter((one) => one.type === OverwriteType.Member && one.id === userId);
  return [everybody, roles, own].reduce(apply, bits);
}

/** Of equal rank, what one allows counts more than what another denies. */
function apply(bits: bigint, overwrites: readonly APIOverwrite[]): bigint {
  const union = (kind: 'allow' | 'deny') => overwrites.reduce((all, one) => all | BigInt(one[kind]), 0n);
  return (bits & ~union('deny')) | union('allow');
}
