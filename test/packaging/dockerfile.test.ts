import { existsSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { VARIABLE_NAMES } from '../../src/config-variables.ts';
import {
  parseDockerfile,
  parseWords,
  ROOT,
  readEnv,
  readProjectFile,
  readStartParameters,
  textsOf,
} from './dockerfile.ts';

const TEXT = await readProjectFile('Dockerfile');
const STAGES = parseDockerfile(TEXT);
const LAST = STAGES.at(-1);

/** What gets into a build, as `.dockerignore` says: everything is left out but what is named. */
const IGNORE = (await readProjectFile('.dockerignore'))
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));
const LET_IN = IGNORE.filter((line) => line.startsWith('!')).map((line) => line.slice(1));

/** What is copied from the folder of the project. */
const COPIED = STAGES.flatMap((stage) => textsOf(stage, 'COPY'))
  .filter((text) => !text.startsWith('--from'))
  .flatMap((text) => text.split(/\s+/).slice(0, -1));

describe('Dockerfile', () => {
  it('is without fault for a linter', () => {
    expect(validate(TEXT)).toEqual([]);
  });

  it('has two stages on the exact Node that everything is tested with', async () => {
    const version = (await readProjectFile('.node-version')).trim();
    const images = STAGES.map(({ image }) => image);
    expect(images).toEqual([`node:${version}-bookworm-slim`, `node:${version}-bookworm-slim`]);
  });

  it('starts as npm start does', async () => {
    const [command = ''] = textsOf(LAST, 'CMD');
    expect(parseWords(command)).toEqual(['node', ...(await readStartParameters())]);
    expect(textsOf(LAST, 'ENTRYPOINT')).toEqual([]);
    expect(textsOf(LAST, 'STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('copies only what is there, and nothing that a build may not see', () => {
    for (const path of COPIED) expect(existsSync(`${ROOT}${path}`), path).toBe(true);
    expect(IGNORE[0]).toBe('*');
    expect([...LET_IN].sort()).toEqual([...new Set(COPIED)].sort());
    const unwanted = ['.env', 'data', 'test', 'sandbox', '.git', 'docs', '.'];
    expect(COPIED.filter((path) => unwanted.includes(path.replace(/^\.\//, '')))).toEqual([]);
  });

  it('runs as nobody who could change the program, and keeps what it remembers in one volume', () => {
    expect(textsOf(LAST, 'USER')).toEqual(['node']);
    expect(textsOf(LAST, 'VOLUME')).toEqual(['/data']);
    const { DATABASE_URL, MEDIA_DIR } = readEnv(LAST);
    expect({ DATABASE_URL, MEDIA_DIR }).toEqual({
      DATABASE_URL: 'sqlite:/data/encore.db',
      MEDIA_DIR: '/data/media',
    });
    const owned = textsOf(LAST, 'RUN').filter((text) => text.includes('--owner=node'));
    expect(owned).toEqual([
      'install --directory --owner=node --group=node --mode=0700 /data /var/cache/encore',
    ]);
    expect(textsOf(LAST, 'COPY').filter((text) => text.includes('--chown'))).toEqual([]);
  });

  it('sets variables that exist, and no secret', () => {
    const own = Object.keys(readEnv(LAST)).filter((name) => !name.startsWith('NODE_'));
    expect(own.filter((name) => !VARIABLE_NAMES.some((known) => known === name))).toEqual([]);
    expect(own.filter((name) => /TOKEN|KEY|PASSWORD/.test(name))).toEqual([]);
    expect(TEXT).not.toMatch(/^ARG/m);
  });

  it('asks for its health where it listens', () => {
    const [check = ''] = textsOf(LAST, 'HEALTHCHECK');
    expect(check).toContain('/healthz');
    expect(parseWords(check)[0]).toBe('node');
    expect(textsOf(LAST, 'EXPOSE')).toEqual([readEnv(LAST).HTTP_PORT]);
  });
});
