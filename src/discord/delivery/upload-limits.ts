import { GuildPremiumTier } from 'discord-api-types/v10';
import type { Route } from '../../domain/delivery.ts';
import type { Origin } from '../../domain/origin.ts';
import type { Logger } from '../../log.ts';
import type { DiscordApi } from '../api/api.ts';
import { describeApiError } from '../api/api-errors.ts';

const MIB = 1024 * 1024;

/** What a bot may attach where nothing better is known (Discord: Uploading Files). */
const DEFAULT_LIMIT_BYTES = 10 * MIB;

/** Limits that a server's boosts give. */
const TIER_LIMIT_BYTES: Record<GuildPremiumTier, number> = {
  [GuildPremiumTier.None]: DEFAULT_LIMIT_BYTES,
  [GuildPremiumTier.Tier1]: DEFAULT_LIMIT_BYTES,
  [GuildPremiumTier.Tier2]: 50 * MIB,
  [GuildPremiumTier.Tier3]: 100 * MIB,
};

const CACHE_MS = 24 * 60 * 60_000;

/** Says how large a file each route takes. A server's boost tier is asked for once a day. */
export class UploadLimits {
  readonly #api: DiscordApi;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #guilds = new Map<string, { limitBytes: number; until: number }>();

  constructor(api: DiscordApi, log: Logger, now: () => number = Date.now) {
    this.#api = api;
    this.#log = log;
    this.#now = now;
  }

  /** Largest single file in bytes that `route` takes for this origin. */
  async get(route: Route, origin: Origin): Promise<number> {
    if (route === 'follow-up') return origin.attachmentLimitBytes;
    if (route === 'channel' && origin.guildId) return await this.#ofGuild(origin.guildId);
    return DEFAULT_LIMIT_BYTES;
  }

  async #ofGuild(guildId: string): Promise<number> {
    const cached = this.#guilds.get(guildId);
    if (cached && cached.until > this.#now()) return cached.limitBytes;
    try {
      const guild = await this.#api.getGuild(guildId);
      const limitBytes = TIER_LIMIT_BYTES[guild.premium_tier] ?? DEFAULT_LIMIT_BYTES;
      this.#guilds.set(guildId, { limitBytes, until: this.#now() + CACHE_MS });
      return limitBytes;
    } catch (error) {
      this.#log.warn({ guildId, reason: describeApiError(error) }, 'boost tier of the server not known');
      return DEFAULT_LIMIT_BYTES;
    }
  }
}
