import type { Engine, OperationId, VOCALS } from './request.ts';

/** Who may press the buttons of a card that everybody sees. Who asked for the card always may. */
export const PRESSERS = ['anyone', 'requester', 'roles'] as const;
/** One of them. */
type Pressers = (typeof PRESSERS)[number];

/** Where the results of a request go. */
export const RESULT_PLACES = ['channel', 'thread', 'direct-message'] as const;
/** One of them. */
type ResultPlace = (typeof RESULT_PLACES)[number];

/** Where explicit words may be asked for: anywhere, or only in channels that Discord calls age-restricted. */
export const EXPLICIT_RULES = ['anywhere', 'age-restricted'] as const;
/** One of them. */
type ExplicitRule = (typeof EXPLICIT_RULES)[number];

/** Where a member wants results: as the server says, or a copy as a direct message besides. */
export const MEMBER_DELIVERIES = ['server', 'direct-message-too'] as const;
/** One of them. */
type MemberDelivery = (typeof MEMBER_DELIVERIES)[number];

/** What managers have set for their server. */
export interface ServerSettings {
  /** Nobody but managers may ask for anything. */
  readonly isPaused: boolean;
  /** Channels (with their threads) in which songs may be asked for. Empty: all. */
  readonly channelIds: readonly string[];
  /** Roles whose members may ask. Empty: everybody. */
  readonly roleIds: readonly string[];
  /** Operations that are switched off. */
  readonly offOperations: readonly OperationId[];
  /** Of new songs, where none is named. */
  readonly engine?: Engine | undefined;
  /** Of that engine. */
  readonly model?: string | undefined;
  readonly pressers: Pressers;
  /** With `pressers: 'roles'`. */
  readonly presserRoleIds: readonly string[];
  readonly results: ResultPlace;
  readonly explicit: ExplicitRule;
  /** Words and phrases that no text may hold, as they were typed. */
  readonly blockedWords: readonly string[];
  /** In which everything public is said; absent: as Discord says. */
  readonly language?: string | undefined;
  /** How many days what was typed is kept after a task has ended; absent: until its requester deletes it. */
  readonly retentionDays?: number | undefined;
}

/** Bounds of `retentionDays`. */
export const RETENTION_DAYS = { least: 1, most: 3_650 } as const;

/** What a member has set for themselves. */
export interface MemberSettings {
  /** Of new songs, where none is named. */
  readonly engine?: Engine | undefined;
  /** Of that engine. */
  readonly model?: string | undefined;
  readonly vocals?: (typeof VOCALS)[number] | undefined;
  readonly instrumental?: boolean | undefined;
  readonly delivery: MemberDelivery;
  /** Whether the first card of a result notifies the person. */
  readonly isMentioned: boolean;
  /** In which the person is spoken to; absent: as Discord says. */
  readonly language?: string | undefined;
}

/** A server for which nothing is set. */
export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  isPaused: false,
  channelIds: [],
  roleIds: [],
  offOperations: [],
  pressers: 'anyone',
  presserRoleIds: [],
  results: 'channel',
  explicit: 'anywhere',
  blockedWords: [],
};

/** A member who has set nothing. */
export const DEFAULT_MEMBER_SETTINGS: MemberSettings = { delivery: 'server', isMentioned: true };

/** One setting that has changed, for the audit and for the person who changed it. */
export interface SettingChange {
  /** Name of the setting. */
  readonly setting: string;
  /** Absent: not set. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What differs between two states of the same settings, by their names. */
export function listChanges<Settings extends object>(
  before: Settings,
  after: Settings,
): readonly SettingChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const [from, to] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return names.flatMap((setting) => {
    const change = { setting, before: from.get(setting), after: to.get(setting) };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}
