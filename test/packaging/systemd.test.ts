import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT, readProjectFile, readStartParameters } from './dockerfile.ts';

const TEXT = await readProjectFile('ops/systemd/encore.service');

/** Where the unit expects the project. */
const PLACE = '/opt/encore/';

/** All values of every directive. */
const DIRECTIVES = Map.groupBy(
  TEXT.split('\n').flatMap((line) => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    return name ? [{ name, value }] : [];
  }),
  ({ name }) => name,
);
const read = (name: string) => DIRECTIVES.get(name)?.map(({ value }) => value) ?? [];

/** Comes with systemd. */
const VERIFIER = 'systemd-analyze';

/** What systemd itself says against a unit; undefined where there is no systemd. */
async function verify(unit: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'encore-unit-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  const file = join(folder, 'encore.service');
  await writeFile(file, unit);
  return await new Promise((resolve) => {
    execFile(VERIFIER, ['verify', '--man=no', file], (error, stdout, stderr) => {
      resolve(error && 'code' in error && error.code === 'ENOENT' ? undefined : stdout + stderr);
    });
  });
}

describe('encore.service', () => {
  it('starts as npm start does, with the Node that comes with the project', async () => {
    const parameters = (await readStartParameters()).map((parameter) =>
      parameter.replace(/^(--import=)?(\.\/)?(?=src\/)/, `$1${PLACE}`),
    );
    expect(read('ExecStart')).toEqual([`${PLACE}node_modules/.bin/node ${parameters.join(' ')}`]);
  });

  it('has nothing that systemd does not understand', async () => {
    const said = await verify(TEXT.replaceAll(PLACE, ROOT));
    // Units of the host itself may be found fault with too.
    expect(said?.split('\n').filter((line) => line.includes('encore.service')) ?? []).toEqual([]);
  });

  it('waits longer for the end than the bot takes, and comes back after a crash', () => {
    expect(read('TimeoutStopSec')).toEqual(['30s']);
    expect(read('Restart')).toEqual(['on-failure']);
    expect(read('KillMode')).toEqual(['mixed']);
  });

  it('keeps secrets in a file, and writes where it may', () => {
    expect(read('EnvironmentFile')).toEqual(['/etc/encore/encore.env']);
    for (const value of read('Environment')) expect(value).toMatch(/^NODE_/);
    expect(read('StateDirectory')).toEqual(['encore']);
    expect(read('WorkingDirectory')).toEqual(['/var/lib/encore']);
    expect(read('CacheDirectory')).toEqual(['encore']);
  });

  it.each([
    ['DynamicUser', 'yes'],
    ['NoNewPrivileges', 'yes'],
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['PrivateTmp', 'yes'],
    ['PrivateDevices', 'yes'],
    ['ProtectKernelTunables', 'yes'],
    ['ProtectControlGroups', 'yes'],
    ['RestrictNamespaces', 'yes'],
    ['CapabilityBoundingSet', ''],
    ['UMask', '0077'],
  ])('sets %s=%s', (name, value) => {
    expect(read(name)).toEqual([value]);
  });
});
