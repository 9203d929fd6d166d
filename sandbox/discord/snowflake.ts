import type { TimeSource } from './clock.ts';

/** The first millisecond of 2015, from which Discord counts. @see https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Creates a generator of ids that carry their time, are unique and always grow. */
export function createSnowflakes(clock: TimeSource): () => string {
  let last = 0n;
  return () => {
    const fresh = (BigInt(clock.now()) - DISCORD_EPOCH_MS) << 22n;
    last = fresh > last ? fresh : last + 1n;
    return last.toString();
  };
}

/** The shard that receives the events of a guild. @see https://discord.com/developers/docs/events/gateway#sharding */
export function shardOfGuild(guildId: string, shardCount: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}
