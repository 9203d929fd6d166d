import type { Registry } from 'prom-client';
import { CALL_BUCKETS, createCounter, createCounters, createTimer, type Instruments } from './instruments.ts';

/** What counts calls to MusicAPI, from it, and to where its results lie. */
export function createProviderInstruments(registry: Registry): Instruments {
  const requests = createCounters(
    registry,
    'encore_provider_requests_total',
    'HTTP exchanges with MusicAPI, by route and by how they ended.',
    ['endpoint', 'outcome'],
  );
  const duration = createTimer(
    registry,
    'encore_provider_request_duration_seconds',
    'Time that one HTTP exchange with MusicAPI took.',
    CALL_BUCKETS,
    ['endpoint'],
  );
  const webhooks = createCounters(
    registry,
    'encore_webhooks_total',
    'Webhook calls, by what became of them.',
    ['outcome'],
  );
  const downloads = createCounters(
    registry,
    'encore_downloads_total',
    'Files of results, covers and attachments that were fetched, or were not.',
    ['outcome'],
  );
  const downloaded = createCounter(
    registry,
    'encore_download_bytes_total',
    'Bytes of files that were fetched whole.',
  );
  return {
    'provider-call': ({ route, outcome, ms }) => {
      requests.inc({ endpoint: route, outcome });
      duration(ms, { endpoint: route });
    },
    webhook: ({ outcome }) => webhooks.inc({ outcome }),
    download: ({ outcome, bytes }) => {
      downloads.inc({ outcome });
      downloaded.inc(bytes);
    },
  };
}
