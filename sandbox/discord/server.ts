import type { AddressInfo } from 'node:net';
import { Channel } from './channel.ts';
import { createClock } from './clock.ts';
import { openBotDm } from './dms.ts';
import { describeWorld } from './dump.ts';
import { createFaults, type FaultSpec, type PendingFault } from './faults.ts';
import { startGateway } from './gateway.ts';
import { Guild, type GuildSpec } from './guild.ts';
import { Message } from './message-view.ts';
import { deleteMessage } from './messages.ts';
import type { LocalDiscordOptions } from './options.ts';
import { Person } from './person.ts';
import { DEFAULT_RATE_LIMITS } from './rate-limits.ts';
import type { CommandRecord, InteractionRecord, StoredFile, User } from './records.ts';
import type { LoggedRequest } from './request-log.ts';
import { channelRoutes } from './rest/channel-routes.ts';
import { commandRoutes } from './rest/command-routes.ts';
import { createHttpServer } from './rest/http-server.ts';
import { interactionRoutes } from './rest/interaction-routes.ts';
import { ok, type Route } from './rest/route.ts';
import { userRoutes } from './rest/user-routes.ts';
import type { Sent } from './sent.ts';
import { findSignedFile } from './signed-urls.ts';
import { until, type WaitOptions } from './wait.ts';
import { World } from './world.ts';

export type { LocalDiscordOptions } from './options.ts';

const MIB = 1024 * 1024;

/** A Discord of one's own. */
export type LocalDiscord = Awaited<ReturnType<typeof startLocalDiscord>>;

/**
 * Starts a Discord on loopback, with one application and its bot, and nobody in it.
 * @example
 * ```ts
 * const discord = await startLocalDiscord();
 * const guild = discord.addGuild({ name: 'Music makers' });
 * const channel = guild.addChannel({ name: 'songs' });
 * const user = discord.addUser({ name: 'Anna' });
 * guild.addMember(user);
 * const anna = discord.as(user);
 * // ... start the bot with discord.apiUrl and discord.token, then:
 * const card = await anna.command(channel, 'create', { prompt: 'rain' }).reply();
 * const modal = await anna.press(card, 'Extend').modal();
 * const reply = await anna.submit(modal, { Title: 'More rain' }).reply();
 * ```
 */
