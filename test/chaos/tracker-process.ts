/**
 * A process that only has a tracker, to be killed: it asks for the same tasks at every start (each decision has
 * its key, so they are made once) and runs until it is told to stop. Its log goes to standard output.
 *
 * Arguments: database address, MusicAPI address, number of tasks.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '../../src/log.ts';
import { createCatalogue } from '../../src/musicapi/catalogue.ts';
import { createMusicApi } from '../../src/musicapi/client.ts';
import { OPERATOR_ACCOUNT } from '../../src/store/accounts.ts';
import { openStore } from '../../src/store/open.ts';
import { countOpen } from '../../src/store/task-lists.ts';
import { requestTask } from '../../src/tracker/intake.ts';
import { createTracker } from '../../src/tracker/tracker.ts';
import { CREATE, originOf } from '../support/tasks.ts';

const [databaseUrl = '', url = '', count = '0'] = process.argv.slice(2);

const store = await openStore({ databaseUrl });
const catalogue = createCatalogue();
const log = createLogger({ level: 'info' });
// Few people ask for much here.
const plenty = { running: Number.POSITIVE_INFINITY, queued: Number.POSITIVE_INFINITY };
const limits = { member: plenty, server: plenty };
const api = createMusicApi({ url, key: 'a-fake-key', catalogue });
const tracker = createTracker({
  store,
  catalogue,
  provider: () => api,
  settings: { pollIntervalMs: 100, submitIntervalMs: 5, deadlineMs: 60_000, limits },
  log,
  owner: `process-${process.pid}`,
});

const stopped = new AbortController();
process.once('SIGTERM', () => stopped.abort());

await tracker.start();
const budgets = { memberDay: Number.POSITIVE_INFINITY, serverDay: Number.POSITIVE_INFINITY };
for (let index = 0; index < Number(count); index += 1) {
  const request = { ...CREATE, prompt: `song ${index}` };
  const origin = originOf({ userId: `${500 + (index % 3)}` });
  await requestTask(
    { store, catalogue, budgets, limits },
    { request, origin, requestKey: `press-${index}`, accountId: OPERATOR_ACCOUNT },
  );
  tracker.wake();
}
log.info('all requests are taken in');
while (!stopped.signal.aborted && (await countOpen(store.db)) > 0) await delay(20);
if (!stopped.signal.aborted) {
  log.info('nothing is open any more');
  await once(stopped.signal, 'abort');
}
await tracker.stop(1_000);
await api.close();
await store.close();
