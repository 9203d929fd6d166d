import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Channel } from './channel.ts';
import type { DiscordClock } from './clock.ts';
import { refuse } from './errors.ts';
import type { Guild } from './guild.ts';
import type { CommandRecord, InteractionRecord, MessageRecord, StoredFile, User } from './records.ts';
import { createSnowflakes } from './snowflake.ts';

/** The numbers that options may change. */
export interface Limits {
  /** Time for the first answer to an interaction. */
  readonly ackMs: number;
  /** Life of an interaction token. */
  readonly tokenTtlMs: number;
  /** How long a nonce is remembered. */
  readonly nonceWindowMs: number;
  /** Life of a signed attachment address. */
  readonly attachmentTtlMs: number;
  /** All files of one request together. */
  readonly maxRequestBytes: number;
  /** Edits of messages older than an hour, per channel and hour. */
  readonly oldEdits: number;
}

/** Something that happened and that gateway sessions may be told. */
export type WorldEvent =
  | { readonly type: 'interaction'; readonly interaction: InteractionRecord }
  | {
      readonly type: 'message';
      readonly change: 'create' | 'update' | 'delete';
      readonly message: MessageRecord;
    };

/** Everything that this Discord knows, in memory. */
export class World {
  readonly clock: DiscordClock;
  readonly limits: Limits;
  readonly nextId: () => string;
  readonly token: string;
  readonly applicationId: string;
  readonly applicationName: string;
  readonly botUser: User;
  /** The person who owns the application. */
  readonly owner: User;
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly interactions = new Map<string, InteractionRecord>();
  readonly files = new Map<string, StoredFile>();
  readonly commands = new Map<string, CommandRecord>();
  readonly cdnSecret = randomBytes(16);
  /** Scheme, host and port of this server; set as soon as it listens. */
  origin = '';
  readonly #events = new EventEmitter<{ change: []; event: [WorldEvent] }>();

  constructor(options: { clock: DiscordClock; limits: Limits; applicationName: string }) {
    this.clock = options.clock;
    this.limits = options.limits;
    this.nextId = createSnowflakes(options.clock);
    this.applicationName = options.applicationName;
    this.applicationId = this.nextId();
    this.#events.setMaxListeners(0);
    this.botUser = this.addUser({ id: this.applicationId, name: options.applicationName, bot: true });
    this.owner = this.addUser({ name: 'Owner' });
    const idPart = Buffer.from(this.applicationId).toString('base64url');
    this.token = `${idPart}.${randomBytes(4).toString('base64url')}.${randomBytes(20).toString('base64url')}`;
  }

  /** Adds a person or bot. */
  addUser(spec: Partial<User> & { name: string }): User {
    const user: User = {
      id: spec.id ?? this.nextId(),
      name: spec.name,
      bot: spec.bot ?? false,
      locale: spec.locale ?? 'en-US',
      attachmentLimitBytes: spec.attachmentLimitBytes ?? 10 * 1024 * 1024,
      dmsOpen: spec.dmsOpen ?? true,
      installsApp: spec.installsApp ?? false,
    };
    this.users.set(user.id, user);
    return user;
  }

  /** The channel with this id. @throws DiscordError 10003 when it does not exist (any more). */
  getChannel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel || channel.deleted) throw refuse('unknownChannel');
    return channel;
  }

  /** Tells gateway sessions of something, and everybody else that the state has changed. */
  emit(event: WorldEvent): void {
    this.#events.emit('event', event);
    this.changed();
  }

  /** Wakes everybody who waits for a state. */
  changed(): void {
    this.#events.emit('change');
  }

  /** Calls `run` after every change. Returns a function that stops it. */
  onChange(run: () => void): () => void {
    this.#events.on('change', run);
    return () => this.#events.off('change', run);
  }

  /** Calls `run` for every event. Returns a function that stops it. */
  onEvent(run: (event: WorldEvent) => void): () => void {
    this.#events.on('event', run);
    return () => this.#events.off('event', run);
  }
}
