import type { Guild } from './guild.ts';
import { type PermissionSpec, parsePermissions, USUAL_PERMISSIONS } from './permissions.ts';
import type { MessageRecord, User } from './records.ts';

/** Where people talk: a text channel or thread of a guild, the DM with the bot, or a private channel without it. */
export class Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'guild' | 'bot-dm' | 'private';
  readonly guild: Guild | undefined;
  /** Of a thread: the channel of the message that it hangs on. */
  readonly parent: Channel | undefined;
  /** Everybody in a DM or private channel besides the bot. */
  readonly recipients: readonly User[];
  /** Oldest first, deleted ones included. */
  readonly messages = new Map<string, MessageRecord>();
  nsfw: boolean;
  lastMessageId: string | null = null;
  deleted = false;
  /** What the bot may do here, where it is a member. */
  botPermissions = USUAL_PERMISSIONS;

  constructor(fields: {
    id: string;
    name: string;
    kind: Channel['kind'];
    guild?: Guild;
    parent?: Channel;
    recipients?: readonly User[];
    nsfw?: boolean;
  }) {
    this.id = fields.id;
    this.name = fields.name;
    this.kind = fields.kind;
    this.guild = fields.guild;
    this.parent = fields.parent;
    this.recipients = fields.recipients ?? [];
    this.nsfw = fields.nsfw ?? false;
  }

  /** Changes what the bot may do here from now on. */
  setBotPermissions(spec: PermissionSpec): void {
    this.botPermissions = parsePermissions(spec);
  }
}
