/**
 * One of several processes with a tracker on one database, to be killed. Run as a process of its own.
 *
 * Arguments: MusicAPI address, database address, name, how long its leases last (ms).
 */
import { pino } from 'pino';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createMusicApi } from '../../src/musicapi/client.ts';
import { openStore } from '../../src/store/open.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { POLL_INTERVAL_MS } from './running-tasks.ts';

const [url = '', databaseUrl = '', name = '', leaseMs = ''] = process.argv.slice(2);
const store = await openStore({ databaseUrl });
const catalogue = createCatalogue();
const api = createMusicApi({ url, key: 'bench-key', catalogue });
const tracker = createTracker({
  store,
  catalogue,
  provider: () => api,
  settings: {
    pollIntervalMs: POLL_INTERVAL_MS,
    submitIntervalMs: 200,
    deadlineMs: 3_600_000,
    leaseMs: Number(leaseMs),
  },
  log: pino({ level: 'silent' }),
  owner: name,
});
await tracker.start();
