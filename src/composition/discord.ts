import { type Client, Status } from 'discord.js';
import { DiscordApi } from '../discord/api/api.ts';
import { createClient } from '../discord/api/client.ts';
import { connect } from '../discord/api/connect.ts';
import { fetchIdentity } from '../discord/api/identity.ts';
import { registerCommands } from '../discord/api/register.ts';
import type { Command, MessageCommand } from '../discord/interactions/command.ts';
import { Operators } from '../discord/people/operators.ts';
import type { StartError } from '../errors.ts';
import { createCache } from '../store/keyv-store.ts';
import type { Basis } from './basis.ts';

/** Discord as the bot uses it. */
export interface DiscordSide {
  readonly client: Client;
  readonly api: DiscordApi;
  readonly operators: Operators;
  /** Whether every shard of this process gets interactions at the moment. */
  readonly isConnected: boolean;
  /** The bot's own user, once `connect` or `identify` has learned it. */
  readonly user: { readonly id: string; readonly username: string } | undefined;
  /**
   * Opens the connection over which interactions come.
   *
   * @param onLost - told when Discord has ended it for good
   * @throws StartError with a sentence for the operator.
   */
  connect(onLost: ((reason: StartError) => void) | undefined): Promise<void>;
  /**
   * Learns who the bot is without that connection.
   *
   * @throws StartError with a sentence for the operator.
   */
  identify(): Promise<void>;
  /**
   * Tells Discord the commands, if they are not the ones it knows.
   *
   * @throws StartError when the server that the operator named cannot have commands.
   */
  register(commands: readonly (Command | MessageCommand)[]): Promise<void>;
}

/** Creates the way to Discord, not yet connected. */
export function createDiscordSide({ config, log, store, observe }: Basis): DiscordSide {
  const client = createClient(config, observe);
  client.rest.setToken(config.discordToken);
  let user: DiscordSide['user'];
  return {
    client,
    api: new DiscordApi(client.rest, config.discordApiUrl, observe),
    operators: new Operators(client.rest),
    get isConnected() {
      // Once it was ready, the client as a whole says so for ever; its shards say how it is.
      return client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready);
    },
    get user() {
      return user;
    },
    async connect(onLost) {
      await connect({ client, config, log, onLost });
      user = client.user ?? undefined;
    },
    async identify() {
      user = await fetchIdentity(client.rest, config);
    },
    async register(commands) {
      await registerCommands({
        rest: client.rest,
        applicationId: client.application?.id ?? '',
        guildId: config.discordGuildId,
        commands,
        memory: createCache<string>(store, 'commands'),
        log,
      });
    },
  };
}
