import { ApplicationCommandType } from 'discord-api-types/v10';
import { DiscordError, isRecord, refuse, refuseForm } from './errors.ts';
import { parseForm } from './form.ts';
import { findShownTwice } from './localisations.ts';
import type { CommandRecord } from './records.ts';
import { type CommandBody, commandBody } from './validate-command.ts';
import type { World } from './world.ts';

/** So many commands of each kind per scope. @see https://discord.com/developers/docs/interactions/application-commands */
const MAX_COMMANDS: Readonly<Record<number, number>> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
};

/** The commands of one scope: a guild's own, or the global ones. */
export function listCommands(world: World, guildId: string | undefined): CommandRecord[] {
  return [...world.commands.values()].filter((command) => command.guildId === guildId);
}

/** The command with this id in a scope. @throws DiscordError 10063 */
export function getCommand(world: World, guildId: string | undefined, id: string): CommandRecord {
  const command = world.commands.get(id);
  if (!command || command.guildId !== guildId) throw refuse('unknownCommand');
  return command;
}

/** Replaces all commands of a scope; those that keep name and type keep their id. */
export function replaceCommands(world: World, guildId: string | undefined, raw: unknown): CommandRecord[] {
  if (!Array.isArray(raw)) throw refuse('invalidJson');
  const bodies = parseAll(raw);
  checkCounts(bodies);
  const before = listCommands(world, guildId);
  for (const command of before) world.commands.delete(command.id);
  const after = bodies.map((body) => {
    const existing = before.find((one) => one.body.name === body.name && one.body.type === body.type);
    return saveCommand(world, guildId, body, existing);
  });
  world.changed();
  return after;
}

/** Creates a command; one of the same name and type is replaced. */
export function createCommand(
  world: World,
  guildId: string | undefined,
  raw: unknown,
): { command: CommandRecord; isNew: boolean } {
  const body = parseForm(commandBody, raw);
  const scope = listCommands(world, guildId);
  const existing = scope.find((one) => one.body.name === body.name && one.body.type === body.type);
  const others = scope.flatMap((one) => (one === existing ? [] : [one.body]));
  checkCounts([...others, body]);
  checkShownNames([...others, body], () => []);
  const command = saveCommand(world, guildId, body, existing);
  world.changed();
  return { command, isNew: !existing };
}

/** Changes some fields of a command. Its type cannot change. */
export function changeCommand(world: World, command: CommandRecord, raw: unknown): CommandRecord {
  const changes = isRecord(raw) ? raw : {};
  const body = parseForm(commandBody, { ...command.body, ...changes, type: command.body.type });
  const scope = listCommands(world, command.guildId);
  if (scope.some((one) => one !== command && one.body.name === body.name && one.body.type === body.type)) {
    throw refuseForm([{ path: ['name'], ...DUPLICATE }]);
  }
  const others = scope.flatMap((one) => (one === command ? [] : [one.body]));
  checkShownNames([...others, body], () => []);
  const changed = saveCommand(world, command.guildId, body, command);
  world.changed();
  return changed;
}

const DUPLICATE = {
  code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
  message: 'Application command names must be unique',
};

function saveCommand(
  world: World,
  guildId: string | undefined,
  body: CommandBody,
  existing: CommandRecord | undefined,
): CommandRecord {
  const isSame = existing && JSON.stringify(existing.body) === JSON.stringify(body);
  const command: CommandRecord = {
    id: existing?.id ?? world.nextId(),
    guildId,
    version: isSame ? existing.version : world.nextId(),
    body,
  };
  world.commands.set(command.id, command);
  return command;
}

function parseAll(raw: readonly unknown[]): CommandBody[] {
  const bodies: CommandBody[] = [];
  const errors: Record<string, unknown> = {};
  for (const [index, one] of raw.entries()) {
    try {
      bodies.push(parseForm(commandBody, one));
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      errors[String(index)] = error.errors;
    }
  }
  if (Object.keys(errors).length > 0) throw new DiscordError(400, 50_035, 'Invalid Form Body', { errors });
  const problems = bodies.flatMap((body, index) =>
    bodies.findIndex((one) => one.name === body.name && one.type === body.type) < index
      ? [{ path: [index], ...DUPLICATE }]
      : [],
  );
  if (problems.length > 0) throw refuseForm(problems);
  checkShownNames(bodies, (body) => [bodies.indexOf(body)]);
  return bodies;
}

/**
 * No client may show two commands of one kind under one name.
 *
 * @param pathOf - of a command's body in the request
 * @throws DiscordError 50035
 */
function checkShownNames(
  bodies: readonly CommandBody[],
  pathOf: (body: CommandBody) => readonly (string | number)[],
): void {
  const problems = [...Map.groupBy(bodies, ({ type }) => type).values()].flatMap((alike) =>
    findShownTwice(alike).map(({ one, locale }) => ({
      path: [...pathOf(one), 'name_localizations', locale],
      ...DUPLICATE,
    })),
  );
  if (problems.length > 0) throw refuseForm(problems);
}

function checkCounts(bodies: readonly CommandBody[]): void {
  for (const [type, max] of Object.entries(MAX_COMMANDS)) {
    if (bodies.filter((body) => body.type === Number(type)).length > max) {
      throw new DiscordError(400, 30_032, `Maximum number of application commands reached (${max})`);
    }
  }
}
