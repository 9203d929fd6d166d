import { describe, expect, test } from 'vitest';
import { databaseCheck, trackerCheck } from '../../src/http/readiness.ts';
import { putTask, runningTask } from '../store/support.ts';
import { openTestStore } from '../support/store.ts';
import { T0 } from '../support/tasks.ts';
import { startServer } from './support.ts';

async function read(url: string): Promise<unknown> {
  const answer = await fetch(url);
  return [answer.status, await answer.json()];
}

describe('the HTTP side', () => {
  test('/healthz answers as long as the process does', async () => {
    const { url } = await startServer({ checks: [{ name: 'gateway', look: async () => 'not connected' }] });
    expect(await read(`${url}/healthz`)).toEqual([200, { status: 'ok' }]);
  });

  test('/readyz says what is not in order, and nothing of the reasons', async () => {
    const { url, lines } = await startServer({
      checks: [
        { name: 'gateway', look: async () => 'not connected' },
        { name: 'database', look: () => Promise.reject(new Error('postgres://secret-host is away')) },
        { name: 'tracker', look: async () => undefined },
      ],
    });
    const checks = { gateway: 'not connected', database: 'failed', tracker: 'ok' };
    expect(await read(`${url}/readyz`)).toEqual([503, { status: 'not ready', checks }]);
    expect(JSON.stringify(lines)).toContain('secret-host');
  });

  test('the database has to answer and the tracker must not be behind', async () => {
    let now = T0;
    const { store, cleanup } = await openTestStore({ now: () => now });
    const tracker = { isProviderDown: false };
    const { url } = await startServer({ checks: [databaseCheck(store), trackerCheck(store, tracker)] });
    expect(await read(`${url}/readyz`)).toEqual([
      200,
      { status: 'ready', checks: { database: 'ok', tracker: 'ok' } },
    ]);
    await putTask(store.db, runningTask('task-1', T0));
    now = T0 + 90_000;
    expect(await read(`${url}/readyz`)).toMatchObject([503, { checks: { tracker: '90 s behind' } }]);
    tracker.isProviderDown = true;
    expect(await read(`${url}/readyz`)).toMatchObject([200, {}]);
    await cleanup();
    expect(await read(`${url}/readyz`)).toMatchObject([503, { checks: { database: 'failed' } }]);
  });

  test('nothing else is there', async () => {
    const { url } = await startServer();
    expect(await read(`${url}/`)).toEqual([404, { error: 'Not Found' }]);
  });

  test('a port that is taken is said in a sentence', async () => {
    const { url } = await startServer();
    const port = Number(new URL(url).port);
    await expect(startServer({ port })).rejects.toThrow('HTTP_HOST and HTTP_PORT cannot be used');
  });
});
