import { Client, SimpleIdentifyThrottler } from 'discord.js';
import type { Config } from '../../config.ts';
import type { Observe } from '../../telemetry/events.ts';
import { restOptions } from './rest-options.ts';

/**
 * Builds the gateway client. Interactions need no intent, and without intents it keeps no guilds in memory:
 * about 100 MB at any number of servers.
 *
 * @param observe - is told of calls
 */
export function createClient(config: Pick<Config, 'discordApiUrl' | 'shards'>, observe: Observe): Client {
  let throttler: Promise<SimpleIdentifyThrottler> | undefined;
  return new Client({
    intents: [],
    rest: restOptions(config.discordApiUrl, observe),
    allowedMentions: { parse: [] },
    ...shardOptions(config.shards),
    ws: {
      // One throttler for all shards: discord.js asks for one per shard at a cold start and would then identify
      // two shards at once, which Discord answers with an invalid session.
      buildIdentifyThrottler(manager) {
        throttler ??= manager
          .fetchGatewayInformation()
          .then((info) => new SimpleIdentifyThrottler(info.session_start_limit.max_concurrency));
        return throttler;
      },
    },
  });
}

function shardOptions(shards: Config['shards']) {
  // Discord tells how many. Without a number here, discord.js takes SHARD_COUNT from the environment by itself, where it
  // is empty in an .env that was copied from .env.example, and does not start (discord.js 14: Client.js, constructor).
  if (shards === 'auto') return { shards: 'auto' as const, shardCount: Number.POSITIVE_INFINITY };
  const ids = Array.from({ length: shards.to - shards.from + 1 }, (_, index) => shards.from + index);
  return { shards: ids, shardCount: shards.count };
}
