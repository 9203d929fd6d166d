import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Channel } from './channel.ts';
import { type PermissionSpec, parsePermissions, USUAL_PERMISSIONS } from './permissions.ts';
import type { Member, Role, User } from './records.ts';
import type { World } from './world.ts';

/** Settings of a new guild. */
export interface GuildSpec {
  readonly name: string;
  /** @defaultValue 0 */
  readonly boostTier?: 0 | 1 | 2 | 3;
  /** Whether the bot is a member; where it is not, only people who installed the app can use it. @defaultValue true */
  readonly installed?: boolean;
  /** @defaultValue 'en-US' */
  readonly locale?: string;
}

/** A Discord server. Fields that are not read-only may be changed while it runs. */
export class Guild {
  readonly id: string;
  readonly name: string;
  readonly channels = new Map<string, Channel>();
  readonly roles = new Map<string, Role>();
  readonly members = new Map<string, Member>();
  readonly #world: World;
  boostTier: 0 | 1 | 2 | 3;
  installed: boolean;
  locale: string;
  /** The largest file in place of the one that goes with the boosts, in bytes: a small one makes small songs too large. */
  fileLimitBytes: number | undefined;
  ownerId: string | undefined;

  constructor(world: World, spec: GuildSpec) {
    this.#world = world;
    this.id = world.nextId();
    this.name = spec.name;
    this.boostTier = spec.boostTier ?? 0;
    this.installed = spec.installed ?? true;
    this.locale = spec.locale ?? 'en-US';
    // The role of everybody has the id of its guild.
    this.roles.set(this.id, { id: this.id, name: '@everyone', mentionable: false });
    this.addMember(world.botUser);
  }

  /** Adds a text channel. */
  addChannel(spec: { name: string; nsfw?: boolean; botPermissions?: PermissionSpec }): Channel {
    const channel = new Channel({
      id: this.#world.nextId(),
      name: spec.name,
      kind: 'guild',
      guild: this,
      nsfw: spec.nsfw ?? false,
    });
    if (spec.botPermissions !== undefined) channel.setBotPermissions(spec.botPermissions);
    this.channels.set(channel.id, channel);
    this.#world.channels.set(channel.id, channel);
    return channel;
  }

  /** Adds a role. */
  addRole(spec: { name: string; mentionable?: boolean }): Role {
    const role: Role = { id: this.#world.nextId(), name: spec.name, mentionable: spec.mentionable ?? false };
    this.roles.set(role.id, role);
    return role;
  }

  /** Removes a role, from its members too. */
  removeRole(role: Role): void {
    this.roles.delete(role.id);
    for (const member of this.members.values()) {
      member.roleIds = member.roleIds.filter((id) => id !== role.id);
    }
  }

  /** Adds a member; adding one again changes permissions and roles. */
  addMember(user: User, spec: { permissions?: PermissionSpec; roles?: readonly Role[] } = {}): Member {
    const existing = this.members.get(user.id);
    const member: Member = {
      user,
      joinedAt: existing?.joinedAt ?? this.#world.clock.now(),
      roleIds: spec.roles ? spec.roles.map((role) => role.id) : (existing?.roleIds ?? []),
      permissions:
        spec.permissions === undefined
          ? (existing?.permissions ?? USUAL_PERMISSIONS)
          : parsePermissions(spec.permissions),
    };
    this.members.set(user.id, member);
    return member;
  }

  /** Makes somebody the owner, who may do everything. */
  setOwner(user: User): void {
    this.ownerId = user.id;
    this.addMember(user, { permissions: USUAL_PERMISSIONS | PermissionFlagsBits.Administrator });
  }
}
