/** What goes into options for people, roles and channels. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { Channel } from './channel.ts';
import type { OptionValue, Place } from './client-command.ts';
import type { ClientError } from './client-error.ts';
import { renderChannel, renderMember, renderUser } from './render.ts';

const OptionType = ApplicationCommandOptionType;
type Json = Record<string, unknown>;

/**
 * Adds what was chosen to `resolved` and returns its id.
 *
 * @param type - the option's, which decides what an id names
 * @param wrong - makes the error that says what the option takes
 * @throws ClientError when that is something else
 */
export function resolveEntity(
  place: Place,
  type: ApplicationCommandOptionType,
  value: OptionValue,
  resolved: Record<string, Json>,
  wrong: (expected: string) => ClientError,
): string {
  const chosen = findEntity(place, type, value);
  const put = (kind: string, id: string, json: unknown) => {
    resolved[kind] = { ...resolved[kind], [id]: json };
    return id;
  };
  if (chosen instanceof Channel) return put('channels', chosen.id, renderChannel(chosen));
  if (typeof chosen !== 'object' || 'data' in chosen) throw wrong('a user, role or channel');
  if ('mentionable' in chosen) return put('roles', chosen.id, { id: chosen.id, name: chosen.name });
  const member = place.channel.guild?.members.get(chosen.id);
  if (member) {
    const { user: _user, ...partial } = renderMember(member, true);
    put('members', chosen.id, partial);
  }
  return put('users', chosen.id, renderUser(chosen));
}

/** Whom or what an id names, if an option of this type offers it; everything else is what it is. */
function findEntity(
  { world, channel: { guild } }: Place,
  type: ApplicationCommandOptionType,
  value: OptionValue,
): OptionValue {
  if (typeof value !== 'string') return value;
  const user = world.users.get(value);
  const role = guild?.roles.get(value);
  switch (type) {
    case OptionType.User:
      return user ?? value;
    case OptionType.Role:
      return role ?? value;
    case OptionType.Mentionable:
      return user ?? role ?? value;
    default:
      return guild?.channels.get(value) ?? value;
  }
}
