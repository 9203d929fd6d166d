import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A folder of the running test, with the places that a bot would use in it. */
export async function usePlaces() {
  const folder = await mkdtemp(join(tmpdir(), 'encore-backup-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'encore.db');
  return {
    folder,
    file,
    to: join(folder, 'backups'),
    places: { databaseUrl: `sqlite:${file}`, mediaDir: join(folder, 'media') },
  };
}

const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** What a program said, and how it ended. */
interface Said {
  readonly code: number;
  readonly output: string;
}

/** Runs `npm run backup` or `npm run restore`, with nothing in its environment but `env`. */
export async function runProgram(
  name: 'backup' | 'restore',
  env: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Said> {
  const program = fileURLToPath(new URL(`../../src/backup/${name}-main.ts`, import.meta.url));
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return await new Promise((resolve) => {
    const options = { env: { PATH, NODE_COMPILE_CACHE, ...env }, cwd: tmpdir() };
    execFile(NODE, [program, ...parameters], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}
