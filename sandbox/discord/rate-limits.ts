import { createHash } from 'node:crypto';
import type { TimeSource } from './clock.ts';

/** So many requests in so long. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** The limits by name. Discord publishes none of them; these are what bots commonly meet. */
export const DEFAULT_RATE_LIMITS = {
  global: { limit: 50, windowMs: 1000 },
  'message-create': { limit: 5, windowMs: 5000 },
  'message-edit': { limit: 5, windowMs: 5000 },
  'message-delete': { limit: 5, windowMs: 1000 },
  'message-read': { limit: 5, windowMs: 5000 },
  typing: { limit: 5, windowMs: 5000 },
  'interaction-callback': { limit: 5, windowMs: 2000 },
  'interaction-webhook': { limit: 5, windowMs: 2000 },
  commands: { limit: 5, windowMs: 20_000 },
  dm: { limit: 10, windowMs: 10_000 },
  other: { limit: 50, windowMs: 1000 },
} as const satisfies Record<string, RateLimit>;

/** The name of a bucket. */
export type BucketName = Exclude<keyof typeof DEFAULT_RATE_LIMITS, 'global'>;
/** Every limit that options may change. */
export type RateLimits = Readonly<Record<keyof typeof DEFAULT_RATE_LIMITS, RateLimit>>;

/** The outcome of asking a bucket. */
export interface RateVerdict {
  readonly allowed: boolean;
  readonly isGlobal: boolean;
  readonly retryAfterMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Window {
  used: number;
  endsAt: number;
}

/** Creates the counters of all buckets. */
export function createRateLimiter(clock: TimeSource, limits: RateLimits) {
  const windows = new Map<string, Window>();

  function take(
    key: string,
    { limit, windowMs }: RateLimit,
  ): { allowed: boolean; remaining: number; endsAt: number } {
    const now = clock.now();
    let window = windows.get(key);
    if (!window || window.endsAt <= now) {
      if (windows.size > 10_000) dropEnded(now);
      window = { used: 0, endsAt: now + windowMs };
      windows.set(key, window);
    }
    if (window.used >= limit) return { allowed: false, remaining: 0, endsAt: window.endsAt };
    window.used += 1;
    return { allowed: true, remaining: limit - window.used, endsAt: window.endsAt };
  }

  function dropEnded(now: number): void {
    for (const [key, window] of windows) if (window.endsAt <= now) windows.delete(key);
  }

  /** Counts one request in its bucket and, where it applies, in the global limit. */
  return function check(bucket: BucketName, major: string, countsGlobally: boolean): RateVerdict {
    const now = clock.now();
    if (countsGlobally) {
      const overall = take('global', limits.global);
      if (!overall.allowed) {
        const retryAfterMs = overall.endsAt - now;
        return {
          allowed: false,
          isGlobal: true,
          retryAfterMs,
          headers: {
            ...retryHeader(retryAfterMs),
            'x-ratelimit-global': 'true',
            'x-ratelimit-scope': 'global',
          },
        };
      }
    }
    const limit = limits[bucket];
    const own = take(`${bucket}:${major}`, limit);
    const untilResetMs = Math.max(0, own.endsAt - now);
    const headers = {
      'x-ratelimit-limit': String(limit.limit),
      'x-ratelimit-remaining': String(own.remaining),
      'x-ratelimit-reset': (own.endsAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': (untilResetMs / 1000).toFixed(3),
      'x-ratelimit-bucket': createHash('md5').update(bucket).digest('hex'),
    };
    if (own.allowed) return { allowed: true, isGlobal: false, retryAfterMs: 0, headers };
    return {
      allowed: false,
      isGlobal: false,
      retryAfterMs: untilResetMs,
      headers: { ...headers, ...retryHeader(untilResetMs), 'x-ratelimit-scope': 'user' },
    };
  };
}

function retryHeader(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.ceil(ms / 1000)) };
}
