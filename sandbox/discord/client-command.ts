import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10';
import { interactionFileLimit, type PersonFile, storeFile } from './attachments.ts';
import type { Channel } from './channel.ts';
import { resolveEntity } from './client-entity.ts';
import { ClientError } from './client-error.ts';
import { listCommands } from './commands.ts';
import { lengthOf } from './form.ts';
import { type Named, shownName } from './localisations.ts';
import { hasPermission } from './permissions.ts';
import type { CommandRecord, Role, User } from './records.ts';
import { renderAttachment } from './render.ts';
import type { CommandOption } from './validate-command.ts';
import type { World } from './world.ts';

const OptionType = ApplicationCommandOptionType;

/** What a person can put into an option; people, roles and channels also by their id. */
export type OptionValue = string | number | boolean | User | Role | Channel | PersonFile;

/** Where and by whom a command is used. */
export interface Place {
  readonly world: World;
  readonly user: User;
  readonly channel: Channel;
}

type Json = Record<string, unknown>;

/** The commands of any kind that a person sees at this place. */
export function listVisibleCommands(place: Place): readonly CommandRecord[] {
  return listCandidates(place).filter((command) => whyHidden(place, command) === undefined);
}

function listCandidates({ world, channel }: Place): readonly CommandRecord[] {
  return [...(channel.guild ? listCommands(world, channel.guild.id) : []), ...listCommands(world, undefined)];
}

/** The command that a person sees under this name, at this place. @throws ClientError when there is none */
export function findVisibleCommand(place: Place, name: string, type: ApplicationCommandType): CommandRecord {
  const candidates = listCandidates(place);
  const named = candidates.filter(
    (command) => command.body.type === type && isNamed(command.body, name, place),
  );
  const visible = named.find((command) => whyHidden(place, command) === undefined);
  if (visible) return visible;
  const [first] = named;
  if (first) throw new ClientError(`"${name}" cannot be used here: ${whyHidden(place, first)}`);
  const names = candidates.map(({ body }) => shownName(body, place.user.locale)).join(', ') || 'none';
  throw new ClientError(`There is no command "${name}". Commands: ${names}`);
}

/** Whether a person means it: by the name that their client shows, or, as tests for everybody do, by its own. */
function isNamed(one: Named, name: string | number | undefined, { user }: Place): boolean {
  return one.name === name || shownName(one, user.locale) === name;
}

function whyHidden({ user, channel }: Place, { body }: CommandRecord): string | undefined {
  const context = { guild: 0, 'bot-dm': 1, private: 2 }[channel.kind];
  if (body.contexts && !body.contexts.includes(context))
    return `context ${context} is not among its contexts`;
  if (!body.contexts && body.dm_permission === false && channel.kind !== 'guild') return 'it is not for DMs';
  const types = body.integration_types ?? [0, 1];
  const byGuild = types.includes(0) && (channel.guild ? channel.guild.installed : channel.kind === 'bot-dm');
  const byUser = types.includes(1) && user.installsApp;
  if (!byGuild && !byUser) return 'the app is not installed for this place or person';
  if (body.nsfw && !channel.nsfw) return 'it is only for age-restricted channels';
  const needed = body.default_member_permissions;
  if (channel.guild && needed !== null && needed !== undefined) {
    const own = channel.guild.members.get(user.id)?.permissions ?? 0n;
    const isAdmin = hasPermission(own, 'Administrator');
    const hasAll = BigInt(needed) !== 0n && (own & BigInt(needed)) === BigInt(needed);
    if (!isAdmin && !hasAll) return 'the member lacks its default permissions';
  }
  return undefined;
}

