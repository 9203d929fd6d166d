import { NO_RATE_LIMITS, startWorld, type TestWorld } from './world.ts';

type WorldOptions = NonNullable<Parameters<typeof startWorld>[0]>;

/** A world for tests that are about neither waiting nor Discord's limits: songs are made almost at once. */
export function startQuickWorld({ discord, musicApi, ...rest }: WorldOptions = {}): Promise<TestWorld> {
  return startWorld({
    ...rest,
    discord: { ...discord, rateLimits: { ...NO_RATE_LIMITS, ...discord?.rateLimits } },
    musicApi: { speed: 100, ...musicApi },
  });
}
