import type { IncomingMessage, Server } from 'node:http';
import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRecord } from './errors.ts';
import { renderGuildCreate, renderReady, tellSession } from './gateway-events.ts';
import { parsePayload, parseShard } from './gateway-payload.ts';
import { GatewaySession } from './gateway-session.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import type { Guild } from './guild.ts';
import { shardOfGuild } from './snowflake.ts';
import type { World } from './world.ts';

const Op = GatewayOpcodes;
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (sum, bit) => (typeof bit === 'number' ? sum | bit : sum),
  0,
);
const PRIVILEGED =
  GatewayIntentBits.GuildPresences | GatewayIntentBits.GuildMembers | GatewayIntentBits.MessageContent;
const MAX_GUILDS_PER_SHARD = 2500;
const MAX_SENDS_PER_MINUTE = 120;
/** @see https://discord.com/developers/docs/events/gateway#sending-events */
const MAX_PAYLOAD_BYTES = 4096;

/** The gateway, as the rest of the server uses it. */
export interface Gateway {
  /** How many sessions have a connection. */
  connected(): number;
  /** The ids of the shards that have a connection. */
  shards(): number[];
  /** Cuts all connections; sessions can be resumed. */
  disconnect(): void;
  /** Closes all connections with a code. */
  closeWith(code: number, reason: string): void;
  /** Asks all clients to reconnect and resume (op 7). */
  requestReconnect(): void;
  /** Tells all clients that their session is invalid (op 9). */
  invalidate(options?: { resumable?: boolean }): void;
  /** What GET /gateway/bot says. */
  describe(): Record<string, unknown>;
  close(): void;
}

/** Why a payload is not accepted: a close code with its reason, or op 9. */
type Refusal = readonly [code: number, reason: string] | 'invalid-session';

interface Connection {
  readonly socket: WebSocket;
  session: GatewaySession | undefined;
  sends: number[];
  heartbeat: NodeJS.Timeout | undefined;
}

const DAY_MS = 24 * 60 * 60_000;

