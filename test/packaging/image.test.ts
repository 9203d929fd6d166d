import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startQuickWorld } from '../support/quick-world.ts';
import type { TestWorld } from '../support/world.ts';
import { buildImage } from './image.ts';

/** npm may have to fetch all packages. */
const BUILD_TIMEOUT_MS = 300_000;

let world: TestWorld;
beforeAll(async () => {
  world = await startQuickWorld({ startsBot: false });
});
afterAll(async () => await world.close());

async function findFreePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? String(address?.port) : '';
}

it(
  'is built in the order of the Dockerfile, and runs read-only, healthy, until SIGTERM',
  async () => {
    const { folder, start, checkHealth } = await buildImage();
    // The image itself says where it remembers things.
    const services = Object.entries(world.env).filter(
      ([name]) => !['DATABASE_URL', 'MEDIA_DIR'].includes(name),
    );
    const env = { ...Object.fromEntries(services), HTTP_PORT: await findFreePort() };
    const listCompiled = () => readdir(join(folder, 'var/cache/encore'));
    const compiled = await listCompiled();
    expect(compiled).toHaveLength(1);
    const bot = start(env);
    let said = '';
    bot.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    await expect.poll(() => said).toContain('"msg":"ready"');
    // What was compiled when it was built is what is used.
    expect(await listCompiled()).toEqual(compiled);
    expect(await checkHealth(env)).toBe(0);
    await world.anna.command(world.channel, 'create', { prompt: 'made in a container' }).reply();
    await world.untilClipCards(2);
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    expect(await readdir(join(folder, 'data'))).toEqual(expect.arrayContaining(['encore.db', 'media']));
    const parts = await readdir(join(folder, 'app'));
    expect(parts.sort()).toEqual(['LICENSE', 'commands', 'node_modules', 'package.json', 'src']);
    expect(await checkHealth(env)).toBe(1);
  },
  BUILD_TIMEOUT_MS,
);
