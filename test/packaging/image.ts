/** Carries out the Dockerfile in a folder: what no engine for containers is needed for. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
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
  const { PATH = '' } = process.env;
  const build = join(folder, 'packages');
  const app = join(folder, 'app');
  const tmp = join(folder, 'tmp');
  for (const path of [build, app, tmp]) await mkdir(path);
  // As in an image: others may not get at ours, which can be in somebody's home.
  const node = join(folder, 'node');
  await copyFile(process.execPath, node);
  if (NOBODY.uid !== undefined) await chown(tmp, NOBODY.uid, NOBODY.gid);
  for (const { name, text } of packages?.instructions ?? []) {
    if (name === 'COPY') await copy(text, ROOT, build);
    if (name === 'RUN') await installPackages(text, build);
  }
  const asUser = { ...NOBODY, cwd: app };
  const image: Image = {
    folder,
    start: (env) => {
      const [command = ''] = textsOf(last, 'CMD');
      return spawnNode(node, parseWords(command), { ...asUser, env: { PATH, ...given, ...env } });
    },
    async checkHealth(env) {
      const [command = ''] = textsOf(last, 'HEALTHCHECK');
      const check = spawnNode(node, parseWords(command), { ...asUser, env: { PATH, ...given, ...env } });
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
    const [code] = await once(spawnNode(node, words, { ...asUser, env: { PATH, ...given } }), 'exit');
    if (code !== 0) throw new Error(`RUN ${text} ended with ${code}`);
  }
}

async function copy(text: string, from: string, to: string): Promise<void> {
  const sources = text.split(/\s+/).slice(0, -1);
  for (const source of sources) await cp(join(from, source), join(to, basename(source)), { recursive: true });
}

/** What npm is told of the way to its registry. */
const NETWORK =
  /^(npm_config_(registry|cache|userconfig|cafile|(https?_?)?proxy|noproxy)|\w+_proxy|NODE_EXTRA_CA_CERTS)$/i;

/** What npm ends with when it reaches no registry. */
const UNREACHED =
  /npm error code (ENOTFOUND|EAI_AGAIN|ECONN\w+|E(NET|HOST)UNREACH|ETIMEDOUT|ERR_SOCKET_\w+|E40[37]|E5\d\d)/;

/** As the Dockerfile says; where that reaches nobody, with those of the same packages that are installed here. */
async function installPackages(command: string, folder: string): Promise<void> {
  const { PATH = '', HOME = '' } = process.env;
  const network = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
  // What was fetched before is not fetched again.
  const npm = { npm_config_prefer_offline: 'true', npm_config_fetch_retries: '0' };
  const env = { ...Object.fromEntries(network), PATH, HOME, ...npm };
  try {
    await run('/bin/sh', ['-c', command], { cwd: folder, env });
  } catch (error) {
    if (!(error instanceof Error && UNREACHED.test(error.message))) throw error;
    for (const path of await listPackages()) {
      await cp(join(ROOT, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
    }
  }
}

/** Folders of the packages that the bot needs on this machine, as the lock file has them. */
async function listPackages(): Promise<readonly string[]> {
  const kind = z.object({ dev: z.boolean().default(false) });
  const { packages } = z
    .object({ packages: z.record(z.string(), kind) })
    .parse(JSON.parse(await readProjectFile('package-lock.json')));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path && !dev && existsSync(join(ROOT, path)))
    .map(([path]) => path);
}

function spawnNode(node: string, [program, ...parameters]: readonly string[], options: object): ChildProcess {
  const child = spawn(program === 'node' ? node : String(program), parameters, {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
