import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';

describe('findChromium', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'encore-browsers-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function install(...path: readonly string[]): Promise<string> {
    const program = join(folder, ...path);
    await mkdir(join(program, '..'), { recursive: true });
    await writeFile(program, '');
    await chmod(program, 0o755);
    return program;
  }

  it('takes the one that is named', async () => {
    const program = await install('mine');
    expect(findChromium({ CHROMIUM_PATH: program, PATH: '' })).toBe(program);
  });

  it('finds one on the path, Chromium before Chrome', async () => {
    await install('a', 'google-chrome');
    const program = await install('b', 'chromium');
    expect(findChromium({ PATH: [join(folder, 'a'), join(folder, 'b')].join(delimiter) })).toBe(program);
  });

  it('says how to get one where there is none', () => {
    expect(() => findChromium({ PATH: folder })).toThrow('apt-get install chromium');
    expect(() => findChromium({ CHROMIUM_PATH: join(folder, 'gone'), PATH: '' })).toThrow('CHROMIUM_PATH');
  });
});
