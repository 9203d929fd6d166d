import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDemoOptions } from '../../sandbox/demo-options.ts';
import { runDemo } from '../../sandbox/performance.ts';
import { readPixels } from '../support/read-pixels.ts';

const COMMITTED = 'docs/pictures';
/** What the machine may take when it is busy with other things. */
const TIMEOUT_MS = 150_000;
/** A pixel that one would tell from the other; edges may be smoothed a little differently elsewhere. */
const VISIBLE = 48;

describe('the waveforms of README.md (`npm run demo -- --pictures docs/pictures` renews them)', () => {
  let folder: string;
  let output = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'encore-pictures-'));
    const isGood = await runDemo(parseDemoOptions(['--pictures', folder]), {
      write: (line) => {
        output += `${line}\n`;
      },
      complain: (text) => {
        output += text;
      },
      paint: { strong: (text) => text, faint: (text) => text },
      signal: new AbortController().signal,
    });
    expect(isGood, output).toBe(true);
  }, TIMEOUT_MS);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are those that the demo draws', async () => {
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(await listCommitted());
    for (const name of names) {
      const drawn = readPixels(await readFile(join(folder, name)));
      const committed = readPixels(await readFile(join(COMMITTED, name)));
      expect([drawn.width, drawn.height]).toEqual([committed.width, committed.height]);
      const others = drawn.rgba.filter((value, at) => Math.abs(value - (committed.rgba[at] ?? 0)) > VISIBLE);
      expect(others.length / drawn.rgba.length, name).toBeLessThan(0.001);
    }
  });

  it('stand in README.md, in the words that the bot says of them', async () => {
    const readme = await readFile('README.md', 'utf8');
    const shown = [...readme.matchAll(/!\[([^\]]+)\]\(docs\/pictures\/([^)]+)\)/g)];
    const drawn = shown.filter(([, , name = '']) => !isPage(name));
    expect(drawn.map(([, , name]) => name).sort()).toEqual(await listCommitted());
    for (const [, words] of drawn) expect(output).toContain(`In words: ${words}\n`);
  });
});

async function listCommitted(): Promise<readonly string[]> {
  return (await readdir(COMMITTED)).filter((name) => !isPage(name)).sort();
}

/** Those of the page are taken in a browser: `npm run screenshots`. */
function isPage(name: string): boolean {
  return name.startsWith('page-');
}
