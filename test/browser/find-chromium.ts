import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;

/**
 * The program of a Chromium: what `CHROMIUM_PATH` names, else the first on `PATH`.
 *
 * @throws Error that says how to get one
 */
export function findChromium(env: Readonly<NodeJS.ProcessEnv>): string {
  const { CHROMIUM_PATH: named, PATH: path = '' } = env;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(
      `CHROMIUM_PATH names ${named}, which is no program that can be run: name a Chromium, or leave it out and one is looked for on PATH.`,
    );
  }
  const folders = path.split(delimiter).filter(Boolean);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (found) return found;
  throw new Error(
    `No browser: none of ${NAMES.join(', ')} is on PATH. On Debian and Ubuntu: sudo apt-get install chromium. Where it is installed elsewhere, set CHROMIUM_PATH to its program.`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