/** Builds the data of a slash command as Discord's client would, or refuses what it would not send. */
export function buildCommandData(
  place: Place,
  path: string,
  values: Readonly<Record<string, OptionValue | undefined>>,
  focused?: string,
): { commandName: string; data: Json } {
  const [name = '', ...branch] = path.trim().replace(/^\//, '').split(/\s+/);
  const command = findVisibleCommand(place, name, ApplicationCommandType.ChatInput);
  const resolved: Record<string, Json> = {};
  const options = buildBranch(place, command.body.options ?? [], branch, values, focused, resolved, path);
  return {
    commandName: command.body.name,
    data: {
      id: command.id,
      name: command.body.name,
      type: command.body.type,
      options,
      ...(Object.keys(resolved).length > 0 ? { resolved } : {}),
      ...(command.guildId ? { guild_id: command.guildId } : {}),
    },
  };
}

function buildBranch(
  place: Place,
  options: readonly CommandOption[],
  branch: readonly string[],
  values: Readonly<Record<string, OptionValue | undefined>>,
  focused: string | undefined,
  resolved: Record<string, Json>,
  path: string,
): Json[] {
  const isGroup = options.some(
    (one) => one.type === OptionType.Subcommand || one.type === OptionType.SubcommandGroup,
  );
  const [next, ...rest] = branch;
  if (isGroup) {
    const child = options.find((one) => isNamed(one, next, place));
    const names = options.map((one) => shownName(one, place.user.locale)).join(', ');
    if (!child) throw new ClientError(`"${path}" needs one of the sub-commands: ${names}`);
    return [
      {
        name: child.name,
        type: child.type,
        options: buildBranch(place, child.options ?? [], rest, values, focused, resolved, path),
      },
    ];
  }
  if (next !== undefined) throw new ClientError(`"${path}": there is no sub-command "${next}"`);
  for (const key of Object.keys(values)) {
    if (!options.some((option) => isNamed(option, key, place))) {
      const names = options.map((option) => shownName(option, place.user.locale)).join(', ') || 'none';
      throw new ClientError(`"/${path}" has no option "${key}". Options: ${names}`);
    }
  }
  const filled: Json[] = [];
  for (const option of options) {
    const value = values[option.name] ?? values[shownName(option, place.user.locale)];
    if (value === undefined) {
      if (option.required && focused === undefined)
        throw new ClientError(`"/${path}" requires the option "${option.name}"`);
      continue;
    }
    const isFocused = isNamed(option, focused, place);
    if (isFocused && !option.autocomplete)
      throw new ClientError(`The option "${option.name}" has no autocomplete`);
    const sent = isFocused ? value : resolveValue(place, option, value, resolved);
    filled.push({
      name: option.name,
      type: option.type,
      value: sent,
      ...(isFocused ? { focused: true } : {}),
    });
  }
  return filled;
}

function resolveValue(
  place: Place,
  option: CommandOption,
  value: OptionValue,
  resolved: Record<string, Json>,
): string | number | boolean {
  const wrong = (expected: string) => new ClientError(`The option "${option.name}" takes ${expected}`);
  switch (option.type) {
    case OptionType.String: {
      if (typeof value !== 'string') throw wrong('text');
      if (value === '') throw wrong('text that is not empty');
      const length = lengthOf(value);
      const max = option.max_length ?? 6000;
      if (length < (option.min_length ?? 0)) throw wrong(`at least ${option.min_length} characters`);
      if (length > max) throw wrong(`at most ${max} characters`);
      return pickChoice(option, value, place);
    }
    case OptionType.Integer:
    case OptionType.Number:
      if (option.choices?.length && typeof value === 'string') return pickChoice(option, value, place);
      if (typeof value !== 'number' || Number.isNaN(value)) throw wrong('a number');
      if (option.type === OptionType.Integer && !Number.isInteger(value)) throw wrong('a whole number');
      if (value < (option.min_value ?? -Infinity)) throw wrong(`at least ${option.min_value}`);
      if (value > (option.max_value ?? Infinity)) throw wrong(`at most ${option.max_value}`);
      return pickChoice(option, value, place);
    case OptionType.Boolean:
      if (typeof value !== 'boolean') throw wrong('true or false');
      return value;
    case OptionType.Attachment:
      if (typeof value !== 'object' || !('data' in value)) throw wrong('a file: { name, data }');
      return uploadForInteraction(place, value, resolved, option.file_types ?? undefined);
    default:
      return resolveEntity(place, option.type, value, resolved, wrong);
  }
}

function pickChoice<T extends string | number>(
  option: CommandOption,
  value: T,
  place: Place,
): T | string | number {
  if (!option.choices?.length) return value;
  const found = option.choices.find((choice) => choice.value === value || isNamed(choice, value, place));
  if (found) return found.value;
  const names = option.choices.map((choice) => shownName(choice, place.user.locale)).join(', ');
  throw new ClientError(`"${value}" is not a choice of "${option.name}". Choices: ${names}`);
}

/** Uploads a person's file for an interaction and adds it to `resolved`. Returns its id. */
export function uploadForInteraction(
  { world, user, channel }: Place,
  file: PersonFile,
  resolved: Record<string, Json>,
  fileTypes?: readonly string[],
): string {
  if (file.data.length > interactionFileLimit(channel, user.attachmentLimitBytes)) {
    throw new ClientError(`"${file.name}" is larger than ${user.name} may upload here`);
  }
  if (fileTypes?.length && !fileTypes.some((type) => matchesFileType(file.name, type))) {
    throw new ClientError(`"${file.name}" is not one of ${fileTypes.join(', ')}`);
  }
  const stored = storeFile(world, file, { folder: world.applicationId, ephemeral: true });
  resolved.attachments = { ...resolved.attachments, [stored.id]: renderAttachment(world, stored) };
  return stored.id;
}

/** Groups of extensions that `file_types` knows. @see https://discord.com/developers/docs/reference#file-type-filtering */
const FILE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  audio: ['.mp3', '.m4a', '.wav', '.ogg', '.opus', '.flac'],
  image: ['.png', '.jpg', '.jpeg', '.gif', '.webp'],
  video: ['.mp4', '.mov', '.webm'],
};

/** The ends of names that an entry of `file_types` stands for, in lower case. */
export function listExtensions(type: string): readonly string[] {
  return FILE_GROUPS[type] ?? [type.toLowerCase()];
}

function matchesFileType(name: string, type: string): boolean {
  return listExtensions(type).some((extension) => name.toLowerCase().endsWith(extension));
}