export async function startLocalDiscord(options: LocalDiscordOptions = {}) {
  const clock = createClock(options.clock);
  const world = new World({
    clock,
    applicationName: options.applicationName ?? 'Encore',
    limits: {
      ackMs: options.ackMs ?? 3000,
      tokenTtlMs: options.tokenTtlMs ?? 900_000,
      nonceWindowMs: options.nonceWindowMs ?? 180_000,
      attachmentTtlMs: options.attachmentTtlMs ?? 86_400_000,
      maxRequestBytes: options.maxRequestBytes ?? 25 * MIB,
      oldEdits: options.oldEdits ?? 10,
    },
  });
  const faults = createFaults();
  const requests: LoggedRequest[] = [];
  const requestLogSize = options.requestLogSize ?? 10_000;
  const gatewayRoutes: Route[] = [
    {
      method: 'GET',
      path: '/gateway',
      // @see https://discord.com/developers/docs/events/gateway#get-gateway
      auth: 'none',
      bucket: 'other',
      handle: () => ok({ url: gateway.describe().url }),
    },
    {
      method: 'GET',
      path: '/gateway/bot',
      auth: 'bot',
      bucket: 'other',
      handle: () => ok(gateway.describe()),
    },
  ];
  const app = await createHttpServer({
    world,
    faults,
    rateLimits: { ...DEFAULT_RATE_LIMITS, ...options.rateLimits },
    routes: [
      ...gatewayRoutes,
      ...userRoutes(world),
      ...commandRoutes(world),
      ...channelRoutes(world),
      ...interactionRoutes(world),
    ],
    log(entry) {
      requests.push(entry);
      if (requests.length > requestLogSize) requests.splice(0, requests.length - requestLogSize);
      world.changed();
    },
  });
  const gateway = startGateway(world, app.server, {
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
    identifyWindowMs: options.identifyWindowMs ?? 5000,
    identifiesPerDay: options.identifiesPerDay ?? 1000,
    maxConcurrency: options.maxConcurrency ?? 1,
    recommendedShards: options.recommendedShards ?? 1,
    resumeWindowMs: options.resumeWindowMs ?? 120_000,
    privilegedIntents: options.privilegedIntents ?? false,
  });
  const host = options.host ?? '127.0.0.1';
  await app.listen({ port: options.port ?? 0, host });
  const { port } = addressOf(app.server.address());
  world.origin = `http://${host}:${port}`;

  return {
    /** REST base without the version, for `rest: { api }` of discord.js. */
    apiUrl: `${world.origin}/api`,
    /** Host and port that attachments are served from. */
    cdnHost: `${host}:${port}`,
    token: world.token,
    applicationId: world.applicationId,
    botUser: world.botUser,
    /** The owner of the application. */
    owner: world.owner,
    /** Discord's own clock. */
    clock,
    /** The connections of the bot. */
    gateway,
    /** The last REST calls, oldest first. */
    requests: requests as readonly LoggedRequest[],

    /** Adds a server. */
    addGuild(spec: GuildSpec): Guild {
      const guild = new Guild(world, spec);
      world.guilds.set(guild.id, guild);
      return guild;
    },

    /** All servers, in the order in which they were added. */
    guilds: (): readonly Guild[] => [...world.guilds.values()],

    /** Adds a person. `attachmentLimitBytes` is what Nitro allows; `installsApp` is the user install. */
    addUser(
      spec: { name: string } & Partial<
        Pick<User, 'locale' | 'attachmentLimitBytes' | 'dmsOpen' | 'installsApp'>
      >,
    ): User {
      return world.addUser(spec);
    },

    /** The DM of a person with the bot. */
    openDm: (user: User): Channel => openBotDm(world, user),

    /** A private channel between people, in which the bot is not present. */
    addPrivateChannel(users: readonly User[]): Channel {
      const channel = new Channel({
        id: world.nextId(),
        name: 'private',
        kind: 'private',
        recipients: users,
      });
      world.channels.set(channel.id, channel);
      return channel;
    },

    /** Acts as a person. */
    as: (user: User): Person => new Person(world, user),

    /** The threads that hang on messages of a channel, oldest first. */
    threads: (channel: Channel): readonly Channel[] =>
      [...world.channels.values()].filter((one) => one.parent === channel),

    /** All messages of a channel, oldest first, those included that only one person sees. */
    messages(channel: Channel): readonly Message[] {
      return [...channel.messages.values()]
        .filter((one) => !one.deleted)
        .map((one) => new Message(world, one));
    },

    /** The registered commands: the global ones, or those of a guild. */
    commands: (guild?: Guild): readonly CommandRecord[] =>
      [...world.commands.values()].filter((command) => command.guildId === guild?.id),

    /** All interactions so far, oldest first. */
    interactions: (): readonly InteractionRecord[] => [...world.interactions.values()],

    /** Calls `run` after every change here. Returns a function that ends that. */
    onChange: (run: () => void): (() => void) => world.onChange(run),

    /** The file behind the path and query of an attachment's address, until the address runs out. */
    findFile(path: string, query: Readonly<Record<string, string | undefined>>): StoredFile | undefined {
      return findSignedFile(world, path.split('/').at(-2) ?? '', path, query);
    },

    /** Resolves as soon as `look` returns something; it is asked after every change here. */
    until: <T>(look: () => T | undefined | null | false, wait?: WaitOptions): Promise<T> =>
      until(world, look, wait),

    /** Resolves when the bot is connected. */
    whenConnected: (shards = 1): Promise<true> =>
      until(world, () => gateway.connected() >= shards, { what: `${shards} connected shard(s)` }),

    /** Sends the event of an interaction again, as the gateway sometimes does. */
    replay(sent: Sent | InteractionRecord): void {
      world.emit({ type: 'interaction', interaction: 'interaction' in sent ? sent.interaction : sent });
    },

    /** Cuts the gateway connections; the sessions can be resumed. */
    disconnect: (): void => gateway.disconnect(),

    /** Deletes a channel with everything in it. */
    deleteChannel(channel: Channel): void {
      channel.deleted = true;
      world.changed();
    },

    /** Deletes a message as a moderator would. */
    deleteMessage(message: Message): void {
      const record = world.channels.get(message.channelId)?.messages.get(message.id);
      if (record) deleteMessage(world, record);
    },

    /** Lets requests go wrong. */
    fault: (spec: FaultSpec): PendingFault => faults.add(spec),

    /** Forgets all faults that no request has met yet. */
    clearFaults: (): void => faults.clear(),

    /** Moves Discord's own clock. */
    advance(ms: number): void {
      clock.advance(ms);
      world.changed();
    },

    /** What all channels show, as text. */
    describe: (): string => describeWorld(world),

    /** Stops the server and cuts all connections. */
    async close(): Promise<void> {
      gateway.close();
      clock.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string')
    throw new Error('The server does not listen on a port');
  return address;
}
