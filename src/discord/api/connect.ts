import { type Client, Events, GatewayCloseCodes } from 'discord.js';
import type { Config } from '../../config.ts';
import { coerceError, StartError } from '../../errors.ts';
import type { Logger } from '../../log.ts';

interface Connection {
  readonly client: Client;
  readonly config: Pick<Config, 'discordToken' | 'discordApiUrl'>;
  readonly log: Logger;
  /** Told when Discord has ended a connection for good. */
  readonly onLost?: ((reason: StartError) => void) | undefined;
}

/** What the operator is told when the token is wrong. */
export const REFUSED_TOKEN =
  'Discord refused DISCORD_TOKEN. Copy a new one: developer portal, Bot, Reset Token.';

/**
 * Logs in and waits until every shard is ready.
 *
 * @throws StartError with a sentence for the operator.
 */
export async function connect({ client, config, log, onLost }: Connection): Promise<void> {
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord client error'));
  client.on(Events.ShardError, (error, shardId) => log.warn({ shardId, err: error }, 'shard error'));
  client.on(Events.ShardReconnecting, (shardId) => log.info({ shardId }, 'shard reconnecting'));
  client.on(Events.ShardResume, (shardId, replayed) => log.info({ shardId, replayed }, 'shard resumed'));
  // discord.js says this only where it does not try again.
  client.on(Events.ShardDisconnect, ({ code }, shardId) => {
    const reason = explainClose(code);
    log.error({ shardId, code, reason }, 'shard disconnected for good');
    onLost?.(new StartError(reason));
  });
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(config.discordToken);
  } catch (error) {
    const reason = coerceError(error);
    if ('code' in reason && reason.code === 'TokenInvalid') throw new StartError(REFUSED_TOKEN);
    throw new StartError(`Discord cannot be reached at ${config.discordApiUrl}: ${reason.message}`, {
      cause: error,
    });
  }
  await ready;
}

/** What the code of a closed connection means for the operator (Discord: Gateway Close Event Codes). */
function explainClose(code: number): string {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return REFUSED_TOKEN;
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return `Discord refused the shards of this process (code ${code}): set SHARDS=auto.`;
    default:
      return `Discord closed the connection for good (code ${code}): update Encore.`;
  }
}
