/** What processes of each role say of themselves, in good times and in bad ones. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { App } from '../../src/app.ts';
import { type CuttableProxy, startProxy } from '../support/cuttable-proxy.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { startQuickWorld } from '../support/quick-world.ts';
import { scrape } from '../telemetry/metrics-text.ts';

/** A bot of a role on a PostgreSQL that can be cut off. */
async function startRole(role: string) {
  const database = await createPostgresDatabase();
  onTestFinished(() => database.remove());
  const url = new URL(database.databaseUrl);
  const proxy: CuttableProxy = await startProxy({ host: url.hostname, port: Number(url.port || 5432) });
  onTestFinished(() => proxy.close());
  const through = database.databaseUrl.replace(url.host, `127.0.0.1:${proxy.port}`);
  const env = { DATABASE_URL: through, HTTP_PORT: '0', ROLE: role };
  const world = await startQuickWorld({ env, startsBot: false });
  onTestFinished(async () => {
    proxy.mend();
    await world.close();
  });
  const app = await world.startBot();
  return { world, proxy, app };
}

async function readReadiness(app: App): Promise<unknown> {
  const answer = await fetch(`${app.httpUrl}/readyz`);
  return [answer.status, ((await answer.json()) as { readonly checks: unknown }).checks];
}

describe('a worker', () => {
  it('is ready without a gateway, and is not while the database is away; its metrics are there all the same', async () => {
    const { app, proxy } = await startRole('worker');
    expect(await readReadiness(app)).toEqual([200, { database: 'ok', tracker: 'ok' }]);
    const before = await scrape(app.httpUrl);
    expect(before.sum('encore_gateway_up')).toBeUndefined();
    expect(before.sum('encore_provider_up')).toBe(1);
    expect(before.sum('encore_tasks')).toBe(0);
    proxy.cut();
    await expect.poll(() => readReadiness(app)).toEqual([503, { database: 'failed', tracker: 'failed' }]);
    await expect.poll(async () => (await scrape(app.httpUrl)).sum('encore_database_up')).toBe(0);
    const away = await scrape(app.httpUrl);
    expect(away.sum('encore_tasks')).toBeUndefined();
    expect(away.sum('encore_database_errors_total')).toBeGreaterThan(0);
    expect((await fetch(`${app.httpUrl}/healthz`)).status).toBe(200);
    proxy.mend();
    await expect.poll(async () => (await scrape(app.httpUrl)).sum('encore_database_up')).toBe(1);
    await expect.poll(() => readReadiness(app)).toEqual([200, { database: 'ok', tracker: 'ok' }]);
  });
});

describe('a gateway', () => {
  it('is ready while Discord is connected, however far behind the workers are', async () => {
    const { app, world } = await startRole('gateway');
    expect(await readReadiness(app)).toEqual([200, { gateway: 'ok', database: 'ok' }]);
    const before = await scrape(app.httpUrl);
    expect(before.sum('encore_gateway_up')).toBe(1);
    expect(before.sum('encore_provider_up')).toBeUndefined();
    await world.discord.close();
    await expect.poll(() => readReadiness(app)).toEqual([503, { gateway: 'not connected', database: 'ok' }]);
    expect((await scrape(app.httpUrl)).sum('encore_gateway_up')).toBe(0);
  });
});
