import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { splitPassword } from '../../src/backup/postgres-tools.ts';
import { listTables, readStates, untilServerAnswers, useBot } from './postgres-support.ts';
import { runProgram, usePlaces } from './support.ts';

/** Stands in for PostgreSQL's program of that version: writes down how it was called, and makes what it is told to. */
const STAND_IN = `#!/bin/sh
if [ "$1" = --version ]; then echo "\${0##*/} (PostgreSQL) VERSION"; exit; fi
{ echo "$@"; env; } >> "\${0%/*}/calls"
case "$*" in
  --list*) for table in TABLES; do echo "1; 0 2 TABLE DATA public $table encore"; done ;;
  *) for part in "$@"; do case "$part" in --file=*) echo dump > "\${part#--file=}" ;; esac; done ;;
esac
`;

async function useTools(version: string, tables: readonly string[] = []) {
  const { folder } = await usePlaces();
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const tool of ['pg_dump', 'pg_restore']) {
    await writeFile(
      join(bin, tool),
      STAND_IN.replace('VERSION', version).replace('TABLES', tables.join(' ')),
    );
    await chmod(join(bin, tool), 0o755);
  }
  return { path: `${bin}:/bin:/usr/bin`, calls: () => readFile(join(bin, 'calls'), 'utf8') };
}

beforeAll(untilServerAnswers);

describe('a backup of PostgreSQL by pg_dump', () => {
  it.each([
    ['9.6.24', 'pg_dump 9 is older than the server, which is'],
    [undefined, 'pg_dump is not there'],
  ])('says with version %s how to get the program, and what works without it', async (version, trouble) => {
    const { databaseUrl, options } = await useBot();
    const path = version === undefined ? '/nowhere' : (await useTools(version)).path;
    const env = { DATABASE_URL: databaseUrl, MEDIA_DIR: options.mediaDir, PATH: path };
    const { code, output } = await runProgram('backup', env);
    expect(output).toContain(trouble);
    expect(output).toMatch(/install the client of PostgreSQL \d+ or newer .* npm run backup -- --portable/);
    expect(code).toBe(1);
    const portable = await runProgram('backup', env, '--portable');
    expect(portable).toMatchObject({ code: 0, output: expect.stringContaining('2 tasks, 1 clips') });
  });

  it('takes one snapshot of all tables, and gives away no password', async () => {
    const { databaseUrl, options } = await useBot();
    const tables = await listTables(databaseUrl);
    const { path, calls } = await useTools('99.1', tables);
    const url = new URL(databaseUrl);
    url.password = 'p%C3%A4ss word';
    const env = { DATABASE_URL: url.href, MEDIA_DIR: options.mediaDir, PATH: path, DISCORD_TOKEN: 'a-token' };
    const { code, output } = await runProgram('backup', env);
    expect(output).toContain('2 tasks, 1 clips');
    expect(code).toBe(0);
    const [parameters = ''] = (await calls()).split('\n');
    expect(parameters).toMatch(/--snapshot=[\dA-F-]+ /);
    for (const table of tables) expect(parameters).toContain(`--table="public"."${table}"`);
    expect(parameters + output).not.toMatch(/p%C3%A4ss|päss/);
    expect(await calls()).toContain('PGPASSWORD=päss word');
    expect(await calls()).not.toContain('a-token');

    const lacking = await useTools('99.1', tables.slice(1));
    const failed = await runProgram('backup', { ...env, PATH: lacking.path });
    expect(failed).toMatchObject({ code: 1, output: expect.stringContaining(`lacks ${tables[0]}`) });
  });

  it('is not stopped while the tables are away: they come back', async () => {
    const { databaseUrl, options } = await useBot();
    const { path } = await useTools('99.1', await listTables(databaseUrl));
    const env = { DATABASE_URL: databaseUrl, MEDIA_DIR: options.mediaDir, PATH: path };
    expect(await runProgram('backup', env)).toMatchObject({ code: 0 });
    const [name = ''] = await readdir(options.to);
    const [bin = ''] = path.split(':');
    const stopped =
      '#!/bin/sh\n[ "$1" = --version ] && echo "pg_restore (PostgreSQL) 99.1" && exit\nkill -INT $PPID; exit 1';
    await writeFile(join(bin, 'pg_restore'), stopped);
    const { code, output } = await runProgram('restore', env, '--from', join(options.to, name), '--force');
    expect(output).toContain('This cannot be stopped halfway');
    expect(output).toContain('pg_restore failed');
    expect(code).toBe(1);
    expect((await readStates(databaseUrl)).states).toEqual(['queued', 'running', undefined]);
  });

  it('takes the password out of an address, wherever it stands', () => {
    expect(splitPassword('postgres://me:a%40b@db:5/x?options=-c+search_path%3Dy')).toEqual({
      address: 'postgres://me@db:5/x?options=-c%20search_path%3Dy',
      password: 'a@b',
    });
    expect(splitPassword('postgres://db/x?password=abc&sslmode=require')).toEqual({
      address: 'postgres://db/x?sslmode=require',
      password: 'abc',
    });
  });
});
