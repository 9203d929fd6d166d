/** Follows many running tasks for a while and reports how late the looks were. Run as a process of its own. */
import { pino } from 'pino';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createMusicApi } from '../../src/musicapi/client.ts';
import { openStore } from '../../src/store/open.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { createFollowingReporter } from './following-report.ts';
import { POLL_INTERVAL_MS } from './running-tasks.ts';

const [url = '', databaseUrl = ''] = process.argv.slice(2);
const store = await openStore({ databaseUrl });
const catalogue = createCatalogue();
const api = createMusicApi({ url, key: 'bench-key', catalogue });
const reporter = createFollowingReporter();
const tracker = createTracker({
  store,
  catalogue,
  provider: () => api,
  settings: { pollIntervalMs: POLL_INTERVAL_MS, submitIntervalMs: 3_000, deadlineMs: 3_600_000 },
  log: pino({ level: 'silent' }),
  owner: 'bench',
  observe: (event) => {
    if (event.kind === 'poll') reporter.onPoll(event.lagMs);
  },
});
await tracker.start();
await reporter.run();
