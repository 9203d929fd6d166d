import type { Registry } from 'prom-client';
import type { Route } from '../domain/delivery.ts';
import { createCounters, createTimer, type Instruments, SONG_BUCKETS } from './instruments.ts';

/** The places of routes as operators call them. */
const PLACES: Readonly<Record<Route, string>> = {
  channel: 'channel',
  'follow-up': 'interaction',
  'direct-message': 'dm',
};

/** What counts how results reach people. */
export function createDeliveryInstruments(registry: Registry): Instruments {
  const deliveries = createCounters(
    registry,
    'encore_deliveries_total',
    'Tries to post a message with results, by what it carried, where, and how it ended; library = it stayed there.',
    ['rung', 'route', 'outcome'],
  );
  const duration = createTimer(
    registry,
    'encore_delivery_duration_seconds',
    'Time from the end of a task to each message with its results.',
    SONG_BUCKETS,
  );
  return {
    'delivery-tried': ({ delivery, rung, route, isThread, outcome, at }) => {
      const place = isThread ? 'thread' : PLACES[route];
      deliveries.inc({ rung, route: place, outcome: outcome.replaceAll('-', '_') });
      // A copy, or what somebody wanted again, was not waited for since then.
      const isFirst = delivery.generation === 0 && !delivery.isCopy;
      if (outcome === 'posted' && isFirst) duration(at - delivery.createdAt);
    },
    'delivery-ended': ({ outcome }) => deliveries.inc({ rung: 'none', route: 'library', outcome }),
  };
}
