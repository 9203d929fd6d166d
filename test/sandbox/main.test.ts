import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

let folder: string;
let running: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encore-main-'));
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** `npm run sandbox`, with a folder of its own for what is temporary. */
function startSandbox(...args: readonly string[]) {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const texts = { out: '', error: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (texts.out += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (texts.error += chunk));
  return { child, texts, ended: once(child, 'close') };
}

describe('npm run sandbox', () => {
  it('says where the page is before anything else, and leaves nothing behind when it is told to end', async () => {
    const { child, texts, ended } = startSandbox('--port', '0');
    await expect.poll(() => texts.out + texts.error).toContain('Ctrl-C ends it.');
    const [, url] = /^Open {2}(http:\/\/127\.0\.0\.1:\d+) {2}in your browser\.\n/.exec(texts.out) ?? [];
    const world = await (await fetch(`${url}/api/world`)).json();
    expect(world).toMatchObject({ bot: { name: 'Encore' }, people: expect.any(Array) });
    expect(await readdir(folder)).toHaveLength(1);
    // From the terminal, and from npm.
    for (let count = 0; count < 2; count += 1) child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says what is wrong with how it was called, and how it is called', async () => {
    const { texts, ended } = startSandbox('--port', 'http');
    expect(await ended).toEqual([2, null]);
    expect(texts.error).toMatch(
      /^--port http: a port is a whole number[\s\S]+npm run sandbox -- \[--port PORT\]/,
    );
    expect(texts.out).toBe('');
  });
});
