import type { Channel } from './channel.ts';
import { hasPermission } from './permissions.ts';
import type { Mentions, User } from './records.ts';
import type { AllowedMentions } from './validate-message.ts';

/** What decides whom a message mentions. */
export interface MentionInput {
  readonly text: string;
  readonly allowed: AllowedMentions | null | undefined;
  readonly channel: Channel;
  readonly author: User;
  /** Interactions ping only users unless they say otherwise, messages everybody. */
  readonly isInteraction: boolean;
  /** The author of the message that this one replies to. */
  readonly repliedTo?: User | undefined;
}

/** Whom a message mentions: the text decides who could be, allowed_mentions and permissions who is. */
export function computeMentions(input: MentionInput): Mentions {
  const { channel, allowed } = input;
  const parse = new Set(
    allowed ? (allowed.parse ?? []) : input.isInteraction ? ['users'] : ['users', 'roles', 'everyone'],
  );
  const mayPingAll = mayMentionEveryone(channel, input.author);

  const users = new Set<string>();
  for (const [, id = ''] of input.text.matchAll(/<@!?(\d+)>/g)) {
    if (parse.has('users') || allowed?.users?.includes(id)) users.add(id);
  }
  // Without allowed_mentions a reply pings; with it, only when it says so.
  if (input.repliedTo && (allowed ? allowed.replied_user === true : true)) users.add(input.repliedTo.id);

  const roles = new Set<string>();
  for (const [, id = ''] of input.text.matchAll(/<@&(\d+)>/g)) {
    const role = channel.guild?.roles.get(id);
    if (!role || !(role.mentionable || mayPingAll)) continue;
    if (parse.has('roles') || allowed?.roles?.includes(id)) roles.add(id);
  }
  const everyone = parse.has('everyone') && mayPingAll && /@(everyone|here)\b/.test(input.text);
  return { users: [...users], roles: [...roles], everyone };
}

/** The people whom a message with these mentions notifies. */
export function listPinged(mentions: Mentions, channel: Channel, author: User): string[] {
  const members = channel.guild ? [...channel.guild.members.values()] : [];
  const present = new Set(
    channel.guild
      ? members
          .filter((member) => hasPermission(member.permissions, 'ViewChannel'))
          .map((member) => member.user.id)
      : channel.recipients.map((user) => user.id),
  );
  const pinged = new Set(mentions.users.filter((id) => present.has(id)));
  for (const member of members) {
    const isMentioned = mentions.everyone || member.roleIds.some((id) => mentions.roles.includes(id));
    if (isMentioned && !member.user.bot) pinged.add(member.user.id);
  }
  pinged.delete(author.id);
  return [...pinged];
}

function mayMentionEveryone(channel: Channel, author: User): boolean {
  if (!channel.guild) return false;
  if (author.bot) return channel.guild.installed && hasPermission(channel.botPermissions, 'MentionEveryone');
  const member = channel.guild.members.get(author.id);
  return member !== undefined && hasPermission(member.permissions, 'MentionEveryone');
}