/** Starts the gateway on an HTTP server. @see https://discord.com/developers/docs/events/gateway */
export function startGateway(world: World, http: Server, settings: GatewaySettings): Gateway {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 });
  const sessions = new Map<string, GatewaySession>();
  const connections = new Set<Connection>();
  const identifiedAt = new Map<number, number>();
  let day = { endsAt: 0, identifiesLeft: 0 };
  const gatewayUrl = () => world.origin.replace(/^http/, 'ws');

  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    server.handleUpgrade(request, socket, head, (client) => accept(client, request));
  });

  function accept(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '/', 'ws://localhost').searchParams;
    if ((query.get('v') ?? '10') !== '10') {
      socket.close(4012, 'Invalid API version.');
      return;
    }
    if ((query.get('encoding') ?? 'json') !== 'json' || query.has('compress')) {
      socket.close(4002, 'The local Discord speaks JSON without compression.');
      return;
    }
    const connection: Connection = { socket, session: undefined, sends: [], heartbeat: undefined };
    connections.add(connection);
    socket.on('close', (code) => lose(connection, code));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => receive(connection, String(data)));
    send(connection, Op.Hello, { heartbeat_interval: settings.heartbeatIntervalMs, _trace: [] });
    expectHeartbeat(connection);
  }

  function expectHeartbeat(connection: Connection): void {
    clearTimeout(connection.heartbeat);
    // A little patience: the client's own timer may be late.
    const graceMs = settings.heartbeatIntervalMs * 1.5;
    connection.heartbeat = setTimeout(() => connection.socket.close(4009, 'Session timed out.'), graceMs);
    connection.heartbeat.unref();
  }

  function lose(connection: Connection, code: number): void {
    clearTimeout(connection.heartbeat);
    connections.delete(connection);
    const { session } = connection;
    if (!session || session.socket !== connection.socket) return;
    session.socket = undefined;
    session.disconnectedAt = world.clock.now();
    // A client that says goodbye with 1000 or 1001 has ended its session.
    if (code === 1000 || code === 1001) sessions.delete(session.id);
    world.changed();
  }

  function receive(connection: Connection, text: string): void {
    const refusal = handle(connection, text);
    if (refusal === 'invalid-session') send(connection, Op.InvalidSession, false);
    else if (refusal) connection.socket.close(...refusal);
  }

  function handle(connection: Connection, text: string): Refusal | undefined {
    const now = world.clock.now();
    connection.sends = [...connection.sends.filter((at) => now - at < 60_000), now];
    if (connection.sends.length > MAX_SENDS_PER_MINUTE) return [4008, 'You are being rate limited.'];
    const payload = Buffer.byteLength(text) > MAX_PAYLOAD_BYTES ? undefined : parsePayload(text);
    if (!payload) return [4002, 'Error while decoding payload.'];
    switch (payload.op) {
      case Op.Heartbeat:
        expectHeartbeat(connection);
        send(connection, Op.HeartbeatAck, null);
        return undefined;
      case Op.Identify:
        return identify(connection, isRecord(payload.d) ? payload.d : {});
      case Op.Resume:
        return resume(connection, isRecord(payload.d) ? payload.d : {});
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
      case Op.RequestGuildMembers:
        return connection.session ? undefined : [4003, 'Not authenticated.'];
      default:
        return [4001, 'Unknown opcode.'];
    }
  }

  function identify(connection: Connection, data: Record<string, unknown>): Refusal | undefined {
    if (connection.session) return [4005, 'Already authenticated.'];
    if (data.token !== world.token) return [4004, 'Authentication failed.'];
    if (!isRecord(data.properties)) return [4002, 'Error while decoding payload.'];
    const { intents } = data;
    if (typeof intents !== 'number' || (intents & ~ALL_INTENTS) !== 0) return [4013, 'Invalid intent(s).'];
    if ((intents & PRIVILEGED) !== 0 && !settings.privilegedIntents) return [4014, 'Disallowed intent(s).'];
    const shard = data.shard === undefined ? ([0, 1] as const) : parseShard(data.shard);
    if (!shard) return [4010, 'Invalid shard.'];
    const guilds = guildsOf(shard);
    if (guilds.length > MAX_GUILDS_PER_SHARD) return [4011, 'Sharding required.'];
    if (!takeIdentify(shard[0] % settings.maxConcurrency)) return 'invalid-session';

    const session = new GatewaySession(shard, intents);
    sessions.set(session.id, session);
    attach(connection, session);
    session.dispatch('READY', renderReady(world, session, guilds));
    if (session.intents & GatewayIntentBits.Guilds) {
      for (const guild of guilds) session.dispatch('GUILD_CREATE', renderGuildCreate(world, guild));
    }
    world.changed();
    return undefined;
  }

  /** The identifies of 24 hours (Discord: Gateway, Session Start Limit). */
  function today(): typeof day {
    const now = world.clock.now();
    if (now >= day.endsAt) day = { endsAt: now + DAY_MS, identifiesLeft: settings.identifiesPerDay };
    return day;
  }

  function takeIdentify(bucket: number): boolean {
    const last = identifiedAt.get(bucket);
    const now = world.clock.now();
    if (today().identifiesLeft <= 0 || (last !== undefined && now - last < settings.identifyWindowMs))
      return false;
    identifiedAt.set(bucket, now);
    today().identifiesLeft -= 1;
    return true;
  }

  function resume(connection: Connection, data: Record<string, unknown>): Refusal | undefined {
    if (connection.session) return [4005, 'Already authenticated.'];
    if (data.token !== world.token) return [4004, 'Authentication failed.'];
    const session = sessions.get(String(data.session_id));
    const lostForMs = session?.disconnectedAt === undefined ? 0 : world.clock.now() - session.disconnectedAt;
    if (!session || typeof data.seq !== 'number' || lostForMs > settings.resumeWindowMs)
      return 'invalid-session';
    if (data.seq > session.seq) return [4007, 'Invalid seq.'];
    if (!session.canReplayFrom(data.seq)) return 'invalid-session';
    session.socket?.close(4000, 'Resumed elsewhere.');
    attach(connection, session);
    session.replayFrom(data.seq);
    session.dispatch('RESUMED', { _trace: [] });
    world.changed();
    return undefined;
  }

  function attach(connection: Connection, session: GatewaySession): void {
    connection.session = session;
    session.socket = connection.socket;
    session.disconnectedAt = undefined;
  }

  function guildsOf([id, count]: readonly [number, number]): Guild[] {
    return [...world.guilds.values()].filter(
      (guild) => guild.installed && shardOfGuild(guild.id, count) === id,
    );
  }

  world.onEvent((event) => {
    for (const session of sessions.values()) tellSession(world, session, event);
  });

  return {
    connected: () => [...sessions.values()].filter((session) => session.socket).length,
    shards: () =>
      [...sessions.values()].filter((session) => session.socket).map((session) => session.shard[0]),
    disconnect() {
      for (const { socket } of connections) socket.terminate();
    },
    closeWith(code, reason) {
      for (const { socket } of connections) socket.close(code, reason);
    },
    requestReconnect() {
      for (const connection of connections) send(connection, Op.Reconnect, null);
    },
    invalidate({ resumable = false } = {}) {
      for (const connection of connections) {
        const { session } = connection;
        if (session) {
          session.socket = undefined;
          session.disconnectedAt = world.clock.now();
          if (!resumable) sessions.delete(session.id);
        }
        connection.session = undefined;
        send(connection, Op.InvalidSession, resumable);
      }
    },
    describe: () => ({
      url: gatewayUrl(),
      shards: settings.recommendedShards,
      session_start_limit: {
        total: settings.identifiesPerDay,
        remaining: today().identifiesLeft,
        reset_after: today().endsAt - world.clock.now(),
        max_concurrency: settings.maxConcurrency,
      },
    }),
    close() {
      for (const connection of connections) {
        clearTimeout(connection.heartbeat);
        connection.socket.terminate();
      }
      server.close();
    },
  };
}

function send(connection: Connection, op: GatewayOpcodes, data: unknown): void {
  if (connection.socket.readyState === 1)
    connection.socket.send(JSON.stringify({ op, d: data, s: null, t: null }));
}
