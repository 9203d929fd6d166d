import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import type { Observe } from '../../telemetry/events.ts';
import { createConnections } from './connections.ts';

/** An upload on a slow line may take this long; discord.js' own limit of 15 s covers the whole upload. */
const REST_TIMEOUT_MS = 120_000;

/** Each interaction's token gets a queue of its own; discord.js itself forgets those that are idle once an hour. */
const IDLE_QUEUES_MS = 5 * 60_000;

/** discord.js waits out rate limits by itself; a longer one on a message comes to the caller, who knows better. */
const MAX_RATE_LIMIT_MS = 30_000;

/** What stands in routes as it is; ids, tokens and whatever else there is do not. */
const WORD = /^(?:[a-z]+(?:-[a-z]+)*|@me)$/;

/** Settings that every REST client of the bot shares; `api` is the base without the version. */
export function restOptions(api: string, observe: Observe) {
  return {
    api,
    agent: createConnections(),
    timeout: REST_TIMEOUT_MS,
    handlerSweepInterval: IDLE_QUEUES_MS,
    rejectOnRateLimit,
    makeRequest: observedRequest(observe),
  };
}

/** Edits of messages older than an hour are limited for up to an hour (30046, sent as a 429). */
const rejectOnRateLimit: RESTOptions['rejectOnRateLimit'] = ({ route, retryAfter }) =>
  route.startsWith('/channels/') && retryAfter > MAX_RATE_LIMIT_MS;

/**
 * The template of an address of Discord's API, such as `/channels/:id/messages`. There are as many as there are routes,
 * and no token is ever in one.
 */
export function routeOf(address: string): string {
  const path = address.replace(/^https?:\/\/[^/]+/, '').replace(/\?.*$/s, '');
  const segments = path.replace(/^(?:\/[^/]+)*?\/v\d+(?=\/)/, '').split('/');
  return segments.map((segment, index) => templateOf(segment, segments[index - 2])).join('/');
}

/** @param owner - the segment before the one before: tokens stand behind the ids of webhooks and interactions */
function templateOf(segment: string, owner: string | undefined): string {
  if (owner === 'webhooks' || owner === 'interactions') return ':token';
  return segment === '' || WORD.test(segment) ? segment : ':id';
}

/** discord.js' own way to send a request, told of afterwards. */
function observedRequest(observe: Observe): RESTOptions['makeRequest'] {
  return async (url, init) => {
    const startedAt = performance.now();
    const route = `${init.method ?? 'GET'} ${routeOf(url)}`;
    const tell = (end: { readonly status: number } | { readonly failure: string }) =>
      observe({ kind: 'discord-call', route, ms: performance.now() - startedAt, ...end });
    try {
      const answer = await DefaultRestOptions.makeRequest(url, init);
      tell({ status: answer.status });
      if (answer.status === 429)
        observe({ kind: 'discord-rate-limit', route, ...readRateLimit(answer.headers) });
      return answer;
    } catch (error) {
      tell({ failure: nameFailure(error) });
      throw error;
    }
  };
}

/** What a 429 says of itself (Discord: Rate Limits, Header Format). */
function readRateLimit(headers: Pick<Headers, 'get'>) {
  const scope = headers.get('x-ratelimit-scope');
  return {
    scope: scope === 'global' || scope === 'shared' ? scope : 'user',
    waitMs: Math.round(Number(headers.get('retry-after') ?? 0) * 1_000),
  } as const;
}

/** Code or name of what failed; messages may repeat addresses. */
function nameFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  for (const one of [error, cause]) {
    if (one instanceof Error && 'code' in one && typeof one.code === 'string') return one.code;
  }
  return error.name;
}
