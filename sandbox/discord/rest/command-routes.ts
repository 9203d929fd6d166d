import { changeCommand, createCommand, getCommand, listCommands, replaceCommands } from '../commands.ts';
import { refuse } from '../errors.ts';
import { renderCommand } from '../render.ts';
import type { World } from '../world.ts';
import { type Call, NO_CONTENT, ok, param, type Route } from './route.ts';

/** Global and guild commands. @see https://discord.com/developers/docs/interactions/application-commands */
export function commandRoutes(world: World): Route[] {
  return [
    ...scopeRoutes(world, '/applications/:application/commands'),
    ...scopeRoutes(world, '/applications/:application/guilds/:guild/commands'),
  ];
}

function scopeRoutes(world: World, path: string): Route[] {
  const route = { auth: 'bot', bucket: 'commands', major: 'guild' } as const;

  function scopeOf(call: Call): string | undefined {
    if (param(call, 'application') !== world.applicationId) throw refuse('unknownApplication');
    const guildId = call.params.guild;
    if (guildId !== undefined && !world.guilds.get(guildId)?.installed) throw refuse('missingAccess');
    return guildId;
  }

  return [
    {
      ...route,
      method: 'GET',
      path,
      bucket: 'other',
      handle(call) {
        const withLocalizations = call.query.with_localizations === 'true';
        return ok(
          listCommands(world, scopeOf(call)).map((one) => renderCommand(world, one, withLocalizations)),
        );
      },
    },
    {
      ...route,
      method: 'PUT',
      path,
      handle: (call) =>
        ok(replaceCommands(world, scopeOf(call), call.body).map((one) => renderCommand(world, one, true))),
    },
    {
      ...route,
      method: 'POST',
      path,
      handle(call) {
        const { command, isNew } = createCommand(world, scopeOf(call), call.body);
        return { status: isNew ? 201 : 200, body: renderCommand(world, command, true) };
      },
    },
    {
      ...route,
      method: 'GET',
      path: `${path}/:command`,
      bucket: 'other',
      handle: (call) =>
        ok(renderCommand(world, getCommand(world, scopeOf(call), param(call, 'command')), true)),
    },
    {
      ...route,
      method: 'PATCH',
      path: `${path}/:command`,
      handle(call) {
        const command = getCommand(world, scopeOf(call), param(call, 'command'));
        return ok(renderCommand(world, changeCommand(world, command, call.body), true));
      },
    },
    {
      ...route,
      method: 'DELETE',
      path: `${path}/:command`,
      handle(call) {
        world.commands.delete(getCommand(world, scopeOf(call), param(call, 'command')).id);
        world.changed();
        return NO_CONTENT;
      },
    },
  ];
}
