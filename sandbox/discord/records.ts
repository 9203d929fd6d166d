import type { InteractionType } from 'discord-api-types/v10';
import type { CommandBody } from './validate-command.ts';
import type { TopComponent } from './validate-components.ts';
import type { Embed } from './validate-embeds.ts';
import type { ModalBody } from './validate-modal.ts';

/** A person or a bot. Fields that are not read-only may be changed while the server runs. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  locale: string;
  /** Largest file this person may upload anywhere, in bytes (Nitro raises it). */
  attachmentLimitBytes: number;
  /** Whether the bot may write to this person. */
  dmsOpen: boolean;
  /** Whether this person has installed the app for themselves. */
  installsApp: boolean;
}

/** A role of a guild. */
export interface Role {
  readonly id: string;
  readonly name: string;
  mentionable: boolean;
}

/** A member of a guild. */
export interface Member {
  readonly user: User;
  readonly joinedAt: number;
  roleIds: string[];
  permissions: bigint;
}

/** A file that Discord stores. */
export interface StoredFile {
  readonly id: string;
  /** The name after Discord has cleaned it. */
  readonly name: string;
  /** The name before that, where it differs. */
  readonly title: string | undefined;
  readonly contentType: string;
  readonly data: Buffer;
  readonly path: string;
  description: string | undefined;
  readonly durationSecs: number | undefined;
  readonly waveform: string | undefined;
  readonly ephemeral: boolean;
}

/** Who a message mentions, after allowed_mentions has been applied. */
export interface Mentions {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** A message as Discord stores it. */
export interface MessageRecord {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly author: User;
  readonly type: number;
  readonly createdAt: number;
  readonly interaction: InteractionRecord | undefined;
  /** The only person who sees this message, when it is ephemeral. */
  readonly ephemeralFor: string | undefined;
  readonly nonce: string | number | undefined;
  readonly reference: { readonly messageId: string; readonly channelId: string } | undefined;
  content: string;
  embeds: Embed[];
  components: TopComponent[];
  files: StoredFile[];
  flags: number;
  tts: boolean;
  mentions: Mentions;
  /** The people whom this message really notified when it was posted. */
  pinged: readonly string[];
  editedAt: number | undefined;
  editedCount: number;
  deleted: boolean;
}

/** What came of an interaction. */
type InteractionState = 'waiting' | 'message' | 'deferred' | 'update' | 'modal' | 'choices' | 'failed';

/** One choice of an autocomplete answer. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** An interaction and everything that was done with its token. */
export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: User;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly createdAt: number;
  /** The name of the command, for commands and autocomplete. */
  readonly commandName: string | undefined;
  /** The message under which a component was pressed, also for modals opened from there. */
  readonly source: MessageRecord | undefined;
  /** The interaction that opened the modal. */
  readonly opener: InteractionRecord | undefined;
  /** Only the person, not the place, has installed the app. */
  readonly userInstallOnly: boolean;
  readonly owners: Readonly<Record<string, string>>;
  readonly attachmentLimitBytes: number;
  readonly targetMessageId: string | undefined;
  /** The event exactly as it was sent to the bot. */
  readonly payload: Record<string, unknown>;
  state: InteractionState;
  original: MessageRecord | undefined;
  readonly followUps: MessageRecord[];
  choices: readonly Choice[];
  modal: ModalBody | undefined;
}

/** A command as it was registered. */
export interface CommandRecord {
  readonly id: string;
  readonly guildId: string | undefined;
  version: string;
  body: CommandBody;
}
