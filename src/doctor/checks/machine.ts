import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFfmpegVersion } from '../../media/ffmpeg.ts';
import type { Check } from '../check.ts';
import { type Finding, found } from '../outcomes.ts';

/** `engines` of package.json: from here on Node runs TypeScript as it is. */
const LEAST_NODE = [24, 12] as const;

const MEBIBYTE = 1024 * 1024;

/** A resting bot takes 190 MiB, and up to 250 more while songs are delivered (README, Measured). */
const LEAST_MEMORY_BYTES = 512 * MEBIBYTE;

/** Where the kernel tells the limit: version 2 of control groups, then version 1. */
const LIMIT_FILES = ['memory.max', 'memory/memory.limit_in_bytes'] as const;

/** Version 1 says "no limit" with a number that no machine has. */
const NO_LIMIT_BYTES = 2 ** 60;

/** Whether there is an ffmpeg, which is not needed. */
export const ffmpeg: Check = {
  id: 'ffmpeg',
  title: 'ffmpeg',
  needs: [],
  async run() {
    const version = await findFfmpegVersion('ffmpeg');
    if (version) return [found('ffmpeg', 'present', `ffmpeg ${version} makes large files smaller.`)];
    const words =
      'There is no ffmpeg, and none is needed: with one, large WAV files become FLAC instead of MP3.';
    return [found('ffmpeg', 'absent', words)];
  },
};

/** Whether this is a Node that Encore runs on. */
export const node: Check = {
  id: 'node',
  title: 'Node',
  needs: [],
  async run({ nodeVersion }) {
    const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
    const [leastMajor, leastMinor] = LEAST_NODE;
    if (major > leastMajor || (major === leastMajor && minor >= leastMinor))
      return [found('node', 'fitting', `Node ${nodeVersion}`)];
    const fix = `Start it with npm start, which brings its own Node, or install ${LEAST_NODE.join('.')} or newer.`;
    return [found('node', 'old', `Node ${nodeVersion} is too old.`, fix)];
  },
};

/** Whether a container gives the bot enough memory. */
export const memory: Check = {
  id: 'memory',
  title: 'Memory',
  needs: [],
  async run({ cgroupFolder }) {
    return [judgeMemory(await findLimit(cgroupFolder))];
  },
};

function judgeMemory(bytes: number | undefined): Finding {
  if (bytes === undefined) return found('memory', 'unlimited', 'No container limits the memory.');
  const words = `The container may use ${Math.floor(bytes / MEBIBYTE)} MiB of memory.`;
  if (bytes >= LEAST_MEMORY_BYTES) return found('memory', 'enough', words);
  const fix = `Give it ${LEAST_MEMORY_BYTES / MEBIBYTE} MiB or more, or it may be killed while it delivers songs.`;
  return found('memory', 'low', words, fix);
}

async function findLimit(folder: string): Promise<number | undefined> {
  for (const name of LIMIT_FILES) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const bytes = Number(text.trim() || Number.NaN);
    if (bytes < NO_LIMIT_BYTES) return bytes;
  }
  return undefined;
}
