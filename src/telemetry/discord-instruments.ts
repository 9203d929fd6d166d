import type { Registry } from 'prom-client';
import { CALL_BUCKETS, createCounter, createCounters, createTimer, type Instruments } from './instruments.ts';

/** What counts how people are answered, and calls to Discord. */
export function createDiscordInstruments(registry: Registry): Instruments {
  const interactions = createCounters(
    registry,
    'encore_interactions_total',
    'Interactions, by what was used and how they ended for the person.',
    ['kind', 'name', 'outcome'],
  );
  const ack = createTimer(
    registry,
    'encore_interaction_ack_seconds',
    'Time from the arrival of an interaction until Discord had taken the first answer; it waits for 3 s.',
    [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
  );
  const requests = createCounters(
    registry,
    'encore_discord_requests_total',
    'HTTP exchanges with Discord, by route and by class of the status; none = no answer.',
    ['route', 'status_class'],
  );
  const duration = createTimer(
    registry,
    'encore_discord_request_duration_seconds',
    'Time that one HTTP exchange with Discord took.',
    CALL_BUCKETS,
    ['route'],
  );
  const rateLimits = createCounters(
    registry,
    'encore_discord_rate_limits_total',
    'Calls that were put off for a rate limit of Discord.',
    ['scope', 'route'],
  );
  const uploads = createCounters(registry, 'encore_uploads_total', 'Files sent to Discord.', ['outcome']);
  const uploaded = createCounter(
    registry,
    'encore_upload_bytes_total',
    'Bytes of files that Discord has taken.',
  );
  return {
    interaction: ({ used, name, outcome, ackMs }) => {
      interactions.inc({ kind: used, name, outcome });
      if (ackMs !== undefined) ack(ackMs);
    },
    'discord-call': ({ route, status, ms }) => {
      requests.inc({ route, status_class: status === undefined ? 'none' : `${Math.floor(status / 100)}xx` });
      duration(ms, { route });
    },
    'discord-rate-limit': ({ scope, route }) => rateLimits.inc({ scope, route }),
    upload: ({ outcome, files, bytes }) => {
      uploads.inc({ outcome }, files);
      if (outcome === 'ok') uploaded.inc(bytes);
    },
  };
}
