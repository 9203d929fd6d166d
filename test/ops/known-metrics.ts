/** The metrics that there are: what a real bot gives out, and the labels of what seldom happens. */

import type { BotEvent } from '../../src/telemetry/events.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { startQuickWorld } from '../support/quick-world.ts';

/** Names of all metrics, each with its labels, as far as they have been seen. */
export type KnownMetrics = ReadonlyMap<string, ReadonlySet<string>>;

/** What no short story has in it. */
const SELDOM: readonly BotEvent[] = [
  { kind: 'operator-notice', cause: 'provider-down', outcome: 'sent' },
  { kind: 'ledger-finding', accountId: 'operator', sum: 'charged', difference: 0 },
  { kind: 'discord-rate-limit', route: 'POST /channels/:id/messages', scope: 'user', waitMs: 1 },
  { kind: 'webhook', taskId: '1', outcome: 'woken', ms: 1 },
];

/** Has a bot make a song and asks it for its metrics. */
export async function readKnownMetrics(): Promise<KnownMetrics> {
  const world = await startQuickWorld({ startsBot: false, env: { HTTP_PORT: '0' } });
  try {
    const { httpUrl } = await world.startBot();
    await world.anna.command(world.channel, 'create', { prompt: 'a song' }).reply();
    await world.untilClipCards(2);
    const scraped = await (await fetch(`${httpUrl}/metrics`)).text();
    return parseMetrics(`${scraped}\n${await readSeldom()}`);
  } finally {
    await world.close();
  }
}

async function readSeldom(): Promise<string> {
  const { observe, read } = createMetrics({ version: '1.0.0', role: 'all' });
  for (const event of SELDOM) observe(event);
  return await read({ stored: undefined, databaseErrors: 0, isGatewayUp: true, isProviderUp: true });
}

/** Reads the text format of Prometheus: a histogram has the names of its series. */
function parseMetrics(text: string): KnownMetrics {
  const known = new Map<string, Set<string>>();
  const add = (name: string, labels: readonly string[] = []) => {
    known.set(name, new Set([...(known.get(name) ?? []), ...labels]));
  };
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    if (type !== 'histogram') add(name);
    else for (const suffix of ['_bucket', '_sum', '_count']) add(name + suffix);
  }
  for (const [, name = '', inner = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    add(
      name,
      [...inner.matchAll(/(\w+)="/g)].flatMap(([, label]) => label ?? []),
    );
  }
  return known;
}
