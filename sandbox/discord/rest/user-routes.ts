import { openBotDm } from '../dms.ts';
import { isRecord, refuse, refuseForm } from '../errors.ts';
import { parseForm, snowflake } from '../form.ts';
import {
  renderChannel,
  renderGuild,
  renderMember,
  renderOwnGuild,
  renderOwnUser,
  renderUser,
} from '../render.ts';
import type { World } from '../world.ts';
import { type Call, ok, param, type Route } from './route.ts';

/** The application, users, members and guilds. @see https://discord.com/developers/docs/resources/user */
export function userRoutes(world: World): Route[] {
  const bot = { auth: 'bot', bucket: 'other' } as const;

  function getGuild(call: Call) {
    const guild = world.guilds.get(param(call, 'guild'));
    if (!guild) throw refuse('unknownGuild');
    if (!guild.installed) throw refuse('missingAccess');
    return guild;
  }

  return [
    { ...bot, method: 'GET', path: '/applications/@me', handle: () => ok(renderApplication(world)) },
    { ...bot, method: 'GET', path: '/oauth2/applications/@me', handle: () => ok(renderApplication(world)) },
    { ...bot, method: 'GET', path: '/users/@me', handle: () => ok(renderOwnUser(world.botUser)) },
    { ...bot, method: 'GET', path: '/users/@me/guilds', handle: (call) => ok(listOwnGuilds(world, call)) },
    {
      ...bot,
      method: 'GET',
      path: '/users/:user',
      handle(call) {
        const user = world.users.get(param(call, 'user'));
        if (!user) throw refuse('unknownUser');
        return ok(renderUser(user));
      },
    },
    {
      ...bot,
      method: 'POST',
      path: '/users/@me/channels',
      bucket: 'dm',
      handle(call) {
        const id = parseForm(snowflake, isRecord(call.body) ? call.body.recipient_id : undefined, [
          'recipient_id',
        ]);
        const user = world.users.get(id);
        if (!user) throw refuse('unknownUser');
        if (user.bot) throw refuse('dmsClosed');
        return ok(renderChannel(openBotDm(world, user)));
      },
    },
    {
      ...bot,
      method: 'GET',
      path: '/guilds/:guild',
      major: 'guild',
      handle: (call) => ok(renderGuild(world, getGuild(call))),
    },
    {
      ...bot,
      method: 'GET',
      path: '/guilds/:guild/channels',
      major: 'guild',
      // Every channel, whoever sees it; threads are not among them.
      handle: (call) =>
        ok(
          [...getGuild(call).channels.values()]
            .filter((one) => !one.deleted && !one.parent)
            .map(renderChannel),
        ),
    },
    {
      ...bot,
      method: 'GET',
      path: '/guilds/:guild/members/:user',
      major: 'guild',
      handle(call) {
        const guild = getGuild(call);
        if (!world.users.has(param(call, 'user'))) throw refuse('unknownUser');
        const member = guild.members.get(param(call, 'user'));
        if (!member) throw refuse('unknownMember');
        return ok(renderMember(member));
      },
    },
  ];
}

/** At most so many servers are told at once. @see https://discord.com/developers/docs/resources/user#get-current-user-guilds */
const MAX_GUILDS = 200;

/** The servers of the bot in the order of their ids, with what it may do in them. */
function listOwnGuilds(world: World, { query }: Call) {
  const limit = query.limit ?? String(MAX_GUILDS);
  if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > MAX_GUILDS) {
    const message = `int value should be between 1 and ${MAX_GUILDS}.`;
    throw refuseForm([{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message }]);
  }
  const { after = '0', before } = query;
  return [...world.guilds.values()]
    .filter((guild) => guild.installed && BigInt(guild.id) > BigInt(after))
    .filter((guild) => before === undefined || BigInt(guild.id) < BigInt(before))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    .slice(0, Number(limit))
    .map((guild) => renderOwnGuild(world, guild));
}

function renderApplication(world: World): Record<string, unknown> {
  return {
    id: world.applicationId,
    name: world.applicationName,
    icon: null,
    description: '',
    summary: '',
    type: null,
    bot: renderUser(world.botUser),
    owner: renderUser(world.owner),
    team: null,
    verify_key: '0'.repeat(64),
    flags: 0,
    flags_new: '0',
    hook: true,
    is_monetized: false,
    is_verified: false,
    is_discoverable: false,
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { '0': {}, '1': {} },
    approximate_guild_count: [...world.guilds.values()].filter((guild) => guild.installed).length,
    approximate_user_install_count: [...world.users.values()].filter((user) => user.installsApp).length,
    approximate_user_authorization_count: 0,
    eligible_oauth2_scopes: [],
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    event_webhooks_url: null,
    event_webhooks_status: 1,
    internal_guild_restriction: 1,
    explicit_content_filter: 0,
    rpc_application_state: 0,
    store_application_state: 1,
    verification_state: 1,
    interactions_version: 1,
    interactions_event_types: [],
    discoverability_state: 1,
    discovery_eligibility_flags: 0,
    monetization_state: 1,
    creator_monetization_state: 1,
    monetization_eligibility_flags: 0,
  };
}
