/** Carries out the Dockerfile in a folder: what no engine for containers is needed for. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import {
  type Instruction,
  parseDockerfile,
  parseWords,
  ROOT,
  readEnv,
  readProjectFile,
  textsOf,
} from './dockerfile.ts';

const run = promisify(execFile);

/** Nobody in particular, when we are root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A built image, as a folder with what is at the root of its file system. */
export interface Image {
  readonly folder: string;
  /** Runs its command; `env` comes before what the image sets. */
  start(env: Readonly<Record<string, string>>): ChildProcess;
  /** Runs its health check on what runs with the same `env`. @returns exit code */
  checkHealth(env: Readonly<Record<string, string>>): Promise<number>;
}

/** Builds the image in the order of the Dockerfile. The program then belongs to nobody who runs it, and is read-only. */
export async function buildImage(): Promise<Image> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-image-'));
  onTestFinished(async () => {
    await run('chmod', ['-R', 'u+w', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  await chmod(folder, 0o755);
  const [packages, last] = parseDockerfile(await readProjectFile('Dockerfile'));
  const inImage = (text: string) =>
    text.replace(/(?<=^|=|:)(\/app|\/data|\/var\/cache\/encore|\/tmp)/g, `${folder}$1`);
  const given = Object.fromEntries(
    Object.entries(readEnv(last)).map(([name, value]) => [name, inImage(value)] as const),
  );
  const { PATH = '', HOME = '' } = process.env;
  const build = join(folder, 'packages');
  const app = join(folder, 'app');
  const tmp = join(folder, 'tmp');
  for (const path of [build, app, tmp]) await mkdir(path);
  if (NOBODY.uid !== undefined) await chown(tmp, NOBODY.uid, NOBODY.gid);
  for (const { name, text } of packages?.instructions ?? []) {
    if (name === 'COPY') await copy(text, ROOT, build);
    // What was fetched before is not fetched again.
    const env = { PATH, HOME, npm_config_prefer_offline: 'true' };
    if (name === 'RUN') await run('/bin/sh', ['-c', text], { cwd: build, env });
  }
  const asUser = { ...NOBODY, cwd: app };
  const image: Image = {
    folder,
    start: (env) => {
      const [command = ''] = textsOf(last, 'CMD');
      return spawnNode(parseWords(command), { ...asUser, env: { PATH, ...given, ...env } });
    },
    async checkHealth(env) {
      const [command = ''] = textsOf(last, 'HEALTHCHECK');
      const check = spawnNode(parseWords(command), { ...asUser, env: { PATH, ...given, ...env } });
      return (await once(check, 'exit'))[0];
    },
  };
  for (const instruction of last?.instructions ?? []) await carryOut(instruction);
  await run('chmod', ['-R', 'a-w', app]);
  return image;

  async function carryOut({ name, text }: Instruction): Promise<void> {
    if (name === 'COPY') {
      const from = text.startsWith('--from=packages ');
      await copy(text.replace(/^--from=packages \/app\//, ''), from ? build : ROOT, app);
    }
    if (name !== 'RUN') return;
    if (text.startsWith('install --directory')) {
      for (const path of text.split(' ').filter((word) => word.startsWith('/'))) {
        await mkdir(inImage(path), { recursive: true });
        if (NOBODY.uid !== undefined) await chown(inImage(path), NOBODY.uid, NOBODY.gid);
      }
      return;
    }
    const words = parseWords(text).map((word) => word.replace("'/tmp/", `'${tmp}/`));
    const [code] = await once(spawnNode(words, { ...asUser, env: { PATH, ...given } }), 'exit');
    if (code !== 0) throw new Error(`RUN ${text} ended with ${code}`);
  }
}

async function copy(text: string, from: string, to: string): Promise<void> {
  const sources = text.split(/\s+/).slice(0, -1);
  for (const source of sources) await cp(join(from, source), join(to, basename(source)), { recursive: true });
}

function spawnNode([program, ...parameters]: readonly string[], options: object): ChildProcess {
  const node = program === 'node' ? process.execPath : String(program);
  const child = spawn(node, parameters, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
