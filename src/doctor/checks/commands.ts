import { isDeepStrictEqual } from 'node:util';
import { type APIApplicationCommand, Routes } from 'discord-api-types/v10';
import { CODE, isRefusal } from '../../discord/api/api-errors.ts';
import type { Check, Context } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';

/** What a command is described by at both ends; Discord adds ids and what it has made of old fields. */
const COMPARED = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'default_member_permissions',
  'options',
  'nsfw',
];

/** What only commands that are everywhere are described by, besides (Discord: Application Command Object). */
const COMPARED_EVERYWHERE = [...COMPARED, 'contexts', 'integration_types'];

const FIX = 'npm start registers them; if it has, look into its log.';

/** Whether Discord knows the commands of this version. */
export const registeredCommands: Check = {
  id: 'discord-commands',
  title: 'Commands',
  needs: ['discord'],
  async run(context, signal) {
    const { config, discord, getApplication, commands } = context;
    const { id } = await getApplication();
    const guildId = config.discordGuildId;
    const route = guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id);
    const query = new URLSearchParams({ with_localizations: 'true' });
    try {
      const registered = (await discord.get(route, { query, signal })) as APIApplicationCommand[];
      return [judgeCommands(commands, registered, guildId ? COMPARED : COMPARED_EVERYWHERE)];
    } catch (error) {
      if (!guildId || !isRefusal(error, CODE.missingAccess, CODE.unknownGuild)) throw error;
      const words = `The server of DISCORD_GUILD_ID (${guildId}) cannot have commands of this bot.`;
      const fix = 'Invite the bot there with the scope applications.commands, or remove the variable.';
      return [found('discord-commands', 'no-access', words, fix)];
    }
  },
};

function judgeCommands(
  ours: Context['commands'],
  registered: readonly Pick<APIApplicationCommand, 'name'>[],
  compared: readonly string[],
): Finding {
  if (registered.length === 0)
    return found('discord-commands', 'none', 'Discord does not know the commands yet.', FIX);
  const textOf = (command: object) => JSON.stringify(simplify(command, compared));
  const known = new Set(registered.map(textOf));
  const missing = ours.filter((one) => !known.has(textOf(one)));
  const others = registered.length - (ours.length - missing.length);
  if (missing.length === 0 && others === 0)
    return found('discord-commands', 'same', `Discord knows the ${ours.length} commands of this version.`);
  const names = missing.slice(0, 5).map(({ name }) => name);
  const words = [
    missing.length > 0 && `${missing.length} of ${ours.length} are new or changed (${names.join(', ')})`,
    others > 0 && `${others} at Discord are not of this version`,
  ].filter((part) => part !== false);
  return found('discord-commands', 'different', `Discord knows other commands: ${words.join('; ')}.`, FIX);
}

/** A command without what means nothing, so that both ends describe it in the same words. */
function simplify(command: object, compared: readonly string[]): unknown {
  const fields = Object.entries({ type: 1, ...command }).filter(([name]) => compared.includes(name));
  return withoutEmpty(Object.fromEntries(fields));
}

/** Discord leaves out what is empty, or says null or false; lists of places come in its own order. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const parts = value.map(withoutEmpty);
    return parts.every((part) => typeof part === 'number') ? parts.sort() : parts;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .map(([name, field]) => [name, withoutEmpty(field)] as const)
    .filter(([, field]) => !isEmpty(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields);
}

function isEmpty(value: unknown): boolean {
  const isNothing = value === null || value === undefined || value === false || value === '';
  return isNothing || isDeepStrictEqual(value, []) || isDeepStrictEqual(value, {});
}
